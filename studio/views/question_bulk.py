"""Several questions at once: what would happen, then doing it."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.stamps import SignedInRequest, requires
from courses.models import Course, CourseVersion
from lib.indonesian import format_number
from studio import actions
from studio.choices import objective_choices
from studio.fetching import (
    AUTHOR_QUESTION,
    get_course_for,
    questions_of,
    working_version,
)
from studio.forms.bank import BulkForm
from studio.questions.bulk import RESTORE, RETIRE, SET, TAG, UNTAG, Wanted, plan
from studio.questions.list import matching_questions
from studio.questions.twins import course_index
from studio.views.questions import filter_form, wanted_by

CONFIRMED = "lanjut"


@require_POST
@requires(AUTHOR_QUESTION)
def question_bulk(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Say what a command does to the questions chosen; do it when that was read."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    version = working_version(course)
    questions = questions_of(course)
    objectives = dict(objective_choices(version))
    form = BulkForm(
        _with_all(request.POST, course, version),
        questions=[(str(question.pk), question.key) for question in questions],
        objectives=list(objectives.items()),
    )
    if not form.is_valid():
        for error in form.errors.values():
            messages.warning(request, str(error[0]))
        return redirect(_as_chosen(course, request.POST))
    said, wanted = form.cleaned_data, form.wanted
    chosen = set(said["questions"])
    if CONFIRMED in request.POST:
        return _change(request, course, said["command"], wanted, chosen)
    steps = plan(
        course=course,
        command=said["command"],
        wanted=wanted,
        questions=[question for question in questions if question.pk in chosen],
    )
    context = {
        "course": course,
        "version": version,
        "command": said["command"],
        "wanted": wanted,
        "objective": objectives.get(wanted.objective, ""),
        "tag": wanted.tag,
        "todo": [step for step in steps if not step.reason],
        "left": [step for step in steps if step.reason],
    }
    return render(request, "studio/question_bulk.html", context)


def _with_all(posted: QueryDict, course: Course, version: CourseVersion) -> QueryDict:
    """Return the form with all that the list shows ticked, where that was asked."""
    if "semua" not in posted:
        return posted
    index = course_index(course)
    shown = QueryDict(posted.get("saringan", ""))
    wanted = wanted_by(filter_form(course, version, index.tags, shown))
    found = matching_questions(course, wanted, twins=index.twins)
    chosen = posted.copy()
    chosen.setlist("soal", [str(pk) for pk in found])
    return chosen


def _as_chosen(course: Course, posted: QueryDict) -> str:
    """Return the list with what was ticked and typed, so that nothing is lost."""
    chosen = QueryDict(posted.get("saringan", ""), mutable=True)
    chosen.setlist("pilih", posted.getlist("soal"))
    chosen["tulis"] = posted.get("tanda", "")
    page = reverse("studio:question_list", args=[course.key])
    return f"{page}?{chosen.urlencode()}"


def _change(
    request: SignedInRequest,
    course: Course,
    command: str,
    wanted: Wanted,
    chosen: set[int],
) -> HttpResponse:
    done = actions.change_questions(
        course=course,
        command=command,
        wanted=wanted,
        question_ids=chosen,
        by=request.user,
        now=timezone.now(),
    )
    if done.changed:
        messages.success(request, _told(command, wanted.tag, done.changed))
    if done.left:
        left = len(done.left)
        messages.warning(
            request,
            ngettext(
                "%(count)s soal tetap seperti semula: %(reason)s",
                "%(count)s soal tetap seperti semula: %(reason)s",
                left,
            )
            % {"count": format_number(left), "reason": done.left[0].reason},
        )
    return redirect("studio:question_list", course.key)


def _told(command: str, tag: str, changed: int) -> str:
    """Return what was done, and how to undo it."""
    words = {
        TAG: _(
            "%(count)s soal diberi tanda “%(tag)s” sebagai draf. "
            "Untuk membatalkan, pilih lagi lalu Hapus tanda."
        ),
        UNTAG: _(
            "Tanda “%(tag)s” dihapus dari %(count)s soal sebagai draf. "
            "Untuk membatalkan, pilih lagi lalu Beri tanda."
        ),
        SET: _(
            "%(count)s soal diatur sebagai draf. "
            "Untuk membatalkan, pilih lagi lalu atur nilai yang lama."
        ),
        RETIRE: _(
            "%(count)s soal ditarik. Untuk membatalkan, saring status Ditarik, "
            "pilih soalnya, lalu Kembalikan."
        ),
        RESTORE: _(
            "%(count)s soal dapat muncul lagi. "
            "Untuk membatalkan, pilih lagi lalu Tarik."
        ),
    }
    return words[command] % {"count": format_number(changed), "tag": tag}
