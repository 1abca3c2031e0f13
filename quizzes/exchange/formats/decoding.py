"""Text of a file, whatever program saved it."""

import codecs

from quizzes.exchange.formats.exchange import UnreadableFile, check_size

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return the text with plain line ends, and a note where the encoding was guessed.

    UTF-8, UTF-16 (with its mark, or betrayed by its zero bytes) and Windows-1252 are
    understood. Raises UnreadableFile for anything else.
    """
    check_size(data)
    text, note = _decoded(data)
    if "\x00" in text:
        raise UnreadableFile(
            "Isi berkas ini bukan teks. Pilih berkas lain, atau pilih formatnya."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, codec, name), []
    guessed = _utf16_without_mark(data)
    if guessed:
        text = _strictly(data, guessed, "UTF-16")
        return text, ["Huruf berkas ini dibaca sebagai UTF-16."]
    try:
        return data.decode(), []
    except UnicodeDecodeError:
        text = _strictly(data, "cp1252", "Windows-1252")
        return text, ["Huruf berkas ini dibaca sebagai Windows-1252. Periksa hasilnya."]


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"Ada huruf yang tidak terbaca sebagai {name}. "
            "Simpan ulang berkasnya sebagai UTF-8."
        ) from error


def _utf16_without_mark(data: bytes) -> str:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    start = data[:400]
    half = max(1, len(start) // 2)
    if len(start) % 2 == 0 and start[1::2].count(0) > half * 0.8:
        return "utf-16-le"
    if len(start) % 2 == 0 and start[0::2].count(0) > half * 0.8:
        return "utf-16-be"
    return ""
