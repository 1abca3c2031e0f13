"""Where files lie: a feature is a folder, and its tests lie where it lies."""

import subprocess
from graphlib import TopologicalSorter
from pathlib import PurePosixPath

import grimp
import pytest

from tests.sources import ROOMS, ROOT
from tests.test_conventions import fail_if

# Rooms whose features are folders. Smaller rooms may still be one folder.
CHAPTERED = ("quizzes", "reports", "studio")
# What a room may hold beside its chapters: its doors, and what every chapter shares.
AT_THE_ROOT = {
    "__init__",
    "actions",
    "apps",
    "exceptions",
    "fetching",
    "jobs",
    "kinds",
    "models",
    "policy",
    "querysets",
    "selectors",
    "tasks",
    "urls",
}
# Shared by chapters of one room, each with the reason why it is no chapter.
SHARED = {
    "reports/columns.py": "completion and gain define columns, exports write them",
    "reports/urls_team.py": "an address outside /sdm/",
    "reports/sql.py": "runs SQL for completion, gain, dashboard and units",
    "studio/choices.py": "what forms of several chapters offer",
    "studio/colleagues.py": "whom a stale form of any chapter names",
    "studio/excerpts.py": "a question in one line, for every list",
    "studio/links.py": "addresses that several chapters lead to",
    "studio/obstacles.py": "the refusal that exceptions and publishing share",
    "studio/urls_images.py": "an address outside /studio/",
}
NO_CHAPTERS = {"management", "migrations", "templatetags", "views"}


def _python_files(folder: str) -> list[PurePosixPath]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", folder],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return [
        PurePosixPath(name)
        for name in listed
        if name.endswith(".py") and (ROOT / name).exists()
    ]


def _chapters(room: str) -> set[PurePosixPath]:
    """Return the folders of a room that tell the story of a feature."""
    return {
        path.parent
        for path in _python_files(room)
        if len(path.parts) > 2 and path.parts[1] not in NO_CHAPTERS
    }


def test_no_loose_file_lies_at_the_root_of_a_room():
    loose = {
        str(path)
        for room in CHAPTERED
        for path in _python_files(room)
        if len(path.parts) == 2 and path.stem not in AT_THE_ROOT
    }

    fail_if(
        sorted(loose - set(SHARED)), "Put it into the chapter whose story it tells."
    )
    fail_if(sorted(set(SHARED) - loose), "These are gone: take them off the list.")


@pytest.mark.parametrize("room", CHAPTERED)
def test_every_chapter_says_in_five_lines_what_happens_there(room):
    found = []
    for chapter in _chapters(room):
        # A format's own folder is told of where all formats are.
        if chapter.parent.name == "formats":
            continue
        readme = ROOT / chapter / "README.md"
        lines = readme.read_text("utf-8").splitlines() if readme.exists() else []
        if len([line for line in lines if line]) != 5:
            found.append(str(chapter))

    fail_if(
        sorted(found),
        "Write README.md: its name, what happens here, what may be touched, the door, "
        "what to watch out for.",
    )


@pytest.mark.parametrize("room", CHAPTERED)
def test_tests_lie_where_the_chapter_lies(room):
    chapters = _chapters(room)
    tested = {
        PurePosixPath(*path.parent.parts[1:])
        for path in _python_files(f"tests/{room}")
        if len(path.parts) > 3
    }

    fail_if(
        sorted(str(folder) for folder in tested - chapters),
        "No such chapter: let the folders of tests mirror those of the room.",
    )


def test_no_files_import_each_other_in_a_circle():
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    imports = {
        module: graph.find_modules_directly_imported_by(module)
        for module in graph.modules
    }

    # Raises CycleError with the files of the circle.
    assert tuple(TopologicalSorter(imports).static_order())
