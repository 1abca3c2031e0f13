"""The key of a question as people write it: letters, numbers or the words themselves.

Whatever can be read in two ways that differ is refused; nothing is guessed.
"""

import re
from collections.abc import Sequence

_AND = r"(?:\s*[,;/&+]\s*|\s+(?:dan|and)\s+|\s+)"
_LETTERS = re.compile(rf"\(?[A-Za-z](?:{_AND}[A-Za-z])*[.)]?")
_TIGHT = re.compile(r"[A-Z]{2,}")
_NUMBERS = re.compile(rf"\d{{1,2}}(?:{_AND}\d{{1,2}})*")
_LETTER_AND_WORDS = re.compile(r"(?P<letter>[A-Za-z])\s*[.):]\s*(?P<words>\S.*)", re.S)
_TRUTHS = {"benar", "salah"}
_SPLIT = re.compile(r"\s*[;\n]\s*")


class UnreadableKey(Exception):
    """The key says no option, or two things: why, and what to write."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def letter_of(index: int) -> str:
    """Return the letter under which people know an option."""
    return chr(ord("A") + index)


def read_key(
    words: str, options: Sequence[str], *, takes_initials: bool = False
) -> tuple[int, ...]:
    """Return the places of the right options, from 0, in their order.

    `options` are the plain words of the options. Letters (`B`, `A, C`, `AC`), numbers
    from 1, the words of options, and a letter with its words are understood. With
    `takes_initials` a B may also stand for "Benar". Raises UnreadableKey.
    """
    said = words.strip()
    plain = [_plain(one) for one in options]
    meanings = {
        meaning
        for meaning in (
            _by_words(said, plain),
            _by_letters(said, len(options)),
            _by_numbers(said),
            _by_initial(said, plain) if takes_initials else None,
        )
        if meaning is not None
    }
    if not meanings:
        meanings = {_by_letter_and_words(said, plain)}
    # A number that is no place may still be the words of an option.
    meanings = {one for one in meanings if _are_places(one, plain)} or meanings
    if len(meanings) > 1:
        raise UnreadableKey(
            f"Kunci “{said[:40]}” dapat berarti huruf atau nomor pilihan, dapat juga "
            "teks pilihan yang lain. Tulis huruf dan teksnya, misalnya “B. Salah”."
        )
    (places,) = meanings
    if not _are_places(places, plain):
        raise _beyond(said, len(options))
    return places


def _plain(words: str) -> str:
    return " ".join(words.split()).rstrip(".").casefold()


def _by_words(said: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """Return the options of these words; several stand apart by ; or a line each."""
    for wished in ([said], _SPLIT.split(said)):
        places = [_place_of(one, options) for one in wished]
        if None not in places:
            return tuple(sorted({place for place in places if place is not None}))
    return None


def _place_of(said: str, options: Sequence[str]) -> int | None:
    found = [at for at, one in enumerate(options) if one and one == _plain(said)]
    if len(found) > 1:
        raise UnreadableKey(
            f"Kunci “{said[:40]}” sama dengan lebih dari satu pilihan. Tulis hurufnya."
        )
    return found[0] if found else None


def _by_letters(said: str, count: int) -> tuple[int, ...] | None:
    if _LETTERS.fullmatch(said):
        letters = re.findall(r"\b[A-Za-z]\b", said)
    elif _TIGHT.fullmatch(said) and len(said) <= count:
        letters = list(said)
    else:
        return None
    return tuple(sorted({ord(one.upper()) - ord("A") for one in letters}))


def _by_numbers(said: str) -> tuple[int, ...] | None:
    if not _NUMBERS.fullmatch(said):
        return None
    return tuple(sorted({int(one) - 1 for one in re.findall(r"\d+", said)}))


def _by_initial(said: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """Return "Benar" for B and "Salah" for S, where these are the options."""
    if set(options) != _TRUTHS or said.casefold() not in {"b", "s"}:
        return None
    return tuple(at for at, one in enumerate(options) if one[0] == said.casefold())


def _by_letter_and_words(said: str, options: Sequence[str]) -> tuple[int, ...]:
    """Return the option of "B. Melapor", whose words must be those of B."""
    found = _LETTER_AND_WORDS.fullmatch(said)
    if found is None:
        raise UnreadableKey(
            f"Kunci “{said[:40]}” tidak sama dengan satu pun pilihan. Tulis huruf, "
            "nomor, atau teks pilihannya."
        )
    place = ord(found["letter"].upper()) - ord("A")
    if place < len(options) and options[place] == _plain(found["words"]):
        return (place,)
    raise UnreadableKey(
        f"Huruf dan teks kunci “{said[:40]}” tidak menunjuk pilihan yang sama. "
        "Perbaiki salah satunya."
    )


def _are_places(places: Sequence[int], options: Sequence[str]) -> bool:
    return bool(places) and min(places) >= 0 and max(places) < len(options)


def _beyond(said: str, count: int) -> UnreadableKey:
    known = f"A sampai {letter_of(count - 1)}" if count else "tidak ada"
    return UnreadableKey(
        f"Kunci “{said[:40]}” di luar pilihannya ({known}). Perbaiki kuncinya, atau "
        "lengkapi pilihannya."
    )
