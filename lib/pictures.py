"""What a picture is called and sent as. Plain Python.

A picture is kept and served under the SHA-256 of its bytes: the same address always
shows the same picture, so browsers may keep it for ever.
"""

import re
from hashlib import sha256

PICTURE_DIGEST = re.compile(r"[0-9a-f]{64}")
CONTENT_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml; charset=utf-8",
}
"""By the ending of its name: these kinds there are."""


def digest_of(data: bytes) -> str:
    """Return the SHA-256 under which a picture is kept and served."""
    return sha256(data).hexdigest()
