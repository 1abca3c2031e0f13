"""Is a lesson short enough to be read in a quarter of an hour, on a poor line?"""

import zlib
from collections.abc import Iterator

from lib.findings import FileProblem
from lib.markdown.showing import OPT_IN_BYTES
from studio.folders.checks.course import PRACTICE, Course, Lesson, texts_to_answer
from studio.folders.checks.pictures import pictures_of
from studio.folders.checks.prose import count_words

FEWEST_WORDS, MOST_WORDS = 500, 900
MOST_BYTES = 4_400
"""Text, checks and pictures of a lesson, compressed. A later lesson may cost 8 KB over
the wire in all (ARCHITECTURE 5); their markup and the page around them take up to
3.8 KB, as measured on K2 and K3.
"""


def check(course: Course) -> Iterator[FileProblem]:
    """Count words and compressed bytes of every lesson."""
    for lesson in course.lessons:
        words = count_words(lesson.text)
        if not FEWEST_WORDS <= words <= MOST_WORDS:
            remedy = "Pendekkan" if words > MOST_WORDS else "Lengkapi"
            yield FileProblem(
                lesson.file,
                lesson.line,
                f"Pelajaran ini berisi {words} kata, seharusnya {FEWEST_WORDS} sampai "
                f"{MOST_WORDS}.",
                f"{remedy} pelajaran ini, atau bagi menjadi dua.",
            )
        size = lesson_bytes(course, lesson)
        if size > MOST_BYTES:
            yield FileProblem(
                lesson.file,
                lesson.line,
                f"Teks, latihan, dan gambar pelajaran ini {size} bita setelah "
                f"dimampatkan, paling banyak {MOST_BYTES}.",
                "Sederhanakan gambar, pendekkan teks, atau pindahkan satu latihan.",
            )


def lesson_bytes(course: Course, lesson: Lesson) -> int:
    """Return what a lesson's words, those of its checks and its pictures weigh."""
    words = [lesson.text]
    for item in course.of_use(PRACTICE):
        if item.content.key in lesson.check_keys:
            words += texts_to_answer(item.content)
    pictures = [course.pictures[name] for name in pictures_of(lesson)]
    # A larger one is fetched only when somebody asks for it.
    pictures = [data for data in pictures if len(data) <= OPT_IN_BYTES]
    return sum(
        len(zlib.compress(data)) for data in ("\n".join(words).encode(), *pictures)
    )
