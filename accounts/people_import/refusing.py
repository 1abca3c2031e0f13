"""Which rows of a sheet are refused, and with which words.

Nobody's data leave her units: a row about somebody outside the units of the person who
imports is refused with one code and one message, whoever that is and whatever is stored
of her.
"""

from dataclasses import dataclass, field

from django.conf import settings

from accounts.models import User
from accounts.nip import birth_digits, is_test_nip
from accounts.people_import.known_people import KnownPeople
from accounts.people_import.likeness import is_other_name, may_be_one_name
from accounts.people_import.sheet import PersonRow
from accounts.people_import.unit_plans import OUTSIDE, may_touch
from accounts.role_rules import manages_roles_of

_IF_SAME = "Bila orangnya sama dan NIP-nya berganti, isi nip_lama dengan nomor lamanya."

RowProblem = tuple[str, str, str]
"""A column, a code and a message."""


@dataclass(slots=True)
class RowRefusals:
    """Judges rows one after the other; each remembers those before it.

    `claimed` says which row spoke of a person first, `taken_in` which names and rows
    are new, by birth date.
    """

    known: KnownPeople
    claimed: dict[int, int] = field(default_factory=dict)
    taken_in: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def problem(self, row: PersonRow, person: User | None) -> RowProblem | None:
        """Return the column, code and message that refuse this row."""
        refusal = self.known.units.refusals.get(row.unit_code)
        if refusal:
            return refusal.column, refusal.code, refusal.message
        if person is None:
            return (
                self._problem_of_new(row)
                or self._problem_of_email(row, None)
                or self._question(row)
            )
        if not may_touch(person.unit, by=self.known.by):
            return ("nip", *OUTSIDE)
        return (
            self._problem_of_number(row, person)
            or self._problem_of_email(row, person)
            or self._problem_of_role(row, person)
            or self._problem_of_move(row, person)
        )

    def _problem_of_new(self, row: PersonRow) -> RowProblem | None:
        return self._problem_of_former(row) or _problem_of_test(row)

    def _problem_of_former(self, row: PersonRow) -> RowProblem | None:
        """Refuse a number that somebody carried and has given up."""
        former = self.known.carriers.get(row.nip)
        if former is None:
            return None
        if not may_touch(former.unit, by=self.known.by):
            return ("nip", *OUTSIDE)
        return (
            "nip",
            "NIP_LAMA",
            "NIP ini nomor lama pegawai yang sudah punya akun. Pakai NIP barunya, atau "
            "betulkan di halaman Pembetulan bila nomor baru itu keliru.",
        )

    def _problem_of_corrected(self, row: PersonRow, person: User) -> RowProblem | None:
        """Refuse a sheet of before that would bring back a corrected slip."""
        if (row.nip, person.pk) not in self.known.corrected:
            return None
        return (
            "nip",
            "NIP_DIBETULKAN",
            "NIP ini pernah keliru dicatat untuk pegawai ini dan sudah dibetulkan. "
            "Pakai nomornya yang benar.",
        )

    def _problem_of_number(self, row: PersonRow, person: User) -> RowProblem | None:
        """Refuse two rows or two accounts for one person, and one row for two."""
        first = self.claimed.setdefault(person.pk, row.row)
        if first != row.row:
            return (
                "nip_lama",
                "NIP_GANDA",
                f"Baris {first} menyebut pegawai yang sama dengan nomor lain. Satu "
                "pegawai cukup satu baris.",
            )
        before = self.known.carriers.get(row.old_nip)
        if before is not None and before.pk != person.pk:
            if not may_touch(before.unit, by=self.known.by):
                return ("nip_lama", *OUTSIDE)
            return (
                "nip_lama",
                "NIP_DUA_AKUN",
                "NIP dan NIP lama di baris ini milik dua akun. Periksa keduanya pada "
                "SK; bila memang satu orang, kosongkan NIP lama dan nonaktifkan akun "
                "yang tidak dipakai.",
            )
        if person.nip == row.nip:
            return None
        return (
            self._problem_of_former(row)
            or self._problem_of_corrected(row, person)
            or _problem_of_test(row)
            or _problem_of_stranger(row, person)
        )

    def _question(self, row: PersonRow) -> RowProblem | None:
        """Ask whether somebody new is somebody known whose number has changed.

        The answer stands in the file: the former number, or that there is none. The
        question is the same wherever the other person belongs.
        """
        name, birth = str(row.values["name"]), birth_digits(row.nip)
        others = self.taken_in.setdefault(birth, [])
        rows = [at for other, at in others if may_be_one_name(name, other)]
        others.append((name, row.row))
        is_known = any(
            may_be_one_name(name, o) for o in self.known.born_on.get(birth, ())
        )
        if row.is_somebody_else or not (rows or is_known):
            return None
        where = f" (baris {rows[0]})" if rows else ""
        return (
            "nip_lama",
            "ORANG_SAMA",
            f"Sudah ada pegawai dengan nama dan tanggal lahir ini{where}, atau yang "
            f"namanya mirip. {_IF_SAME} "
            "Bila orang lain, isi nip_lama dengan: tidak ada.",
        )

    def _problem_of_email(
        self, row: PersonRow, person: User | None
    ) -> RowProblem | None:
        owner = self.known.owners.get(str(row.values.get("email") or ""))
        if owner is None or owner in self.known.readdressed:
            return None
        if person is not None and person.pk == owner:
            return None
        message = (
            "Surel ini sudah dipakai akun lain. Periksa alamatnya, atau kosongkan."
        )
        if person is None:
            message = (
                f"Surel ini sudah dipakai akun lain. {_IF_SAME} Bila orang lain, "
                "perbaiki surelnya."
            )
        return "email_dinas", "SUREL_DIPAKAI", message

    def _problem_of_role(self, row: PersonRow, person: User) -> RowProblem | None:
        """Keep the way in of people with a role out of the hands of HR.

        Whoever could change such a person's address could take over her account by
        way of "Lupa kata sandi".
        """
        switches = row.is_active is not None and row.is_active != person.is_active
        if switches and person == self.known.by:
            return (
                "aktif",
                "AKUN_SENDIRI",
                "Anda tidak dapat menonaktifkan akun sendiri. Isi kolom ini dengan ya.",
            )
        if self.known.by is None or not person.has_role:
            return None
        touched = {
            "aktif": switches,
            "email_dinas": person.pk in self.known.readdressed,
            "nip": person.nip != row.nip,
        }
        column = next((name for name, is_touched in touched.items() if is_touched), "")
        if not column or manages_roles_of(self.known.by, person):
            return None
        return (
            column,
            "PEMEGANG_PERAN",
            "Pegawai ini memegang peran di sistem. NIP, surel, dan status aktifnya "
            "hanya dapat diubah admin sistem. Samakan dengan data semula.",
        )

    def _problem_of_move(self, row: PersonRow, person: User) -> RowProblem | None:
        """Refuse a move that the dated memberships could not tell afterwards."""
        known = self.known.memberships.get(person.pk, ())
        if not self.known.moves(row):
            return None
        if not any(start > self.known.options.starts_on for start, _unit in known):
            return None
        message = (
            "Pegawai ini sudah tercatat pindah sesudah tanggal berlaku yang "
            "dipilih. Pilih tanggal yang lebih baru, atau minta operator membetulkan "
            "tanggal yang tercatat."
        )
        return "unit_kode", "TANGGAL_PINDAH", message


def _problem_of_test(row: PersonRow) -> RowProblem | None:
    if settings.ELEARNING_ALLOW_TEST_NIP or not is_test_nip(row.nip):
        return None
    return (
        "nip",
        "NIP_UJI",
        "NIP ini nomor uji (urut 900–999). Pakai NIP asli dari SK atau MyASN, atau "
        "hapus barisnya bila ini contoh dari templat.",
    )


def _problem_of_stranger(row: PersonRow, person: User) -> RowProblem | None:
    """Refuse to give an account to whoever shares neither name nor birth date."""
    is_named_so = not is_other_name(person.name, str(row.values["name"]))
    if is_named_so or birth_digits(row.nip) == birth_digits(person.nip or ""):
        return None
    return (
        "nip_lama",
        "NIP_LAMA_TIDAK_COCOK",
        "Pemilik NIP lama ini lain namanya dan lain tanggal lahirnya. Periksa apakah "
        "kolom nip_lama tergeser.",
    )
