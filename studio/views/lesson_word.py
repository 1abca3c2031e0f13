"""The text of a lesson out of a Word document: upload, preview, confirm."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.stamps import SignedInRequest, requires
from courses.models import Course, CourseVersion, Lesson
from courses.selectors.content import lesson_content
from lib.documents import DocumentProblem, read_document
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from lib.upload_steps import UploadGone
from studio import actions
from studio.actions import LessonDraft
from studio.drafts.fingerprints import lesson_fingerprint
from studio.fetching import AUTHOR_COURSE, get_course_for, get_lesson, working_version
from studio.forms.lesson_word import DocumentPlaceForm, LessonDocumentForm
from studio.lessons.citable import lesson_text
from studio.lessons.from_word import WordText, text_of
from studio.lessons.preview import text_preview
from studio.lessons.word_uploads import DOCUMENT_STEPS, DOCUMENTS, UploadedDocument


@dataclass(frozen=True)
class _Opened:
    course: Course
    version: CourseVersion
    lesson: Lesson

    @property
    def name(self) -> str:
        """Return what tells this lesson from every other."""
        return f"{self.course.key}/{self.lesson.key}"

    @property
    def where(self) -> tuple[str, str]:
        """Return what stands in the addresses of its pages."""
        return self.course.key, self.lesson.key


def _open(request: SignedInRequest, course_key: str, lesson_key: str) -> _Opened:
    """Return the lesson of a draft. Raises Http404 where there is none to write."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    version = working_version(course)
    if version.state != CourseVersion.State.DRAFT:
        raise Http404
    return _Opened(course, version, get_lesson(version, lesson_key))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def lesson_word(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Take a document that can be read, and go on to its preview."""
    opened = _open(request, course_key, lesson_key)
    form = LessonDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read_document(file.read())
        except DocumentProblem as problem:
            form.add_error("file", str(problem))
        else:
            return DOCUMENT_STEPS.keep(
                request,
                file,
                {"lesson": opened.name},
                owner=request.user.key,
                now=timezone.now(),
                where=opened.where,
            )
    context = {"course": opened.course, "lesson": opened.lesson, "form": form}
    return render(request, "studio/lesson_word.html", context)


def _find(
    request: SignedInRequest, opened: _Opened, upload_key: str
) -> UploadedDocument:
    upload = DOCUMENT_STEPS.find(request, upload_key, owner=request.user.key)
    if upload.lesson != opened.name:
        raise Http404
    return upload


def _text(upload: UploadedDocument) -> WordText:
    """Read the waiting document again. Raises UploadGone where that is impossible."""
    with DOCUMENT_STEPS.open(upload) as file:
        try:
            return text_of(read_document(file.read()))
        except DocumentProblem as problem:
            raise UploadGone(str(problem)) from problem


@require_safe
@requires(AUTHOR_COURSE)
def lesson_word_preview(
    request: SignedInRequest, course_key: str, lesson_key: str, upload_key: str
) -> HttpResponse:
    """Show the text as learners would see it, and what did not come along."""
    opened = _open(request, course_key, lesson_key)
    upload = _find(request, opened, upload_key)
    try:
        found = _text(upload)
    except UploadGone as gone:
        return DOCUMENT_STEPS.start_again(request, gone, opened.where)
    has_text = bool(lesson_text(opened.lesson).strip())
    context = {
        "course": opened.course,
        "lesson": opened.lesson,
        "upload": upload,
        "found": found,
        "preview": text_preview(opened.course, opened.version, found.text),
        "form": DocumentPlaceForm(
            initial={
                "place": "below" if has_text else "instead",
                "base": lesson_fingerprint(lesson_content(opened.lesson)),
            }
        ),
    }
    return render(request, "studio/lesson_word_preview.html", context)


@require_POST
@requires(AUTHOR_COURSE)
def lesson_word_apply(
    request: SignedInRequest, course_key: str, lesson_key: str, upload_key: str
) -> HttpResponse:
    """Put the text into the lesson, and go on to writing."""
    opened = _open(request, course_key, lesson_key)
    upload = _find(request, opened, upload_key)
    form = DocumentPlaceForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Pilih tempatnya dulu, lalu masukkan."))
        return DOCUMENT_STEPS.to_preview(upload, opened.where)
    try:
        _store(request, opened, _text(upload).text, form)
    except UploadGone as gone:
        return DOCUMENT_STEPS.start_again(request, gone, opened.where)
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return DOCUMENT_STEPS.to_preview(upload, opened.where)
    DOCUMENTS.drop(request.session, upload)
    messages.success(request, _("Isi dokumen sudah masuk ke pelajaran."))
    return redirect("studio:lesson_edit", *opened.where)


def _store(
    request: SignedInRequest, opened: _Opened, text: str, form: DocumentPlaceForm
) -> None:
    lesson = opened.lesson
    before = lesson_text(lesson).strip()
    is_below = form.cleaned_data["place"] == "below" and before
    actions.save_lesson(
        lesson_id=lesson.pk,
        base=form.cleaned_data["base"],
        draft=LessonDraft(
            title=lesson.title,
            summary=lesson.summary,
            minutes=lesson.minutes,
            is_required=lesson.is_required,
            text=f"{before}\n\n{text}" if is_below else text,
        ),
        by=request.user,
        now=timezone.now(),
    )


@require_POST
@requires(AUTHOR_COURSE)
def lesson_word_drop(
    request: SignedInRequest, course_key: str, lesson_key: str, upload_key: str
) -> HttpResponse:
    """Throw the waiting document away."""
    opened = _open(request, course_key, lesson_key)
    return DOCUMENT_STEPS.drop(
        request, _find(request, opened, upload_key), opened.where
    )
