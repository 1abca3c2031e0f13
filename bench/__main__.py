"""`python -m bench [NAME …]`: all figures that take seconds, or those named.

`pages` opens every page of every course: it takes minutes and runs only when named.
"""

import importlib
import os
import sys
import tempfile

NAMES = (
    "lesson",
    "attempts",
    "certificates",
    "wire",
    "crash",
    "reports",
    "marks",
    "statistics",
    "structure",
)


def main() -> None:
    """Run each bench in a folder of its own, far from anybody's data."""
    names = sys.argv[1:] or [
        name for name in NAMES if importlib.util.find_spec(f"bench.{name}")
    ]
    for name in names:
        print(f"\n== {name} ==", flush=True)
        with tempfile.TemporaryDirectory(prefix="melek-bench-") as folder:
            environment = {**os.environ, "ELEARNING_VAR": folder}
            environment.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings")
            code = os.spawnve(
                os.P_WAIT,
                sys.executable,
                [sys.executable, "-m", f"bench.{name}"],
                environment,
            )
            if code:
                sys.exit(code)


if __name__ == "__main__":
    main()
