"""Short words for people, departments and companies, made of their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

LONGEST = 24
"""Leaves room for a number behind it."""

_CYRILLIC: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_IN_LATIN: Final = "a,b,v,g,d,e,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya"
_LETTERS: Final = dict(zip(_CYRILLIC, _IN_LATIN.split(","), strict=True))
_LETTERS.update({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"})
"""Letters that Unicode does not take apart into a plain one and its mark."""


def short_id(name: str, taken: Container[str], otherwise: str) -> str:
    """A word of small letters that is not taken. otherwise: for a name without a letter that is known here."""
    known = "".join(_LETTERS.get(char, char) for char in name.casefold())
    plain = unicodedata.normalize("NFKD", known).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")[:LONGEST].strip("-") or otherwise
    number, found = 1, word
    while found in taken:
        number += 1
        found = f"{word}-{number}"
    return found
