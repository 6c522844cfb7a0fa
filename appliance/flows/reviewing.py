"""Once a message is recorded: hear it, add to it, record it again, mark it, cancel it, save it."""

from __future__ import annotations

from contextlib import suppress
from enum import Enum

from appliance.calls.call import Call
from appliance.calls.message import TakenMessage
from appliance.calls.outcome import CallEnded
from appliance.calls.recording import EndedBy
from appliance.flows.keys import choose_key
from appliance.office.phrase import Recorded, phrase

SHORTEST_ADDITION_SECONDS = 2.0
"""A message that is this near to the longest length cannot be added to."""


class Reviewed(Enum):
    """What became of a message."""

    KEPT = "kept"
    AGAIN = "again"
    """It is to be recorded again, and nothing of it is kept."""
    CANCELLED = "cancelled"


async def review(call: Call, draft: TakenMessage) -> Reviewed:
    """Let the caller decide. Silence and hanging up save the message: the words were spoken.

    It was ended by the caller's key, or else it is kept at once.
    """
    try:
        key = await _decided(call, draft) if draft.ended_by is EndedBy.KEY else ""
    except CallEnded:
        await draft.keep()
        return Reviewed.KEPT
    except Exception:
        await draft.keep()
        raise
    if key in ("3", "*"):
        await draft.discard()
        if key == "3":
            return Reviewed.AGAIN
        with suppress(CallEnded):
            await call.caller.play(phrase("message-cancelled"), phrase("goodbye"))
        return Reviewed.CANCELLED
    await draft.keep()
    await _thank(call, draft)
    return Reviewed.KEPT


async def _decided(call: Call, draft: TakenMessage) -> str:
    """The key that ends the review; empty where the message is to be saved as it is."""
    while (key := await choose_key(call, "123456*#", phrase("review-menu"))) in ("2", "4", "5", "6"):
        match key:
            case "2":
                await call.caller.play(Recorded(draft.path), until_digit=True)
                call.caller.leg.forget_digits()
            case "4":
                await _add(call, draft)
                if draft.ended_by is not EndedBy.KEY:
                    return ""
            case "5":
                await draft.mark(urgent=not draft.urgent)
                await call.caller.play(phrase("marked-urgent") if draft.urgent else phrase("marked-urgent-no-more"))
            case "6":
                await draft.mark(private=not draft.private)
                await call.caller.play(phrase("marked-private") if draft.private else phrase("marked-private-no-more"))
    return key


async def _add(call: Call, draft: TakenMessage) -> None:
    """Let the caller go on behind the end of the message."""
    if draft.seconds_left < SHORTEST_ADDITION_SECONDS:
        draft.ended_by = EndedBy.LENGTH
        return
    await call.caller.play(phrase("go-on-after-tone"))
    await call.record_more(draft)


async def _thank(call: Call, draft: TakenMessage) -> None:
    """Tell a caller who is still there that the message is kept, and why it ended."""
    with suppress(CallEnded):
        match draft.ended_by:
            case EndedBy.HANG_UP:
                return
            case EndedBy.DISK_FULL:
                await call.caller.play(phrase("recording-stopped-disk-full"), phrase("goodbye"))
            case EndedBy.LENGTH:
                await call.caller.play(phrase("message-as-long-as-it-may-be"), phrase("thank-you-goodbye"))
            case _:
                await call.caller.play(phrase("message-saved"), phrase("thank-you-goodbye"))
