"""ZIPs that are no courses: each is told in words, and nothing of it is stored."""

import stat
import zipfile
from io import BytesIO

import pytest

from studio.folders.reading import FolderRefused
from studio.folders.sending.archive import pack, unpack
from tests.studio.course_folders import sound_files

FILES = {path: text.encode() for path, text in sound_files().items()}


def zipped(more: dict[str, bytes] | None = None, **extra: zipfile.ZipInfo) -> BytesIO:
    """Return a sound course as a ZIP with these members too."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in {**FILES, **(more or {})}.items():
            archive.writestr(f"kursus/{path}", data)
        for info in extra.values():
            archive.writestr(info, b"x")
    content.seek(0)
    return content


def member(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def refused(content: BytesIO) -> list[str]:
    with pytest.raises(FolderRefused) as told:
        unpack(content)
    return [str(problem) for problem in told.value.problems]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../../etc/cron.d/x", "menunjuk ke luar"),
        ("kursus/images/../../x.svg", "menunjuk ke luar"),
        ("/etc/passwd", "menunjuk ke luar"),
        ("kursus\\images\\x.svg", "menunjuk ke luar"),
        ("C:/x.svg", "menunjuk ke luar"),
        ("kursus/images/jahat.html", "hanya berisi berkas"),
        ("kursus/lain/x.md", "Folder ini tidak dikenal"),
        ("kursus/x.exe", "Berkas ini tidak dikenal"),
        ("lain/images/x.svg", "Folder ini tidak dikenal"),
    ],
)
def test_paths_that_leave_the_folder_or_belong_to_no_course_are_named(name, words):
    problems = refused(zipped(bad=member(name)))
    assert any(words in problem for problem in problems), problems


def test_links_are_refused():
    link = member("kursus/images/x.svg", stat.S_IFLNK | 0o777)
    assert "tautan" in refused(zipped(bad=link))[0]


def test_a_locked_archive_is_refused():
    data = bytearray(zipped().getvalue())
    # The bit that says a member is encrypted, in its entry of the directory.
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "kata sandi" in refused(BytesIO(bytes(data)))[0]


def test_too_many_files_are_counted_before_any_is_read():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(10_000):
            archive.writestr(f"kursus/images/{number}.svg", b"")
    content.seek(0)
    assert "10000 berkas" in refused(content)[0]


def test_a_bomb_is_refused_by_its_size():
    problems = refused(zipped({"lessons/03-bom.md": bytes(50_000_000)}))
    assert problems == [
        "lessons/03-bom.md:1: Berkas ini terlalu besar. Pakai paling besar 300 KB."
    ]


def test_a_member_that_lies_about_its_size_is_refused():
    data = bytearray(zipped({"images/x.svg": b"<svg>" * 1000}).getvalue())
    at = data.index(b"PK\x01\x02", data.rindex(b"kursus/images/x.svg") - 60)
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refused(BytesIO(bytes(data)))


@pytest.mark.parametrize("content", [b"", b"PK", b"halo", zipped().getvalue()[:900]])
def test_what_is_no_archive_is_refused(content):
    assert "bukan ZIP yang utuh" in refused(BytesIO(content))[0]


def test_an_archive_without_a_course_is_told_what_to_do():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("foto.png", b"x")
    assert "tidak ada course.yaml" in refused(content)[0]


def test_what_systems_leave_beside_a_course_is_passed_over():
    content = zipped(
        one=member("__MACOSX/kursus/._course.yaml"),
        two=member("kursus/.DS_Store"),
        three=member("kursus/images/"),
    )
    assert unpack(content).data == dict(sorted(FILES.items()))


def test_a_course_at_the_root_is_found_too():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, data in FILES.items():
            archive.writestr(path, data)
    assert unpack(content).data == dict(sorted(FILES.items()))


def test_what_is_packed_tells_nothing_of_when_and_where():
    content = BytesIO()
    pack(FILES, "kursus", content)
    with zipfile.ZipFile(content) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries] == sorted(
        f"kursus/{path}" for path in FILES
    )
    assert {entry.create_system for entry in entries} == {3}
