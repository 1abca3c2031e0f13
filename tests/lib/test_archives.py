"""What an archive says of itself, before anything unpacks it."""

import zipfile
from io import BytesIO
from typing import Any

import pytest

from lib.archives import ArchiveProblem, check_archive

LIMITS: dict[str, Any] = {"most_members": 3, "most_bytes": 100, "ending": ".zip"}


def archive(*names: str, content: str = "x", **said: int) -> BytesIO:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            info = zipfile.ZipInfo("a")
            info.filename = info.orig_filename = name
            for key, value in said.items():
                setattr(info, key, value)
            file.writestr(info, content)
    data.seek(0)
    return data


def test_names_are_returned_and_the_file_stands_at_its_start():
    data = archive("a.xml", "b/c.xml")

    assert check_archive(data, **LIMITS) == ["a.xml", "b/c.xml"]
    assert data.tell() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BytesIO(b"PK\x03\x04 rusak"), "bukan .zip yang utuh"),
        (archive("a", "b", "c", "d"), "terlalu banyak berkas"),
        (archive("a", content="x" * 101), "terlalu besar setelah dibuka"),
        (archive("../a"), "menunjuk ke luar"),
        (archive("a/../../b"), "menunjuk ke luar"),
        (archive("/etc/passwd"), "menunjuk ke luar"),
        (archive("C:/a"), "menunjuk ke luar"),
        (archive("a\\..\\b"), "menunjuk ke luar"),
        (archive("a", external_attr=0o120777 << 16), "adalah tautan"),
    ],
)
def test_what_may_not_be_opened_is_refused(data, words):
    with pytest.raises(ArchiveProblem, match=words):
        check_archive(data, **LIMITS)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused():
    with pytest.raises(ArchiveProblem, match="nama yang sama"):
        check_archive(archive("a", "a"), **LIMITS)


def test_an_encrypted_member_is_refused():
    data = archive("a").getvalue()
    at = data.index(b"PK\x01\x02") + 8
    locked = BytesIO(data[:at] + b"\x01\x00" + data[at + 2 :])

    with pytest.raises(ArchiveProblem, match="kata sandi"):
        check_archive(locked, **LIMITS)
