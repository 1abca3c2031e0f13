"""`python -m bench [NAME …]`: all figures that take seconds, or those named.

`pages` opens every page of every course, `year` simulates an agency, `drill`,
`deadline`, `processes`, `rollout` and `writing` run the whole site, `bad_days` fills a
disk, `backup` copies a crowd: they take minutes and run only when named, as do
`profile` and `compare`.
Options go to the last one named.
"""

import importlib
import os
import sys
import tempfile

NAMES = (
    "lesson",
    "attempt",
    "certificates",
    "wire",
    "paper",
    "crash",
    "reports",
    "marks",
    "statistics",
    "structure",
)


def main() -> None:
    """Run each bench in a folder of its own, far from anybody's data."""
    said = sys.argv[1:]
    at = next((n for n, word in enumerate(said) if word.startswith("-")), len(said))
    names = said[:at] or [
        name for name in NAMES if importlib.util.find_spec(f"bench.{name}")
    ]
    for name in names:
        options = said[at:] if name == names[-1] else []
        print(f"\n== {name} ==", flush=True)
        with tempfile.TemporaryDirectory(prefix="melek-bench-") as folder:
            environment = {**os.environ, "ELEARNING_VAR": folder}
            environment.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings")
            # Whoever measures brings their own people.
            environment.setdefault("ELEARNING_DEMO_PEOPLE", "false")
            code = os.spawnve(
                os.P_WAIT,
                sys.executable,
                [sys.executable, "-m", f"bench.{name}", *options],
                environment,
            )
            if code:
                sys.exit(code)


if __name__ == "__main__":
    main()
