"""The text of caller ID, cleaned where it comes in, whatever it came by: an analog line, a modem, SIP.

Exchanges, gateways and carriers put words where a number or a name belongs, and anybody on the way may put in
characters that do something to whoever shows them.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_NUMBER, LONGEST_NAME = 20, 50
"""What caller ID holds (ETSI EN 300 659-3); the rest is cut off."""

PRIVATE_WORDS = frozenset(
    {"p", "private", "private caller", "private number", "private name", "anonymous", "anonymous caller", "restricted"}
    | {"withheld", "number withheld", "id withheld", "blocked", "blocked number", "caller id blocked", "no caller id"}
    | {"hidden", "secret", "not disclosed"}
)
UNAVAILABLE_WORDS = frozenset(
    {"o", "out of area", "unavailable", "unavail", "not available", "number unavailable", "name unavailable", "unknown"}
    | {"unknown caller", "unknown number", "unknown name", "no number", "no name", "no data", "no data sent", "nobody"}
    | {"international", "overseas", "n/a", "null", "asserted"}
)
"""What is sent in place of a number or a name: P and O by Bellcore GR-30 and GR-31, the words by gateways and carriers
(display texts of US carriers, RFC 3323's anonymous, `asserted` as the user of anonymous P-Asserted-Identity)."""

_NUMBER_DRESS = re.compile(r"[\s().\-/]")
_DRESSED_NUMBER = re.compile(r"\+?[\d\s().\-/*#]*\d[\d\s().\-/*#]*")


def plain(text: str) -> str:
    """The text on one line, without anything that is not a letter, mark, digit, sign or space.

    So there is no control character, no escape sequence and no change of direction in it. What is composed of a letter
    and marks is one character where Unicode has one, and a letter carries three marks at the most.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind.startswith("M") else 0
        if kind == "Zs":
            kept.append(" ")
        elif char.isprintable() and marks <= 3:
            kept.append(char)
    return " ".join("".join(kept).split())


def number_text(text: str) -> str:
    """A number without what only makes it easier to read. A user of SIP that is no number stays as it is."""
    cleaned = plain(text)
    if _DRESSED_NUMBER.fullmatch(cleaned):
        cleaned = _NUMBER_DRESS.sub("", cleaned)
    return cleaned[:LONGEST_NUMBER]


def name_text(text: str) -> str:
    """A name, cut to what caller ID holds."""
    return plain(text)[:LONGEST_NAME].strip()


def says_private(text: str) -> bool:
    """Whether this stands in place of a number or name that its owner does not want shown."""
    return _word(text) in PRIVATE_WORDS


def says_unavailable(text: str) -> bool:
    """Whether this stands in place of a number or name that nobody on the way knows."""
    return _word(text) in UNAVAILABLE_WORDS


def _word(text: str) -> str:
    return " ".join(re.sub(r"[_\-.]", " ", plain(text)).split()).lower()
