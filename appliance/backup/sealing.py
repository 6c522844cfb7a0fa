"""A file that only a passphrase opens, and in which nothing can be changed, left out or cut off unseen.

The key is made of the passphrase by scrypt (RFC 7914). What is within is cut into chunks, each sealed by AES-256-GCM
with its number and whether it is the last as nonce, as the STREAM construction has it (Hoang, Reyhanitabar, Rogaway and
Vizár, 2015). So a wrong passphrase is known by the first chunk, and a file of any size is written and read in pieces.

The library for it is imported where a file is sealed or opened, which a process of its own does: it takes 6 MB, and the
daemon knows this module.
"""

from __future__ import annotations

import os
import re
import struct
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from hw.said import said

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"copperdesk backup 3\n"
"""The key is made of the plain form of the passphrase: capitals, spaces and dashes do not matter."""
MARK_GZIP = b"copperdesk backup 2\n"
"""Of files of before, which differ in how their content is packed."""
MARK_AS_TYPED = b"copperdesk backup 1\n"
"""Of still older files, whose key is made of the passphrase letter by letter."""
FORMATS = {MARK: 3, MARK_GZIP: 2, MARK_AS_TYPED: 1}
_BEGINNINGS = {3: b"\x28\xb5\x2f\xfd", 2: b"\x1f\x8b\x08", 1: b"\x1f\x8b\x08"}
"""What the content begins with, by the format: zstd (RFC 8878, 3.1.1) or gzip with deflate (RFC 1952, 2.3.1)."""
NEWER = re.compile(rb"copperdesk backup [0-9]")
FROM_NEWER = said("this backup was made by a newer version of Copperdesk: update this unit first")
DAMAGED = said("this backup is damaged, or was cut off")
SALT_BYTES = 16
PROPOSED_GROUP = 4
"""Letters between two dashes in the passphrases that the page proposes."""
CHUNK_BYTES = 256 * 1024
TAG_BYTES = 16

SCRYPT_COST = 2**16
"""With blocks of 8 it takes 64 MB, and a quarter of a second: so much for each guess."""


class NotABackup(ValueError):
    """The file was not made by a backup, or is damaged. The message says it for people."""


class WrongPassphrase(ValueError):
    """The file is a backup, and another passphrase opens it."""


class SealingWriter:
    """Writes to a file whatever it is given, sealed. Complete once it was closed."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(SALT_BYTES)
        file.write(MARK + salt)
        self._file = file
        self._seal = _seal(_key(plain_form(passphrase), salt))
        self._number = 0
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK_BYTES:
            self._chunk(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def close(self) -> None:
        """Seal the last chunk. The file itself stays open."""
        self._chunk(bytes(self._waiting), last=True)

    def _chunk(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._seal.encrypt(_nonce(self._number, last), data, MARK))
        self._number += 1


class SealingReader:
    """Reads what a `SealingWriter` has written. Raises NotABackup and WrongPassphrase at once, and NotABackup later."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._mark = file.read(len(MARK))
        if self._mark not in FORMATS:
            if MARK.startswith(self._mark) and self._mark:
                raise NotABackup(DAMAGED)
            newer = NEWER.match(self._mark) is not None
            raise NotABackup(FROM_NEWER if newer else said("this file is no backup of a Copperdesk unit"))
        self._file = file
        self._number = 0
        self._over = False
        self._waiting = bytearray()
        salt = file.read(SALT_BYTES)
        first, self._next = self._sealed(), self._sealed()
        self._seal = self._opening(passphrase, salt, first)
        self._take(first)

    @property
    def format(self) -> int:
        """How the content is packed: 1, 2 or 3, as its first line says."""
        return FORMATS[self._mark]

    def read(self, size: int = -1) -> bytes:
        while not self._over and (size < 0 or len(self._waiting) < size):
            self._open_chunk()
        size = len(self._waiting) if size < 0 else size
        data = bytes(self._waiting[:size])
        del self._waiting[:size]
        return data

    def _opening(self, passphrase: str, salt: bytes, first: bytes) -> AESGCM:
        """What opens the first chunk. WrongPassphrase where nothing that may have been meant does; NotABackup where
        the passphrase is right, and the chunk is damaged: whoever was told another reason would try passphrases."""
        beginning = _BEGINNINGS[self.format]
        for meant in [plain_form(passphrase)] if self._mark != MARK_AS_TYPED else _meant(passphrase):
            key = _key(meant, salt)
            seal = _seal(key)
            if _opened(seal, _nonce(0, not self._next), first, self._mark) is not None:
                return seal
            if len(first) < len(beginning) + TAG_BYTES or _begins_as(beginning, key, first):
                raise NotABackup(DAMAGED)
        raise WrongPassphrase(said("that passphrase does not open this backup"))

    def _open_chunk(self) -> None:
        sealed, self._next = self._next, self._sealed()
        self._take(sealed)

    def _take(self, sealed: bytes) -> None:
        last = not self._next
        opened = _opened(self._seal, _nonce(self._number, last), sealed, self._mark)
        if opened is None:
            raise NotABackup(DAMAGED)
        self._waiting += opened
        self._number += 1
        self._over = last

    def _sealed(self) -> bytes:
        return self._file.read(CHUNK_BYTES + TAG_BYTES)


def is_sealed(file: Path) -> bool:
    """Whether this file begins as a backup does, of this version or another. Raises OSError."""
    with file.open("rb") as opened:
        return NEWER.match(opened.read(len(MARK))) is not None


def plain_form(passphrase: str) -> str:
    """The passphrase as it counts: without capitals, spaces and dashes, and with each letter written in one way."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", passphrase).casefold())
    return "".join(letter for letter in folded if not letter.isspace() and unicodedata.category(letter) != "Pd")


def _meant(passphrase: str) -> list[str]:
    """What may have been written letter by letter: as it is typed, without capitals, or as the page proposes it."""
    plain = plain_form(passphrase)
    grouped = "-".join(plain[at : at + PROPOSED_GROUP] for at in range(0, len(plain), PROPOSED_GROUP))
    return list(dict.fromkeys([passphrase, passphrase.strip(), " ".join(passphrase.casefold().split()), grouped]))


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">xxxQ?", number, last)


def _key(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    if len(salt) < SALT_BYTES:
        raise NotABackup(DAMAGED)
    return Scrypt(salt, 32, SCRYPT_COST, 8, 1).derive(passphrase.encode())


def _seal(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _begins_as(beginning: bytes, key: bytes, first: bytes) -> bool:
    """Whether the first chunk, whose seal is broken, begins so by this key. Nothing else of it is looked at or used.

    GCM encrypts from the block behind that of the tag on (NIST SP 800-38D, 7.1), which CTR does alike. A chunk that
    was the last one, or was not, has another nonce, and what was cut off may have made it the last one.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    for last in (False, True):
        counter = _nonce(0, last) + struct.pack(">I", 2)
        read = Cipher(algorithms.AES(key), modes.CTR(counter)).decryptor().update(first[: len(beginning)])
        if read == beginning:
            return True
    return False


def _opened(seal: AESGCM, nonce: bytes, sealed: bytes, mark: bytes) -> bytes | None:
    """What is within a chunk; None where this seal does not open it, or something of it was changed."""
    from cryptography.exceptions import InvalidTag

    try:
        return seal.decrypt(nonce, sealed, mark)
    except InvalidTag:
        return None
