"""The processes of the scaled size as units of systemd."""

from dataclasses import dataclass
from pathlib import Path

from elearning.processes import PROCESSES, SETUP, WEB, SiteProcess

TARGET = "melek.target"


@dataclass(frozen=True)
class Machine:
    """Where the site lies on a machine, and as whom it runs."""

    folder: Path
    python: Path
    data: Path
    environment: Path
    user: str
    # What else the site writes to: the folder for backups.
    writes: tuple[Path, ...] = ()


def units(machine: Machine) -> dict[str, str]:
    """Return every unit by the name of its file.

    Setup runs before everything else, at each start of the target; several web
    processes of a machine are workers of one gunicorn.
    """
    written = {unit_name(SETUP): _unit(SETUP, machine)}
    written |= {unit_name(one): _unit(one, machine) for one in PROCESSES}
    wanted = " ".join(unit_name(one) for one in PROCESSES)
    written[TARGET] = "\n".join(
        (
            "[Unit]",
            "Description=Melek ASN",
            f"Wants={wanted}",
            "",
            "[Install]",
            "WantedBy=multi-user.target",
            "",
        )
    )
    return written


def unit_name(process: SiteProcess) -> str:
    """Return the name of the file of a process's unit."""
    return f"melek-{process.name}.service"


def _unit(process: SiteProcess, machine: Machine) -> str:
    is_setup = process is SETUP
    lines = [
        "[Unit]",
        f"Description=Melek ASN: {process.name}",
        "After=network-online.target postgresql.service redis-server.service",
        "Wants=network-online.target",
        f"PartOf={TARGET}",
    ]
    if not is_setup:
        lines += [f"Requires={unit_name(SETUP)}", f"After={unit_name(SETUP)}"]
    lines += [
        "",
        "[Service]",
        "Type=oneshot" if is_setup else "Type=exec",
        *(["RemainAfterExit=yes"] if is_setup else ["Restart=always", "RestartSec=2"]),
        f"User={machine.user}",
        f"WorkingDirectory={machine.folder}",
        f"EnvironmentFile={machine.environment}",
        f"Environment=ELEARNING_VAR={machine.data}",
        f"ExecStart={_command(process, machine)}",
        # New code without a failed request: gunicorn starts new workers first.
        *(["ExecReload=/bin/kill -HUP $MAINPID"] if process is WEB else []),
        f"TimeoutStartSec={900 if is_setup else 90}",
        f"TimeoutStopSec={process.stops_within}",
        # Celery and gunicorn end their children themselves.
        "KillMode=mixed",
        *_hardening(machine),
        "",
        "[Install]",
        f"WantedBy={TARGET}",
        "",
    ]
    return "\n".join(lines)


def _command(process: SiteProcess, machine: Machine) -> str:
    program, *rest = process.command
    if program == "python":
        return " ".join((str(machine.python), *rest))
    # A bare machine's proxy stands on it: nobody else reaches the site.
    shown = [part.replace("0.0.0.0", "127.0.0.1") for part in rest]  # noqa: S104
    return " ".join((str(machine.python.with_name(program)), *shown))


def _hardening(machine: Machine) -> list[str]:
    writable = " ".join(str(path) for path in (machine.data, *machine.writes))
    return [
        "UMask=0077",
        "NoNewPrivileges=yes",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "ProtectKernelTunables=yes",
        "ProtectKernelModules=yes",
        "ProtectControlGroups=yes",
        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
        "RestrictSUIDSGID=yes",
        "LockPersonality=yes",
        "CapabilityBoundingSet=",
        f"ReadWritePaths={writable}",
    ]
