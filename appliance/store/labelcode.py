"""The code on a unit's label, by which whoever stands before it may set a forgotten password anew."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

LABEL = "label"
"""The setting of the store of accounts that holds it."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is mistaken for another on paper."""

LENGTH = 12
PATTERN = f"^([{LETTERS}]{{4}}-){{2}}[{LETTERS}]{{4}}$"
"""What a code matches."""


def new_label_code() -> str:
    """One that nobody guesses: 12 of 31 letters are 59 bits."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def kept_label(accounts: Path) -> str:
    """The code in a file of accounts, of which nothing is changed; empty where there is none, or it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{accounts.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = ?", (LABEL,)).fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


UNIT_LETTERS = LETTERS.upper()
UNIT_LENGTH = 4
UNIT_PATTERN = f"^[{UNIT_LETTERS}]{{{UNIT_LENGTH}}}$"
"""What a unit code matches."""


def unit_code(label: str) -> str:
    """The unit code that belongs to a label's code: everybody may know it, and it tells one unit from another.

    It is made of the label's code so that a label can be printed before its unit has ever run. Whoever knows it has 20
    of the 59 bits, but to find which codes have them takes some milliseconds of work (scrypt) for each of all 2^59.
    """
    number = int.from_bytes(_stretched(label, b"copperdesk unit code"))
    return "".join(UNIT_LETTERS[number // len(UNIT_LETTERS) ** at % len(UNIT_LETTERS)] for at in range(UNIT_LENGTH))


def proof_key(label: str) -> bytes:
    """The key of `proof`. To work it out takes some milliseconds, whoever tries codes."""
    return _stretched(label, b"copperdesk proof")


def proof(key: bytes, nonce: str, fingerprint: str) -> str:
    """What only a unit with this label, or whoever printed that, can say of a certificate when asked with this nonce.

    nonce: chosen by whoever asks, and never used again. fingerprint: of the unit's certificate authority (SHA-256).
    """
    return hmac.new(key, f"{nonce}\n{fingerprint}".encode(), hashlib.sha256).hexdigest()


def _stretched(label: str, purpose: bytes) -> bytes:
    plain = "".join(letter for letter in label.casefold() if letter in LETTERS)
    return hashlib.scrypt(plain.encode(), salt=purpose, n=2**14, r=8, p=1, dklen=16)
