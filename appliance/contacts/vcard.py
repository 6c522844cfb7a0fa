"""Contacts as vCards: 3.0 (RFC 2426) and 4.0 (RFC 6350), and 2.1 as old telephones write it.

A card with several numbers gives several contacts. Contacts that differ in nothing but their number become one card.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from appliance.contacts.decoding import LONGEST_LINE, TextLine
from appliance.contacts.reading import Read, ReadEntry, Refused, one_line, two_letters
from appliance.office.contact import Contact
from hw.said import said

BEGIN = "BEGIN:VCARD"
_END = "END:VCARD"
_RANK = "X-COPPERDESK-RANK"
_USED = ("FN", "N", "ORG", "NOTE", "TEL", "LANG", _RANK)
_LONGEST_OCTETS = 75
"""Of a line that is written, without its end (RFC 6350, 3.2)."""

_PROPERTY = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(slots=True)
class _Card:
    """A card as far as it has been read. begun: its first line. within: how many cards it stands in."""

    begun: int
    properties: list[tuple[int, str, str, str]] = field(default_factory=list)
    """TextLine, name, parameters and value."""


def read_vcards(lines: Iterable[TextLine]) -> Read:
    """What a file of vCards holds."""
    card: _Card | None = None
    inner = 0
    for whole in _unfolded(lines):
        yield None
        if whole is None:
            continue
        line, text = whole
        word = text.strip().upper()
        if word == BEGIN:
            if card is not None and card.properties and card.properties[-1][1] == "AGENT":
                inner += 1  # A card in a card: of somebody's assistant.
                continue
            if card is not None:
                yield _cut_off(card)
            card, inner = _Card(line), 0
        elif word == _END and inner:
            inner -= 1
        elif word == _END and card is not None:
            yield from _entries(card)
            card = None
        elif card is None and word:
            yield Refused(line, said("'%(text)s' stands outside of every card", text=one_line(text)[:40]))
        elif card is not None and not inner and (found := _PROPERTY.fullmatch(text)):
            name = found[1].upper()
            if name in (*_USED, "AGENT"):
                card.properties.append((line, name, found[2].upper(), found[3]))
    if card is not None:
        yield _cut_off(card)


def written_vcards(contacts: Iterable[Contact]) -> str:
    """Contacts as vCards of version 3.0; those of one person that follow each other are one card."""
    cards = []
    for _, group in groupby(contacts, key=lambda one: (one.name, one.company, one.notes, one.language, one.rank)):
        same = list(group)
        first = same[0]
        properties = ["VERSION:3.0", f"FN:{_escaped(first.name)}", f"N:{_escaped(first.name)};;;;"]
        properties += [f"ORG:{_escaped(first.company)}"] if first.company else []
        properties += [f"TEL:{contact.number}" for contact in same]
        properties += [f"NOTE:{_escaped(first.notes)}"] if first.notes else []
        properties += [f"LANG:{first.language}"] if first.language else []
        properties += [f"{_RANK}:{first.rank}"] if first.rank else []
        cards += [BEGIN, *map(_folded, properties), _END]
    return "".join(f"{line}\r\n" for line in cards)


def _unfolded(lines: Iterable[TextLine]) -> Iterator[tuple[int, str] | None]:
    """Lines whole again that were folded, with the number of their first. None: one goes on."""
    begun, parts, length = 0, list[str](), 0
    for line in lines:
        text = line.text.rstrip("\r\n")
        soft = bool(parts) and parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0].upper()
        if soft or (parts and text[:1] in (" ", "\t")):
            if soft:
                parts[-1] = parts[-1][:-1]
            # Pictures are folded too, and may be of any length: nobody needs them.
            if length < LONGEST_LINE:
                parts.append(text if soft else text[1:])
                length += len(text)
            yield None
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts, length = line.number, [text], len(text)
    if parts:
        yield begun, "".join(parts)


def _entries(card: _Card) -> Read:
    told: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for line, name, parameters, value in card.properties:
        text = _decoded(parameters, value)
        if name == "TEL":
            if not re.search(r"\bFAX\b", parameters) or re.search(r"\bVOICE\b", parameters):
                numbers.setdefault(one_line(_unescaped(text)), line)
        elif name == "N":
            family, given, *_ = [*_components(text), ""]
            told.setdefault(name, one_line(f"{given} {family}"))
        elif name == "ORG":
            told.setdefault(name, one_line(_components(text)[0]))
        elif name != "AGENT":
            told.setdefault(name, one_line(_unescaped(text)))
    name, company = told.get("FN") or told.get("N", ""), told.get("ORG", "")
    if not name:
        name, company = company, ""
    numbers.pop("", None)
    if not numbers:
        yield Refused(card.begun, said("%(name)s has no telephone number", name=name or said("this card")))
    for number, line in numbers.items():
        yield ReadEntry(
            line,
            number,
            name,
            company,
            told.get("NOTE", ""),
            two_letters(told.get("LANG", "")),
            told.get(_RANK, ""),
        )


def _cut_off(card: _Card) -> Refused:
    return Refused(
        card.begun, said("the card that begins here has no %(end)s; the file may have been cut off", end=_END)
    )


def _decoded(parameters: str, value: str) -> str:
    """A value without the encoding of version 2.1."""
    if "QUOTED-PRINTABLE" not in parameters:
        return value
    octets = quopri.decodestring(value.encode("ascii", "replace"))
    charset = re.search(r"CHARSET=([\w-]+)", parameters)
    for name in (charset[1] if charset else "utf-8", "utf-8", "cp1252"):
        try:
            return octets.decode(name)
        except (ValueError, LookupError):  # Some codecs are not for text, or fail in their own ways.
            continue
    return octets.decode("latin-1")


def _components(value: str) -> list[str]:
    """The parts of a value, which semicolons part that are not escaped."""
    return [_unescaped(part) for part in re.split(r"(?<!\\);", value)]


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)


def _escaped(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text)


def _folded(line: str) -> str:
    """A line as several of few octets, none of which begins within a character."""
    parts, part, octets = [], "", 0
    for char in line:
        size = len(char.encode())
        if octets + size > _LONGEST_OCTETS:
            parts.append(part)
            part, octets = " ", 1
        part, octets = part + char, octets + size
    return "\r\n".join([*parts, part])
