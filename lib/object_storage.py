"""The site's files in an object storage that speaks S3.

Nobody gets an address of the storage: files are sent by the views that ask who may see
them. Loaded only where a site keeps its files there (decision 0049).
"""

import errno
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, ClassVar

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

# Read at once; a certificate is one block, a film some dozens.
BLOCK = 1 << 20
_MISSING, _EMPTY = "NoSuchKey", "InvalidRange"


@contextmanager
def _answered() -> Iterator[None]:
    """Turn a storage that is away or refuses into OSError (EIO).

    So it is an outage like a broken disk: pages say it kindly, tasks are tried again.
    """
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise OSError(errno.EIO, f"The object storage: {error}") from error


class ObjectStorage(S3Storage):
    """A bucket, or what lies below one prefix of it; private, and there or not there.

    A name appears with its last byte. Names are never given twice: another file of one
    name gets another name, as Django promises. Everything raises FileNotFoundError
    for what is not there, and OSError (EIO) while the storage does not answer: after
    two tries, each of two seconds to connect and twenty to read.
    """

    default_options: ClassVar[dict[str, Any]] = {
        "file_overwrite": False,
        "default_acl": None,
        "object_parameters": {"CacheControl": "private, no-store"},
    }

    def __init__(self, **options: Any) -> None:
        self._opening = threading.Lock()
        self._resource: Any = None
        super().__init__(
            client_config=Config(
                connect_timeout=2,
                read_timeout=20,
                retries={"total_max_attempts": 2, "mode": "standard"},
                # Others than Amazon know no host for each bucket, nor its new sums.
                s3={"addressing_style": "path" if options["endpoint_url"] else "auto"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            **self.default_options,
            **options,
        )

    @property
    def connection(self) -> Any:
        """One for all threads: each costs megabytes, and its client may be shared."""
        with self._opening:
            if self._resource is None:
                self._resource = self._create_session().resource(
                    "s3",
                    region_name=self.region_name,
                    endpoint_url=self.endpoint_url,
                    config=self.client_config,
                )
            return self._resource

    @property
    def place(self) -> str:
        """Return where the files are, for an operator."""
        return f"s3://{self.bucket_name}/{self.location}".rstrip("/")

    def answers(self) -> bool:
        """Say whether the storage is there and lets us in."""
        try:
            with _answered():
                self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
        except OSError:
            return False
        return True

    def walk(self) -> Iterator[tuple[str, int]]:
        """Yield the name and size of every file, in order of their names."""
        prefix = f"{self.location}/" if self.location else ""
        with _answered():
            pages = self.connection.meta.client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=prefix):
                for entry in page.get("Contents", ()):
                    yield entry["Key"].removeprefix(prefix), entry["Size"]

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("Files are saved whole, and read as bytes.")
        with _answered():
            source = _Stretches(
                self.connection.meta.client,
                {"Bucket": self.bucket_name, "Key": self._normalize_name(name)},
            )
        return File(io.BufferedReader(source, 65_536), name)

    def _save(self, name: str, content: "IO[bytes] | Any") -> str:
        with _answered():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is no error."""
        with _answered():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Say whether there is such a file."""
        with _answered():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return the folders and files of a folder; none where there is none."""
        with _answered():
            folders, names = super().listdir(path)
        return folders, names

    def size(self, name: str) -> int:
        """Return the bytes of a file."""
        with _answered():
            return int(super().size(name))

    def get_modified_time(self, name: str) -> Any:
        """Return when a file was saved."""
        with _answered():
            return super().get_modified_time(name)

    def url(self, name: str | None, *_args: Any, **_more: Any) -> str:
        """Refuse: an address would ask nobody who may see the file."""
        raise NotImplementedError("Send files by a view that asks who may see them.")


class _Stretches(io.RawIOBase):
    """An object, read a block at a time from wherever somebody seeks.

    The first block is read at once: then it is known whether the object is there, and
    how long it is.
    """

    def __init__(self, client: Any, which: dict[str, str]) -> None:
        self._client, self._which = client, which
        self._at, self._start, self._block, self.size = 0, 0, b"", 0
        self._fetch(0)

    def _fetch(self, start: int) -> None:
        wanted = {**self._which, "Range": f"bytes={start}-{start + BLOCK - 1}"}
        try:
            said = self._client.get_object(**wanted)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == _EMPTY and not start:
                return
            if code == _MISSING:
                raise FileNotFoundError(errno.ENOENT, self._which["Key"]) from error
            raise
        # Another object under the same name from now on is refused, not mixed in.
        self._which["IfMatch"] = said["ETag"]
        # Empty ones are answered whole by some.
        _unit, _slash, size = said.get("ContentRange", "").rpartition("/")
        self._start, self._block = start, said["Body"].read()
        self.size = int(size or said["ContentLength"])

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        if self._at >= self.size:
            return 0
        inside = self._at - self._start
        if not 0 <= inside < len(self._block):
            with _answered():
                self._fetch(self._at)
            inside = 0
        part = self._block[inside : inside + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)
