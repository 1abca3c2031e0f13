"""The site with its files in an object storage; moto's server plays one."""

import hashlib
import io
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from itertools import count

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.http import FileResponse
from django.urls import reverse

from certificates import actions as certificates_actions
from certificates.models import CertificateFile
from certificates.verification_code import display
from courses.actions import add_file
from courses.file_store import Stretch
from elearning import setting_rules
from elearning.addresses import bucket_parts
from elearning.backups.buckets import fetch, make_backup_in
from elearning.backups.refusals import BackupRefused
from elearning.backups.restoring import Wish, restore
from elearning.backups.site_files import send_files
from elearning.watching import figures
from elearning.watching.operator_page import operator_page
from elearning.watching.parts import site_parts
from lib.media import Media
from lib.object_storage import BLOCK, ObjectStorage
from tests.certificates import conftest as certificates
from tests.elearning.backups import conftest as backups
from tests.elearning.backups.conftest import NOTHING, everything

signing_key, finished, certificate = (
    certificates.signing_key,
    certificates.finished,
    certificates.certificate,
)
living, lived, empty = backups.living, backups.lived, backups.empty
KEYS = {"access_key": "kunci", "secret_key": "rahasia"}
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"/>'
_numbers = count()


@pytest.fixture(scope="module")
def server():
    """Return the address of a server that speaks S3."""
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


def storage_at(address: str) -> ObjectStorage:
    return ObjectStorage(**bucket_parts(address), **KEYS)


@pytest.fixture
def address(server, settings) -> str:
    """Return the address of an empty bucket, with a prefix."""
    settings.BUCKET_KEYS = KEYS
    said = f"s3://ember-{next(_numbers)}/situs?endpoint={server}"
    storage = storage_at(said)
    storage.connection.create_bucket(Bucket=storage.bucket_name)
    return said


@pytest.fixture
def bucket(address) -> ObjectStorage:
    return storage_at(address)


@contextmanager
def kept_in(address: str, settings):
    """Let the site keep its files there."""
    settings.FILES_PARTS = bucket_parts(address)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "lib.object_storage.ObjectStorage",
            "OPTIONS": {**settings.FILES_PARTS, **KEYS},
        },
    }
    yield


@pytest.fixture
def in_bucket(address, settings):
    with kept_in(address, settings):
        yield


@pytest.fixture
def away(address, settings):
    """The site's storage is one that nobody listens at."""
    with kept_in("s3://ember/situs?endpoint=http://127.0.0.1:9", settings):
        yield


def test_files_are_there_whole_and_under_names_of_their_own(bucket):
    content = bytes(range(256)) * (BLOCK // 100)

    assert bucket.save("a/film", ContentFile(content)) == "a/film"
    other = bucket.save("a/film", ContentFile(b""))

    assert other != "a/film"
    assert sorted(bucket.listdir("a")[1]) == sorted(["film", other[2:]])
    assert dict(bucket.walk()) == {"a/film": len(content), other: 0}
    with bucket.open("a/film") as film, bucket.open(other) as nothing:
        assert hashlib.file_digest(film, "sha256").digest() == (
            hashlib.sha256(content).digest()
        )
        # As players of films ask: a stretch from the middle, over the edge of a block.
        for start in (0, BLOCK - 5, 2 * BLOCK):
            assert b"".join(Stretch(film, start, 10)) == content[start : start + 10]
        assert film.seek(0, io.SEEK_END) == len(content)
        assert nothing.read() == b""
    assert FileResponse(bucket.open("a/film"))["Content-Length"] == str(len(content))
    bucket.delete("a/film")
    bucket.delete("a/film")
    with pytest.raises(FileNotFoundError):
        bucket.open("a/film")


def test_a_file_that_was_exchanged_while_it_is_read_is_not_mixed(bucket):
    bucket.save("a", ContentFile(b"1" * 2 * BLOCK))
    with bucket.open("a") as file:
        file.read(10)
        bucket.delete("a")
        bucket.save("a", ContentFile(b"2" * 2 * BLOCK))

        with pytest.raises(OSError, match="object storage"):
            file.read()


def test_nobody_gets_an_address_of_the_storage(bucket):
    with pytest.raises(NotImplementedError):
        bucket.url("a")


# --- the main flows ----------------------------------------------------------------
def test_certificate_export_and_picture_come_out_of_the_storage(
    in_bucket, certificate, signing_key, learner, world, course, client_of, now
):
    certificates_actions.store_pdf(certificate_id=certificate.pk, now=now)
    path = f"/sertifikat/{display(certificate.code)}/unduh/"
    pdf = client_of(learner).get(path).getvalue()
    file = CertificateFile.objects.get(certificate=certificate)
    assert hashlib.sha256(pdf).hexdigest() == file.sha256
    # Somebody else is not handed it because it lies elsewhere.
    assert client_of(world.people["author"]).get(path).status_code == 404

    ask = reverse("reports:export_ask")
    export = client_of(world.people["hr"]).post(ask, {"format": "xlsx"})
    assert export.getvalue().startswith(b"PK")

    author = world.people["author"]
    media = Media("svg", DRAWING)
    drawing = add_file(
        course=course, filename="a.svg", media=media, alt="", by=author, now=now
    ).file
    picture = client_of(author).get(f"/gambar/{drawing.digest}.svg")
    assert b"".join(picture) == DRAWING

    folders = {name.partition("/")[0] for name, _size in default_storage.walk()}
    assert {"certificates", "course-images", "exports"} <= folders


def test_while_the_storage_is_away_pages_are_kind_and_work_waits(
    away, certificate, signing_key, learner, client_of, now
):
    with pytest.raises(OSError, match="object storage"):
        certificates_actions.store_pdf(certificate_id=certificate.pk, now=now)
    CertificateFile.objects.create(
        certificate=certificate,
        path="certificates/a.pdf",
        sha256="a" * 64,
        byte_size=1,
        input_hash="a" * 64,
        created_at=now,
    )
    client = client_of(learner)
    client.raise_request_exception = False

    answer = client.get(f"/sertifikat/{display(certificate.code)}/unduh/")

    assert answer.status_code == 503
    assert answer["Retry-After"]
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["files"]) == (200, "down")
    assert figures.site_figures(now=now).has_files is False
    page = operator_page(page="1", now=now)
    assert any("Penyimpanan objek" in words for words in page.warnings)
    parts = {part.name: part.is_well for part in site_parts(page.figures)}
    assert (parts["Sertifikat"], parts["Belajar dan kuis"]) == (False, True)


# --- backups -----------------------------------------------------------------------
def test_a_site_in_a_storage_is_backed_up_into_one_and_comes_back(
    living, empty, server, address, bucket, now
):
    place = f"s3://{bucket.bucket_name}/cadangan?endpoint={server}"
    before = everything(living)
    files = storage_at(address)
    assert send_files(living.media, files) == 3
    assert send_files(living.media, files) == 0
    living = _in_bucket(living, files)
    said = {"recipients": (), "now": now, "say": NOTHING}

    backup = make_backup_in(living, place, keep=2, **said)

    assert not (living.var / "backup-away").exists()
    there = {name for name, _size in storage_at(place).walk()}
    assert there == {backup.path.name, f"keys/{backup.keys.name}"}
    copies = empty.var / "copies"
    copies.mkdir()
    other = storage_at(f"s3://{bucket.bucket_name}/lain?endpoint={server}")
    wish = Wish(fetch(backup.place, copies), keys=fetch(backup.keys_place, copies))
    done = restore(_in_bucket(empty, other), wish, now=now, say=NOTHING)
    assert done.files == 3
    assert {name: other.open(name).read() for name, _size in other.walk()} == {
        name.removeprefix("media/"): content
        for name, content in before.items()
        if name.startswith("media/")
    }


def _in_bucket(site, bucket):
    return replace(site, media=None, bucket=bucket)


def test_a_backup_that_cannot_be_sent_leaves_nothing(living, address, now):
    nowhere = "s3://ember/cadangan?endpoint=http://127.0.0.1:9"
    said = {"recipients": (), "keep": 1, "now": now, "say": NOTHING}

    with pytest.raises(OSError, match="object storage"):
        make_backup_in(living, nowhere, **said)
    with pytest.raises(BackupRefused, match="s3://ember"):
        make_backup_in(living, "s3://", **said)
    with pytest.raises(BackupRefused, match="tidak ada"):
        fetch(address.replace("/situs", "/situs/melek-1Z.tar"), living.var)

    assert not (living.var / "backup-away").exists()
    assert not living.note.exists()


def test_only_the_newest_backups_stay(living, address, bucket, now, monkeypatch):
    monkeypatch.setattr("elearning.backups.making._Making._write", _write_nothing)
    bucket.save("catatan.txt", ContentFile(b"not ours"))

    made = [
        make_backup_in(
            living,
            address,
            recipients=(),
            keep=2,
            now=now + timedelta(days=day),
            say=NOTHING,
        )
        for day in range(3)
    ]

    names = {name for name, _size in bucket.walk()}
    kept = {backup.path.name for backup in made[1:]}
    keys = {f"keys/{backup.keys.name}" for backup in made[1:]}
    assert names == kept | keys | {"catatan.txt"}


def _write_nothing(making, work, part, closed_for):
    making._write_keys(part, closed_for)


# --- as the operator meets it ------------------------------------------------------
def test_the_files_of_a_folder_are_sent_by_a_command(
    in_bucket, living, bucket, settings
):
    settings.MEDIA_ROOT = living.media
    out = StringIO()

    call_command("send_files", stdout=out)
    call_command("send_files", stdout=out)

    assert "3 berkas" in out.getvalue()
    assert "0 berkas" in out.getvalue()
    # Making the site may have put files of its own there before.
    names = {"certificates/ab/cd.pdf", "course-images/k/kartu.svg", "kosong"}
    assert names <= set(dict(bucket.walk()))


def test_without_a_storage_there_is_nowhere_to_send(db):
    with pytest.raises(CommandError, match="ELEARNING_FILES"):
        call_command("send_files")


@pytest.mark.parametrize(
    "address",
    [
        "s3://",
        "https://ember/awalan",
        "s3://kunci:rahasia@ember/awalan",
        "s3://ember?acl=public-read",
        "s3://ember?endpoint=host:9000",
    ],
)
def test_what_is_no_address_of_a_storage_is_refused(address):
    with pytest.raises(ValueError, match=r"s3://|Options|https://"):
        bucket_parts(address)


def test_a_client_that_is_missing_is_named_with_its_remedy(settings, monkeypatch):
    settings.ELEARNING_BACKUP_FOLDER = "s3://ember"
    assert setting_rules.check_storage_client() == []
    monkeypatch.setattr(setting_rules, "find_spec", lambda _name: None)

    (missing,) = setting_rules.check_storage_client()

    assert "requirements-s3.txt" in missing.hint
    settings.ELEARNING_BACKUP_FOLDER = ""
    assert setting_rules.check_storage_client() == []
