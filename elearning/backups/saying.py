"""How commands about backups end: refusals and failures in words, with a code.

0: done. 1: failed, nothing was changed. 2: refused, nothing was changed. 3: done, with
differences to look at.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError

from elearning.backups.refusals import BackupRefused

FAILED, REFUSED, DIFFERENCES = 1, 2, 3


@contextmanager
def in_words(verb: str) -> Iterator[None]:
    """Turn what may go wrong into a CommandError."""
    try:
        yield
    except BackupRefused as refused:
        raise CommandError(str(refused), returncode=REFUSED) from refused
    except OSError as error:
        raise CommandError(
            f"{verb} gagal: {error.strerror or error}. Tidak ada yang berubah. Periksa "
            "disk dan izin foldernya, lalu ulangi.",
            returncode=FAILED,
        ) from error
    except DatabaseError as error:
        raise CommandError(
            f"{verb} gagal: basis data berkata “{str(error).strip()}”. Tidak ada yang "
            "berubah.",
            returncode=FAILED,
        ) from error
