"""Signatures in the format of minisign: who made a file, and that every byte of it is as it was made.

A key is an Ed25519 key with a number of 8 bytes. What is signed is the BLAKE2b-512 hash of the file, which minisign
calls prehashed and marks `ED`. A second signature covers the first one and the trusted comment. Each text has a line
of comment that nobody signs, and then Base64. The format is told at https://jedisct1.github.io/minisign/.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from appliance.updating.refusal import UpdateRefused
from hw.said import said

_ED25519, _PREHASHED = b"Ed", b"ED"
_NUMBER, _KEY, _SIGNATURE = 8, 32, 64
_SECRET_HEAD = 2 + 2 + 2 + 32 + 8 + 8
"""Bytes before the number of a secret key: three algorithms, the salt and the limits of its password."""
_NO_PASSWORD = b"\0\0"
_COMMENT, _TRUSTED = "untrusted comment: ", "trusted comment: "
LONGEST_TEXT = 4096
"""Bytes of a key's or signature's file: minisign writes some hundred."""
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PublicKey:
    """number: 8 bytes that tell keys apart; nothing is proven by them."""

    number: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class SecretKey:
    """seed: the 32 bytes that the key is made of."""

    number: bytes
    seed: bytes


def public_key(text: str) -> PublicKey:
    """The key in a file that ends in `.pub`. Raises UpdateRefused."""
    raw = _base64(_lines(text, 2)[1])
    if len(raw) != 2 + _NUMBER + _KEY or raw[:2] != _ED25519:
        raise UpdateRefused(said("this is no public key of minisign"))
    return PublicKey(raw[2 : 2 + _NUMBER], raw[2 + _NUMBER :])


def trusted_keys(folder: Path) -> list[PublicKey]:
    """The keys whose updates this unit takes. Raises UpdateRefused where there is none."""
    keys = [public_key(path.read_text(encoding="utf-8", errors="replace")) for path in sorted(folder.glob("*.pub"))]
    if not keys:
        raise UpdateRefused(said("this unit trusts no key, so it takes no update"))
    return keys


def secret_key(text: str) -> SecretKey:
    """A key made by `minisign -G -W`, that is without a password. Raises UpdateRefused."""
    raw = _base64(_lines(text, 2)[1])
    if len(raw) != _SECRET_HEAD + _NUMBER + _SIGNATURE + 32 or raw[:2] != _ED25519:
        raise UpdateRefused(said("this is no secret key of minisign"))
    if raw[2:4] != _NO_PASSWORD:
        raise UpdateRefused(said("this key has a password: sign the bundle by `minisign -S` instead"))
    number = raw[_SECRET_HEAD : _SECRET_HEAD + _NUMBER]
    return SecretKey(number, raw[_SECRET_HEAD + _NUMBER :][:_KEY])


def sign(file: IO[bytes], key: SecretKey, comment: str) -> str:
    """The text of a `.minisig` file. comment: one line, which is signed, too."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(key.seed)
    signature = private.sign(_hash(file))
    whole = private.sign(signature + comment.encode())
    first = base64.b64encode(_PREHASHED + key.number + signature).decode()
    return f"{_COMMENT}signature of Copperdesk\n{first}\n{_TRUSTED}{comment}\n{base64.b64encode(whole).decode()}\n"


def verify(file: IO[bytes], signature: str, keys: Iterable[PublicKey]) -> str:
    """The trusted comment. Raises UpdateRefused where none of the keys has signed exactly this file."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    _, first, trusted, second = _lines(signature, 4)
    raw, whole = _base64(first), _base64(second)
    if len(raw) != 2 + _NUMBER + _SIGNATURE or raw[:2] != _PREHASHED or not trusted.startswith(_TRUSTED):
        raise UpdateRefused(said("this is no signature that a unit understands"))
    number, made = raw[2 : 2 + _NUMBER], raw[2 + _NUMBER :]
    key = next((key for key in keys if key.number == number), None)
    if key is None:
        raise UpdateRefused(said("it was signed by somebody whom this unit does not trust"))
    comment = trusted.removeprefix(_TRUSTED)
    known = Ed25519PublicKey.from_public_bytes(key.key)
    try:
        known.verify(made, _hash(file))
        known.verify(whole, made + comment.encode())
    except InvalidSignature:
        raise UpdateRefused(said("it is damaged, was cut short, or was changed after it had been signed")) from None
    return comment


def _hash(file: IO[bytes]) -> bytes:
    summed = hashlib.blake2b()
    while piece := file.read(_PIECE):
        summed.update(piece)
    return summed.digest()


def _lines(text: str, count: int) -> list[str]:
    lines = text.removesuffix("\n").split("\n")
    if len(text) > LONGEST_TEXT or len(lines) != count or not lines[0].startswith(_COMMENT):
        raise UpdateRefused(said("this is not in the format of minisign, or was cut short"))
    return [line.removesuffix("\r") for line in lines]


def _base64(line: str) -> bytes:
    try:
        return base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise UpdateRefused(said("this is not in the format of minisign, or is damaged")) from None
