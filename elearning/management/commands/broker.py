"""`manage.py broker`: the embedded broker alone, for whoever runs the rest by hand."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from elearning.embedded_broker import BrokerNotHere, broker_command


class Command(BaseCommand):
    """Become the broker on its Unix socket; ends on SIGTERM and Ctrl-C."""

    help = "Menjalankan perantara antrean bawaan saja."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve on the socket that all other processes read from the settings."""
        folder = settings.ELEARNING_VAR / "broker"
        try:
            command = broker_command(folder, settings.BROKER_SOCKET)
        except BrokerNotHere as refused:
            raise CommandError(str(refused)) from refused
        os.execv(command[0], command)  # noqa: S606 - our own command
