"""Words that offices use where our lists have others.

Only what is sure is taken: a kind of jabatan that SIASN says more coarsely than the
law (`Jabatan Struktural`) needs the eselon or the name of the jabatan beside it.
"""

import re
from collections.abc import Mapping

from accounts.people_import.columns import GOLONGAN_PNS, GOLONGAN_PPPK, JENJANG

STATUS_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("P3K", "PPPK Penuh Waktu", "P3K Penuh Waktu", "PPPK Penuh"),
            "Pegawai Pemerintah dengan Perjanjian Kerja",
            *("PPPK Daerah", "PPPK Pusat"),
        ),
        "PPPK",
    ),
    **dict.fromkeys(("P3K Paruh Waktu", "PPPK PW", "P3K PW"), "PPPK Paruh Waktu"),
    **dict.fromkeys(
        ("Pegawai Negeri Sipil", "PNS Daerah", "PNS Pusat", "P"),
        "PNS",
    ),
    **dict.fromkeys(
        ("Calon Pegawai Negeri Sipil", "Calon PNS", "CPNS Daerah", "CPNS Pusat", "C"),
        "CPNS",
    ),
}

_RANKS = (
    *("Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I"),
    *("Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I"),
    *("Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I"),
    *("Pembina", "Pembina Tingkat I", "Pembina Utama Muda", "Pembina Utama Madya"),
    "Pembina Utama",
)


def _plain(words: str) -> str:
    words = re.sub(r"\b(?:tk|tkt|tingkat)\b\.?\s*(?:1|i)\b", "tingkat i", words.lower())
    return " ".join(re.findall("[a-z]+", words))


_BY_RANK = dict(zip(map(_plain, _RANKS), GOLONGAN_PNS, strict=True))
_PNS = re.compile(r"(?<![A-Za-z])(IV|I{1,3})\s*[/.\- ]?\s*([a-e])(?![A-Za-z])", re.I)
_ASIDE = re.compile(r"\b(?:gol(?:ongan)?|ruang)\b\.?", re.IGNORECASE)
_PPPK = re.compile(r"(?:gol(?:ongan)?\.?|pppk)?\s*\(?([IVX]+)\)?", re.IGNORECASE)


def golongan_of(text: str) -> tuple[str, bool]:
    """Return the golongan that a text says, "" for none; and whether it is at odds.

    A pangkat alone says its golongan; beside another one it contradicts it.
    """
    alone = _PPPK.fullmatch(text.strip())
    if alone and alone[1].upper() in GOLONGAN_PPPK:
        return alone[1].upper(), False
    written = [f"{one[1].upper()}/{one[2].lower()}" for one in _PNS.finditer(text)]
    rest = _plain(_ASIDE.sub(" ", _PNS.sub(" ", text)))
    ranked = _BY_RANK.get(rest, "")
    said = {one for one in (*written, ranked) if one}
    if len(said) != 1 or (rest and not ranked):
        return "", len(said) > 1
    golongan = said.pop()
    return (golongan, False) if golongan in GOLONGAN_PNS else ("", False)


_COARSE = re.compile(
    r"(?:jabatan )?(struktural|fungsional(?: tertentu)?|manajerial)|jft?"
)
_BASIC = frozenset({"jabatan pelaksana", "fungsional umum", "jabatan fungsional umum"})
_BY_ESELON = {"II": "JPT Pratama", "III": "Administrator", "IV": "Pengawas"}


def jabatan_kind_of(kind: str, eselon: str, jabatan: str) -> str | None:
    """Return the kind of jabatan of the law for a coarse word of SIASN.

    None where the word is no coarse one; "" where the row does not tell the kind.
    """
    word = " ".join(kind.lower().split())
    if word in _BASIC or word == "jfu":
        return "Pelaksana"
    found = _COARSE.fullmatch(word)
    if not found:
        return None
    if found[1] in {"struktural", "manajerial"}:
        level = re.match(r"(?:eselon\s*)?(IV|I{1,3})\s*[./ ]?\s*[ab]\b", eselon, re.I)
        return _BY_ESELON.get(level[1].upper(), "") if level else ""
    name = f" {jabatan.lower()} "
    for kind_of_law, levels in JENJANG.items():
        if any(name.endswith(f" {level.lower()} ") for level in levels):
            return kind_of_law
    return ""
