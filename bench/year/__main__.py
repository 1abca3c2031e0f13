"""`python -m bench year --seed 1 --weeks 60 --people 150 --database sqlite`."""

import argparse
import os
import sys


def main() -> None:
    """Simulate the years that are asked for and print what was found."""
    options = _options()
    if options.database == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif "DATABASE_URL" not in os.environ:
        sys.exit("Set DATABASE_URL to a PostgreSQL server, or take --database sqlite.")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from bench.year.report import run

    found = sum(
        run(
            seed=seed,
            weeks=options.weeks,
            people=options.people,
            pace=options.pace,
            database=options.database,
            is_chatty=options.weekly,
        )
        for seed in range(options.seed, options.seed + options.seeds)
    )
    sys.exit(min(found, 1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench year")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1, help="so many, from SEED on")
    parser.add_argument("--weeks", type=int, default=60)
    parser.add_argument("--people", type=int, default=150)
    parser.add_argument("--pace", type=float, default=1, help="more of everything")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--weekly", action="store_true", help="a line for each week")
    return parser.parse_args()


if __name__ == "__main__":
    main()
