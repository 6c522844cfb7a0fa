"""What the owner of a mailbox records for callers: greetings, and the name they hear in the directory."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.mail import OwnRecording
from appliance.calls.outcome import CallEnded
from appliance.calls.recording import SILENCE_SECONDS, EndedBy, Recording
from appliance.flows.keys import TRIES, choose_key
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.phrase import Phrase, Recorded, phrase

TOO_SHORT = phrase("greeting-too-short")
REVIEW = phrase("greeting-review-menu")
SAVED = phrase("greeting-saved")
REMOVED = phrase("greeting-removed")
"""What is said of any greeting."""


@dataclass(frozen=True, slots=True)
class OwnDialog:
    """How the owner is asked for one of the recordings."""

    what: OwnRecording
    """Which of the recordings."""
    menu: Phrase
    """What can be done with it."""
    missing: Phrase
    """There is none to be heard."""
    ask: Phrase
    """To be said before it is recorded."""
    shortest_seconds: float = 1.0
    """What has less speech in it is refused."""
    recorded_seconds: float = 60.0
    """The recording is ended after so long."""
    too_short: Phrase = TOO_SHORT
    """Too little was said."""
    review: Phrase = REVIEW
    """What can be done with what was just recorded."""
    saved: Phrase = SAVED
    """It is in use now."""
    removed: Phrase = REMOVED
    """It is in use no more."""
    too_long: Phrase | None = None
    """Too much was said."""
    longest_seconds: float = math.inf
    """What is longer, without the silence at its ends, is refused."""


GREETING = OwnDialog(
    OwnRecording.GREETING,
    menu=phrase("greeting-menu"),
    missing=phrase("no-greeting"),
    ask=phrase("record-greeting-after-tone"),
)

UNAVAILABLE = OwnDialog(
    OwnRecording.UNAVAILABLE,
    menu=phrase("unavailable-menu"),
    missing=phrase("no-unavailable"),
    ask=phrase("record-unavailable-after-tone"),
)
"""The greeting while the owner does not want to be disturbed. The regular one stays beside it."""

BUSY = OwnDialog(
    OwnRecording.BUSY,
    menu=phrase("busy-greeting-menu"),
    missing=phrase("no-busy-greeting"),
    ask=phrase("record-busy-greeting-after-tone"),
)
"""The greeting while the owner is on the phone."""

CLOSED = OwnDialog(
    OwnRecording.CLOSED,
    menu=phrase("closed-greeting-menu"),
    missing=phrase("no-closed-greeting"),
    ask=phrase("record-closed-greeting-after-tone"),
)
"""The greeting while the office is closed."""

TEMPORARY = OwnDialog(
    OwnRecording.TEMPORARY,
    menu=phrase("temporary-greeting-menu"),
    missing=phrase("no-temporary-greeting"),
    ask=phrase("record-temporary-greeting-after-tone"),
    removed=phrase("temporary-greeting-over"),
)
"""The greeting that takes the place of all others for some days."""

LONGEST_NAME_SECONDS = 5.0

NAME = OwnDialog(
    OwnRecording.NAME,
    shortest_seconds=0.2,
    recorded_seconds=LONGEST_NAME_SECONDS + SILENCE_SECONDS,
    menu=phrase("name-menu"),
    missing=phrase("no-name"),
    ask=phrase("record-name-after-tone"),
    too_short=phrase("name-too-short"),
    review=phrase("name-review-menu"),
    saved=phrase("name-saved"),
    removed=phrase("name-removed"),
    too_long=phrase("name-too-long"),
    longest_seconds=LONGEST_NAME_SECONDS,
)
"""Whoever says the name and then nothing, without #, is not too long: the silence is cut off."""


async def change(call: Call, owner: MailboxOwner, dialog: OwnDialog) -> None:
    """Hear, record or remove a greeting or the name."""
    while key := await choose_key(call, "123*", dialog.menu):
        match key:
            case "1":
                own = await call.mail.own(owner.id, dialog.what)
                await call.caller.play(Recorded(own) if own else dialog.missing, until_digit=True)
            case "2":
                await record(call, owner, dialog)
            case "3":
                await call.mail.remove_own(owner.id, dialog.what)
                noted = ChangedByTelephone(owner.name, "greetings.remove", (owner.id,))
                call.services.changed_by_telephone.tell(noted)
                await call.caller.play(dialog.removed)
            case _:
                return


async def record(call: Call, owner: MailboxOwner, dialog: OwnDialog) -> bool:
    """Record until the owner is content, and whether that was so. The one in use stays until the new one is kept."""
    for _ in range(TRIES):
        await call.caller.play(dialog.ask)
        recording = await call.record_own(owner.id, dialog.recorded_seconds, trim=dialog is NAME)
        if recording is None:
            await call.caller.play(phrase("message-not-recorded"))
            return False
        if await content(call, recording, dialog):
            await call.mail.commit_own(recording.path, dialog.what)
            noted = ChangedByTelephone(owner.name, "greetings.set", (owner.id,))
            call.services.changed_by_telephone.tell(noted)
            with suppress(CallEnded):
                await call.caller.play(dialog.saved)
            return True
        await call.mail.discard(recording.path)
        if recording.ended_by is EndedBy.HANG_UP:
            return False
    return False


async def content(call: Call, recording: Recording, dialog: OwnDialog) -> bool:
    """Whether the owner keeps what was just recorded. Hanging up does not keep it, unlike a caller's message."""
    with suppress(CallEnded):
        if recording.speech_seconds < dialog.shortest_seconds:
            await call.caller.play(dialog.too_short)
            return False
        if dialog.too_long is not None and recording.seconds > dialog.longest_seconds:
            await call.caller.play(dialog.too_long)
            return False
        while (key := await choose_key(call, "123#", dialog.review)) == "2":
            await call.caller.play(Recorded(recording.path), until_digit=True)
        return key in ("1", "#")
    recording.ended_by = EndedBy.HANG_UP
    return False
