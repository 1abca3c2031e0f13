"""course.yaml and sources.yaml as values."""

from collections.abc import Collection
from dataclasses import dataclass, field

from courses.content_types import GlossaryEntry, ObjectiveContent, SourceContent
from courses.glossary.lines import (
    LONGEST_MEANING,
    LONGEST_TERM,
    MOST_ENTRIES,
    repeated_terms,
)
from courses.models.catalogue import CognitiveLevel, CourseVersion, GradeItem, Pillar
from lib import markdown
from lib.findings import Findings
from lib.yaml_entries import Entry, open_entry, report_repeated
from lib.yaml_nodes import Text, read_yaml
from quizzes.models import QuestionBank, Quiz
from quizzes.questions import TYPES
from studio.folders.reading.files import FolderFiles
from studio.folders.reading.places import COURSE_FILE, SOURCES_FILE

_REQUIRED = (
    *("key", "code", "title", "summary", "pillar", "digcomp", "jp", "jp_basis"),
    *("objectives", "modules", "minutes", "quizzes"),
)
_OPTIONAL = ("change", "prerequisites", "glossary", "banks", "plan", "pictures")
_QUIZ_REQUIRED = ("key", "purpose", "title", "bank")
_QUIZ_OPTIONAL = (
    *("slots", "draw", "time_limit_minutes", "pass_mark", "attempts"),
    *("cooldown_hours", "counting", "review", "shuffle_questions", "shuffle_options"),
)
_DRAWS = ("objective", "levels", "types", "count")
# A slot's key (40) is its objective's, its levels and a number.
_OBJECTIVE_KEY = 16
# Rows of the completion rule that are no quiz.
RESERVED_QUIZ_KEYS = frozenset({"lessons", "plan"})
_Change = CourseVersion.Change
CHANGES = [_Change.WORDING, _Change.REQUIRED, _Change.CYCLE]


NOTHING = Text("", 1)


@dataclass(frozen=True)
class DrawRow:
    """A line of a blueprint: so many questions of an objective at these levels.

    `types` are the question types it takes; none for any, and so for the other two.
    With `question` it is that one.
    """

    objective: str
    levels: tuple[str, ...]
    count: int
    line: int
    types: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True)
class QuizRow:
    """A quiz as course.yaml describes it; no `draw` means every question once.

    `line` is that of its bank. `attempts` is 0 for no limit.
    """

    key: str
    purpose: str
    title: str
    bank: str
    draw: tuple[DrawRow, ...]
    line: int
    time_limit_minutes: int = 0
    pass_mark: int = 0
    attempts: int = 0
    cooldown_hours: int = 0
    counting: str = Quiz.Counting.BEST
    review: str = Quiz.Review.TEST
    shuffles_questions: bool = True
    shuffles_options: bool = True

    @property
    def drawn(self) -> tuple[DrawRow, ...]:
        """The lines that draw."""
        return tuple(row for row in self.draw if not row.question)

    @property
    def named(self) -> tuple[DrawRow, ...]:
        """The lines that name a question."""
        return tuple(row for row in self.draw if row.question)


@dataclass(frozen=True)
class BankRow:
    """What course.yaml says of a bank: its file's name, what for, what it is called."""

    name: str
    use: str
    title: str
    line: int


@dataclass(frozen=True)
class ModuleRow:
    """A module and the keys of its lessons."""

    key: str
    title: str
    lessons: tuple[Text, ...]


@dataclass(frozen=True)
class SourcesFile:
    """What sources.yaml says, and the line of each source."""

    sources: tuple[SourceContent, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class CourseFile:
    """What course.yaml says."""

    key: str = ""
    code: str = ""
    title: str = ""
    summary: str = ""
    pillar: str = ""
    digcomp: tuple[int, ...] = ()
    jp: int = 1
    jp_basis: str = ""
    change: str = CourseVersion.Change.WORDING
    objectives: tuple[ObjectiveContent, ...] = ()
    objective_lines: tuple[int, ...] = ()
    modules: tuple[ModuleRow, ...] = ()
    quizzes: tuple[QuizRow, ...] = ()
    minutes: dict[str, int] = field(default_factory=dict)
    minutes_line: int = 1
    plan_title: str = ""
    plan: Text = NOTHING
    prerequisites: tuple[str, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    banks: tuple[BankRow, ...] = ()
    alts: dict[str, str] = field(default_factory=dict)

    @property
    def objective_keys(self) -> frozenset[str]:
        """The keys that questions and draws may name."""
        return frozenset(row.key for row in self.objectives)


def read_course_file(files: FolderFiles, findings: Findings) -> CourseFile:
    """Read course.yaml; an empty course after reporting that it cannot be read."""
    text = files.text(COURSE_FILE, findings)
    node = None if text is None else read_yaml(text, COURSE_FILE, findings)
    if node is None:
        return CourseFile()
    course = open_entry(
        node, COURSE_FILE, findings, required=_REQUIRED, optional=_OPTIONAL
    )
    objectives, objective_lines = _objectives(course)
    quizzes = _quizzes(course, {row.key for row in objectives})
    plan = course.entry("plan", required=("title", "text"))
    change = course.entry("change", required=("kind",))
    return CourseFile(
        key=course.key("key", 80),
        code=course.line_text("code", 16),
        title=course.line_text("title", 120),
        summary=course.line_text("summary", 600),
        pillar=course.choice("pillar", Pillar.values),
        digcomp=_digcomp(course),
        jp=course.whole("jp", 1, 100),
        jp_basis=course.line_text("jp_basis", 200),
        change=(
            change.choice("kind", CHANGES)
            if "change" in course
            else CourseVersion.Change.WORDING
        ),
        objectives=objectives,
        objective_lines=objective_lines,
        modules=_modules(course),
        quizzes=quizzes,
        minutes=_minutes(course, quizzes),
        minutes_line=course.line_of("minutes"),
        plan_title=plan.line_text("title", 120),
        plan=plan.markdown("text"),
        prerequisites=_prerequisites(course),
        glossary=_glossary(course),
        banks=_banks(course),
        alts=_alts(course),
    )


def _prerequisites(course: Entry) -> tuple[str, ...]:
    """Return the sentences; each is a line where the course keeps them."""
    said = (" ".join(item.value.split()) for item in course.texts("prerequisites"))
    return tuple(text for text in said if text)


def _glossary(course: Entry) -> tuple[GlossaryEntry, ...]:
    """Return the terms that the course explains."""
    rows = course.entries("glossary", required=("term", "meaning"))
    found = [
        GlossaryEntry(
            row.line_text("term", LONGEST_TERM),
            row.line_text("meaning", LONGEST_MEANING),
        )
        for row in rows
    ]
    for row, entry in zip(rows, found, strict=True):
        if ":" in entry.term:
            row.report("term", "Istilah memuat titik dua.", "Tulis tanpa titik dua.")
    repeated = repeated_terms(entry.term for entry in found)
    if repeated:
        course.report(
            "glossary",
            f"Istilah “{repeated[0]}” dijelaskan dua kali.",
            "Sisakan satu.",
        )
    if len(found) > MOST_ENTRIES:
        course.report(
            "glossary",
            "Istilahnya terlalu banyak.",
            f"Sisakan paling banyak {MOST_ENTRIES}.",
        )
    return tuple(found)


def _banks(course: Entry) -> tuple[BankRow, ...]:
    rows = course.entries("banks", required=("key", "use", "title"))
    found = [
        BankRow(
            name=row.key("key", 80),
            use=row.choice("use", QuestionBank.Use.values),
            title=row.line_text("title", 160),
            line=row.line,
        )
        for row in rows
    ]
    report_repeated(rows, [item.name for item in found])
    return tuple(found)


def _alts(course: Entry) -> dict[str, str]:
    """Return what is said of pictures, by their names."""
    rows = course.entries("pictures", required=("name", "alt"))
    return {row.line_text("name", 120): row.line_text("alt", 400) for row in rows}


def _digcomp(course: Entry) -> tuple[int, ...]:
    areas = []
    for item in course.texts("digcomp"):
        if item.value not in {"1", "2", "3", "4", "5"}:
            course.report(
                "digcomp",
                f"Area DigComp “{item.value}” tidak dikenal.",
                "Pakai angka 1 sampai 5.",
            )
            continue
        areas.append(int(item.value))
    return tuple(areas)


def _objectives(
    course: Entry,
) -> tuple[tuple[ObjectiveContent, ...], tuple[int, ...]]:
    rows = course.entries("objectives", required=("key", "level", "text"))
    if "objectives" in course and not rows:
        course.report("objectives", "Belum ada tujuan belajar.", "Tulis satu.")
    found = [
        ObjectiveContent(
            key=row.key("key", _OBJECTIVE_KEY),
            level=row.choice("level", CognitiveLevel.values),
            text=row.line_text("text", 300),
        )
        for row in rows
    ]
    report_repeated(rows, [item.key for item in found])
    return tuple(found), tuple(row.line for row in rows)


def _modules(course: Entry) -> tuple[ModuleRow, ...]:
    rows = course.entries("modules", required=("key", "title", "lessons"))
    if "modules" in course and not rows:
        course.report("modules", "Kursus ini belum punya modul.", "Tulis satu modul.")
    found = []
    for row in rows:
        lessons = tuple(row.texts("lessons"))
        if "lessons" in row and not lessons:
            row.report("lessons", "Modul ini belum punya pelajaran.", "Sebut satu.")
        title = row.line_text("title", 120)
        found.append(ModuleRow(row.key("key", 80), title, lessons))
    report_repeated(rows, [item.key for item in found])
    return tuple(found)


def _quizzes(course: Entry, objectives: Collection[str]) -> tuple[QuizRow, ...]:
    rows = course.entries("quizzes", required=_QUIZ_REQUIRED, optional=_QUIZ_OPTIONAL)
    found = [_quiz(row, objectives) for row in rows]
    report_repeated(rows, [item.key for item in found])
    purposes = [item.purpose for item in found]
    for row, purpose in zip(rows, purposes, strict=True):
        if purposes.count(purpose) > 1 and purpose in GradeItem.Kind.values:
            row.report(
                "purpose",
                f"Ada lebih dari satu kuis untuk {purpose}.",
                "Sisakan satu kuis untuk tiap kegunaan.",
            )
    if rows and GradeItem.Kind.POSTTEST not in purposes:
        course.report("quizzes", "Belum ada post-test.", "Tambahkan purpose: posttest.")
    return tuple(found)


def _quiz(row: Entry, objectives: Collection[str]) -> QuizRow:
    purpose = row.choice("purpose", GradeItem.Kind.values)
    _check_quiz_rules(row, purpose)
    key = row.key("key", 40)
    if key in RESERVED_QUIZ_KEYS:
        row.report("key", f"Kunci “{key}” sudah punya arti.", "Pakai kunci lain.")
    return QuizRow(
        key=key,
        purpose=purpose,
        title=row.line_text("title", 120),
        bank=row.key("bank", 40),
        draw=_draw(row, objectives),
        line=row.line_of("bank"),
        time_limit_minutes=_whole_if_there(row, "time_limit_minutes", 600),
        pass_mark=_whole_if_there(row, "pass_mark", 100),
        attempts=_attempts(row, purpose),
        cooldown_hours=_whole_if_there(row, "cooldown_hours", 720),
        counting=_choice_if_there(row, "counting", QuizRow.counting),
        review=_choice_if_there(row, "review", QuizRow.review),
        shuffles_questions=_flag_if_there(row, "shuffle_questions"),
        shuffles_options=_flag_if_there(row, "shuffle_options"),
    )


def _attempts(row: Entry, purpose: str) -> int:
    """Return how often a quiz may be tried: a pre-test once, unless said otherwise."""
    if "attempts" in row:
        return row.whole("attempts", 0, 20)
    return 1 if purpose == GradeItem.Kind.PRETEST else 0


def _flag_if_there(row: Entry, key: str) -> bool:
    return row.flag(key) if key in row else True


def _check_quiz_rules(row: Entry, purpose: str) -> None:
    """A post-test is passed; a pre-test never is."""
    if purpose == GradeItem.Kind.POSTTEST and "pass_mark" not in row:
        row.report("key", "Post-test belum punya nilai lulus.", "Tulis pass_mark: 70.")
    if purpose == GradeItem.Kind.PRETEST and "pass_mark" in row:
        row.report(
            "pass_mark", "“pass_mark” tidak dipakai pada pre-test.", "Hapus baris ini."
        )
    if "cooldown_hours" in row and "attempts" not in row:
        row.report(
            "cooldown_hours",
            "Jeda hanya berlaku bila percobaan dibatasi.",
            "Tulis juga attempts: 3.",
        )


def _whole_if_there(row: Entry, key: str, maximum: int) -> int:
    return row.whole(key, 1, maximum) if key in row else 0


def _choice_if_there(row: Entry, key: str, default: str) -> str:
    known = {"counting": Quiz.Counting.values, "review": Quiz.Review.values}[key]
    return row.choice(key, known) if key in row else default


def _draw(row: Entry, objectives: Collection[str]) -> tuple[DrawRow, ...]:
    if ("slots" in row) == ("draw" in row):
        row.report(
            "key",
            "Kuis ini belum jelas soalnya.",
            "Tulis salah satu: “slots: all” atau “draw”.",
        )
    if "slots" in row:
        row.choice("slots", ["all"])
        return ()
    lines = row.entries("draw", required=(), optional=(*_DRAWS, "question"))
    return tuple(_draw_row(line, objectives) for line in lines)


def _draw_row(line: Entry, objectives: Collection[str]) -> DrawRow:
    """Return a line that names one question, or draws so many."""
    if "question" in line:
        if any(name in line for name in _DRAWS):
            line.report(
                "question",
                "Baris ini menyebut soal dan juga mengundi.",
                "Pisahkan menjadi dua baris.",
            )
        return DrawRow("", (), 1, line.line, question=line.key("question", 40))
    if "count" not in line:
        line.report("count", "Jumlah soal belum disebut.", "Tulis count: 1.")
    levels = tuple(item.value for item in line.texts("levels"))
    if ("levels" in line and not levels) or set(levels) - set(CognitiveLevel.values):
        line.report(
            "levels",
            "Tingkat pada kisi-kisi tidak dikenal.",
            f"Tulis beberapa dari: {', '.join(CognitiveLevel.values)}.",
        )
    objective = ""
    if "objective" in line:
        objective = line.choice("objective", sorted(objectives))
    count = line.whole("count", 1, 200)
    return DrawRow(objective, levels, count, line.line, _types(line))


def _types(line: Entry) -> tuple[str, ...]:
    """Return the question types of a line of the blueprint; none for any."""
    types = tuple(item.value for item in line.texts("types"))
    if "types" in line and (not types or set(types) - set(TYPES)):
        line.report(
            "types",
            "Jenis soal pada kisi-kisi tidak dikenal.",
            f"Tulis beberapa dari: {', '.join(sorted(TYPES))}; atau hapus types.",
        )
    return types


def _minutes(course: Entry, quizzes: Collection[QuizRow]) -> dict[str, int]:
    keys = list(dict.fromkeys(quiz.key for quiz in quizzes if quiz.key))
    if "plan" in course:
        keys.append("plan")
    row = course.entry("minutes", required=keys)
    return {key: row.whole(key, 0, 6000) for key in keys}


def read_sources_file(files: FolderFiles, findings: Findings) -> SourcesFile:
    """Read sources.yaml."""
    text = files.text(SOURCES_FILE, findings)
    if text is None or not text.strip():
        return SourcesFile()
    node = read_yaml(text, SOURCES_FILE, findings)
    if node is None:
        return SourcesFile()
    rows = Entry({"sources": node}, 1, SOURCES_FILE, findings).entries(
        "sources",
        required=("key", "text", "checked_on"),
        optional=("url", "dated_on"),
    )
    found = [_source(row) for row in rows]
    report_repeated(rows, [item.key for item in found])
    return SourcesFile(tuple(found), tuple(row.line for row in rows))


def _source(row: Entry) -> SourceContent:
    text = row.line_text("text", 500)
    for problem in markdown.find_inline_problems(text):
        row.report("text", problem.message, problem.remedy)
    url = row.line_text("url", 300)
    if url and not url.startswith(("https://", "http://")):
        row.report("url", "Alamat sumber tidak dikenal.", "Mulai dengan https://.")
    return SourceContent(
        key=row.key("key", 80),
        text=text,
        checked_on=row.day("checked_on"),
        url=url,
        dated_on=row.year_or_day("dated_on"),
    )
