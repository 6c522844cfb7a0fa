"""Messages from one mailbox to others: one's own to colleagues or to everybody, and forwarded ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from appliance.calls.call import Call
from appliance.calls.mail import Envelope, Message
from appliance.calls.recording import EndedBy, Recording
from appliance.flows.keys import TRIES, choose_key
from appliance.office.mailboxlimits import most_messages
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office, Person
from appliance.office.numbering import Plan
from appliance.office.phrase import Digits, Recorded, phrase
from hw.said import said, told_by

SHORTEST_SECONDS = 1.0
"""Less speech than this is no message."""
SHORTEST_INTRODUCTION_SECONDS = 0.5
BETWEEN_DIGITS_SECONDS = 4.0
EVERYBODY = "0"
BACK = "*"
MOST_DAYS = 99


async def send_message(call: Call, sender: MailboxOwner, to: Sequence[MailboxOwner] = ()) -> None:
    """Record a message and put it into mailboxes. to: whose; empty: the sender is asked."""
    recording = await record_message(call, sender)
    if recording is None:
        return
    try:
        chosen = to or await recipients(call, sender)
        if not chosen:
            await call.caller.play(phrase("message-not-sent"))
            return
        until = await asked_for_end(call) if len(chosen) > 1 and is_manager(sender) else None
        envelope = Envelope(
            sender.extension, sender.name, call.services.clock.now(), seconds=recording.seconds, until=until
        )
        await deliver(call, recording, envelope, chosen)
    finally:
        await call.mail.discard(recording.path)


async def forward_message(call: Call, sender: MailboxOwner, message: Message) -> None:
    """Record an introduction, if one is wanted, and put it with the message into mailboxes."""
    await call.caller.play(phrase("record-introduction"))
    recording = await call.record_own(sender.id, call.office.longest_message_seconds)
    if recording is None:
        await call.caller.play(phrase("message-not-recorded"))
        return
    try:
        chosen = await recipients(call, sender)
        if not chosen:
            await call.caller.play(phrase("message-not-sent"))
            return
        introduced = recording.speech_seconds >= SHORTEST_INTRODUCTION_SECONDS
        try:
            seconds = await call.mail.join(recording.path, message, introduced=introduced)
        except (OSError, ValueError) as error:  # The disk is full or failing, or the message's sound is damaged.
            call.services.faults.report(said("a message could not be forwarded: %(why)s", why=told_by(error)))
            await call.caller.play(phrase("message-not-sent"))
            return
        envelope = Envelope(
            message.caller_number,
            message.caller_name,
            message.received,
            seconds,
            urgent=message.urgent,
            forwarded_by=sender.id,
            words=message.words,
            written=message.written,
        )
        await deliver(call, recording, envelope, chosen)
    finally:
        await call.mail.discard(recording.path)


async def record_message(call: Call, sender: MailboxOwner) -> Recording | None:
    """What the sender says and wants sent. It is to be discarded once it stands in the mailboxes."""
    said = phrase("record-prompt-after-tone")
    for _ in range(TRIES):
        await call.caller.play(said)
        recording = await call.record_own(sender.id, call.office.longest_message_seconds)
        if recording is None:
            await call.caller.play(phrase("message-not-recorded"))
            return None
        said = phrase("record-prompt-after-tone")
        key = ""
        try:
            if recording.ended_by is not EndedBy.HANG_UP and recording.speech_seconds < SHORTEST_SECONDS:
                said = phrase("message-too-short")
                continue
            key = await reviewed(call, recording)
        finally:
            if key != "1":
                await call.mail.discard(recording.path)
        if key == "1":
            return recording
        if key != "3":
            await call.caller.play(phrase("message-not-sent"))
            return None
    return None


async def reviewed(call: Call, recording: Recording) -> str:
    """What becomes of a recording: 1, it is sent; 3, it is recorded again."""
    while (key := await choose_key(call, "123*", phrase("send-review-menu"))) == "2":
        await call.caller.play(Recorded(recording.path), until_digit=True)
        call.caller.leg.forget_digits()
    return key


async def recipients(call: Call, sender: MailboxOwner) -> Sequence[MailboxOwner]:
    """Who gets a message: extension after extension, until #. Nobody: the sender has cancelled it."""
    chosen: list[MailboxOwner] = []
    everybody = is_manager(sender)
    asked = [phrase("enter-recipient"), *([phrase("everybody-gets-it")] if everybody else [])]
    said, tries = asked, 0
    while tries < TRIES:
        dialled = await call.caller.read_digits(recipient_plan(call.office, everybody=everybody), *said, first=8.0)
        number = dialled.removesuffix("#")
        owners = at_number(call.office, number)
        if number == BACK:
            return ()
        if not number:
            if dialled and chosen:
                return chosen
            tries += 1
        elif number == EVERYBODY and everybody:
            return [person for person in call.office.people if person.mailbox and person.id != sender.id]
        elif owners:
            # Who enters the own extension wants to be reminded; a list is for the others.
            others = [owner for owner in owners if owner.id != sender.id] if len(owners) > 1 else owners
            chosen += [owner for owner in others if owner not in chosen]
            name = owners[0].name if len(owners) == 1 else Digits(number)
            said, tries = [phrase("recipient-added", name=name)], 0
        else:
            await call.caller.play(phrase("no-such-recipient"), until_digit=True)
            tries += 1
    return ()


def at_number(office: Office, number: str) -> list[MailboxOwner]:
    """Whose mailboxes a number stands for: an extension's, or those of a list; none where it is neither."""
    listed = office.voicemail.lists.get(number, ())
    return [owner for owner in office.mailboxes if owner.extension == number or owner.id in listed]


def recipient_plan(office: Office, *, everybody: bool) -> Plan:
    """An extension, or a key of its own: it is complete as soon as no other one begins so."""
    known = {owner.extension for owner in office.mailboxes} | office.voicemail.lists.keys()
    known |= {EVERYBODY} if everybody else set()

    def wait(digits: str) -> float | None:
        goes_on = any(one != digits and one.startswith(digits) for one in known)
        return BETWEEN_DIGITS_SECONDS if goes_on else None

    return wait


async def asked_for_end(call: Call) -> datetime | None:
    """When a message to many is deleted, heard or not; None: it is kept."""
    days = await call.caller.read_number(phrase("days-until-deleted"), longest=len(str(MOST_DAYS)))
    if not days.isdecimal() or not int(days):
        return None
    until = call.services.clock.now() + timedelta(days=int(days))
    await call.caller.play(phrase("message-ends", when=until), until_digit=True)
    return until


async def deliver(call: Call, recording: Recording, envelope: Envelope, to: Sequence[MailboxOwner]) -> None:
    """Put it into all mailboxes that have room, and only then say so: whoever hangs up then has sent it."""
    full = [owner for owner in to if call.mail.full(owner.id, most_messages(call.office, owner))]
    sent = 0
    for owner in to:
        if owner not in full and await delivered(call, recording, owner, envelope):
            sent += 1
    for owner in full:
        await call.caller.play(phrase("recipients-mailbox-full", name=owner.name))
    await call.caller.play(phrase("message-sent", count=sent) if sent else phrase("message-not-sent"))


async def delivered(call: Call, recording: Recording, owner: MailboxOwner, envelope: Envelope) -> bool:
    """Whether it stands in this mailbox now; people are told where the disk has no room for it."""
    try:
        await call.mail.deliver(recording.path, owner.id, envelope)
    except OSError as error:
        call.services.faults.report(said("a message could not be delivered: %(why)s", why=told_by(error)))
        return False
    return True


def is_manager(sender: MailboxOwner) -> bool:
    """Whether somebody may send a message to everybody."""
    return isinstance(sender, Person) and sender.manager
