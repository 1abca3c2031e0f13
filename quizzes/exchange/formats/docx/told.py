"""What of a paragraph is no plain text, in words: a loss, or a reason to refuse."""

from collections.abc import Iterator

from quizzes.exchange.formats.docx.lines import Line

_LOSSES = {
    "insertion": "Perubahan terlacak: sisipan “{words}” dibaca sebagai isi.",
    "deletion": "Perubahan terlacak: “{words}” sudah dihapus dan tidak dibaca.",
    "footnote": "Catatan kaki tidak ikut. Tulis isinya di pembahasan.",
    "comment": "Komentar di dokumen tidak ikut.",
    "hidden": "Teks tersembunyi “{words}” tidak dibaca.",
    "ruby": "Teks kecil di atas huruf tidak ikut.",
}
_PROBLEMS = {
    "formula": "rumus “{words}” tidak dapat dibaca. Tulis sebagai teks biasa, misalnya "
    "x², atau sebagai gambar",
    "textbox": "kotak teks “{words}” berdiri di luar urutan paragraf. Pindahkan isinya "
    "ke paragraf biasa",
    "symbol": "tanda dari huruf khusus (Symbol, Wingdings) tidak dapat dibaca. Ganti "
    "dengan tanda biasa",
    "object": "objek tertanam, bagan, atau SmartArt {words} tidak dapat dibaca. Simpan "
    "sebagai gambar PNG, atau ceritakan isinya",
    "unknown": "bagian dokumen yang tidak dikenal ({words}). Tulis ulang paragrafnya",
}


def losses_of(line: Line) -> Iterator[str]:
    """Yield what does not come along of a line."""
    for one in line.found:
        if one.kind in _LOSSES and not (one.kind == "deletion" and not one.words):
            said = _LOSSES[one.kind].format(words=one.words[:60])
            yield f"Paragraf {line.number}: {said}"


def problems_in(line: Line) -> Iterator[str]:
    """Yield what of a line keeps its question from being used."""
    for one in line.found:
        if one.kind in _PROBLEMS:
            said = _PROBLEMS[one.kind].format(words=one.words[:60])
            yield f"Paragraf {line.number}: {said}."
