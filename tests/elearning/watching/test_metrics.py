"""Metrics: told to whom they are for, of everything that alerts and panels speak of."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client, override_settings

from elearning.backups import making
from elearning.watching import heartbeats
from elearning.watching.request_times import count_requests
from tests.every_case import every_case
from tests.sources import ROOT

TOKEN = "t" * 40
NAME = re.compile(r"\bmelek_[a-z_]+")
ALERTS = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yaml").read_text("utf-8"))
BOARD = json.loads((ROOT / "deploy/grafana/melek.json").read_text("utf-8"))
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
# Asks a page and then the metrics, in a process whose metrics are on.
ASK = """
import django
django.setup()
from django.test import Client
client = Client()
client.get("/bantuan/?cari=Siti")
client.get("/tidak-ada/Siti/")
answer = client.get("/metrics", headers={"authorization": "Bearer %s"})
print(answer.status_code)
print(answer.content.decode())
"""


@pytest.fixture
def with_token(settings):
    settings.ELEARNING_METRICS_TOKEN = TOKEN


def ask(client, **headers):
    return client.get("/metrics", headers=headers)


# --- who may read ------------------------------------------------------------------
def test_by_default_there_are_none(client):
    assert ask(client, authorization="Bearer ").status_code == 404


def test_whoever_brings_the_token_reads_under_any_host(client, db, with_token):
    answer = ask(client, authorization=f"Bearer {TOKEN}", host="10.0.0.7:8000")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


@every_case("said", ["", "Bearer ", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_another_token_reads_nothing(said):
    with override_settings(ELEARNING_METRICS_TOKEN=TOKEN):
        assert ask(Client(), authorization=said).status_code == 404


def test_a_named_network_reads_and_no_other(client, db, settings):
    settings.ELEARNING_METRICS_NETWORKS = ["10.1.0.0/16", "fd00::/8"]

    def code(address: str) -> int:
        return client.get("/metrics", REMOTE_ADDR=address).status_code

    assert [code("10.1.2.3"), code("fd00::1")] == [200, 200]
    assert [code("10.2.2.3"), code("127.0.0.1"), code("")] == [404, 404, 404]


def test_behind_a_proxy_that_nobody_counted_this_machine_is_nobody(
    client, db, settings
):
    settings.ELEARNING_METRICS_NETWORKS = ["127.0.0.1/32"]

    assert ask(client).status_code == 200
    assert ask(client, x_forwarded_for="203.0.113.9").status_code == 404


def test_where_nobody_may_read_nothing_is_counted():
    with pytest.raises(MiddlewareNotUsed):
        count_requests(lambda request: HttpResponse())


# --- what is told ------------------------------------------------------------------
def _told(monkeypatch, client, now) -> str:
    """What is told while everything is there."""
    monkeypatch.setattr(
        making, "last_backup", lambda site: {"made_at": "2026-11-20T00:00:00+00:00"}
    )
    for queue in heartbeats.QUEUES:
        heartbeats.note_heartbeat(queue=queue, now=now)
    try:
        return ask(client, authorization=f"Bearer {TOKEN}").content.decode()
    finally:
        cache.clear()


def test_everything_that_alerts_and_panels_name_is_told(
    client, db, clock, now, with_token, monkeypatch
):
    told = set(NAME.findall(_told(monkeypatch, client, now)))
    panels = [target["expr"] for one in BOARD["panels"] for target in one["targets"]]
    asked = {name for rule in RULES for name in NAME.findall(rule["expr"])}
    shown = {name for said in panels for name in NAME.findall(said)}
    ends = ("", "_bucket", "_count", "_sum")
    requests = {f"melek_request_seconds{end}" for end in ends}

    assert asked - requests <= told
    assert shown - requests <= told
    # And nothing is told that nobody looks at.
    assert told - requests <= shown


def test_every_alert_says_what_to_do():
    assert [rule["alert"] for rule in RULES if not rule["annotations"]["remedy"]] == []
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    assert {rule["labels"]["severity"] for rule in RULES} == {"page", "ticket"}


def test_panels_do_not_lie_upon_each_other():
    places = [tuple(panel["gridPos"].items()) for panel in BOARD["panels"]]

    assert (
        len(set(places)) == len(places) == len({one["id"] for one in BOARD["panels"]})
    )


def test_requests_are_counted_by_route_and_never_by_address(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "ELEARNING_VAR": str(tmp_path),
        "ELEARNING_METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
        "ALLOWED_HOSTS": "testserver",
    }

    done = subprocess.run(
        [sys.executable, "-c", ASK % TOKEN],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("200\n")
    assert 'melek_request_seconds_count{route="help",status="2xx"} 1.0' in done.stdout
    assert 'melek_request_seconds_count{route="none",status="4xx"} 1.0' in done.stdout
    assert "Siti" not in done.stdout
