"""What a web worker holds in memory before anybody has asked for anything."""

import json
import subprocess
import sys

import pytest

# Megabytes that few requests need; docs/decisions/0050 says where each is loaded.
ON_DEMAND = {
    "aiohttp",
    "boto3",
    "bs4",
    "lxml",
    "prometheus_client",
    "markdownify",
    "pyhanko",
    "pyrage",
    "python_calamine",
    "requests",
    "rustpy_xlsxwriter",
    "segno",
    "typst",
    "xlsxwriter",
}
LOAD = """
import json, sys
from django.urls import get_resolver
from elearning.wsgi import application
get_resolver().reverse_dict
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The packages that a process holds once it has every address of the site."""
    found = subprocess.run(
        [sys.executable, "-c", LOAD], capture_output=True, text=True, check=True
    )
    packages = set(json.loads(found.stdout))
    # Every room has come with its views.
    assert {"accounts", "certificates", "markdown", "reports", "studio"} <= packages
    return packages


def test_what_few_requests_need_is_not_loaded(loaded):
    assert ON_DEMAND & loaded == set(), "Import it in the function that needs it."


def test_the_embedded_size_loads_no_driver_of_postgresql(loaded):
    assert "psycopg" not in loaded
