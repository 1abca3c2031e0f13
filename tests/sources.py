"""The project's own files, read once, for tests that judge the text of the code."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "accounts",
    "certificates",
    "courses",
    "elearning",
    "lib",
    "quizzes",
    "reports",
    "studio",
)
# Others' files that travel with ours.
_VENDORED = ("static/vendor/", "tests/e2e/vendor/")
_TEXT = {
    ".cfg",
    ".css",
    ".dockerignore",
    ".example",
    ".html",
    ".in",
    ".js",
    ".json",
    ".md",
    ".py",
    ".scss",
    ".sh",
    ".svg",
    ".toml",
    ".txt",
    ".typ",
    ".yaml",
    ".yml",
    "",
}
_FOLDERS = (
    *ROOMS,
    "bench",
    "deploy",
    "docs",
    "static",
    "templates",
    "tests",
    ".ci",
    "locale",
)


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Return the Python files of these folders, of all rooms without any given."""
    chosen = folders or ROOMS
    found = (path for name in chosen for path in (ROOT / name).rglob("*.py"))
    return tuple(sorted(path for path in found if not is_vendored(path)))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def nodes_in(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return every node of a tree; rules look through the same ones again."""
    return tuple(ast.walk(tree))


def name_of(path: Path) -> str:
    """Return a file's path inside the project."""
    return path.relative_to(ROOT).as_posix()


def is_vendored(path: Path) -> bool:
    """Say whether others wrote this file."""
    return name_of(path).startswith(_VENDORED)


@cache
def template_files() -> tuple[Path, ...]:
    """Return every template."""
    folders = [ROOT / "templates", *(ROOT / room / "templates" for room in ROOMS)]
    found = (path for folder in folders for path in folder.rglob("*"))
    return tuple(sorted(path for path in found if path.suffix in {".html", ".txt"}))


def text_files() -> Iterator[Path]:
    """Yield every text file of the repository that is ours."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and _is_text(path))
    for name in _FOLDERS:
        for path in (ROOT / name).rglob("*"):
            if path.is_file() and _is_text(path) and not is_vendored(path):
                yield path


def _is_text(path: Path) -> bool:
    return path.suffix in _TEXT and "__pycache__" not in path.parts


def url_patterns() -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the site with its full name, `namespace:name`."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern
        else:
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, f"{prefix}{namespace}")
