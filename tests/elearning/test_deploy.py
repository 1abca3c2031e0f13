"""Compose, units and manifests run the processes that the site knows, locked in."""

import configparser
import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from django.core.management import CommandError, call_command

from elearning.processes import BEAT, PROCESSES, SETUP, WEB
from elearning.units import TARGET, Machine, unit_name, units
from tests.sources import ROOT

ALL = (SETUP, *PROCESSES)
COMMANDS = {one.name: list(one.command) for one in ALL}
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
OURS = {name: one for name, one in COMPOSE["services"].items() if "build" in one}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
PROXY = (ROOT / "deploy/nginx/melek.conf").read_text("utf-8")
FOLDER = ROOT / "deploy/kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text("utf-8"))
MANIFESTS: list[dict[str, Any]] = [
    manifest
    for name in KUSTOMIZATION["resources"]
    for manifest in yaml.safe_load_all((FOLDER / name).read_text("utf-8"))
]
PODS = {
    manifest["metadata"]["labels"]["process"]: manifest
    for manifest in MANIFESTS
    if manifest["kind"] in {"Deployment", "Job"}
}
SECONDS = re.compile(r"(\d+)s")


# --- compose -----------------------------------------------------------------------
def test_compose_runs_every_process_and_no_other():
    assert {name: one["command"] for name, one in OURS.items()} == COMMANDS


def test_every_container_of_ours_and_the_proxy_can_write_nowhere_else():
    for name, one in {**OURS, "proxy": COMPOSE["services"]["proxy"]}.items():
        assert one["read_only"] is True, name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert one["tmpfs"] == ["/tmp"], name


def test_containers_have_the_time_that_a_process_needs_to_end():
    given = {
        name: int(SECONDS.fullmatch(one["stop_grace_period"])[1])
        for name, one in OURS.items()
        if "stop_grace_period" in one
    }

    wanted = {one.name: one.stops_within for one in PROCESSES}
    assert {name: given[name] >= wanted[name] for name in wanted} == dict.fromkeys(
        wanted, True
    )


def test_only_the_proxy_is_reached_from_outside():
    reached = [name for name, one in COMPOSE["services"].items() if "ports" in one]

    assert reached == ["proxy"]


def test_the_image_runs_web_as_nobody_important():
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    command = re.search(r"^CMD (\[.*\])$", final, re.MULTILINE)[1]

    assert yaml.safe_load(command) == COMMANDS["web"]
    assert "\nUSER 10001\n" in final
    assert "HEALTHCHECK" in final
    assert "pip install --require-hashes" in DOCKERFILE


@pytest.mark.parametrize(
    "said",
    [
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "proxy_request_buffering on;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto https;",
        "proxy_set_header X-Request-ID $request_id;",
        "location = /metrics { return 404; }",
        "client_header_timeout 30s;",
    ],
)
def test_the_proxy_says_what_the_site_relies_on(said):
    assert said in PROXY


# --- systemd -----------------------------------------------------------------------
MACHINE = Machine(
    folder=Path("/srv/melek"),
    python=Path("/srv/melek/.venv/bin/python"),
    data=Path("/var/lib/melek"),
    environment=Path("/etc/melek.env"),
    user="melek",
    writes=(Path("/backup"),),
)


def read_unit(text: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read_string(text)
    return parser


def test_units_run_every_process_and_no_other():
    written = units(MACHINE)
    commands = {
        name: read_unit(text)["Service"]["ExecStart"]
        for name, text in written.items()
        if name != TARGET
    }

    bin_folder = "/srv/melek/.venv/bin"
    assert commands == {
        unit_name(one): f"{bin_folder}/{' '.join(one.command)}".replace(
            "0.0.0.0", "127.0.0.1"
        )
        for one in ALL
    }


def test_units_write_to_data_and_backups_alone_and_as_nobody_important():
    for name, text in units(MACHINE).items():
        if name != TARGET:
            service = read_unit(text)["Service"]
            assert service["ReadWritePaths"] == "/var/lib/melek /backup"
            assert service["ProtectSystem"] == "strict"
            assert service["NoNewPrivileges"] == "yes"
            assert service["User"] == "melek"


def test_everything_waits_for_setup_and_the_target_wants_everything():
    written = units(MACHINE)
    setup = unit_name(SETUP)

    wanted = read_unit(written[TARGET])["Unit"]["Wants"].split()
    assert wanted == [unit_name(one) for one in PROCESSES]
    for name in wanted:
        assert read_unit(written[name])["Unit"]["Requires"] == setup
    assert "ExecReload" in written[unit_name(WEB)]


def test_the_command_writes_what_it_shows(tmp_path, capsys):
    call_command("show_units", str(tmp_path))
    capsys.readouterr()
    call_command("show_units")

    shown = capsys.readouterr().out
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == sorted([TARGET, *(unit_name(one) for one in ALL)])
    assert all(path.read_text("utf-8") in shown for path in tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="tidak-ada"):
        call_command("show_units", str(tmp_path / "tidak-ada"))


# --- Kubernetes --------------------------------------------------------------------
@pytest.mark.parametrize(
    "manifest", MANIFESTS, ids=lambda one: f"{one['kind']} {one['metadata']['name']}"
)
def test_a_manifest_has_the_form_that_kubernetes_asks_for(manifest):
    kubernetes_validate.validate(manifest, "1.33", strict=True)


def test_a_manifest_without_that_form_is_found():
    wrong = {**PODS["web"], "spec": {**PODS["web"]["spec"], "replica": 2}}

    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, "1.33", strict=True)


def test_pods_run_every_process_and_no_other():
    commands = {name: _container(pod)["command"] for name, pod in PODS.items()}

    assert commands == COMMANDS
    listed = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert listed == set(KUSTOMIZATION["resources"])


def _container(pod: dict[str, Any]) -> dict[str, Any]:
    (container,) = pod["spec"]["template"]["spec"]["containers"]
    return container


def test_pods_can_write_nowhere_else_and_end_in_their_time():
    wanted = {one.name: one for one in PROCESSES}
    for name, pod in PODS.items():
        spec, container = pod["spec"]["template"]["spec"], _container(pod)
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
        if name in wanted:
            grace = spec["terminationGracePeriodSeconds"]
            assert grace >= wanted[name].stops_within


def test_there_is_one_beat_and_never_two():
    beat = PODS[BEAT.name]["spec"]

    assert (beat["replicas"], beat["strategy"]["type"]) == (1, "Recreate")


def test_web_is_asked_whether_it_serves():
    container = _container(PODS["web"])

    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
