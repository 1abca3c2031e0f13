"""One year in a database of its own, and what is printed of it."""

import gc
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.test.runner import DiscoverRunner

from bench.year.run import Outcome, simulate
from bench.year.world import World
from tests.prepared_database import copies_of_prepared


def run(
    *,
    seed: int,
    weeks: int,
    people: int,
    pace: float,
    database: str,
    is_chatty: bool,
) -> int:
    """Simulate one seed in a fresh database; return the number of violations."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOWED_HOSTS = ["*"]
    # Seals of another year say that this database was restored from an older copy.
    settings.ELEARNING_SEAL_FILE = Path(mkdtemp(prefix="melek-year-")) / "audit-seals"
    runner = DiscoverRunner(verbosity=0, interactive=False)
    with copies_of_prepared(_prepared()):
        databases = runner.setup_databases()
    _leave_alone_what_stays()
    try:
        outcome = simulate(
            seed=seed,
            weeks=weeks,
            people=people,
            pace=pace,
            tell=_tell_week if is_chatty else None,
        )
    finally:
        runner.teardown_databases(databases)
    _tell(
        outcome, f"--people {people} --pace {pace:g} --database {database}", seed=seed
    )
    return len(outcome.world.violations)


def _prepared() -> Path:
    """Return the folder of the migrated database; the tests keep it there, too."""
    folder = Path(settings.BASE_DIR) / ".pytest_cache" / "d" / "database"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _leave_alone_what_stays() -> None:
    """Look less often for garbage: a tenth of the time was that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _tell_week(world: World, seconds: float) -> None:
    print(
        f"  week {world.week}: {world.calls.total():,} calls, "
        f"{len(world.violations)} violations, {seconds:.0f} s",
        flush=True,
    )


def _tell(outcome: Outcome, size: str, *, seed: int) -> None:
    world = outcome.world
    print(
        f"seed {seed}, {outcome.weeks} weeks, {size}: "
        f"{world.calls.total():,} calls ({world.refused.total():,} refused), "
        f"{outcome.messages:,} messages ({outcome.lost:,} lost), "
        f"{world.checks.total():,} checks, {len(world.violations)} violations, "
        f"{outcome.cpu:.0f} s of processor ({outcome.cpu_checking:.0f} s checking), "
        f"{outcome.seconds:.0f} s by the clock, "
        f"history {world.history}",
        flush=True,
    )
    most = ", ".join(f"{name} {n:,}" for name, n in world.calls.most_common(14))
    print(f"  calls: {most}")
    done = ", ".join(f"{name} {n:,}" for name, n in sorted(world.done.items()))
    print(f"  done: {done}")
    refused = ", ".join(f"{name} {n:,}" for name, n in world.refused.most_common())
    print(f"  refused: {refused}")
    kinds = Counter(one.kind for one in world.violations)
    for kind, count in kinds.most_common():
        first = next(one for one in world.violations if one.kind == kind)
        print(f"\n{count} × {kind}")
        for one in [v for v in world.violations if v.kind == kind][:5]:
            print(f"  seed {seed}, week {one.week}, {one.about}: {one.what}")
        print(
            f"  replay: python -m bench year --seed {seed} --weeks {first.week} {size}"
        )
        for line in first.trail:
            print(f"    {line}")
