"""System checks: what must be right before the site may serve.

The ids are stable: elearning.E001 and so on, W for warnings.
"""

import os
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.module_loading import import_string

from certificates import numbering, predikat
from certificates.issuing_site import address_problem
from elearning.backups.site import this_site
from elearning.celery import app


@register(Tags.security)
def check_addresses(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Ask for a public address: it is printed into every QR code."""
    if settings.DEMO:
        return []
    if address_problem(settings.PUBLIC_URL, is_demo=False):
        return [
            Error(
                "PUBLIC_URL must be the https address that others reach the site by.",
                hint="It is printed into the QR code of every certificate.",
                id="elearning.E001",
            )
        ]
    return []


@register(Tags.security)
def check_signing_key(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse to start a scaled site without its own signing key."""
    if settings.EMBEDDED_DATABASE or settings.ELEARNING_SIGNING_KEY.exists():
        return []
    message = "There is no signing key for certificates."
    hint = "Make one with `manage.py create_signing_key`, and keep it in the backups."
    if settings.DEMO:
        return [Warning(message, hint=hint, id="elearning.W002")]
    return [Error(message, hint=hint, id="elearning.E002")]


@register(Tags.files)
def check_storage(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Ask for a folder that can be written to."""
    folder = settings.ELEARNING_VAR
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return [Error(f"{folder}: {error.strerror}.", id="elearning.E003")]
    if os.access(folder, os.W_OK):
        return []
    return [
        Error(f"{folder} cannot be written to.", id="elearning.E003"),
    ]


@register()
def check_no_restore_was_interrupted(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A site that is half another one must not serve."""
    if not this_site().journal.exists():
        return []
    return [
        Error(
            "A restore was interrupted.",
            hint="`manage.py restore --undo` puts everything back.",
            id="elearning.E007",
        )
    ]


@register()
def check_schedule(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every scheduled job has a task: the function of its name in its room's `tasks`.

    Imports the functions themselves: Celery's loader would run these checks again.
    """
    problems: list[CheckMessage] = []
    for name, entry in app.conf.beat_schedule.items():
        room, _dot, verb = entry["task"].partition(".")
        try:
            import_string(f"{room}.tasks.{verb}")
        except ImportError:
            problems.append(
                Error(
                    f"The scheduled task {entry['task']} does not exist.",
                    hint=f"See {name} in elearning/celery.py.",
                    id="elearning.E004",
                )
            )
    return problems


@register()
def check_certificate_settings(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The number pattern and the predikat table can be used."""
    problems: list[CheckMessage] = []
    try:
        numbering.check_pattern(settings.ELEARNING_NUMBER_PATTERN)
    except ValueError as error:
        problems.append(
            Error(f"ELEARNING_NUMBER_PATTERN: {error}", id="elearning.E005")
        )
    try:
        predikat.check_table(settings.ELEARNING_PREDIKAT)
    except ValueError as error:
        problems.append(Error(f"ELEARNING_PREDIKAT: {error}", id="elearning.E006"))
    return problems
