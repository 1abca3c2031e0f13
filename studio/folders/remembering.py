"""Course folders that were loaded already, known again without reading them whole.

A small file beside the data says which content a folder's bytes are, as this program
reads them; whether the database has that content is asked each time. A file that is
missing, damaged or cannot be written means that folders are read.
"""

import json
import os
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from courses.models import Course
from studio.folders.loading import LoadResult

_FILE = "known-course-folders.json"
# The newest of so many folders are kept.
_MOST = 500
# Whose code decides what the files of a folder are read as.
_READERS = ("lib", "courses", "quizzes", "studio")


def remember(path: Path, result: LoadResult) -> None:
    """Keep in mind that the folder, as it is now, was loaded to the end."""
    known = _read()
    known.pop(_name_of(path), None)
    known[_name_of(path)] = [result.course.key, _loaded_hash(result.course)]
    text = json.dumps(dict(list(known.items())[-_MOST:]), indent=1)
    file = settings.ELEARNING_VAR / _FILE
    part = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        part.write_text(text, encoding="utf-8")
        part.replace(file)


def remembered(path: Path) -> LoadResult | None:
    """Return what loading the folder again would: nothing new; None where that is open.

    Files of pictures are taken for stored. Two queries.
    """
    said = _read().get(_name_of(path))
    if said is None:
        return None
    key, content_hash = said
    course = Course.objects.filter(key=key).select_related("current_version").first()
    if course is None or course.current_version is None:
        return None
    if _loaded_hash(course) != content_hash:
        return None
    return LoadResult(course, course.current_version, changed=False)


def _read() -> dict[str, list[str]]:
    """Return key and content of each folder that is known."""
    try:
        found = json.loads((settings.ELEARNING_VAR / _FILE).read_text("utf-8"))
        return {str(name): [str(key), str(said)] for name, (key, said) in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _loaded_hash(course: Course) -> str:
    """Return the hash of the folder that was loaded last."""
    loaded = course.versions.exclude(content_hash="").order_by("-number")
    found: str | None = loaded.values_list("content_hash", flat=True).first()
    return found or ""


def _name_of(path: Path) -> str:
    """Return a name that changes with every byte of the folder and of the readers."""
    digest = sha256(_program())
    for file in sorted(path.rglob("*")):
        if file.is_file():
            digest.update(f"\n{file.relative_to(path)}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _program() -> bytes:
    """Return what tells this state of the readers from others: their files' stamps."""
    stamps = []
    for room in _READERS:
        for file in sorted((settings.BASE_DIR / room).rglob("*.py")):
            state = file.stat()
            stamps.append(f"{file} {state.st_size} {state.st_mtime_ns}")
    return "\n".join(stamps).encode()
