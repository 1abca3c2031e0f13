"""`manage.py create_admin`: the first person who may do everything."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions import PersonContent, create_admin
from accounts.exceptions import PersonNotAccepted
from accounts.models.person import EmploymentStatus

_ASKED = {
    "nip": "NIP (18 angka): ",
    "name": "Nama tanpa gelar: ",
    "unit": "Kode unit teratas, misalnya 01: ",
}


class Command(BaseCommand):
    """Make an admin; what is not given is asked for, the password unseen and twice."""

    help = "Membuat akun admin, juga bila admin yang ada tidak dapat masuk lagi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person and the unit; a password never stands on a command line."""
        parser.add_argument("--nip", default="", help="NIP atau NI PPPK")
        parser.add_argument("--name", default="", help="Nama tanpa gelar")
        parser.add_argument("--email", default="", help="Surel dinas")
        parser.add_argument(
            "--status", default="", choices=["", *EmploymentStatus.values]
        )
        parser.add_argument("--unit", default="", help="Kode unit")
        parser.add_argument(
            "--unit-name", default="", help="Nama unit, bila unit belum ada"
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="Baca kata sandi dari baris pertama masukan standar",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the admin, or say what to change."""
        for name, question in _ASKED.items():
            options[name] = options[name] or self._ask(name, question)
        try:
            person = create_admin(
                content=PersonContent(
                    nip=options["nip"],
                    name=options["name"],
                    email=options["email"],
                    employment_status=options["status"],
                ),
                password=_password(from_stdin=options["password_stdin"]),
                unit_code=options["unit"],
                unit_name=options["unit_name"],
                now=timezone.now(),
            )
        except PersonNotAccepted as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"{person.full_name} adalah Admin untuk unit {options['unit']} dan semua "
            "di bawahnya. Masuk dengan NIP dan kata sandi tadi."
        )

    def _ask(self, name: str, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"Isi --{name}.")
        return input(question).strip()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError("Tambahkan --password-stdin, lalu beri sandi lewat masukan.")
    password = getpass("Kata sandi (paling sedikit 12 huruf atau angka): ")
    if getpass("Kata sandi sekali lagi: ") != password:
        raise CommandError("Kedua kata sandi tidak sama. Coba lagi.")
    return password
