"""One word, one meaning: no two public names of a room are spelled the same."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests import sources
from tests.sources import ROOMS, name_of, tree_of
from tests.test_conventions import fail_if

# Modules whose names are reached through the module, never by themselves: a view and a
# task are called as the action that they call.
FRAMES = {
    "views": "a view is reached by its module, from urls",
    "tasks": "a task is called as its action, and by its job's name",
    "migrations": "Django reads them by their file",
}
# Names that may stand in several modules of a room, and why.
EXEMPT: Mapping[tuple[str, str], str] = {
    ("accounts", "Command"): "Django finds a command by this name.",
    ("certificates", "Command"): "Django finds a command by this name.",
    ("courses", "urlpatterns"): "Django finds addresses by this name.",
    ("elearning", "Command"): "Django finds a command by this name.",
    ("elearning", "urlpatterns"): "Django finds addresses by this name.",
    ("lib", "Deserializer"): "Django finds a format of dumps by this name.",
    ("lib", "Serializer"): "Django finds a format of dumps by this name.",
    ("lib", "register"): "Django finds template tags by this name.",
    ("quizzes", "Command"): "Django finds a command by this name.",
    ("quizzes", "read"): "What every format has; the registry names the module.",
    ("quizzes", "render"): "What every format has; the registry names the module.",
    ("studio", "Command"): "Django finds a command by this name.",
    ("studio", "check"): "What every rule about courses has; `rules` names the module.",
    ("studio", "check_between"): "As `check`, for what several courses get wrong.",
    ("reports", "urlpatterns"): "Django finds addresses by this name.",
    ("studio", "urlpatterns"): "Django finds addresses by this name.",
}


def _is_frame(path: Path) -> bool:
    inside = path.relative_to(sources.ROOT).parts[1:]
    return any(name in inside or f"{name}.py" in inside for name in FRAMES)


def _definitions(path: Path) -> Iterator[str]:
    """Yield the public names that a module itself defines; imports are no doubles."""
    for node in tree_of(path).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                for target in targets:
                    yield from _assigned(target)
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def _assigned(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements):
            for element in elements:
                yield from _assigned(element)


def _doubles(room: str) -> dict[str, list[str]]:
    """Return the public names that several modules of a room define, with these."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sources.python_files(room):
        if not _is_frame(path):
            for name in _definitions(path):
                if not name.startswith("_"):
                    found[name].add(name_of(path))
    return {name: sorted(paths) for name, paths in found.items() if len(paths) > 1}


@pytest.mark.parametrize("room", ROOMS)
def test_a_public_name_means_one_thing_in_its_room(room):
    found = [
        f"{name}: {', '.join(paths)}"
        for name, paths in _doubles(room).items()
        if (room, name) not in EXEMPT
    ]

    fail_if(found, "Say what each one is in its name, or define it once and import it.")


def test_every_exemption_names_a_double():
    found = [f"{room}: {name}" for room, name in EXEMPT if name not in _doubles(room)]

    fail_if(found, "Nothing is spelled twice here any more: take the line out.")
