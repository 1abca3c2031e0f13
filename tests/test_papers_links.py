"""Whatever a paper names is there: links, paths, and functions of our rooms.

Files move, and nobody reads the documents again. Checked are the papers at the root,
everything below docs/ and the README of every room.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from accounts.access import CAPABILITIES, OWN
from elearning.celery import app as celery_app
from tests.exemptions import NAMED_IN_PAPERS_ONLY
from tests.sources import ROOMS, ROOT, name_of

PAPERS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")]
)
# Made while the site runs, or outside the project.
_NOT_OURS = ("var/", "tls/", ".venv/", "http:", "https:", "mailto:", "#")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(
    r"(?:[\w.-]+/)*[\w.-]+\.(?:py|md|html|js|scss|css|yaml|yml|toml|sh|txt|svg|json)"
    r"|(?:[\w.-]+/)+"
)
_NAME = re.compile(rf"(?<![\w./-])(?:{'|'.join(ROOMS)})(?:\.[A-Za-z_]\w*)+(?!\w|/)")


@cache
def everything() -> frozenset[str]:
    """Return every file and folder of the project, with a slash at both ends."""
    outside = (
        "bench",
        "deploy",
        "docs",
        "locale",
        "static",
        "templates",
        "tests",
        ".ci",
    )
    folders = [*ROOMS, *outside]
    inside = (path for name in folders for path in (ROOT / name).rglob("*"))
    found = [*ROOT.iterdir(), *inside]
    return frozenset(
        f"/{name_of(path)}{'/' if path.is_dir() else ''}"
        for path in found
        if "__pycache__" not in path.parts
    )


def is_there(path: str) -> bool:
    """Say whether a path, or the end of one, names a file or folder of ours."""
    return any(one.endswith(f"/{path}") for one in everything())


def dead_links(paper: Path, text: str) -> list[str]:
    """Return the relative links of a paper that lead nowhere."""
    links = [target or source for target, source in _LINK.findall(text)]
    return [
        link
        for link in links
        if not link.startswith(_NOT_OURS)
        and not (paper.parent / link.partition("#")[0]).exists()
    ]


def dead_paths(text: str) -> list[str]:
    """Return the paths between backticks that name no file or folder of ours."""
    return [
        path
        for path in _CODE.findall(text)
        if _PATH.fullmatch(path)
        and not path.startswith(_NOT_OURS)
        and not is_there(path)
    ]


def dead_names(text: str) -> list[str]:
    """Return the dotted names of our rooms that nothing defines.

    A capability, a task and a table are named in the same way.
    """
    return [
        name
        for name in _NAME.findall(text)
        if not _is_defined(name.split(".")) and name not in _other_names()
    ]


def _is_defined(parts: list[str]) -> bool:
    """Say whether the first parts are a module, and the next one stands in it."""
    for length in range(len(parts), 0, -1):
        module = ROOT.joinpath(*parts[:length])
        if length == len(parts) and (module.is_dir() or _file_of(module)):
            return True
        file = _file_of(module)
        if file is not None:
            word = rf"^.*\b{parts[length]}\b"
            return bool(re.search(word, file.read_text("utf-8"), re.MULTILINE))
    return False


def _file_of(module: Path) -> Path | None:
    files = (module.with_suffix(".py"), module / "__init__.py")
    return next((file for file in files if file.is_file()), None)


@cache
def _other_names() -> frozenset[str]:
    celery_app.loader.import_default_modules()
    labels = {model._meta.label for model in apps.get_models()}
    return OWN.union(*CAPABILITIES.values(), labels, celery_app.tasks)


def _told(paper: Path) -> list[str]:
    text = paper.read_text("utf-8")
    return dead_links(paper, text) + dead_paths(text) + dead_names(text)


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_whatever_a_paper_names_is_there(paper):
    excused = NAMED_IN_PAPERS_ONLY.get(name_of(paper), set())

    assert set(_told(paper)) == excused, (
        "Follow the move, or say what stands there now."
    )


def test_papers_that_are_excused_are_there():
    assert set(NAMED_IN_PAPERS_ONLY) <= {name_of(paper) for paper in PAPERS}


# --- what the finders find ---------------------------------------------------------
def test_a_link_a_path_and_a_name_that_lead_nowhere_are_found():
    paper = ROOT / "docs" / "architecture.md"

    assert dead_links(paper, "[a](gone.md) [b](decisions/README.md#x)") == ["gone.md"]
    assert dead_links(paper, '<img src="images/gone.png">') == ["images/gone.png"]
    assert dead_paths("`lib/gone.py`, `lib/paths.py`, `gone/`, `lib/`") == [
        "lib/gone.py",
        "gone/",
    ]
    assert dead_names("accounts.gone.f accounts.access.gone accounts.access.can") == [
        "accounts.gone.f",
        "accounts.access.gone",
    ]


def test_other_things_with_dots_and_slashes_are_left_alone():
    text = "`/verifikasi/` `var/media` `a/b` courses.author_course courses.GradeItem"

    assert dead_paths(text) == dead_names(text) == []
