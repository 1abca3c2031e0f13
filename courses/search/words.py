"""What a text is found by, and what somebody asks for. Plain Python.

Capitals, accents and apostrophes do not matter (`lib.folding`); slashes, dots and
hyphens part words, so that *11/2017* is found by either figure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lib.folding import fold

LONGEST_WORD = 40
MOST_ASKED = 8
# Words that stand everywhere and tell nothing.
_TELL_NOTHING = """
    yang dan di ke dari untuk pada dengan dalam adalah ialah itu ini atau juga akan oleh
    sebagai karena agar supaya jika bila kalau maka lalu kemudian saat ketika tetapi
    namun serta bahwa para sang si pun lah kah nya ada bagi tentang seperti secara
    antara hingga sampai sudah telah masih lagi hanya saja dapat bisa harus anda saya
    kami kita mereka ia dia apa siapa mana kapan bagaimana mengapa kenapa cara the of
    and to in
"""
STOP_WORDS = frozenset(_TELL_NOTHING.split())
# Whoever writes one of a line finds the others too. The first word is the short one.
_SAME = """
ai | kecerdasan artifisial | kecerdasan buatan | artificial intelligence
kewenangan | wewenang
surel | email | e mail | surat elektronik
hp | ponsel | gawai | telepon genggam | handphone
daring | online
luring | offline
kata sandi | password | frasa sandi
hoaks | hoax | berita bohong
medsos | media sosial
mfa | verifikasi dua langkah | autentikasi dua faktor | 2fa
wfh | kerja dari rumah | work from home
jp | jam pelajaran
tte | tanda tangan elektronik
spbe | sistem pemerintahan berbasis elektronik
sertifikat | sertipikat
kuis | quiz
tautan | link
unduh | download
unggah | upload
rapat virtual | rapat daring | zoom | video conference
risiko | resiko
analisis | analisa
praktik | praktek
pelindungan | perlindungan
"""
_MARK = "="


def _spans() -> dict[tuple[str, ...], str]:
    """Return the mark of every word and phrase that has others of its meaning."""
    found: dict[tuple[str, ...], str] = {}
    for line in _SAME.strip().splitlines():
        phrases = [tuple(phrase.split()) for phrase in line.split("|")]
        mark = _MARK + "_".join(phrases[0])
        found |= dict.fromkeys(phrases, mark)
    return found


_SPANS: Mapping[tuple[str, ...], str] = _spans()
_LONGEST_SPAN = max(len(phrase) for phrase in _SPANS)


@dataclass(frozen=True)
class Term:
    """One thing asked for: a word, or the mark of phrases that mean the same, or both.

    Any of `words` will do.
    """

    words: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded; none of a single letter."""
    return [word[:LONGEST_WORD] for word in _folded(text) if _tells(word)]


def _tells(word: str) -> bool:
    return word.isdigit() or (len(word) > 1 and any(map(str.isalnum, word)))


def _folded(text: str) -> list[str]:
    return fold(text).split()


def counted(text: str) -> Counter[str]:
    """Return how often a text has each word that it is found by, marks included."""
    words = _folded(text)
    found = Counter(word for word in words_of(text) if word not in STOP_WORDS)
    found.update(mark for _place, _length, mark in _marks(words))
    return found


def _marks(words: list[str]) -> Iterable[tuple[int, int, str]]:
    """Yield place, length and mark of phrases, the longest at each place."""
    place = 0
    while place < len(words):
        for length in range(_LONGEST_SPAN, 0, -1):
            mark = _SPANS.get(tuple(words[place : place + length]))
            if mark and place + length <= len(words):
                yield place, length, mark
                place += length - 1
                break
        place += 1


def asked_for(text: str) -> list[Term]:
    """Return what somebody asks for, at most eight things.

    Words that tell nothing are left out, unless there are no others.
    """
    words = _folded(text)
    terms: dict[int, Term] = {}
    taken: set[int] = set()
    for place, length, mark in _marks(words):
        alone = (words[place],) if length == 1 else ()
        terms[place] = Term((mark, *alone))
        taken |= set(range(place, place + length))
    rest = [(n, word) for n, word in enumerate(words) if n not in taken]
    telling = [pair for pair in rest if pair[1] not in STOP_WORDS]
    if not terms and not telling:
        telling = rest
    terms |= {n: Term((word[:LONGEST_WORD],)) for n, word in telling if _tells(word)}
    in_order = [terms[place] for place in sorted(terms)]
    return list(dict.fromkeys(in_order))[:MOST_ASKED]


def written_forms(mark: str) -> list[tuple[str, ...]]:
    """Return the phrases that carry a mark, to show where they stand."""
    return [phrase for phrase, its in _SPANS.items() if its == mark]


def written(term: Term) -> str:
    """Return a term as somebody may type it."""
    last = term.words[-1]
    forms = written_forms(last)
    return " ".join(forms[0]) if forms else last
