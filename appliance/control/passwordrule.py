"""Which passwords of the local page are good enough. The page asks for one, and so does a file that sets a unit up."""

from __future__ import annotations

SHORTEST, LONGEST = 10, 200
"""Characters."""

WORN = ("password", "passwort", "copperdesk", "qwerty", "12345", "11111", "abcde", "letmein", "welcome", "telephone")
"""What a guesser tries first, by itself or with a few letters around it."""


def is_guessed_easily(password: str, name: str) -> bool:
    """name: what its owner signs in with."""
    plain = password.casefold()
    known = [word for word in (*WORN, name.casefold()) if word and word in plain]
    return len(set(plain)) < 5 or any(len(plain) - len(word) < 6 for word in known)
