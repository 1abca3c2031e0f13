"""Compile static/scss into static/css, which is committed.

    python static/build.py           writes the files and prints their sizes
    python static/build.py --check   writes nothing; fails when a committed file is
                                     stale, over its budget or refused by the CSP

The running site reads the committed CSS only: Sass is needed by whoever changes a
style, Node by nobody.
"""

import argparse
import sys
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import sass

STATIC = Path(__file__).resolve().parent
CSS = STATIC / "css"
INCLUDE_PATHS = [str(STATIC / "vendor" / "bootstrap" / "scss")]
# Bytes on the wire (Brotli 11): what a poor line has to carry on the first visit.
BUDGETS = {
    "css/site.css": 13 * 1024,
    "css/staff.css": 3584,
    "js/site.js": 3 * 1024,
    "js/quiz.js": 5632,
    "js/exercise.js": 1792,
}


def compile_sheet(source: Path) -> str:
    """Return the compressed CSS of one entry file, ending with a newline."""
    compiled: str = sass.compile(
        filename=str(source), include_paths=INCLUDE_PATHS, output_style="compressed"
    )
    return compiled.strip() + "\n"


def compressed_size(content: bytes) -> int:
    """Return the number of bytes that a browser receives."""
    return len(brotli.compress(content, quality=11))


def problems_of(name: str, content: bytes) -> list[str]:
    """Return what makes a built file unfit: its weight, or a data: address."""
    found = []
    size = compressed_size(content)
    if size > BUDGETS[name]:
        found.append(f"{name}: {size} bytes exceed the budget of {BUDGETS[name]}")
    if b"data:" in content:
        found.append(f"{name}: contains a data: address, which the CSP refuses")
    return found


def main() -> int:
    """Build or check, print a line per file, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    problems = []
    for source in sorted((STATIC / "scss").glob("[!_]*.scss")):
        built = compile_sheet(source).encode()
        target = CSS / f"{source.stem}.css"
        if not check:
            CSS.mkdir(exist_ok=True)
            target.write_bytes(built)
        elif not target.exists() or target.read_bytes() != built:
            problems.append(f"css/{target.name} is stale: run python static/build.py")
    for name, budget in BUDGETS.items():
        content = (STATIC / name).read_bytes()
        problems += problems_of(name, content)
        size = compressed_size(content)
        print(f"{name:14} {len(content):6} bytes, {size:5} of {budget} compressed")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
