"""`kill -9` of the worker at 20 random moments while 100 people pass.

Every one of them must end with exactly one certificate and one file. The people pass
through the same actions as in the browser; the worker is the one that `up` keeps
running, killed with all its children.
"""

import os
import random
import signal
import subprocess
import threading
import time
from pathlib import Path

from bench.site import running_site

PEOPLE, KILLS, PATIENCE = 100, 20, 300


def main() -> None:
    """Print how many certificates are missing and doubled: 0 and 0."""
    seed = int(os.environ.get("SEED", "1"))
    chance = random.Random(seed)
    with running_site():
        import django

        django.setup()
        from django.db.models import Count

        from certificates.models import Certificate, CertificateFile
        from courses.models import Enrollment

        done = threading.Event()
        kills: list[float] = []
        killer = threading.Thread(target=_kill, args=(chance, kills, done))
        killer.start()
        started = time.monotonic()
        try:
            ids = _let_people_pass(chance)
            done_passing = time.monotonic() - started
            killer.join()
        finally:
            done.set()
        while time.monotonic() - started < PATIENCE:
            if CertificateFile.objects.filter(
                certificate__enrollment__in=ids
            ).count() >= len(ids):
                break
            time.sleep(0.5)
        places = Enrollment.objects.filter(pk__in=ids).annotate(
            n=Count("certificates", distinct=True)
        )
        files = Certificate.objects.filter(enrollment__in=ids).annotate(
            n=Count("files", distinct=True)
        )
        print(f"{len(ids)} passed in {done_passing:.0f} s")
        print(f"{len(kills)} kills, seed {seed}")
        print(f"all files after {time.monotonic() - started:.0f} s")
        print("certificates missing", sum(p.n == 0 for p in places), end=", ")
        print("doubled", sum(p.n > 1 for p in places))
        print("files missing", sum(c.n == 0 for c in files), end=", ")
        print("doubled", sum(c.n > 1 for c in files))
        numbers = sorted(files.values_list("sequence", flat=True))
        print("number gaps", len(set(range(1, len(numbers) + 1)) - set(numbers)))


def _let_people_pass(chance: random.Random) -> list[int]:
    from django.utils import timezone

    from accounts.models import Unit
    from courses.models import Course
    from tests.factories import enroll, make_person, read_lessons, start
    from tests.right_answers import answer_right

    course = Course.objects.listed().first()
    unit = Unit.objects.get(code="contoh.dinkes")
    ids = []
    for number in range(PEOPLE):
        now = timezone.now()
        person = make_person(unit=unit, now=now, name=f"Orang Uji {number}")
        place = enroll(course=course, person=person, now=now)
        for quiz_key in ("pretest", "posttest"):
            attempt = start(enrollment=place, quiz_key=quiz_key, now=timezone.now())
            answer_right(attempt, now=timezone.now())
            if quiz_key == "pretest":
                read_lessons(enrollment=place, now=timezone.now())
        ids.append(place.pk)
        time.sleep(chance.uniform(0, 0.1))
    return ids


def _kill(chance: random.Random, kills: list[float], done: threading.Event) -> None:
    while len(kills) < KILLS and not done.is_set():
        time.sleep(chance.uniform(0.3, 3.0))
        found = subprocess.run(
            ["pgrep", "-f", "celery --app=elearning worker"],
            capture_output=True,
            text=True,
            check=False,
        )
        pids = [pid for pid in map(int, found.stdout.split()) if _is_ours(pid)]
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if pids:
            kills.append(time.monotonic())


def _is_ours(pid: int) -> bool:
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return os.environ["ELEARNING_VAR"].encode() in environment


if __name__ == "__main__":
    main()
