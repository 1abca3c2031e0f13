"""Cells of a workbook that are no plain text: taken as Excel shows them, or refused."""

from collections.abc import Sequence

from lib.spreadsheets import TypedCell

_AS_TEXT = "Ubah format selnya menjadi Teks, lalu ketik ulang seperti yang dimaksud."
_ROUNDED = f"angka ini sudah dibulatkan Excel. {_AS_TEXT}"
_NOT_TEXT = {
    "number": f"Excel menampilkan angka ini lain dari isi selnya ({{}}). {_AS_TEXT}",
    "date": f"sel ini berisi tanggal ({{}}), bukan teks. {_AS_TEXT}",
    "time": f"sel ini berisi jam ({{}}), bukan teks. {_AS_TEXT}",
    "boolean": f"sel ini berisi nilai logika ({{}}), bukan teks. {_AS_TEXT}",
}
_MOST_DIGITS = 15
_MOST_PLACES = 8


def not_as_text(cell: TypedCell, words: str) -> str:
    """Return why a cell cannot be taken for its words, and what to do."""
    digits = len(words.strip("-0"))
    if cell.kind == "number" and digits > _MOST_DIGITS:
        return _ROUNDED
    return _NOT_TEXT[cell.kind].format(words[:40])


def some_places(places: Sequence[str]) -> str:
    """Return the first places, and how many others there are."""
    rest = len(places) - _MOST_PLACES
    more = f", dan {rest} sel lain" if rest > 0 else ""
    return ", ".join(places[:_MOST_PLACES]) + more
