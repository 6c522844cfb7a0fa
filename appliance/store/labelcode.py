"""The code on a unit's label, by which whoever stands before it may set a forgotten password anew."""

from __future__ import annotations

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
