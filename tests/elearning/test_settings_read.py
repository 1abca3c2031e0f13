"""The settings: read strictly, shown without secrets, refused where unsafe."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings

from elearning.addresses import database_parts, mail_parts
from elearning.environment import RecordedEnv, without_password
from elearning.setting_rules import READ_ELSEWHERE, RULES, unknown_names
from elearning.settings import env
from elearning.shown_settings import in_text, shown_settings
from tests.every_case import every_case
from tests.sources import ROOT

EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
GIVEN = re.compile(r"^([A-Z_]+)=(.*)$", re.MULTILINE)
NOT_GIVEN = re.compile(r"^#([A-Z_]+)=(.*)$", re.MULTILINE)
SOUND = {
    "ALLOWED_HOSTS": ["melek.contoh.go.id"],
    "DEBUG": False,
    "DEMO": False,
    "ELEARNING_ALLOW_TEST_NIP": False,
    "ELEARNING_BACKUP_FOLDER": "backup",
    "ELEARNING_BACKUP_RECIPIENTS": ["age1x"],
    "ELEARNING_STAFF_MFA": True,
    "EMBEDDED_DATABASE": True,
    "MAIL_PARTS": {"EMAIL_HOST": "mail.contoh.go.id"},
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
}


def reading_env(**given: str) -> RecordedEnv:
    reader = RecordedEnv()
    reader.ENVIRON = given
    return reader


@every_case(
    ("written", "value"), [("true", True), ("ON", True), ("0", False), ("no", False)]
)
def test_yes_and_no_are_read(written, value):
    assert reading_env(A=written).bool("A", default=not value) is value


@every_case(
    ("kind", "written"),
    [("bool", "ya"), ("bool", "flase"), ("int", "14 hari"), ("int", "1.000")],
)
def test_what_is_no_value_is_refused_by_name_and_not_repeated(kind, written):
    with pytest.raises(ImproperlyConfigured, match=r"elearning\.E010: A_B") as refusal:
        getattr(reading_env(A_B=written), kind)("A_B", default=1)

    assert written not in str(refusal.value)


def test_an_empty_variable_says_nothing_where_nothing_is_no_value():
    reader = reading_env(KEEP="", IS_ON="", NAME="", LIST="")

    assert reader.int("KEEP", default=14) == 14
    assert reader.bool("IS_ON", default=True) is True
    assert reader.str("NAME", default="x") == ""
    assert reader.list("LIST", default=["x"]) == []


def test_a_password_that_begins_with_a_dollar_names_no_other_variable():
    assert reading_env(A="$B", B="other").str("A", default="") == "$B"


@every_case(
    "address", ["postgres//x", "mysql://a:b@c/d", "melek", "oracle://a@b/c", "://"]
)
def test_only_known_databases_are_taken(address):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        reading_env(DATABASE_URL=address).address("DATABASE_URL", database_parts)


def test_a_mail_server_is_spoken_to_as_its_address_says():
    closed = mail_parts("smtp+tls://user:pass@mail.contoh.go.id:587")
    former = mail_parts("smtp://user:pass@mail.contoh.go.id:587/?tls=True")

    assert closed["EMAIL_USE_TLS"] is True
    assert former == closed
    with pytest.raises(ValueError, match="Options"):
        mail_parts("smtp://mail.contoh.go.id/?tsl=True")


# --- what is shown -----------------------------------------------------------------
def test_no_secret_is_shown():
    reader = reading_env(
        SECRET_KEY="rahasia-1",
        DATABASE_URL="postgres://melek:rahasia@2@db:5432/melek",
        EMAIL_URL="smtp+tls://user:rahasia-3@mail:587",
    )
    for name in reader.ENVIRON:
        reader.str(name, default="")

    shown = {one.name: one.value for one in shown_settings(reader.readings)}

    assert "rahasia" not in json.dumps(shown)
    assert shown["DATABASE_URL"] == "postgres://melek:***@db:5432/melek"


@every_case(
    ("address", "shown"),
    [
        ("redis://:pass@h:6379/0", "redis://:***@h:6379/0"),
        ("redis://h:6379/0", "redis://h:6379/0"),
        ("postgres://u@h/d", "postgres://u@h/d"),
        ("unix:///tmp/v.sock?db=0", "unix:///tmp/v.sock?db=0"),
    ],
)
def test_addresses_are_shown_without_password(address, shown):
    assert without_password(address) == shown


def test_the_command_lists_everything_that_is_read(capsys, monkeypatch):
    # The journeys set it, and Django's own check would refuse it.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    call_command("show_settings", "--json")

    said = json.loads(capsys.readouterr().out)
    listed = {one["name"] for one in said["settings"]}
    assert listed >= set(env.readings)
    assert {"ELEARNING_JP_TARGETS", "ELEARNING_MODE"} <= listed


def test_the_command_ends_with_1_where_the_site_would_not_start(capsys, settings):
    _make_sound(settings)
    settings.ALLOWED_HOSTS = ["*"]

    with pytest.raises(SystemExit) as end:
        call_command("show_settings")

    assert end.value.code == 1
    assert "elearning.E011" in capsys.readouterr().out


# --- what is refused ---------------------------------------------------------------
def _make_sound(settings):
    for name, value in SOUND.items():
        setattr(settings, name, value)


def _found(settings) -> set[str]:
    return {one.id for one in run_checks() if one.id.startswith("elearning.")}


def test_a_sound_site_breaks_no_rule(settings):
    _make_sound(settings)

    assert _found(settings) == set()


@every_case(
    ("rule", "change"),
    [
        ("E011", {"ALLOWED_HOSTS": []}),
        ("E011", {"ALLOWED_HOSTS": ["melek.contoh.go.id", "*"]}),
        ("E012", {"SECRET_KEY": "rahasia"}),
        ("E012", {"SECRET_KEY": "a" * 60}),
        ("E013", {"DEBUG": True}),
        ("E014", {"ELEARNING_STAFF_MFA": False}),
        ("E015", {"ELEARNING_ALLOW_TEST_NIP": True}),
        ("E016", {"SECURE_PROXY_SSL_HEADER": ("X", "https")}),
        ("E017", {"ELEARNING_BACKUP_KEEP": 0}),
        ("E018", {"ELEARNING_MEDIA_BYTES": 0}),
        ("E018", {"ELEARNING_STAFF_IDLE": timedelta(0)}),
        ("E018", {"ALLAUTH_TRUSTED_PROXY_COUNT": -1}),
        ("E019", {"ELEARNING_METRICS_NETWORKS": ["10.0.0.1/24"]}),
        ("E020", {"ELEARNING_METRICS_TOKEN": "rahasia"}),
        ("E021", {"ELEARNING_SSO_ISSUER": "https://sso.contoh.go.id"}),
        ("E022", {"ELEARNING_BACKUP_FOLDER": "s3://ember?x=y"}),
        ("E024", {"BUCKET_KEYS": {"access_key": "a", "secret_key": None}}),
        ("W015", {"ELEARNING_BACKUP_FOLDER": "s3://ember?endpoint=http://h"}),
        ("W011", {"MAIL_PARTS": None}),
        ("W012", {"MAIL_PARTS": {"EMAIL_HOST": "m", "EMAIL_HOST_PASSWORD": "x"}}),
        ("W013", {"ELEARNING_BACKUP_FOLDER": ""}),
        ("W014", {"ELEARNING_BACKUP_RECIPIENTS": []}),
    ],
)
def test_every_rule_is_told_in_production_with_its_remedy(rule, change):
    with override_settings(**{**SOUND, **change}):
        found = {one.id: one for one in run_checks()}

    assert f"elearning.{rule}" in found
    assert found[f"elearning.{rule}"].hint


def test_the_cases_above_are_all_rules():
    written = set(re.findall(r'\("([EW]\d{3})", \{', _source()))

    assert written == {rule.id for rule in RULES}


def _source() -> str:
    return (ROOT / "tests/elearning/test_settings_read.py").read_text("utf-8")


def test_the_demo_is_refused_only_what_serves_nobody(settings):
    settings.SECRET_KEY = "short"
    settings.ELEARNING_BACKUP_KEEP = 0

    assert _found(settings) == {"elearning.E017"}


def test_a_misspelled_setting_is_told(monkeypatch):
    monkeypatch.setenv("ELEARNING_STAF_MFA", "true")

    assert unknown_names(os.environ) == ["ELEARNING_STAF_MFA"]
    (found,) = (one for one in run_checks() if one.id == "elearning.W010")
    assert "ELEARNING_STAFF_MFA" in found.hint


# --- .env.example ------------------------------------------------------------------
def test_the_example_names_every_setting_and_none_that_nobody_reads():
    named = [name for name, _ in GIVEN.findall(EXAMPLE) + NOT_GIVEN.findall(EXAMPLE)]

    assert len(named) == len(set(named))
    assert set(named) == set(env.readings) | READ_ELSEWHERE - {"HOST", "PORT"}


def test_the_example_shows_what_counts_without_a_line():
    production = {"ELEARNING_STAFF_MFA": "true", "ELEARNING_ALLOW_TEST_NIP": "false"}
    shown = dict(NOT_GIVEN.findall(EXAMPLE))
    wrong = {
        name: (said, in_text(env.readings[name].default))
        for name, said in shown.items()
        if "var" not in said.split("/")
        and said != production.get(name, in_text(env.readings[name].default))
    }

    assert wrong == {}


def test_a_site_with_the_example_starts(tmp_path):
    said = dict(GIVEN.findall(EXAMPLE))
    said |= {
        "SECRET_KEY": SOUND["SECRET_KEY"] * 2,
        "ELEARNING_VAR": str(tmp_path),
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "manage.py", "check", "--deploy"]

    done = subprocess.run(
        command, check=False, env=said, cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    told = set(re.findall(r"\((\w+\.[EW]\d+)\)", done.stderr))
    # What the example leaves to be decided: backups.
    assert told == {"elearning.W013"}, done.stderr
