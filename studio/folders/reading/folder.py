"""A course folder as values, checked as a whole; reads files, never the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from courses.content_types import (
    GradeItemContent,
    LessonContent,
    ModuleContent,
    VersionContent,
)
from lib.findings import Findings
from lib.media import Media, read_media
from quizzes.actions import QuizContent, QuizPlan
from quizzes.models import QuestionBank
from quizzes.questions import QuestionContent
from studio.folders.reading.course_file import (
    CourseFile,
    SourcesFile,
    read_course_file,
    read_sources_file,
)
from studio.folders.reading.crossing import (
    check_banks,
    check_lessons,
    check_minutes,
)
from studio.folders.reading.files import FolderFiles, read_files
from studio.folders.reading.grading import (
    bank_key,
    bank_use,
    grade_item_content,
    quiz_content,
    quiz_plan,
    requirements,
)
from studio.folders.reading.images import (
    ReadMedia,
    read_course_media,
    read_question_pictures,
)
from studio.folders.reading.lesson_files import LessonFile, read_lesson_file
from studio.folders.reading.places import COURSE_FILE
from studio.folders.reading.problems import FolderRefused
from studio.folders.reading.question_files import BankFile, NameableKeys, read_bank_file
from studio.lessons.checking import Citable, find_text_problems


@dataclass(frozen=True)
class BankContent:
    """A question bank; `key` is unique on the whole site."""

    key: str
    title: str
    use: str
    questions: Sequence[QuestionContent]


@dataclass(frozen=True)
class CourseFolder:
    """Everything a course folder says. `version.content_hash` covers all of it but
    `change`, and does not move with comments and the order of files.
    """

    key: str
    code: str
    change: str
    version: VersionContent
    banks: Sequence[BankContent]
    quizzes: Sequence[QuizContent]
    grade_items: Sequence[GradeItemContent]
    images: Mapping[str, Media]
    # What is said of pictures, by their names.
    alts: Mapping[str, str]
    # Pictures of questions, by the path that stems write.
    question_pictures: Mapping[str, bytes]
    # The quizzes as a draft holds them.
    plans: Sequence[QuizPlan]


@dataclass(frozen=True)
class WrittenCourse:
    """The files of a sound course folder, read, with the lines they say it on."""

    course: CourseFile
    sources: SourcesFile
    lessons: Sequence[LessonFile]
    banks: Mapping[str, BankFile]
    files: FolderFiles
    media: Mapping[str, Media]
    question_pictures: Mapping[str, bytes]


def read_folder(path: Path) -> CourseFolder:
    """Return the course in the folder. Raises FolderRefused with every problem."""
    return as_folder(read_written(path))


def read_written(path: Path) -> WrittenCourse:
    """Read the files of a folder. Raises FolderRefused with every problem."""
    findings = Findings()
    return as_written(read_files(path, findings), findings)


def as_written(
    files: FolderFiles, findings: Findings, *, read: ReadMedia = read_media
) -> WrittenCourse:
    """Read the files of a course, wherever they came from.

    `read` judges pictures and other files. Raises FolderRefused with every problem,
    those that were found before included.
    """
    course = read_course_file(files, findings)
    sources = read_sources_file(files, findings)
    banks = {
        name: read_bank_file(
            f"questions/{name}.yaml",
            files,
            NameableKeys(
                course.objective_keys, {source.key for source in sources.sources}
            ),
            findings,
        )
        for name in _bank_names(files)
    }
    practice = [
        question
        for name, bank in banks.items()
        if bank_use(course, name) == QuestionBank.Use.PRACTICE
        for question in bank.questions
    ]
    citable = Citable(
        sources={source.key: source.text for source in sources.sources},
        images=[*files.inside("images"), *files.inside("files")],
        checks={question.key for question in practice},
    )
    lessons = _read_lessons(files, citable, findings)
    _check_plan(course, citable, findings)
    media = _read_media(files, findings, read)
    pictures = read_question_pictures(files, banks.values(), findings)
    check_lessons(course, lessons, findings)
    check_banks(course, banks, findings)
    check_minutes(course, lessons, findings)
    if findings.problems:
        raise FolderRefused(findings.in_order())
    return WrittenCourse(course, sources, lessons, banks, files, media, pictures)


def as_folder(written: WrittenCourse) -> CourseFolder:
    """Return what the files say as the values that are loaded."""
    course, banks = written.course, written.banks
    version = VersionContent(
        title=course.title,
        summary=course.summary,
        pillar=course.pillar,
        digcomp=course.digcomp,
        jp=course.jp,
        jp_basis=course.jp_basis,
        objectives=course.objectives,
        modules=_modules(course, written.lessons),
        sources=written.sources.sources,
        requirements=requirements(course),
        plan_title=course.plan_title,
        plan_source=course.plan.value,
        plan_minutes=course.minutes.get("plan", 0),
        prerequisites=course.prerequisites,
        glossary=course.glossary,
    )
    return _with_hash(
        CourseFolder(
            key=course.key,
            code=course.code,
            change=course.change,
            version=version,
            banks=_banks(course, banks),
            quizzes=[
                quiz_content(course.key, quiz, banks[quiz.bank].questions)
                for quiz in course.quizzes
            ],
            grade_items=[
                grade_item_content(course, quiz, banks[quiz.bank].questions)
                for quiz in course.quizzes
            ],
            images=written.media,
            alts=course.alts,
            question_pictures=written.question_pictures,
            plans=[quiz_plan(course.key, quiz) for quiz in course.quizzes],
        )
    )


def _bank_names(files: FolderFiles) -> list[str]:
    return [Path(path).stem for path in files.inside("questions")]


def _read_lessons(
    files: FolderFiles, citable: Citable, findings: Findings
) -> list[LessonFile]:
    read = [
        read_lesson_file(path, files, citable, findings)
        for path in files.inside("lessons")
    ]
    return [lesson for lesson in read if lesson is not None]


def _check_plan(course: CourseFile, citable: Citable, findings: Findings) -> None:
    for problem in find_text_problems(
        course.plan.value, citable, first_line=course.plan.line
    ):
        findings.add(COURSE_FILE, problem.line, problem.message, problem.remedy)


def _modules(
    course: CourseFile, lessons: Sequence[LessonFile]
) -> tuple[ModuleContent, ...]:
    by_key: dict[str, LessonContent] = {
        lesson.content.key: lesson.content for lesson in lessons
    }
    return tuple(
        ModuleContent(
            module.key, module.title, tuple(by_key[key.value] for key in module.lessons)
        )
        for module in course.modules
    )


def _banks(
    course: CourseFile, banks: Mapping[str, BankFile]
) -> tuple[BankContent, ...]:
    titles = {quiz.bank: quiz.title for quiz in course.quizzes}
    titles |= {bank.name: bank.title for bank in course.banks}
    return tuple(
        BankContent(
            key=bank_key(course.key, name),
            title=titles.get(name, "Latihan"),
            use=bank_use(course, name),
            questions=bank.questions,
        )
        for name, bank in banks.items()
    )


def _read_media(
    files: FolderFiles, findings: Findings, read: ReadMedia
) -> dict[str, Media]:
    paths = [*files.inside("images"), *files.inside("files")]
    found = {
        path: read_course_media(path, files.data[path], findings, read=read)
        for path in paths
    }
    return {path: media for path, media in found.items() if media is not None}


def _with_hash(folder: CourseFolder) -> CourseFolder:
    said = asdict(replace(folder, images={}, change="", plans=()))
    # What folders could not say before must not give the others another hash.
    for name in ("plans", "alts", "question_pictures"):
        del said[name]
    if not folder.version.glossary:
        del said["version"]["glossary"]
    if folder.alts or folder.question_pictures:
        said["alts"] = dict(folder.alts)
        said["question_pictures"] = sorted(folder.question_pictures)
    said["images"] = {path: media.digest for path, media in folder.images.items()}
    canonical = json.dumps(said, sort_keys=True, default=str).encode()
    version = replace(folder.version, content_hash=sha256(canonical).hexdigest())
    return replace(folder, version=version)
