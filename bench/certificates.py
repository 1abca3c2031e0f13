"""Seconds per certificate: render, sign and store apart."""

import statistics
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from bench.site import prepare

COUNT = 60


def main() -> None:
    """Print medians per step."""
    prepare()
    from django.conf import settings
    from django.utils import timezone

    from accounts.models import User
    from certificates import rendering, signing, signing_keys, snapshot, storage
    from certificates.actions import current_design
    from courses.models import Course, Enrollment

    now = timezone.now()
    person = User.objects.get(name="Maria Contoh")
    course = Course.objects.listed().first()
    place = Enrollment(
        person=person,
        course=course,
        version=course.current_version,
        completed_version=course.current_version,
        started_at=now,
        last_seen_at=now,
        completed_at=now,
        final_percent=80,
    )
    taken = snapshot.take(place, now=now)
    taken["verify_url"] = snapshot.verify_url("7KQ4M-2XD9R")
    data = snapshot.certificate_data(
        taken, number="1/BENCH", code="7KQ4M-2XD9R", design=current_design(now=now)
    )
    key = signing_keys.load_site_key(Path(settings.ELEARNING_SIGNING_KEY))
    times = defaultdict(list)
    for number in range(COUNT):
        clock = time.perf_counter()
        pdf = rendering.render(replace(data, number=f"{number}/BENCH"))
        times["render"].append(time.perf_counter() - clock)
        clock = time.perf_counter()
        signed = signing.sign(pdf, key=key, signed_at=now, reason="bench")
        times["sign"].append(time.perf_counter() - clock)
        clock = time.perf_counter()
        storage.write(signed)
        times["store"].append(time.perf_counter() - clock)
    for step, values in times.items():
        median = statistics.median(values)
        print(f"{step:8} {1000 * median:7.2f} ms (first {1000 * values[0]:.0f} ms)")
    whole = sum(statistics.median(values) for values in times.values())
    print(f"{'whole':8} {1000 * whole:7.2f} ms, {len(signed) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
