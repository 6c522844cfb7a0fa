"""Hearing messages, one after the other, with keys to move about in each and to say what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from appliance.calls.call import Call
from appliance.calls.mail import Message, MessageGone
from appliance.calls.playback import Playback
from appliance.flows.answering import choose_for
from appliance.flows.keys import choose_key
from appliance.flows.visit import Then, Visit
from appliance.office.destination import Destination
from appliance.office.phrase import Digits, Sayable, phrase
from hw.said import said

LONG_SECONDS = 30.0
"""A message of this length or more is announced with it."""
KEYS = "1234567890#*"
PAUSE_SECONDS = 20.0
"""After so long somebody who has paused is asked to go on."""
LONGEST_PAUSE = 9
"""How often; then the message goes on by itself."""


async def hear(call: Call, visit: Visit, ids: Sequence[str]) -> Destination | None:
    """Play these messages. Returns where the call goes on where one of them is answered by calling back."""
    left, at = list(ids), 0
    while at < len(left):
        try:
            then = await hear_one(call, visit, left[at], at + 1)
        except MessageGone:  # Somebody else has deleted it, or its time was over.
            del left[at]
            continue
        match then:
            case Then.NEXT:
                at += 1
            case Then.BEFORE:
                at = max(at - 1, 0)
            case Then.MENU:
                return None
            case destination:
                return destination
    if ids:
        await call.caller.play(phrase("no-more-messages"))
    return None


async def hear_one(call: Call, visit: Visit, id: str, number: int) -> Then | Destination:
    """One message: from whom, then itself, then what shall become of it. Every key works at any moment.

    A message of which anything was heard is no longer new, unless the owner wants it to be: the lamp must not stay lit
    for it. Raises MessageGone.
    """
    message, samples = await call.mail.open_message(visit.owner.id, id)
    if message.deleted and id not in visit.deleted:
        raise MessageGone
    if samples is None:
        call.services.faults.report(
            said(
                "message %(number)s in the mailbox of %(mailbox)s cannot be played",
                number=message.id,
                mailbox=visit.owner.id,
            )
        )
        await call.caller.play(*announced(call, message, number), phrase("message-unreadable"))
        await heard(call, visit, message)
        return Then.NEXT
    playback = Playback(samples, visit.pace)
    call.caller.leg.forget_digits()  # What was pressed before a message began is not about that message.
    parts = announced(call, message, number)
    begun, key = False, ""
    while True:
        key = key or await call.caller.read_key(*parts, first=0.0) or await call.caller.listen(playback)
        parts = []
        begun = begun or playback.at > 0
        if not key:
            message = await heard(call, visit, message)
            key = await choose_key(call, KEYS, phrase("deleted-message-menu" if message.deleted else "message-menu"))
        if key != "#":  # Many end every key by it.
            call.caller.leg.number_read()
        match key:
            case "1" if playback.at_beginning:
                await leave(call, visit, message, begun=begun)
                return Then.BEFORE
            case "1":
                playback.at = 0
                parts = announced(call, message, number)
            case "2":
                await keep(call, visit, message)
                return Then.NEXT
            case "3":
                await delete(call, visit, message)
                return Then.NEXT
            case "4":
                playback.go(-1)
            case "6":
                playback.go(1)
            case "5":
                key = await pause(call)
                continue
            case "7" | "9":
                change_pace(visit, playback, 1 if key == "9" else -1)
            case "8":
                parts = [*envelope(call, message), *heard_by(call, message)]
            case "0" if not message.deleted:
                if (then := await choose_for(call, visit, message)) is not None:
                    return then
            case "#":
                await leave(call, visit, message, begun=begun)
                return Then.NEXT
            case "*" | "":
                await leave(call, visit, message, begun=begun)
                return Then.MENU
        key = ""


async def heard(call: Call, visit: Visit, message: Message) -> Message:
    """Count it as heard. One that somebody else has deleted meanwhile, who is told of, raises MessageGone."""
    visit.heard = True
    if message.deleted:
        return message
    try:
        return await call.mail.keep(message, visit.by)
    except MessageGone:
        await call.caller.play(phrase("deleted-elsewhere"), until_digit=True)
        raise


async def leave(call: Call, visit: Visit, message: Message, *, begun: bool) -> None:
    """Go away from a message: one of which nothing was heard stays as it is."""
    if begun and message.new:
        await heard(call, visit, message)


async def keep(call: Call, visit: Visit, message: Message) -> None:
    """Keep a message, or bring back a deleted one."""
    if not message.deleted:
        await heard(call, visit, message)
        await call.caller.play(phrase("kept"))
        return
    await call.mail.restore(message)
    visit.deleted.remove(message.id)
    await call.caller.play(phrase("brought-back"))


async def delete(call: Call, visit: Visit, message: Message) -> None:
    """Delete a message. It can be brought back until the call ends, and by command for a day."""
    visit.heard = True
    if not message.deleted:
        try:
            await call.mail.delete(message, visit.by)
        except MessageGone:
            await call.caller.play(phrase("deleted-elsewhere"), until_digit=True)
            raise
        visit.deleted.append(message.id)
    await call.caller.play(phrase("deleted"))


async def pause(call: Call) -> str:
    """Wait until the listener wants to go on, with a word now and then. Any key but the same one does what it always
    does, and is returned."""
    for _ in range(LONGEST_PAUSE):
        if key := await call.caller.read_key(phrase("paused"), first=PAUSE_SECONDS):
            return "" if key == "5" else key
    return ""


def change_pace(visit: Visit, playback: Playback, steps: int) -> None:
    """Slower or faster, from now on and for all messages. One that was over is heard again."""
    playback.change_pace(steps)
    visit.pace = playback.pace
    if playback.over:
        playback.at = 0


def announced(call: Call, message: Message, number: int) -> list[Sayable]:
    """Which message it is, from whom, and when it came."""
    if message.deleted:
        which = phrase("deleted-message-number", count=number)
    elif message.urgent and message.new:
        which = phrase("urgent-message-number", count=number)
    else:
        which = phrase("message-number", count=number)
    return [which, *envelope(call, message)]


def envelope(call: Call, message: Message) -> list[Sayable]:
    """From whom, when, how long if it is long, and what else must be known. No time that may be wrong is told."""
    match message.caller_number:
        case "private":
            caller = phrase("from-private")
        case "" | "unavailable":
            caller = phrase("from-unknown")
        case number:
            caller = phrase("from-number", number=Digits(number))
    said: list[Sayable] = [caller]
    when_known = call.services.clock.is_sure(message.received)
    if when_known:
        said.append(phrase("received", when=message.received))
    if message.seconds >= LONG_SECONDS:
        said.append(phrase("message-length", count=round(message.seconds)))
    if message.private:
        said.append(phrase("message-is-private"))
    if message.until is not None and when_known:
        said.append(phrase("message-ends", when=message.until))
    return said


def heard_by(call: Call, message: Message) -> list[Sayable]:
    """Through whom a message came here, and who else of a department has heard it already."""
    said: list[Sayable] = []
    if (by := call.office.person(message.forwarded_by) or call.office.department(message.forwarded_by)) is not None:
        said.append(phrase("forwarded-by", name=by.name))
    if message.heard_at is not None and (listener := call.office.person(message.heard_by)) is not None:
        when_known = call.services.clock.is_sure(message.heard_at)
        heard = phrase("heard-by", name=listener.name, when=message.heard_at)
        said.append(heard if when_known else phrase("heard-by-name", name=listener.name))
    return said
