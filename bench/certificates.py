"""Processor time of a certificate: render, sign and store apart.

As ratios to the bare view, which is called beside each; `--keep` keeps the figures.
"""

import statistics
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from bench.baseline import report
from bench.site import prepare

COUNT, BARE_CALLS = 60, 10


def main() -> None:
    """Print each step: ratios, milliseconds and the bytes of a file."""
    prepare()
    from django.conf import settings
    from django.test import Client
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
    taken = snapshot.take(place)
    taken["issued_on"] = now.date().isoformat()
    taken["verify_url"] = snapshot.verify_url(
        "https://melek.contoh.example", "7KQ4M-2XD9R"
    )
    data = snapshot.certificate_data(
        taken, number="1/BENCH", code="7KQ4M-2XD9R", design=current_design(now=now)
    )
    key = signing_keys.load_site_key(Path(settings.ELEARNING_SIGNING_KEY))
    settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "bench.urls", ["*"]
    client = Client()
    client.force_login(person)
    times = defaultdict(list)
    for number in range(COUNT):
        clock = time.process_time()
        pdf = rendering.render(replace(data, number=f"{number}/BENCH"))
        times["render"].append(time.process_time() - clock)
        clock = time.process_time()
        signed = signing.sign(pdf, key=key, signed_at=now, reason="bench")
        times["sign"].append(time.process_time() - clock)
        clock = time.process_time()
        storage.write(signed)
        times["store"].append(time.process_time() - clock)
        clock = time.process_time()
        for _ in range(BARE_CALLS):
            assert client.get("/bare/").status_code == 200
        times["bare"].append((time.process_time() - clock) / BARE_CALLS)
    show(times)
    print(f"{len(signed) / 1024:.0f} KB, first {1000 * times['render'][0]:.0f} ms")


def show(times: dict[str, list[float]]) -> None:
    """Print the table, and milliseconds of the whole."""
    # The first one loads fonts.
    bare = times.pop("bare")[1:]
    steps = {step: values[1:] for step, values in times.items()}
    steps["whole"] = [sum(values) for values in zip(*steps.values(), strict=True)]
    rows = {
        step: (0, [one / other for one, other in zip(values, bare, strict=True)])
        for step, values in steps.items()
    }
    report("certificate", rows, keep="--keep" in sys.argv)
    whole = statistics.median(steps["whole"])
    print(f"whole {1000 * whole:.1f} ms, bare {1000 * statistics.median(bare):.2f} ms")


if __name__ == "__main__":
    main()
