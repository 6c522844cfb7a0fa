"""A file that only a passphrase opens, and in which nothing can be changed, left out or cut off unseen.

The key is made of the passphrase by scrypt (RFC 7914). What is within is cut into chunks, each sealed by AES-256-GCM
with its number and whether it is the last as nonce, as the STREAM construction has it (Hoang, Reyhanitabar, Rogaway and
Vizár, 2015). So a wrong passphrase is known by the first chunk, and a file of any size is written and read in pieces.
"""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MARK = b"copperdesk backup 1\n"
SALT_BYTES = 16
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
        self._seal = AESGCM(_key(passphrase, salt))
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
        if file.read(len(MARK)) != MARK:
            raise NotABackup("this file is no backup of a Copperdesk unit")
        self._file = file
        self._seal = AESGCM(_key(passphrase, file.read(SALT_BYTES)))
        self._number = 0
        self._over = False
        self._waiting = bytearray()
        self._next = self._sealed()
        try:
            self._open_chunk()
        except NotABackup:
            raise WrongPassphrase("that passphrase does not open this backup") from None

    def read(self, size: int = -1) -> bytes:
        while not self._over and (size < 0 or len(self._waiting) < size):
            self._open_chunk()
        size = len(self._waiting) if size < 0 else size
        data = bytes(self._waiting[:size])
        del self._waiting[:size]
        return data

    def _open_chunk(self) -> None:
        sealed, self._next = self._next, self._sealed()
        last = not self._next
        try:
            self._waiting += self._seal.decrypt(_nonce(self._number, last), sealed, MARK)
        except InvalidTag:
            raise NotABackup("this backup is damaged, or was cut off") from None
        self._number += 1
        self._over = last

    def _sealed(self) -> bytes:
        return self._file.read(CHUNK_BYTES + TAG_BYTES)


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">xxxQ?", number, last)


def _key(passphrase: str, salt: bytes) -> bytes:
    if len(salt) < SALT_BYTES:
        raise NotABackup("this backup is damaged, or was cut off")
    return Scrypt(salt, 32, SCRYPT_COST, 8, 1).derive(passphrase.encode())
