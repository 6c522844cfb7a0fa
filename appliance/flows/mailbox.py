"""The mailbox: its owner gives the PIN, hears messages, keeps or deletes them, and records the greeting."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.mail import Message
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.pins import TRIES_PER_CALL
from appliance.calls.recording import EndedBy, Recording
from appliance.office.model import Person
from appliance.office.phrase import Digits, Recorded, Sayable, phrase

MENU_TRIES = 3
LONGEST_PIN = 12
LONGEST_EXTENSION = 8
SHORTEST_GREETING_SECONDS = 1.0


async def mailbox(call: Call, owner: Person | None) -> Outcome:
    """Let the owner in by PIN, then offer the messages. Without an owner the extension is asked for first."""
    await call.answer()
    person = await let_in(call, owner)
    if person is None:
        return Outcome.REFUSED
    call.reached = person.id
    with suppress(CallEnded):
        await choose(call, person)
        await call.play(phrase("goodbye"))
    return Outcome.MESSAGES_HEARD


async def choose(call: Call, person: Person) -> None:
    """The new messages first, then the menu, until the owner has nothing more to choose."""
    await hear(call, person, new=True)
    for _ in range(MENU_TRIES):
        match await call.read_key(phrase("mailbox-menu")):
            case "1":
                await hear(call, person, new=True)
            case "2":
                await hear(call, person, new=False)
            case "3":
                await change_greeting(call, person)
            case "":
                return
            case _:
                await call.play(phrase("not-valid"))


async def let_in(call: Call, owner: Person | None) -> Person | None:
    """The person whose PIN was given, or None after three wrong ones."""
    pins = call.house.pins
    for _ in range(TRIES_PER_CALL):
        person = owner
        if person is None:
            extension = await call.read_number(phrase("enter-mailbox"), longest=LONGEST_EXTENSION)
            person = call.office.by_extension(extension)
        given = await call.read_number(phrase("enter-pin"), longest=LONGEST_PIN)
        if person is not None and pins.right(person.id, person.pin, given):
            return person
        if person is not None and pins.locked(person.id):
            await call.play(phrase("locked"), phrase("goodbye"))
            return None
        await call.play(phrase("wrong-pin"))
    await call.play(phrase("goodbye"))
    return None


async def hear(call: Call, person: Person, *, new: bool) -> None:
    """Say how many messages there are, and play the new or the saved ones."""
    await call.play(*how_many(call, person), until_digit=True)
    messages = [message for message in await call.house.mail.messages(person.id) if message.new is new]
    for number, message in enumerate(messages, start=1):
        if not await hear_one(call, message, number):
            return
    if messages:
        await call.play(phrase("no-more-messages"))


def how_many(call: Call, person: Person) -> list[Sayable]:
    """The mailbox in one sentence."""
    counts = call.house.mail.counts(person.id)
    if counts.new and counts.saved:
        return [phrase("you-have-new-and-saved", new=counts.new, saved=counts.saved)]
    if counts.new:
        return [phrase("you-have-new", count=counts.new)]
    if counts.saved:
        return [phrase("you-have-saved", count=counts.saved)]
    return [phrase("you-have-no-messages")]


async def hear_one(call: Call, message: Message, number: int) -> bool:
    """Play one message with its envelope, then keep or delete it. False: back to the menu (*).

    A message that was heard is no longer new, whatever is pressed: the lamp must not stay lit for it.
    """
    wrong = False
    for _ in range(MENU_TRIES):
        said = [phrase("message-number", count=number), *envelope(message), Recorded(message.path)]
        await call.play(*([phrase("not-valid")] if wrong else said), until_digit=True)
        message = await call.house.mail.keep(message)
        key = await call.read_key(phrase("message-menu"))
        match key:
            case "2":
                await call.play(phrase("kept"))
                return True
            case "3":
                await call.house.mail.delete(message)
                await call.play(phrase("deleted"))
                return True
            case "*":
                return False
            case "":
                return True
        wrong = key != "1"
    return True


def envelope(message: Message) -> list[Sayable]:
    """From whom, and when."""
    if message.caller_number:
        caller = phrase("from-number", number=Digits(message.caller_number))
    else:
        caller = phrase("from-unknown")
    return [caller, phrase("received", when=message.received)]


async def change_greeting(call: Call, person: Person) -> None:
    """Hear, record or remove the person's own greeting."""
    for _ in range(MENU_TRIES):
        match await call.read_key(phrase("greeting-menu")):
            case "1":
                own = await call.house.mail.greeting(person.id)
                await call.play(Recorded(own) if own else phrase("no-greeting"), until_digit=True)
            case "2":
                await record_greeting(call, person)
            case "3":
                await call.house.mail.remove_greeting(person.id)
                await call.play(phrase("greeting-removed"))
            case "*" | "":
                return
            case _:
                await call.play(phrase("not-valid"))


async def record_greeting(call: Call, person: Person) -> None:
    """Record until the owner is content. The greeting in use stays until the new one is kept."""
    for _ in range(MENU_TRIES):
        await call.play(phrase("record-greeting-after-tone"))
        recording = await call.record_greeting(person.id)
        if recording is None:
            await call.play(phrase("message-not-recorded"))
            return
        if recording.speech_seconds < SHORTEST_GREETING_SECONDS:
            await call.house.mail.discard(recording.path)
            await call.play(phrase("greeting-too-short"))
        elif recording.ended_by is EndedBy.HANG_UP or not await content(call, recording):
            await call.house.mail.discard(recording.path)
        else:
            await call.house.mail.commit_greeting(recording.path)
            await call.play(phrase("greeting-saved"))
            return


async def content(call: Call, recording: Recording) -> bool:
    """Whether the owner keeps the greeting just recorded."""
    for _ in range(MENU_TRIES):
        match await call.read_key(phrase("greeting-review-menu")):
            case "1" | "#":
                return True
            case "2":
                await call.play(Recorded(recording.path), until_digit=True)
            case "3":
                return False
    return False
