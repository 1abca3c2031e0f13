"""Which migrations `lib.migration_rules` judges, and which are excused, and why."""

from collections.abc import Iterator, Mapping

from django.db.migrations.loader import MigrationLoader

from elearning.version import site_version
from lib.migration_rules import MigrationProblem, find_migration_problems

# By app, the first number that is judged. Those before are in release 0.1, or go out
# with 0.2, for which a site is stopped: their tables were small or are new.
JUDGED_FROM: Mapping[str, int] = {
    "accounts": 18,
    "certificates": 5,
    "courses": 17,
    "elearning": 2,
    "quizzes": 13,
    "reports": 5,
    "studio": 1,
}
# (app, name, rule) of what may stay all the same, with the reason: a table that is
# small on every site, a site that is stopped for it.
EXCUSED: Mapping[tuple[str, str, str], str] = {}


def judged_migrations() -> Iterator[tuple[str, str, list[MigrationProblem]]]:
    """Yield every judged migration by app and name, with what is wrong with it.

    Asks no database.
    """
    loader = MigrationLoader(None, replace_migrations=False)
    version = tuple(int(part) for part in site_version().split("."))
    for app, name in sorted(loader.disk_migrations):
        if int(name[:4]) < JUDGED_FROM.get(app, 10_000):
            continue
        migration = loader.disk_migrations[app, name]
        state = loader.project_state((app, name), at_end=False)
        found = find_migration_problems(migration, state, version=version)
        yield app, name, [one for one in found if (app, name, one.rule) not in EXCUSED]
