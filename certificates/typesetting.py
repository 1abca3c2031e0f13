"""Typst, kept on a short lead.

One Compiler per thread, because a shared one refuses two callers at once, and
made only when the first page is set: a process that has set a page and then forks
leaves its child without the threads typst waits for, and the child would hang. The
second call after such a fork is therefore refused at once, with a message. Typst
itself is loaded with the first page: whoever sets none is spared its memory.
"""

import json
import os
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

DESIGN_ROOT = Path(__file__).resolve().parent / "design"


class TypesettingFailed(Exception):
    """Typst refused the page; ``diagnostic`` is its whole answer."""

    def __init__(self, message: str, diagnostic: str = "") -> None:
        super().__init__(message)
        self.diagnostic = diagnostic


class ForkedAfterTypesetting(TypesettingFailed):
    """This process is a fork of one that has already set a page: a bug."""


# What PyO3 raises where Rust panics, which a combination of scripts can bring about. It
# is no Exception, cannot be imported, and would take the whole worker with it.
_PANIC = "PanicException"
# Typst keeps what it worked out for the last ten documents, eight megabytes each for
# certificates that share next to nothing, and lets go of it only by setting others. An
# empty one takes a tenth of a millisecond.
_KEPT_DOCUMENTS = 10
_EMPTY = "empty.typ"
_local = threading.local()
# The process that set the first page; forked children inherit the value.
_first_pid: int | None = None


def typeset(
    template: str,
    data: Mapping[str, object],
    *,
    dated_on: date,
    root: Path = DESIGN_ROOT,
) -> bytes:
    """Return the PDF of ``template``, a path below ``root``.

    ``data`` reaches the template as JSON and is never interpreted as markup. The
    same arguments give the same bytes: the file's time is midnight UTC of
    ``dated_on``. Raises ``TypesettingFailed`` with typst's answer.
    """
    import typst

    compiler = _compiler(template, root)
    try:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            # For the archive and for screen readers.
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.combine(dated_on, time.min, tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise TypesettingFailed(error.message, error.diagnostic) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        # Rust gave up in the middle: nothing that this compiler holds is trusted.
        _local.__dict__.clear()
        raise TypesettingFailed(f"typst: {error}") from error
    _forget()
    if not isinstance(pdf, bytes):
        msg = f"{template}: typst returned no PDF."
        raise TypesettingFailed(msg)
    return pdf


def _forget() -> None:
    """Have Typst let go of the document that was set: 135 megabytes instead of 215."""
    empty = _compiler(_EMPTY, DESIGN_ROOT)
    for _ in range(_KEPT_DOCUMENTS):
        empty.compile(format="svg")


def _compiler(template: str, root: Path) -> "typst.Compiler":
    """Return this thread's compiler of ``template``, made at its first use."""
    import fontpkg_plus_jakarta_sans
    import typst

    global _first_pid  # noqa: PLW0603 - one fact about the whole process
    if _first_pid is None:
        _first_pid = os.getpid()
    elif _first_pid != os.getpid():
        msg = "Proses ini dicabangkan setelah halaman pertama disusun."
        raise ForkedAfterTypesetting(msg)
    compilers: dict[Path, typst.Compiler]
    compilers = _local.__dict__.setdefault("compilers", {})
    if root / template not in compilers:
        fonts = _local.__dict__.get("fonts")
        if fonts is None:
            fonts = _local.fonts = typst.Fonts(
                include_system_fonts=False,
                font_paths=[fontpkg_plus_jakarta_sans.ROOT / "files"],
            )
        compilers[root / template] = typst.Compiler(
            root / template, root=root, font_paths=fonts
        )
    return compilers[root / template]
