"""Voicemail: a greeting in which keys may be pressed, a beep, the message, and a chance to review it."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.greetingchoice import Came, greetings, is_closed, temporary_switch, told
from appliance.calls.message import TakenMessage
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.recording import EndedBy
from appliance.calls.trunk import TrunkLine
from appliance.flows.codebegun import begun
from appliance.flows.ingreeting import in_greeting, told_of_keys
from appliance.flows.keys import TRIES
from appliance.flows.reviewing import Reviewed, review
from appliance.office.availability import ON
from appliance.office.hours import MAIN
from appliance.office.mailboxlimits import longest_message_seconds, most_messages
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.phrase import Phrase, Recorded, Sayable, phrase


async def leave_message(
    call: Call, owner: MailboxOwner | None, because: Sayable | None = None, *, came: Came = Came.DIRECTLY
) -> Outcome:
    """Take a message for a person or department, or for the office where there is none, or one without a mailbox.

    because: what callers of the office are told first, such as that it is closed. came: why the caller came here.
    """
    keeper = owner if owner is not None and owner.mailbox else call.office.person(call.company.general_mailbox)
    if keeper is None:
        await call.caller.play(because or phrase("nobody-available"), phrase("goodbye"))
        return Outcome.NO_ANSWER
    call.record.reached(keeper.id)
    await call.answer()
    why = told(came, closed=closed(call, keeper))
    keys = in_greeting(call, keeper, owner, why)
    call.caller.leg.forget_digits()
    own = await recorded(call, keeper, why)
    said: list[Sayable] = [own] if own is not None else standard(call, keeper, owner, because, came, why)
    said += told_of_keys(call, keeper, owner, why, recorded=own is not None)
    takes_messages = keeper.voicemail.takes_messages
    full = takes_messages and call.mail.full(keeper.id, most_messages(call.office, keeper))
    if full:
        said = [phrase("mailbox-full"), *told_of_keys(call, keeper, owner, why, recorded=False)]
    said.append(phrase("leave-message") if takes_messages and not full else phrase("goodbye"))
    await call.caller.play(*said, until_digit=True)
    if (chosen := await begun(call, keys)) is not None:
        return await call.follow(chosen)
    if not takes_messages:
        return Outcome.GOODBYE
    return Outcome.NO_ANSWER if full else await take_message(call, keeper)


async def take_message(call: Call, keeper: MailboxOwner, *first: Sayable) -> Outcome:
    """Record a message, and let the caller review it. A caller who hangs up after speaking has left one, too.

    first: what is said before the beep.
    """
    await call.caller.play(*first)
    too_short = 0
    while True:
        draft = await call.record_message(keeper.id, longest_message_seconds(call.office, keeper))
        if draft is None:
            await call.caller.play(phrase("message-not-recorded"), phrase("goodbye"))
            return Outcome.FAULT
        if not draft.worth_keeping:
            await draft.discard()
            too_short += 1
            # A line on which # is heard again and again is not asked for ever.
            if draft.ended_by is not EndedBy.KEY or too_short >= TRIES:
                return await dismiss(call, draft)
            await call.caller.play(phrase("message-too-short"))
            continue
        match await review(call, draft):
            case Reviewed.KEPT:
                return Outcome.MESSAGE_LEFT
            case Reviewed.CANCELLED:
                return Outcome.ABANDONED


async def dismiss(call: Call, draft: TakenMessage) -> Outcome:
    """Nothing was said, or nothing could be written: say so to a caller who is still there."""
    full = draft.ended_by is EndedBy.DISK_FULL
    with suppress(CallEnded):
        await call.caller.play(*([phrase("message-not-recorded")] if full else []), phrase("goodbye"))
    return Outcome.FAULT if full else Outcome.ABANDONED


def closed(call: Call, keeper: MailboxOwner) -> bool:
    """Whether somebody outside is told that the office is closed, by the hours of this mailbox, or of the line."""
    line = call.caller.line
    of_line = line.facts.hours if isinstance(line, TrunkLine) else None
    id = keeper.voicemail.hours or of_line or call.company.hours or MAIN
    hours = call.office.hours.get(id)
    standing = hours.at(call.local_now(), call.services.calendars.closures(id)) if hours is not None else None
    return call.from_outside and is_closed(standing, call.services.switches.night_mode)


async def recorded(call: Call, keeper: MailboxOwner, why: Came) -> Recorded | None:
    """The recording of the owner's that says why nobody answers, as far as there is one that can be played."""
    temporary = call.services.switches.at(temporary_switch(keeper.id)) == ON
    for what in greetings(why, temporary=temporary):
        own = await call.mail.own(keeper.id, what)
        if own is not None and await call.playable(Recorded(own)):
            return Recorded(own)
    return None


def standard(
    call: Call, keeper: MailboxOwner, wanted: MailboxOwner | None, because: Sayable | None, came: Came, why: Came
) -> list[Sayable]:
    """What is said where nothing is recorded: for the office, why nobody was reached, and whose mailbox it is."""
    if keeper.id != call.company.general_mailbox:
        return [because or of_reason(keeper, why)]
    if because is None and wanted is not None and came is not Came.DIRECTLY:
        because = of_reason(wanted, came)
    return [*([because] if because else []), phrase("greeting-default-general")]


def of_reason(owner: MailboxOwner, why: Came) -> Phrase:
    """The standard greeting of a person or department, by why nobody answers."""
    match why:
        case Came.BUSY:
            return phrase("on-the-phone", name=owner.name)
        case Came.NO_ANSWER:
            return phrase("not-available", name=owner.name)
        case Came.NOT_DISTURBED:
            return phrase("cannot-take-calls", name=owner.name)
        case Came.CLOSED:
            return phrase("closed-mailbox", name=owner.name)
        case _:
            return phrase("greeting-default", name=owner.name)
