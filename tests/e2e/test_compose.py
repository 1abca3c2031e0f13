"""The commands of docker-compose.yml, as plain processes on PostgreSQL and Redis."""

import os
import shlex
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml

from elearning.queues import QUEUES
from tests.e2e.running import ROOT, free_port, start, stop, wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.broker]
NAME = "melek_compose"
WORKERS = [f"worker-{queue}" for queue in QUEUES]


@pytest.fixture
def scaled_environment(tmp_path: Path):
    """Return an environment with a database and a broker of its own."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")
    yield {
        **os.environ,
        "ELEARNING_VAR": str(tmp_path / "data"),
        "DATABASE_URL": urlsplit(server)._replace(path=f"/{NAME}").geturl(),
        "REDIS_URL": os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9"),
        "SECRET_KEY": "only-for-this-test",
        "DJANGO_SETTINGS_MODULE": "elearning.settings",
    }
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _command(service: str) -> list[str]:
    """Return a service's command, with this Python's tools instead of the image's."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    program, *rest = compose["services"][service]["command"]
    tool = Path(sys.executable).parent / program
    return [sys.executable if program == "python" else str(tool), *rest]


def test_the_services_of_the_scaled_size_start_and_serve(scaled_environment, tmp_path):
    setup = start(_command("setup"), scaled_environment, tmp_path / "setup.log")
    assert setup.wait(900) == 0, (tmp_path / "setup.log").read_text("utf-8")
    port = free_port()
    web_command = [
        part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in _command("web")
    ]
    processes = {
        "web": start(web_command, scaled_environment, tmp_path / "web.log"),
        **{
            name: start(_command(name), scaled_environment, tmp_path / f"{name}.log")
            for name in WORKERS
        },
        "beat": start(
            [*_command("beat"), f"--schedule={tmp_path}/beat"],
            scaled_environment,
            tmp_path / "beat.log",
        ),
    }
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/healthz", processes["web"], tmp_path / "web.log")
        wait_for(f"{url}/readyz", processes["web"], tmp_path / "web.log")
        for name in (*WORKERS, "beat"):
            assert processes[name].poll() is None, shlex.join(_command(name))
    finally:
        codes = {name: stop(process) for name, process in processes.items()}
    assert codes["web"] == 0
