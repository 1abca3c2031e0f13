"""The papers of the project agree with what it does."""

import hashlib
import re
import tomllib

import yaml

from tests.sources import ROOT

LONGEST_PAGE = 60
# The English text of EUPL-1.2 as the list of SPDX has it; nobody edits a licence.
LICENCE = "57fb42fbcd0b037ce528ed8f72f1ec095d67bc6825ecf1448ff39be1fe68a4b4"


def test_the_licence_is_the_official_text():
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert digest == LICENCE
    assert project["license"] == "EUPL-1.2"


def test_the_newest_release_of_the_changelog_is_the_projects_version():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    first, newest, *_older = re.findall(r"^## (\S+)(?: – (\S+))?$", changelog, re.M)

    assert first[0] == "Unreleased"
    assert newest[0] == project["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", newest[1]), "Say when it was released."


def test_hooks_call_make_and_name_no_tool_or_version_again():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    targets = set(
        re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    )
    [repo] = config["repos"]
    called = {hook["entry"]: hook for hook in repo["hooks"]}

    assert repo["repo"] == "local", "A hook from elsewhere writes a version twice."
    assert "make lint" in called
    for entry, hook in called.items():
        make, target = entry.split()
        assert (make, hook["language"]) == ("make", "system")
        assert target in targets
        assert not hook.get("additional_dependencies")
        # All files, as in CI: half a project may be sound and the whole broken.
        assert hook["always_run"]
        assert not hook["pass_filenames"]


def test_pages_by_task_are_short_and_listed():
    folder = ROOT / "docs" / "contributing"
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text()))
    pages = {path.name for path in folder.glob("*.md")} - {"README.md"}

    assert listed == pages
    for name in pages:
        text = (folder / name).read_text("utf-8")
        assert len(text.splitlines()) <= LONGEST_PAGE, f"{name}: split it."
        assert "**Trap" in text, f"{name}: say where somebody has fallen before."


def test_what_blame_looks_through_are_whole_hashes():
    lines = (ROOT / ".git-blame-ignore-revs").read_text("utf-8").splitlines()

    assert all(
        not line or line.startswith("#") or re.fullmatch(r"[0-9a-f]{40}", line)
        for line in lines
    )
