"""Voicemail: a greeting, a beep, the message, and a chance to review it."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.mail import OwnRecording
from appliance.calls.message import TakenMessage
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.recording import EndedBy
from appliance.flows.codebegun import code_begun
from appliance.flows.keys import choose_key
from appliance.flows.unavailable import help_dialled, unavailable_greeting
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Person
from appliance.office.phrase import Recorded, Sayable, phrase


async def leave_message(
    call: Call, owner: MailboxOwner | None, because: Sayable | None = None, *, unavailable: bool = False
) -> Outcome:
    """Take a message for a person or department, or for the office where there is none, or one without a mailbox.

    because: why the caller came here, such as that the person is on the phone. unavailable: the person does not want
    to be disturbed, which callers are told by the unavailable greeting.
    """
    keeper = owner if owner is not None and owner.mailbox else call.office.person(call.company.general_mailbox)
    if keeper is None:
        await call.caller.play(because or phrase("nobody-available"), phrase("goodbye"))
        return Outcome.NO_ANSWER
    call.record.reached(keeper.id)
    return await voicemail(call, keeper, because, owner if unavailable and isinstance(owner, Person) else None)


async def voicemail(
    call: Call, keeper: MailboxOwner, because: Sayable | None = None, away: Person | None = None
) -> Outcome:
    """Take one message into a mailbox. A caller who hangs up after speaking has left one, too.

    away: who does not want to be disturbed; whom to call instead can be dialled during the greeting.
    """
    await call.answer()
    if call.mail.full(keeper.id):
        await call.caller.play(phrase("mailbox-full"), phrase("goodbye"))
        return Outcome.NO_ANSWER
    call.caller.leg.forget_digits()
    said = await (unavailable_greeting(call, away) if away is not None else greeting(call, keeper, because))
    await call.caller.play(*said, phrase("leave-message"), until_digit=True)
    if away is not None and (helped := await help_dialled(call, away)) is not None:
        return await call.follow(helped)
    if keeper.id == call.company.general_mailbox and (code := await code_begun(call)) is not None:
        return await call.follow(code)
    while True:
        draft = await call.record_message(keeper.id)
        if draft is None:
            await call.caller.play(phrase("message-not-recorded"), phrase("goodbye"))
            return Outcome.FAULT
        if not draft.worth_keeping:
            await draft.discard()
            if draft.ended_by is not EndedBy.KEY:
                return await dismiss(call, draft)
            await call.caller.play(phrase("message-too-short"))
        elif draft.ended_by is not EndedBy.KEY:
            await draft.keep()
            return await thank(call, draft)
        elif await keep_after_review(call, draft):
            return Outcome.MESSAGE_LEFT


async def greeting(call: Call, owner: MailboxOwner, because: Sayable | None) -> list[Sayable]:
    """The owner's own greeting, which says it all; or the reason, or the standard greeting."""
    own = await call.mail.own(owner.id, OwnRecording.GREETING)
    if own is not None and await call.playable(Recorded(own)):
        return [Recorded(own)]
    if owner.id == call.company.general_mailbox:
        return [*([because] if because else []), phrase("greeting-default-general")]
    return [because or phrase("greeting-default", name=owner.name)]


async def keep_after_review(call: Call, draft: TakenMessage) -> bool:
    """Let the caller listen, record again (False) or save. Silence and hanging up save: the words were spoken."""
    try:
        while (key := await choose_key(call, "123#", phrase("review-menu"))) == "2":
            await call.caller.play(Recorded(draft.path), until_digit=True)
            call.caller.leg.forget_digits()
    except CallEnded:
        await draft.keep()
        return True
    except Exception:
        await draft.keep()
        raise
    if key == "3":
        await draft.discard()
        return False
    await draft.keep()
    with suppress(CallEnded):
        await call.caller.play(phrase("message-saved"), phrase("thank-you-goodbye"))
    return True


async def dismiss(call: Call, draft: TakenMessage) -> Outcome:
    """Nothing was said, or nothing could be written: say so to a caller who is still there."""
    full = draft.ended_by is EndedBy.DISK_FULL
    with suppress(CallEnded):
        await call.caller.play(*([phrase("message-not-recorded")] if full else []), phrase("goodbye"))
    return Outcome.FAULT if full else Outcome.ABANDONED


async def thank(call: Call, draft: TakenMessage) -> Outcome:
    """Tell a caller who is still there that the message is kept, and why it ended."""
    with suppress(CallEnded):
        if draft.ended_by is EndedBy.DISK_FULL:
            await call.caller.play(phrase("recording-stopped-disk-full"), phrase("goodbye"))
        elif draft.ended_by in (EndedBy.LENGTH, EndedBy.SILENCE):
            await call.caller.play(phrase("message-saved"), phrase("thank-you-goodbye"))
    return Outcome.MESSAGE_LEFT
