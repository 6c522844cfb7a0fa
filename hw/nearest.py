"""Finds the word that somebody who mistyped one has meant, for every "did you mean" of the program."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST_WORD = 200
"""Characters that are compared: nobody means something longer, and the comparison takes the square of the length."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` resembles most, or nothing. Capitals do not matter."""
    by_folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    found = difflib.get_close_matches(word[:LONGEST_WORD].casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""
