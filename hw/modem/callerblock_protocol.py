"""Who calls, from the lines of one block. Sans I/O.

What modems and exchanges do with it in the field: the number's line is called NMBR, NBR, or DDN for the number to call
back; NMBR comes twice, the second time with an O, which must not mask the number; the reason why there is no number
stands in its place, and that for the name in the name's; what a modem does not know comes as MESG, in hexadecimal
digits; and some give the whole message so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from hw.callerid.coding import Absence, CallerId, CallerIdError, cleaned, decode_message

_ITEM = re.compile(r"(DATE|TIME|NMBR|NBR|DDN_NMBR|DDN|NAME|MESG) *= *(.*)", re.DOTALL)
_HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2} ?)+")
_NUMBERS = {"NMBR": "number", "NBR": "number", "DDN_NMBR": "to call back", "DDN": "to call back"}
_MESSAGE_TYPES = (0x04, 0x80)
"""Single and multiple data format (Bellcore GR-30)."""
_MULTIPLE = 0x80
_SHORTEST_MESSAGE = 5
"""Bytes: type, length, a parameter's type and length, and the checksum. Shorter hexadecimal digits are an answer."""
_LETTERS = {"P": Absence.PRIVATE, "O": Absence.UNAVAILABLE}
_MOST_ITEMS = 32


class CallerItem(NamedTuple):
    """One line. kind: `DATE`, `TIME`, `NMBR`, `NAME`, `MESG` and so on, or `HEX` for a message without a name."""

    kind: str
    value: str


def caller_id_item(line: str) -> CallerItem | None:
    """The line as one about who calls; None where it is another. Names in capitals alone count, as modems send them."""
    found = _ITEM.fullmatch(line)
    return CallerItem(found[1], found[2].strip()) if found else None


class CallerBlock:
    """The lines of one block, in their order."""

    def __init__(self) -> None:
        self._items: list[CallerItem] = []

    def hexadecimal(self, line: str) -> CallerItem | None:
        """The line as a message in hexadecimal digits, or the further part of one; None where it is none."""
        if not _HEXADECIMAL.fullmatch(line):
            return None
        begun = self._items[-1].value if self._items and self._items[-1].kind == "HEX" else ""
        digits = line.replace(" ", "")
        data = bytes.fromhex(begun + digits)
        if begun and len(bytes.fromhex(begun)) < _whole(bytes.fromhex(begun)):
            return CallerItem("HEX", digits)
        if len(data) < _SHORTEST_MESSAGE or data[0] not in _MESSAGE_TYPES or len(data) > _whole(data):
            return None
        return CallerItem("HEX", digits)

    def begins_anew(self, item: CallerItem) -> bool:
        """Whether this line begins a block of its own: a further date, or a whole message behind another."""
        kinds = {one.kind for one in self._items}
        if item.kind == "HEX":
            last = self._items[-1] if self._items else None
            return last is not None and not (last.kind == "HEX" and _incomplete(last.value))
        return item.kind in kinds & {"DATE", "TIME"} or len(self._items) >= _MOST_ITEMS

    def add(self, item: CallerItem) -> None:
        if item.kind == "HEX" and self._items and self._items[-1].kind == "HEX":
            item = CallerItem("HEX", self._items.pop().value + item.value)
        self._items.append(item)

    def caller_id(self) -> CallerId | None:
        """Who calls; None where the lines say nothing of that."""
        told = CallerId()
        for found in self._parts():
            told = _joined(told, found)
        told = cleaned(replace(told, when=_when(self._value("DATE"), self._value("TIME")) or told.when))
        return None if told == CallerId(when=told.when) else told

    def _parts(self) -> Iterator[CallerId]:
        """What each line says of the caller; a number to call back only where there is none of the caller's own."""
        to_call_back = []
        for kind, value in self._items:
            if kind in ("MESG", "HEX"):
                yield from _decoded(value)
            elif kind == "NAME":
                yield _name(value)
            elif _NUMBERS.get(kind) == "number":
                yield _number(value)
            elif kind in _NUMBERS:
                to_call_back.append(_number(value))
        yield from to_call_back

    def _value(self, kind: str) -> str:
        return next((item.value for item in self._items if item.kind == kind), "")


def _number(value: str) -> CallerId:
    return cleaned(CallerId(number_absence=_LETTERS[value]) if value in _LETTERS else CallerId(number=value))


def _name(value: str) -> CallerId:
    return cleaned(CallerId(name_absence=_LETTERS[value]) if value in _LETTERS else CallerId(name=value))


def _joined(told: CallerId, found: CallerId) -> CallerId:
    """Both. What was withheld stays withheld; a number that is not known masks none; of two, the first counts."""
    number, number_absence = _either(told.number, told.number_absence, found.number, found.number_absence)
    name, name_absence = _either(told.name, told.name_absence, found.name, found.name_absence)
    return CallerId(number, name, number_absence, name_absence, told.when or found.when)


def _either(
    text: str, absence: Absence | None, other: str, other_absence: Absence | None
) -> tuple[str, Absence | None]:
    if Absence.PRIVATE in (absence, other_absence):
        return "", Absence.PRIVATE
    if text or other:
        return text or other, None
    return "", absence or other_absence


def _decoded(digits: str) -> Iterator[CallerId]:
    """A message in hexadecimal digits: a whole one with its checksum, or parameters of one. What is neither is left."""
    if not _HEXADECIMAL.fullmatch(digits):
        return
    data = bytes.fromhex(digits.replace(" ", ""))
    whole = data[0] in _MESSAGE_TYPES and sum(data) % 256 == 0
    message = data[:-1] if whole else bytes([_MULTIPLE, len(data)]) + data if len(data) < 256 else b""
    try:
        told = decode_message(message)
    except CallerIdError:
        return
    if isinstance(told, CallerId):
        yield told


def _whole(data: bytes) -> int:
    """How many bytes the message has that begins so: type, length, body and checksum."""
    return data[1] + 3 if len(data) > 1 else 2


def _incomplete(digits: str) -> bool:
    data = bytes.fromhex(digits)
    return len(data) < _whole(data)


def _when(date: str, time: str) -> tuple[int, int, int, int] | None:
    """Month, day, hour and minute. A date or a time that is missing or impossible is none."""
    digits = re.sub(r"[^0-9]", "", date)[:4] + re.sub(r"[^0-9]", "", time)[:4]
    if len(digits) != 8:
        return None
    month, day, hour, minute = (int(digits[at : at + 2]) for at in range(0, 8, 2))
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour <= 23 and minute <= 59):
        return None
    return month, day, hour, minute
