"""The code that a person types to check a certificate.

Ten characters of Crockford's base 32 (https://www.crockford.com/base32.html), which
leaves out I, L, O and U: 50 random bits, stored as ``ABCDEFGHJK`` and shown as
``ABCDE-FGHJK``. At one guess a second, a million certificates still leave some 35
years between two lucky hits, and the public page is rate-limited besides.
"""

import secrets
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_GROUP = 5
_BITS_PER_CHARACTER = 5
_BYTES = 7
# What people read or type for a digit, and what they put between the groups.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans(dict.fromkeys(" \t\r\n\N{NO-BREAK SPACE}-‐‑‒–—−_.", ""))


def new_code(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """Return a new code, every one of the 2^50 equally likely.

    ``random_bytes`` must be a cryptographic source outside of tests. Whether the code
    is already taken is for the database's constraint to say.
    """
    surplus = 8 * _BYTES - LENGTH * _BITS_PER_CHARACTER
    number = int.from_bytes(random_bytes(_BYTES), "big") >> surplus
    characters = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[digit])
    return "".join(reversed(characters))


def normalise_code(typed: str) -> str | None:
    """Return the code as it is stored, or ``None`` if it cannot be one.

    Takes lower case, O for 0, I and L for 1, and any spaces, dashes or dots between
    or around the characters. Normalising twice changes nothing.
    """
    bare = typed.translate(_SEPARATORS)
    if not bare.isascii():
        return None
    code = bare.upper().translate(_MISREAD)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code


def display(code: str) -> str:
    """Return a stored code the way it is printed and spoken: in two groups."""
    return f"{code[:_GROUP]}-{code[_GROUP:]}"
