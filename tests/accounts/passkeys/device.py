"""A device that keeps keys, as a browser would hand on what it says (WebAuthn)."""

import hashlib
import json
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, WITH_KEY = 1, 4, 64


@dataclass
class Device:
    """One key at one site, made by `create` and used by `get`."""

    origin: str = "https://testserver"
    is_verifying: bool = True
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    key_id: bytes = b"kunci-contoh-0001"
    handle: str = ""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return what a browser brings after it was asked for a new key."""
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        public = cbor.encode(
            dict(ES256.from_cryptography_key(self.private.public_key()))
        )
        data = self._data(asked["rp"]["id"], WITH_KEY)
        data += bytes(16) + struct.pack(">H", len(self.key_id)) + self.key_id + public
        kept = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", asked["challenge"])
        return self._credential(
            clientDataJSON=said, attestationObject=websafe_encode(kept)
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return what a browser brings after it was asked to use the key."""
        asked = options["publicKey"]
        data = self._data(asked["rpId"], 0)
        said = self._said("webauthn.get", asked["challenge"])
        digest = hashlib.sha256(websafe_decode(said)).digest()
        return self._credential(
            clientDataJSON=said,
            authenticatorData=websafe_encode(data),
            signature=websafe_encode(
                self.private.sign(data + digest, ec.ECDSA(SHA256()))
            ),
            userHandle=self.handle,
        )

    def _data(self, host: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.is_verifying else 0)
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, 1)

    def _said(self, kind: str, challenge: str) -> str:
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return websafe_encode(json.dumps(said).encode())

    def _credential(self, **response: str) -> dict[str, Any]:
        name = websafe_encode(self.key_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
