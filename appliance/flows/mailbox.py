"""The mailbox: its owner gives the PIN, hears messages, keeps or deletes them, and changes what callers get."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.mail import Message, MessageGone
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.donotdisturb import change_do_not_disturb
from appliance.flows.forwarding import change_forwarding
from appliance.flows.keys import choose_key
from appliance.flows.letin import let_in
from appliance.flows.recordings import GREETING, NAME, UNAVAILABLE, change
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Person
from appliance.office.phrase import Digits, Recorded, Sayable, phrase

LONG_SECONDS = 30.0
"""A message of this length or more is announced with it."""

KEYS = "1234567"
KEYS_OF_A_DEPARTMENT = "123"


async def mailbox(call: Call, owner: MailboxOwner | None) -> Outcome:
    """Let the owner in by PIN, then offer the messages. Without an owner the extension is asked for first."""
    await call.answer()
    owner = await let_in(call, owner)
    if owner is None:
        await call.caller.play(phrase("goodbye"))
        return Outcome.REFUSED
    call.record.reached(owner.id)
    heard: list[Message] = []
    with suppress(CallEnded):
        await choose(call, owner, heard)
        await call.caller.play(phrase("goodbye"))
        return Outcome.MESSAGES_HEARD
    counts = call.mail.counts(owner.id)
    return Outcome.MESSAGES_HEARD if heard or not counts.new + counts.saved else Outcome.ABANDONED


async def choose(call: Call, owner: MailboxOwner, heard: list[Message]) -> None:
    """The new messages first, then the menu, until the owner presses nothing more. heard: gets those played."""
    await hear(call, owner, heard, new=True)
    keys, menu = KEYS, phrase("mailbox-menu")
    if not isinstance(owner, Person):
        keys, menu = KEYS_OF_A_DEPARTMENT, phrase("department-mailbox-menu")
    while key := await choose_key(call, keys, menu):
        match key:
            case "1":
                await hear(call, owner, heard, new=True)
            case "2":
                await hear(call, owner, heard, new=False)
            case "3":
                await change(call, owner, GREETING)
            case _ if isinstance(owner, Person):
                await change_own(call, owner, key)


async def change_own(call: Call, person: Person, key: str) -> None:
    """What a person has and a department has not: a name, and calls that need not ring at the desk."""
    match key:
        case "4":
            await change(call, person, NAME)
        case "5":
            await change(call, person, UNAVAILABLE)
        case "6":
            await change_do_not_disturb(call, person)
        case "7":
            await change_forwarding(call, person)


async def hear(call: Call, owner: MailboxOwner, heard: list[Message], *, new: bool) -> None:
    """Say how many messages there are, and play the new or the saved ones."""
    await call.caller.play(*how_many(call, owner), until_digit=True)
    messages = [message for message in await call.mail.messages(owner.id) if message.new is new]
    for number, message in enumerate(messages, start=1):
        try:
            if not await hear_one(call, message, number, heard):
                return
        except MessageGone:  # Somebody else has deleted it from another telephone.
            continue
    if messages:
        await call.caller.play(phrase("no-more-messages"))


def how_many(call: Call, owner: MailboxOwner) -> list[Sayable]:
    """The mailbox in one sentence."""
    counts = call.mail.counts(owner.id)
    if counts.new and counts.saved:
        return [phrase("you-have-new-and-saved", new=counts.new, saved=counts.saved)]
    if counts.new:
        return [phrase("you-have-new", count=counts.new)]
    if counts.saved:
        return [phrase("you-have-saved", count=counts.saved)]
    return [phrase("you-have-no-messages")]


async def hear_one(call: Call, message: Message, number: int, heard: list[Message]) -> bool:
    """Play one message with its envelope, then keep or delete it. False: back to the menu (*).

    A message that was heard is no longer new, whatever is pressed: the lamp must not stay lit for it.
    """
    while True:
        call.caller.leg.forget_digits()  # What was pressed before a message began is not about that message.
        said = [phrase("message-number", count=number), *envelope(message), Recorded(message.path)]
        await call.caller.play(*said, until_digit=True)
        heard.append(message)
        message = await call.mail.keep(message)
        match await choose_key(call, "123*", phrase("message-menu")):
            case "1":
                continue
            case "2":
                await call.caller.play(phrase("kept"))
            case "3":
                await call.mail.delete(message)
                await call.caller.play(phrase("deleted"))
            case "*":
                return False
        return True


def envelope(message: Message) -> list[Sayable]:
    """From whom, when, and how long if it is long."""
    match message.caller_number:
        case "private":
            caller = phrase("from-private")
        case "" | "unavailable":
            caller = phrase("from-unknown")
        case number:
            caller = phrase("from-number", number=Digits(number))
    length = [phrase("message-length", count=round(message.seconds))] if message.seconds >= LONG_SECONDS else []
    return [caller, phrase("received", when=message.received), *length]
