"""Who somebody is: a person of the office, or a department's mailbox, by extension and PIN."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from appliance.calls.call import Call
from appliance.calls.pins import Guesser
from appliance.flows.keys import TRIES
from appliance.office.departments import Department
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Person
from appliance.office.phrase import phrase

LONGEST_PIN = 12
LONGEST_ENTRY = 8
"""Digits that are read as an extension. It is more than one has, so that a longer number is wrong as a whole."""
OTHER_MAILBOX_KEY = "*"

Whose = TypeVar("Whose", bound=MailboxOwner)


async def let_in(call: Call, owner: MailboxOwner | None) -> MailboxOwner | None:
    """The owner of the mailbox whose PIN was given, a department perhaps; see `_let_in`."""
    return await _let_in(call, owner, call.office.at_extension)


async def let_in_a_person(call: Call, person: Person | None) -> Person | None:
    """The person whose PIN was given; see `_let_in`."""
    return await _let_in(call, person, call.office.by_extension)


async def let_in_a_manager(call: Call) -> Person | None:
    """Somebody who may change what all callers hear; None, once that was said, for anybody else."""
    person = await let_in_a_person(call, call.owner)
    if person is not None and not person.manager:
        await call.caller.play(phrase("managers-only"))
        return None
    return person


async def _let_in(call: Call, owner: Whose | None, at: Callable[[str], Whose | None]) -> Whose | None:
    """Whose PIN was given; None after three wrong or three silent tries. * asks for another mailbox.

    From then on the caller hears the owner's own language. at: whose an extension is.
    """
    pins = call.services.pins
    silent = wrong = 0
    while silent < TRIES:
        whose = owner or at(await _extension(call))
        mailbox, guesser = whose.id if whose is not None else "", guesser_of(call, whose)
        given = await call.caller.read_number(phrase("enter-pin"), longest=LONGEST_PIN)
        if given == OTHER_MAILBOX_KEY:
            owner = None
        elif not given:
            silent += 1
        elif await pins.right(mailbox, whose.pin if whose is not None else "", given, guesser) and whose is not None:
            call.caller.language = whose.language or call.office.language
            call.caller.leg.ignore_fax()  # A machine knows no PIN, and a message may have a machine's tone in it.
            return whose
        elif seconds := pins.wait_seconds(mailbox, guesser):
            await call.caller.play(phrase("try-again-in", count=in_whole_minutes(seconds)))
            return None
        else:
            wrong += 1
            await call.caller.play(phrase("wrong-pin"))
            if wrong >= pins.tries_per_call(guesser):
                return None
    return None


def guesser_of(call: Call, whose: MailboxOwner | None) -> Guesser:
    """Where the caller's PINs come from: outside a number, or the line where none is told; else a telephone of ours."""
    line = call.caller.line.name
    if call.from_outside:
        return Guesser(call.who.number or line, line)
    by = call.owner
    own = by is not None and (by == whose or (isinstance(whose, Department) and whose.has(by.id)))
    return Guesser(line, line, own)


def in_whole_minutes(seconds: int) -> int:
    """A wait as it is told: nobody needs its seconds."""
    return -(-seconds // 60) * 60


async def _extension(call: Call) -> str:
    """By which a mailbox is found. Nobody is told that there is no such extension: the PIN will be wrong."""
    return await call.caller.read_number(phrase("enter-mailbox"), longest=LONGEST_ENTRY)
