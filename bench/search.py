"""Searching 10,000 lessons: processor time per question, and the stemmers compared.

The shipped courses are indexed, and every place that came of it copied until there are
10,000, in a database of its own beside the one that DATABASE_URL names (without it on
SQLite). The table of stemmers needs snowballstemmer and PySastrawi, which the site does
not use; install them by hand.
"""

import importlib.util
import logging
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from tests.courses.search.pairs import APART, TOGETHER, pairs

LESSONS, ROUNDS = 10_000, 15
QUESTIONS = (
    *("AI", "sandi", "data pribadi", "laporan harian", "laporn harian", "layanan"),
    *("kecerdasan buatan", "zzzqqq", "warga data layanan unit", "pengaruh"),
)
Meets = Callable[[str, str], bool]


def main() -> None:
    """Print both tables."""
    import django

    django.setup()
    for name, meets in _stemmers().items():
        found = [meets(*pair) for pair in pairs(TOGETHER)]
        wrong = [meets(*pair) for pair in pairs(APART)]
        precision = sum(found) / max(1, sum(found) + sum(wrong))
        print(
            f"{name:24} {sum(found):3} of {len(found)} together, {sum(wrong):2} of "
            f"{len(wrong)} joined wrongly, recall {sum(found) / len(found):.2f}, "
            f"precision {precision:.2f}"
        )
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _measure()
    finally:
        runner.teardown_databases(databases)


def _stemmers() -> dict[str, Meets]:
    from courses.search.stems import stems_of

    def candidates(first: str, second: str) -> bool:
        return not stems_of(first).isdisjoint(stems_of(second))

    def parts(first: str, second: str) -> bool:
        short, long = sorted((first, second), key=len)
        return candidates(first, second) or (len(short) > 3 and short in long)

    found: dict[str, Meets] = {
        "candidates (chosen)": candidates,
        "candidates, substrings": parts,
        "no stemmer": lambda first, second: first == second,
    }
    if importlib.util.find_spec("snowballstemmer"):
        from snowballstemmer import stemmer

        snowball = stemmer("indonesian").stemWord
        found["Snowball (PostgreSQL's)"] = lambda a, b: snowball(a) == snowball(b)
    if importlib.util.find_spec("Sastrawi"):
        from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

        stem = StemmerFactory().create_stemmer().stem
        found["Sastrawi"] = lambda a, b: stem(a) == stem(b)
    return found


def _measure() -> None:
    from django.core.management import call_command
    from django.db import connection

    from accounts.models import User
    from courses.models import SearchPlace, SearchPosting
    from courses.search.finding import search_page

    logging.disable(logging.ERROR)  # there is no broker to tell of publications
    call_command("load_courses", verbosity=0)
    started = time.perf_counter()
    call_command("index_courses", verbosity=0)
    lessons = SearchPlace.objects.exclude(lesson_key="")
    seconds = time.perf_counter() - started
    print(f"{connection.vendor}: {lessons.count()} lessons indexed in {seconds:.1f} s")
    _copy_places(LESSONS // lessons.count())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{lessons.count()} lessons, {SearchPosting.objects.count()} postings")
    somebody = User.objects.create(nip="199001172015041901", name="Budi Contoh")
    for question in QUESTIONS:
        took = []
        for _ in range(ROUNDS):
            before = _processor_seconds()
            page = search_page(somebody, question, number="1")
            took.append(1000 * (_processor_seconds() - before))
        print(
            f"{question:24} {page.count:6} found, median {statistics.median(took):6.1f}"
            f" ms, worst {max(took):6.1f} ms"
        )


def _processor_seconds() -> float:
    """Return what this process has spent, and its PostgreSQL backend on this host."""
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (backend,) = cursor.fetchone()
        ticks = Path(f"/proc/{backend}/stat").read_text("ascii").rpartition(")")[2]
        user, system = ticks.split()[11:13]
        spent += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return spent


def _copy_places(times: int) -> None:
    """Copy every place with its words, so many times in all."""
    from django.db import connection

    copy_places = """
        INSERT INTO courses_searchplace
            (course_id, version_id, lesson_key, sequence, rules)
        SELECT course_id, version_id, lesson_key || '-' || %s, sequence, rules
        FROM courses_searchplace WHERE id <= %s AND lesson_key <> ''
    """
    copy_words = """
        INSERT INTO courses_searchposting (place_id, word_id, part, weight)
        SELECT other.id, word_id, part, weight
        FROM courses_searchposting AS posting
        JOIN courses_searchplace AS place ON place.id = posting.place_id
        JOIN courses_searchplace AS other ON other.course_id = place.course_id
            AND other.lesson_key = place.lesson_key || '-' || %s
        WHERE place.id <= %s
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM courses_searchplace")
        (last,) = cursor.fetchone()
        for number in range(1, times):
            cursor.execute(copy_places, [str(number), last])
            cursor.execute(copy_words, [str(number), last])


if __name__ == "__main__":
    main()
