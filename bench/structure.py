"""The structure of the house: loose files, chapters, floors, doors, functions.

A chapter is what lies directly in a room: a folder, or a file at its root. Arrows are
imports between chapters, floors the longest way down over them, on import-linter's
own graph. A circle ends the run with its files: there must be none.
"""

import ast
import subprocess
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path, PurePosixPath

import grimp

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "accounts",
    "courses",
    "quizzes",
    "certificates",
    "reports",
    "studio",
    "elearning",
    "lib",
)
LONG = 40


def main() -> None:
    """Print one row a room."""
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    below = {
        module: {
            other
            for other in graph.find_modules_directly_imported_by(module)
            if "migrations" not in other
        }
        for module in graph.modules
        if "migrations" not in module
    }
    # Raises CycleError, which names the files of a circle.
    tuple(TopologicalSorter(below).static_order())
    print(
        f"{'room':13}{'loose':>6}{'files':>6}{'chapters':>9}{'arrows':>7}{'floors':>7}"
        f"{'doors':>6}{'functions':>10}{'> 40':>5}{'longest':>8}{'docstrings':>11}"
    )
    for room in ROOMS:
        print(_row(room, below))


def _row(room: str, below: dict[str, set[str]]) -> str:
    files = _files(room)
    chapters = _chapters(room, below)
    doors = {
        other
        for module, others in below.items()
        if _room(module) != room
        for other in others
        if _room(other) == room
    }
    trees = [ast.parse((ROOT / path).read_text("utf-8")) for path in files]
    lengths = [length for tree in trees for length in _lengths(tree)]
    public = [node for tree in trees for node in _public(tree)]
    told = sum(ast.get_docstring(node) is not None for node in public)
    return (
        f"{room:13}{sum(len(path.parts) == 2 for path in files):6}{len(files):6}"
        f"{len(chapters):9}{sum(map(len, chapters.values())):7}{_floors(chapters):7}"
        f"{len(doors):6}{len(lengths):10}{sum(n > LONG for n in lengths):5}"
        f"{max(lengths):8}{100 * told / len(public):10.0f}%"
    )


def _room(module: str) -> str:
    return module.partition(".")[0]


def _files(room: str) -> list[PurePosixPath]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", f"{room}/*.py"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = (PurePosixPath(name) for name in listed.split("\0") if name)
    return [path for path in paths if "migrations" not in path.parts]


def _chapters(room: str, below: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return for each chapter of the room those that it imports."""
    found: dict[str, set[str]] = {}
    for module, others in below.items():
        if _room(module) == room and module != room:
            own = found.setdefault(module.split(".")[1], set())
            own |= {
                other.split(".")[1]
                for other in others
                if _room(other) == room and other != room
            } - {module.split(".")[1]}
    return found


def _floors(edges: dict[str, set[str]]) -> int:
    depth: dict[str, int] = {}
    for chapter in TopologicalSorter(edges).static_order():
        depth[chapter] = 1 + max((depth[lower] for lower in edges[chapter]), default=0)
    return max(depth.values())


def _lengths(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield (node.end_lineno or 0) - node.lineno + 1


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield node


if __name__ == "__main__":
    main()
