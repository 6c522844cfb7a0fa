"""Who is calling, as the exchange tells it, and the bytes that tell it (SDMF, MDMF, DTMF)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from hw.callerid.text import LONGEST_NAME, LONGEST_NUMBER, name_text, number_text, says_private, says_unavailable


class Absence(Enum):
    """Why a number or a name was not given."""

    PRIVATE = "private"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class CallerId:
    """Caller ID as received. Empty number or name: see the absence; both None means it was never sent.

    when: (month, day, hour, minute) of the exchange's clock, or None. The year is not transmitted.
    """

    number: str = ""
    name: str = ""
    number_absence: Absence | None = None
    name_absence: Absence | None = None
    when: tuple[int, int, int, int] | None = None

    @property
    def shown(self) -> str:
        """The number, or `private` or `unavailable` in its place; "" when nothing was said about it."""
        return self.number or (self.number_absence.value if self.number_absence else "")


def cleaned(received: CallerId) -> CallerId:
    """Caller ID as it may be shown, logged and compared: every source passes here.

    Where a reason was sent, there is no number (or name) as well. A word in its place is such a reason.
    """
    number, number_absence = _or_absence(number_text(received.number), received.number_absence)
    name, name_absence = _or_absence(name_text(received.name), received.name_absence)
    if number_absence is Absence.PRIVATE and name:
        name, name_absence = "", Absence.PRIVATE
    return CallerId(number, name, number_absence, name_absence, received.when)


def _or_absence(text: str, absence: Absence | None) -> tuple[str, Absence | None]:
    if absence is None and says_private(text):
        absence = Absence.PRIVATE
    elif absence is None and says_unavailable(text):
        absence = Absence.UNAVAILABLE
    return ("", absence) if absence is not None else (text, None)


@dataclass(frozen=True, slots=True)
class MessageWaiting:
    """The exchange asks the telephone to light or darken its message-waiting lamp."""

    lit: bool


class CallerIdError(ValueError):
    """These bytes are no caller ID, or this caller ID cannot be put into bytes."""


# Types of messages, then of the parameters in them: Bellcore GR-30, ETSI EN 300 659-3.
_SDMF, _SDMF_WAITING, _MDMF, _MDMF_WAITING, _JCLIP = 0x04, 0x06, 0x80, 0x82, 0x40

_DIALABLE = 0x03
"""The number to call back, where the caller's own (2) is not sent (Bellcore GR-30). In ETSI's EN 300 659-3 it is the
called one, but there the caller's number, or why it is absent, is always sent too."""
_WHEN, _NUMBER, _NUMBER_ABSENCE, _NAME, _NAME_ABSENCE, _LAMP = 0x01, 0x02, 0x04, 0x07, 0x08, 0x0B
_ABSENCE_LETTERS = {Absence.PRIVATE: "P", Absence.UNAVAILABLE: "O"}
_LETTER_ABSENCES = {
    "P": Absence.PRIVATE,
    "O": Absence.UNAVAILABLE,
    "S": Absence.UNAVAILABLE,
    "C": Absence.UNAVAILABLE,
}
"""S (service conflict) and C (public telephone) are Japan's further reasons."""

DTMF_VARIANTS = ("AC", "A#", "DC", "#")
"""How caller ID is sent in DTMF: the digit before the number, if any, and the one after it."""

_DTMF_ABSENCES = {
    "B00C": Absence.UNAVAILABLE,
    "B10C": Absence.PRIVATE,
    "B01C": Absence.PRIVATE,
    "D1#": Absence.PRIVATE,
    "D2#": Absence.UNAVAILABLE,
    "D3#": Absence.UNAVAILABLE,
}
"""What is sent in place of a number (ETSI EN 300 659-1, and Denmark's exchanges). Both 10 and 01 are in use for
private; D2 is an international call without a number."""

_DTMF_PART = re.compile("([ABD]?)([0-9]+)")


def encode_sdmf(caller_id: CallerId) -> bytes:
    """The message (type, length, body) of single data format. It has no room for a name."""
    absence = _number_absence(caller_id)
    number = _ABSENCE_LETTERS[absence] if absence else _checked(caller_id.number, LONGEST_NUMBER)
    return _message(_SDMF, (_when_digits(caller_id) or "00000000").encode() + number.encode("latin-1"))


def encode_mdmf(caller_id: CallerId) -> bytes:
    """The message (type, length, body) of multiple data format: number up to 20 characters, name up to 50."""
    return _message(_MDMF, b"".join(_parameters(caller_id)))


def encode_jclip(caller_id: CallerId) -> bytes:
    """The message (type, length, body) of Japan's number display, which has neither name nor time."""
    absence = _number_absence(caller_id)
    if absence:
        body = _parameter(_NUMBER_ABSENCE, _ABSENCE_LETTERS[absence])
    else:
        body = _parameter(_NUMBER, _checked(caller_id.number, LONGEST_NUMBER))
    return _message(_JCLIP, body)


def encode_message_waiting(lit: bool) -> bytes:
    """The message (type, length, body) that lights or darkens a telephone's lamp."""
    return _message(_MDMF_WAITING, bytes([_LAMP, 1, 0xFF if lit else 0x00]))


def decode_message(message: bytes) -> CallerId | MessageWaiting:
    """What a message (type, length, body; checksum removed) says. Unknown parameters are skipped by their length.

    CallerIdError for a message of another type, of a wrong length or with nothing in it.
    """
    if len(message) < 2 or message[1] != len(message) - 2:
        raise CallerIdError(f"message of {len(message)} bytes with a wrong length byte")
    kind, body = message[0], message[2:]
    if kind == _SDMF:
        return _decode_sdmf(body)
    if kind in (_MDMF, _JCLIP):
        return _decode_parameters(body)
    if kind == _SDMF_WAITING:
        return MessageWaiting(_sdmf_lamp(body))
    if kind == _MDMF_WAITING:
        lamp = dict(_split(body)).get(_LAMP)
        if not lamp:
            raise CallerIdError("a message-waiting message that says nothing about the lamp")
        return MessageWaiting(lamp[0] != 0)
    raise CallerIdError(f"message type {kind:#04x} is no caller ID")


def encode_dtmf(caller_id: CallerId, variant: str) -> str:
    """The DTMF digits that tell this number, in one of DTMF_VARIANTS. Name and time cannot be told."""
    if variant not in DTMF_VARIANTS:
        raise CallerIdError(f"no DTMF caller ID variant {variant!r}; there are {', '.join(DTMF_VARIANTS)}")
    start, end = variant[:-1], variant[-1]
    absence = _number_absence(caller_id)
    if absence is not None:
        private = absence is Absence.PRIVATE
        return ("D1#" if private else "D3#") if end == "#" else ("B10C" if private else "B00C")
    if not (caller_id.number.isdecimal() and caller_id.number.isascii()):
        raise CallerIdError(f"{caller_id.number!r} is not a number of digits")
    return f"{start}{caller_id.number}{end}"


def decode_dtmf(digits: str) -> CallerId | None:
    """What these DTMF digits tell, or None while or where they are no caller ID.

    Parts begin with A (the caller's number), D (the number, or a redirecting one where there is an A too), B
    (information) or, in some countries, no letter; C or # ends the last.
    """
    if digits in _DTMF_ABSENCES:
        return CallerId(number_absence=_DTMF_ABSENCES[digits])
    if digits[-1:] not in ("C", "#"):
        return None
    parts = dict(_DTMF_PART.findall(digits[:-1]))
    if sum(len(letter + part) for letter, part in parts.items()) != len(digits) - 1:
        return None
    for letter in ("A", "D", ""):
        if letter in parts:
            return CallerId(number=parts[letter])
    if "B" not in parts:
        return None
    return CallerId(number_absence=_DTMF_ABSENCES.get(f"B{parts['B']}C", Absence.UNAVAILABLE))


def _number_absence(caller_id: CallerId) -> Absence | None:
    """Why there is no number. One that is simply not known is unavailable, as something must be sent."""
    return caller_id.number_absence or (None if caller_id.number else Absence.UNAVAILABLE)


def _message(kind: int, body: bytes) -> bytes:
    if len(body) > 0xFF:
        raise CallerIdError(f"a message body of {len(body)} bytes; 255 fit")
    return bytes([kind, len(body)]) + body


def _parameter(kind: int, text: str) -> bytes:
    return bytes([kind, len(text)]) + text.encode("latin-1")


def _parameters(caller_id: CallerId) -> Iterator[bytes]:
    if when := _when_digits(caller_id):
        yield _parameter(_WHEN, when)
    if caller_id.number_absence is not None:
        yield _parameter(_NUMBER_ABSENCE, _ABSENCE_LETTERS[caller_id.number_absence])
    elif caller_id.number:
        yield _parameter(_NUMBER, _checked(caller_id.number, LONGEST_NUMBER))
    if caller_id.name_absence is not None:
        yield _parameter(_NAME_ABSENCE, _ABSENCE_LETTERS[caller_id.name_absence])
    elif caller_id.name:
        yield _parameter(_NAME, _checked(caller_id.name, LONGEST_NAME))


def _checked(text: str, longest: int) -> str:
    if len(text) > longest:
        raise CallerIdError(f"{text!r} is longer than {longest} characters")
    try:
        text.encode("latin-1")
    except UnicodeEncodeError as error:
        raise CallerIdError(f"{text!r} has characters that caller ID cannot tell") from error
    return text


def _when_digits(caller_id: CallerId) -> str:
    if caller_id.when is None:
        return ""
    if not all(0 <= part <= 99 for part in caller_id.when):
        raise CallerIdError(f"{caller_id.when} is not month, day, hour and minute")
    return "".join(f"{part:02}" for part in caller_id.when)


def _decode_sdmf(body: bytes) -> CallerId:
    if len(body) < 9:
        raise CallerIdError("a single-format message without a number")
    when, number = _decode_when(body[:8]), body[8:].decode("latin-1")
    return cleaned(CallerId(number=number, number_absence=_LETTER_ABSENCES.get(number), when=when))


def _sdmf_lamp(body: bytes) -> bool:
    if body == b"BBB":
        return True
    if body == b"ooo":
        return False
    raise CallerIdError(f"message waiting says {body!r}, neither on nor off")


def _decode_parameters(body: bytes) -> CallerId:
    found = dict(_split(body))
    if not found.keys() & {_WHEN, _NUMBER, _DIALABLE, _NUMBER_ABSENCE, _NAME, _NAME_ABSENCE}:
        raise CallerIdError("a message with nothing about the caller")
    number = found.get(_NUMBER, b"") or found.get(_DIALABLE, b"")
    return cleaned(
        CallerId(
            number=number.decode("latin-1"),
            name=found.get(_NAME, b"").decode("latin-1"),
            number_absence=_absence(found.get(_NUMBER_ABSENCE)),
            name_absence=_absence(found.get(_NAME_ABSENCE)),
            when=_decode_when(found.get(_WHEN, b"")),
        )
    )


def _split(body: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(body):
        if at + 2 > len(body) or at + 2 + body[at + 1] > len(body):
            raise CallerIdError("a parameter that ends behind its message")
        yield body[at], body[at + 2 : at + 2 + body[at + 1]]
        at += 2 + body[at + 1]


def _absence(letter: bytes | None) -> Absence | None:
    if letter is None:
        return None
    return _LETTER_ABSENCES.get(letter.decode("latin-1"), Absence.UNAVAILABLE)


def _decode_when(digits: bytes) -> tuple[int, int, int, int] | None:
    """A time that is missing, malformed or impossible (some exchanges send zeros) is None."""
    if len(digits) != 8 or not digits.isdigit():
        return None
    month, day, hour, minute = (int(digits[i : i + 2]) for i in range(0, 8, 2))
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour <= 23 and minute <= 59):
        return None
    return month, day, hour, minute
