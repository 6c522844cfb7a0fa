"""The code on a unit's label, by which whoever stands before it may set a forgotten password anew."""

from __future__ import annotations

import hashlib
import secrets

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


UNIT_LETTERS = LETTERS.upper()
UNIT_LENGTH = 4
UNIT_PATTERN = f"^[{UNIT_LETTERS}]{{{UNIT_LENGTH}}}$"
"""What a unit code matches."""


def unit_code(label: str) -> str:
    """The unit code that belongs to a label's code: everybody may know it, and it tells one unit from another.

    It is made of the label's code so that a label can be printed before its unit has ever run. It gives away 20 of the
    59 bits; to try what is left takes some milliseconds of work (scrypt) for each of 10^11 codes.
    """
    plain = "".join(letter for letter in label.casefold() if letter in LETTERS)
    made = hashlib.scrypt(plain.encode(), salt=b"copperdesk unit code", n=2**14, r=8, p=1, dklen=16)
    number = int.from_bytes(made)
    return "".join(UNIT_LETTERS[number // len(UNIT_LETTERS) ** at % len(UNIT_LETTERS)] for at in range(UNIT_LENGTH))
