"""Callers known and unwanted: contacts, and the block list. Both stand beside the office document, not in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Annotated

from appliance.office.callernumber import NotANumber, bare
from appliance.office.field import Limits, Name, TextPattern
from hw.nearest import nearest
from hw.said import did_you_mean, in_a_row, said

PRIVATE, UNAVAILABLE = "private", "unavailable"
"""Whom a block list names by what the line says in place of a number."""

MOST_CONTACTS = 100_000
MOST_BLOCKED = 10_000

_NUMBERS = "[+]?[0-9]{2,20}|[+]?[0-9]{1,20}[*]"
CallerNumber = Annotated[
    str,
    TextPattern(
        f"^({_NUMBERS})$", "a telephone number with its area code, or the beginning of numbers followed by *: 0900*"
    ),
]
Unwanted = Annotated[
    str,
    TextPattern(
        f"^({_NUMBERS}|{PRIVATE}|{UNAVAILABLE})$",
        f"a telephone number, how numbers begin (0900*), {PRIVATE} or {UNAVAILABLE}",
    ),
]
ContactLanguage = Annotated[str, TextPattern("^([a-z]{2})?$", "a language in two small letters, such as es")]


def unwanted(caller: str) -> str:
    """Whom a block list names: a bare number or pattern, or a word. Raises NotANumber."""
    word = caller.strip().lower()
    if not word.isalpha():
        return bare(caller)
    if word not in (PRIVATE, UNAVAILABLE):
        near = nearest(word, (PRIVATE, UNAVAILABLE))
        reason = said(
            "'%(caller)s' is neither a telephone number nor %(private)s or %(unavailable)s",
            caller=caller,
            private=PRIVATE,
            unavailable=UNAVAILABLE,
        )
        raise NotANumber(in_a_row(reason, did_you_mean(near)) if near else reason)
    return word


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody outside the office whose calls are known by their number."""

    number: Annotated[
        CallerNumber,
        "The telephone number, in national or international form, or how several numbers begin, with a * behind.",
    ]
    name: Annotated[Name, "The name that telephones and the log show."]
    company: Annotated[str, Limits(0, 100), "The company the contact belongs to."] = ""
    notes: Annotated[str, Limits(0, 1000), "What whoever takes a call should know, on one line."] = ""
    language: Annotated[ContactLanguage, "The language the contact is spoken to in; left out, the office's own."] = ""
    rank: Annotated[int, Limits(0, 9), "How important the contact's calls are, from 0 (as all others) to 9."] = 0


class Gets(Enum):
    """What a blocked caller gets."""

    REFUSAL = "refusal"
    """A polite sentence, and the end of the call."""
    RINGING = "ringing"
    """Ringing without end: nobody answers."""
    VOICEMAIL = "voicemail"
    """The general mailbox, without ringing anybody."""
    CHALLENGE = "challenge"
    """A digit to press that a machine does not know; who presses it is let through."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """An entry of the block list."""

    caller: Annotated[
        Unwanted,
        "The number; or how several numbers begin, with a * behind; or who calls without a number: `private` for those "
        "who keep theirs back, `unavailable` for those whose number the line does not know.",
    ]
    gets: Annotated[Gets, "What the caller gets: a polite refusal, endless ringing, the voicemail, or a challenge."] = (
        Gets.REFUSAL
    )
    notes: Annotated[str, Limits(0, 200), "Why the caller is blocked, on one line."] = ""
    times: int = 0
    """How often a call was blocked by this entry."""
    last: datetime | None = None
    """When one was last (UTC); None: never."""
