"""What the site is built on has a licence that we may use, and it is listed."""

import importlib.metadata
import re

from tests.sources import ROOT

ALLOWED = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
}
LISTED = dict(
    re.findall(
        r"^\| ([a-z0-9-]+) \| ([A-Za-z0-9. -]+) \|$",
        (ROOT / "docs/licences.md").read_text("utf-8").partition("| package |")[2],
        re.MULTILINE,
    )
)
PINNED = {
    name
    for file in ("requirements.txt", "requirements-s3.txt")
    for name in re.findall(
        r"^([a-z0-9-]+)==", (ROOT / file).read_text("utf-8"), re.MULTILINE
    )
}
# Wanted on Windows only.
NOT_INSTALLED = {"colorama"}


def test_every_package_is_listed_and_no_other():
    assert set(LISTED) == PINNED


def test_every_licence_is_one_that_we_may_use():
    refused = {
        name: said
        for name, said in LISTED.items()
        if not set(re.split(" AND | OR ", said)) <= ALLOWED
    }

    assert refused == {}


def test_the_list_says_what_each_package_says_of_itself():
    said = {
        name: importlib.metadata.metadata(name).get("License-Expression")
        for name in PINNED - NOT_INSTALLED
    }

    # Older packages say it in free words, which the list has as SPDX.
    by_spdx = {name: one for name, one in said.items() if one}
    assert len(by_spdx) > 20
    assert {name: LISTED[name] for name in by_spdx} == by_spdx


def test_nobody_says_gpl_in_free_words():
    free = {
        name: " ".join(importlib.metadata.metadata(name).get_all("Classifier") or [])
        for name in PINNED - NOT_INSTALLED
    }

    assert [name for name, said in free.items() if "General Public" in said] == []
