"""The mailbox: its owner gives the PIN, hears messages, keeps or deletes them, and records the greeting."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.mail import Message, MessageGone
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.recording import EndedBy, Recording
from appliance.flows.keys import TRIES, choose_key
from appliance.flows.letin import let_in
from appliance.office.model import Person
from appliance.office.phrase import Digits, Recorded, Sayable, phrase

SHORTEST_GREETING_SECONDS = 1.0
LONG_SECONDS = 30.0
"""A message of this length or more is announced with it."""


async def mailbox(call: Call, owner: Person | None) -> Outcome:
    """Let the owner in by PIN, then offer the messages. Without an owner the extension is asked for first."""
    await call.answer()
    person = await let_in(call, owner)
    if person is None:
        await call.caller.play(phrase("goodbye"))
        return Outcome.REFUSED
    call.record.reached(person.id)
    heard: list[Message] = []
    with suppress(CallEnded):
        await choose(call, person, heard)
        await call.caller.play(phrase("goodbye"))
        return Outcome.MESSAGES_HEARD
    counts = call.mail.counts(person.id)
    return Outcome.MESSAGES_HEARD if heard or not counts.new + counts.saved else Outcome.ABANDONED


async def choose(call: Call, person: Person, heard: list[Message]) -> None:
    """The new messages first, then the menu, until the owner presses nothing more. heard: gets those played."""
    await hear(call, person, heard, new=True)
    while key := await choose_key(call, "123", phrase("mailbox-menu")):
        match key:
            case "1":
                await hear(call, person, heard, new=True)
            case "2":
                await hear(call, person, heard, new=False)
            case "3":
                await change_greeting(call, person)


async def hear(call: Call, person: Person, heard: list[Message], *, new: bool) -> None:
    """Say how many messages there are, and play the new or the saved ones."""
    await call.caller.play(*how_many(call, person), until_digit=True)
    messages = [message for message in await call.mail.messages(person.id) if message.new is new]
    for number, message in enumerate(messages, start=1):
        try:
            if not await hear_one(call, message, number, heard):
                return
        except MessageGone:  # Somebody else has deleted it from another telephone.
            continue
    if messages:
        await call.caller.play(phrase("no-more-messages"))


def how_many(call: Call, person: Person) -> list[Sayable]:
    """The mailbox in one sentence."""
    counts = call.mail.counts(person.id)
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


async def change_greeting(call: Call, person: Person) -> None:
    """Hear, record or remove the person's own greeting."""
    while key := await choose_key(call, "123*", phrase("greeting-menu")):
        match key:
            case "1":
                own = await call.mail.greeting(person.id)
                await call.caller.play(Recorded(own) if own else phrase("no-greeting"), until_digit=True)
            case "2":
                await record_greeting(call, person)
            case "3":
                await call.mail.remove_greeting(person.id)
                await call.caller.play(phrase("greeting-removed"))
            case _:
                return


async def record_greeting(call: Call, person: Person) -> None:
    """Record until the owner is content. The greeting in use stays until the new one is kept."""
    for _ in range(TRIES):
        await call.caller.play(phrase("record-greeting-after-tone"))
        recording = await call.record_greeting(person.id)
        if recording is None:
            await call.caller.play(phrase("message-not-recorded"))
            return
        if await content(call, recording):
            await call.mail.commit_greeting(recording.path)
            await call.caller.play(phrase("greeting-saved"))
            return
        await call.mail.discard(recording.path)
        if recording.ended_by is EndedBy.HANG_UP:
            return


async def content(call: Call, recording: Recording) -> bool:
    """Whether the owner keeps the greeting just recorded. Hanging up does not keep it, unlike a caller's message."""
    with suppress(CallEnded):
        if recording.speech_seconds < SHORTEST_GREETING_SECONDS:
            await call.caller.play(phrase("greeting-too-short"))
            return False
        while (key := await choose_key(call, "123#", phrase("greeting-review-menu"))) == "2":
            await call.caller.play(Recorded(recording.path), until_digit=True)
        return key in ("1", "#")
    recording.ended_by = EndedBy.HANG_UP
    return False
