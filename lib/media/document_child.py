"""Opens one PDF from standard input in a process of its own.

Started as a script by `lib.media.children`, with limits. Exit code 0: it can be handed
out; 3: it is locked with a password; 4: it does something when it is opened, or carries
other files; any other: it is no whole PDF.
"""

import contextlib
import logging
import sys
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

LOCKED, ACTS = 3, 4
_MOST_OBJECTS = 500_000
_ACTING = frozenset({"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia"})


def _limit(memory: int, seconds: int, output: int) -> None:
    """Bound what this process may use: bytes, seconds of work, bytes written."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))


def acts(root: generic.PdfObject) -> bool:
    """Whether anything that can be reached runs, opens or carries something."""
    waiting, seen, count = [root], set(), 0
    while waiting:
        found = waiting.pop()
        count += 1
        if count > _MOST_OBJECTS:
            raise ValueError
        if isinstance(found, generic.IndirectObject):
            if found.reference in seen:
                continue
            seen.add(found.reference)
            found = found.get_object()  # type: ignore[no-untyped-call]
        if isinstance(found, generic.DictionaryObject) and _is_acting(found):
            return True
        waiting.extend(_inside(found))
    return False


def _is_acting(found: generic.DictionaryObject) -> bool:
    said = [str(found.raw_get(key)) for key in ("/S", "/Type") if key in found]
    return not _ACTING.isdisjoint([*found, *said])


def _inside(found: generic.PdfObject) -> list[generic.PdfObject]:
    """Return what an object holds, references as they are."""
    if isinstance(found, generic.DictionaryObject):
        return [found.raw_get(key) for key in found]
    if isinstance(found, generic.ArrayObject):
        return [found.raw_get(at) for at in range(len(found))]
    return []


def _main() -> int:
    """Return the exit code for the PDF on standard input."""
    reader = PdfFileReader(BytesIO(sys.stdin.buffer.read()), strict=False)
    if reader.encrypted:
        return LOCKED
    return ACTS if acts(reader.root) else 0


if __name__ == "__main__":
    logging.disable()
    _limit(*(int(value) for value in sys.argv[1:4]))
    sys.exit(_main())
