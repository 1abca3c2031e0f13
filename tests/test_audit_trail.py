"""The trail is whole: every kind of event is known, told in words, and on paper."""

import ast
import re
from functools import cache

from reports.trail.kinds import GROUPS, KINDS
from tests.sources import ROOMS, ROOT, name_of, nodes_in, python_files, tree_of
from tests.test_conventions import fail_if

PAPER = ROOT / "docs" / "audit.md"
_VERB = re.compile(rf"(?:{'|'.join(ROOMS)})\.[a-z_]+\.[a-z_]+")
# Literals of this shape that are something else.
_OTHERS = re.compile(r".*\.words|.*\.urls")
# What the middle of a name is filled in with, by where that is written.
FILLED_IN = {
    "accounts.person.{verb}": ("activated", "deactivated"),
    "certificates.correction.{decision}": ("confirmed", "declined", "withdrawn"),
    "certificates.outside.{verdict.value}": (
        *("accepted", "refused", "reopened", "withdrawn"),
    ),
    "accounts.data_request.{state}": ("accepted", "refused", "withdrawn"),
    "courses.review.{state}": ("approved", "changes", "withdrawn"),
    "courses.publication.{state}": ("published", "stopped", "cancelled"),
}


@cache
def written_verbs() -> dict[str, set[str]]:
    """Return every verb that code writes, with the files that name it."""
    found: dict[str, set[str]] = {}
    for path in python_files():
        if path.name in {"jobs.py", "settings.py", "urls.py", "kinds.py"}:
            continue
        if "migrations" in path.parts:
            continue
        for node in nodes_in(tree_of(path)):
            for verb in _verbs_in(node):
                found.setdefault(verb, set()).add(name_of(path))
    return found


def _verbs_in(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        said = node.value
        is_verb = _VERB.fullmatch(said) and not _OTHERS.fullmatch(said)
        return [said] if is_verb else []
    if isinstance(node, ast.JoinedStr):
        pattern = ast.unparse(node)[2:-1]
        stem = pattern.partition("{")[0]
        return [f"{stem}{end}" for end in FILLED_IN.get(pattern, ())]
    return []


def test_every_kind_of_event_that_is_written_has_its_words():
    fail_if(
        sorted(set(written_verbs()) - set(KINDS)),
        "Give it words in reports/trail/kinds.py.",
    )
    fail_if(
        sorted(set(KINDS) - set(written_verbs())), "Nobody writes it: take it away."
    )


# Groups whose every kind a test must name: what an auditor asks for first.
TESTED = (
    *("masuk", "sandi", "peran", "pegawai", "dilihat", "permintaan", "sertifikat"),
)


@cache
def _paper() -> dict[str, tuple[str, str]]:
    """Return by verb which file writes it and which test sees it, as the page says."""
    line = re.compile(r"^\| ([a-z]+) \| `([a-z_.]+)` \| `([^`]+)` \| (\S+) \|$", re.M)
    return {
        f"{room}.{kind}": (written, test.strip("`"))
        for room, kind, written, test in line.findall(PAPER.read_text("utf-8"))
    }


def test_the_paper_names_every_kind_of_event():
    assert sorted(_paper()) == sorted(KINDS)


def test_the_paper_names_files_that_write_it_and_tests_that_see_it():
    wrong = [
        f"{verb}: {written}, {test}"
        for verb, (written, test) in _paper().items()
        if written not in written_verbs()[verb]
        or (test != "–" and verb not in (ROOT / test).read_text("utf-8"))
    ]

    fail_if(wrong, "Say in docs/audit.md where it is written and which test sees it.")


def test_whoever_comes_in_and_whatever_is_official_is_tested():
    needed = {verb for group in GROUPS if group.slug in TESTED for verb in group.kinds}

    fail_if(
        sorted(verb for verb in needed if _paper()[verb][1] == "–"),
        "Write a test that sees the entry, and name it in docs/audit.md.",
    )


# Verbs with an actor that leave no entry, and why.
SILENT = {
    "courses/actions/reviews.py:comment_draft": "a comment names who wrote it",
    "courses/actions/reviews.py:settle_comment": "a comment names who settled it",
    "accounts/standings.py:note_standing": "a step of verbs that do",
    "courses/actions/writing.py:keep_writing": "what is typed and not saved yet",
    "courses/actions/writing.py:close_writing": "what is typed and not saved yet",
    "studio/drafts/writing.py:close_writings": "what is typed and not saved yet",
    "studio/reviewing/actions.py:settle_comment": "says itself who settled it",
}
# Calls by these names say nothing about what is called.
_COMMON = {"save", "create", "get", "append", "run", "add", "filter", "ask", "update"}
_ENTRIES = {"audit.record", "audit.record_in", "task.record", "AuditRecord"}


def _called(function: ast.FunctionDef) -> set[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            said = ast.unparse(node.func)
            names.add("an entry" if said in _ENTRIES else said.rpartition(".")[2])
    return names


def _functions() -> dict[str, ast.FunctionDef]:
    return {
        f"{name_of(path)}:{node.name}": node
        for path in python_files()
        for node in nodes_in(tree_of(path))
        if isinstance(node, ast.FunctionDef)
    }


def _silent() -> set[str]:
    """Return functions that are told who does it and lead to no entry at all."""
    called = {place: _called(node) for place, node in _functions().items()}
    leads = {"an entry"}
    while more := {
        name
        for place, names in called.items()
        if names & leads and (name := place.rpartition(":")[2]) not in leads | _COMMON
    }:
        leads |= more
    return {
        place
        for place, node in _functions().items()
        if not node.name.startswith("_")
        and "/views/" not in place
        and "by" in {one.arg for one in node.args.kwonlyargs + node.args.args}
        and not called[place] & leads
    }


def test_every_verb_that_is_told_who_does_it_leaves_an_entry():
    fail_if(sorted(_silent() - set(SILENT)), "Call audit.record, or say why not.")
    fail_if(sorted(set(SILENT) - _silent()), "It leaves one: take it off the list.")
