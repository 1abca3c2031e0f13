"""The structure of the house: loose files, chapters, floors, doors, functions.

A chapter is what lies directly in a room: a folder, or a file at its root. Arrows are
imports between chapters, floors the longest way down over them, on import-linter's
own graph. A circle of chapters is one floor; circles of files are named at the end:
there must be none. `python -m bench.structure [TREE]` measures another working tree.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import grimp

ROOT = Path(*sys.argv[1:2] or [Path(__file__).parent.parent]).resolve()
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
    sys.path[0] = str(ROOT)
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
    print(
        f"{'room':13}{'loose':>6}{'files':>6}{'chapters':>9}{'arrows':>7}{'floors':>7}"
        f"{'doors':>6}{'functions':>10}{'> 40':>5}{'longest':>8}{'docstrings':>11}"
    )
    for room in ROOMS:
        print(_row(room, below))
    circles = [sorted(one) for one in _circles(below) if len(one) > 1]
    print(f"circles of files: {len(circles)}", *circles, sep="\n")


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
    """Return the longest way down; whoever stand in a circle stand on one floor."""
    depth: dict[str, int] = {}
    for circle in _circles(edges):
        lower = set().union(*(edges[one] for one in circle)) - circle
        floor = 1 + max((depth[one] for one in lower), default=0)
        depth |= dict.fromkeys(circle, floor)
    return max(depth.values())


def _circles(edges: dict[str, set[str]]) -> list[set[str]]:
    """Return who can reach each other, the lower ones first; most stand alone."""
    reached = {one: {one} | _reached(edges, one) for one in edges}
    found: list[set[str]] = []
    for one in sorted(edges, key=lambda one: len(reached[one])):
        if not any(one in circle for circle in found):
            found.append({two for two in reached[one] if one in reached[two]})
    return found


def _reached(edges: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        more = edges[waiting.pop()] - found
        found |= more
        waiting += more
    return found


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
