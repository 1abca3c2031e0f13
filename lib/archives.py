"""What an uploaded ZIP says of itself, looked at before anything unpacks it."""

import stat
import zipfile
from typing import IO

_ENCRYPTED = 0x1
_LINK_BITS = 16


class ArchiveProblem(Exception):
    """An archive that is not opened: what is wrong and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


def check_archive(
    file: IO[bytes], *, most_members: int, most_bytes: int, ending: str
) -> list[str]:
    """Return the names in an archive that may be opened; leaves the file at its start.

    Raises ArchiveProblem for what is no archive, says that it unpacks into too much,
    holds too many files, two of one name, a link, an encrypted file, or a name that
    leads out of its folder. `ending` is what such a file is called, as ".docx".

    Sizes are what the archive claims; `zipfile` reads no more than that of a member.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ArchiveProblem(
            f"Isi berkas ini bukan {ending} yang utuh, jadi tidak dapat dibaca.",
            "Simpan ulang dari program asalnya, lalu unggah lagi.",
        ) from error
    finally:
        file.seek(0)
    if len(members) > most_members:
        raise ArchiveProblem(
            f"Berkas {ending} ini berisi terlalu banyak berkas.",
            "Ekspor ulang soalnya saja, atau bagi menjadi beberapa.",
        )
    if sum(member.file_size for member in members) > most_bytes:
        raise ArchiveProblem(
            "Isi berkas ini terlalu besar setelah dibuka.",
            "Bagi menjadi beberapa berkas, lalu unggah satu per satu.",
        )
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise ArchiveProblem(
            "Berkas ini memuat dua berkas dengan nama yang sama.",
            "Simpan ulang dari program asalnya, lalu unggah lagi.",
        )
    for member in members:
        check_member(member)
    return names


def check_member(member: zipfile.ZipInfo) -> None:
    """Refuse a member that leads out, is a link or locked. Raises ArchiveProblem."""
    name = member.filename
    leads_out = name.startswith("/") or ".." in name.split("/") or ":" in name[:2]
    if leads_out or "\\" in member.orig_filename or "\x00" in member.orig_filename:
        raise ArchiveProblem(
            f"Nama berkas “{name[:60]}” di dalamnya menunjuk ke luar berkas ini.",
            "Ekspor ulang dari program asalnya; jangan ubah isinya.",
        )
    if stat.S_ISLNK(member.external_attr >> _LINK_BITS):
        raise ArchiveProblem(
            f"“{name[:60]}” di dalamnya adalah tautan, bukan berkas.",
            "Ekspor ulang dari program asalnya; jangan ubah isinya.",
        )
    if member.flag_bits & _ENCRYPTED:
        raise ArchiveProblem(
            "Berkas ini dikunci dengan kata sandi.",
            "Hapus kata sandinya, lalu unggah lagi.",
        )
