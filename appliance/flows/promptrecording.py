"""Recording by telephone what callers hear, and bringing back what they heard before."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.promptdraft import PromptDraft, record_prompt
from appliance.calls.sounds import StoreFull
from appliance.flows.keys import TRIES, choose_key
from appliance.flows.letin import let_in_a_manager
from appliance.office.model import Person
from appliance.office.phrase import Recorded, Words, phrase
from appliance.office.places import places

LONGEST_PLACE_NUMBER = 4


async def record_prompts(call: Call) -> Outcome:
    """Let a manager choose one prompt after another by its number, hear it and change it."""
    await call.answer()
    if (manager := await let_in_a_manager(call)) is None:
        await call.caller.play(phrase("goodbye"))
        return Outcome.REFUSED
    changed = False
    with suppress(CallEnded):
        while (words := await ask_which(call)) is not None:
            while key := await choose_key(call, "123*", phrase("prompt-menu")):
                match key:
                    case "1":
                        await hear(call, words)
                    case "2":
                        changed |= await record(call, words.place, manager)
                    case "3":
                        changed |= await bring_back(call, words, manager)
                    case "*":
                        break
        await call.caller.play(phrase("goodbye"))
    return Outcome.CHANGED if changed else Outcome.ABANDONED


async def record_one(call: Call, place: str, *, with_draft: bool) -> Outcome:
    """Let whoever was rung for it record this prompt. An administrator has asked for that, so no PIN is asked.

    with_draft: it goes live with the draft of the office, and not at once.
    """
    await call.answer()
    changed = False
    with suppress(CallEnded):
        changed = await record(call, place, None, with_draft=with_draft)
        await call.caller.play(phrase("goodbye"))
    return Outcome.CHANGED if changed else Outcome.ABANDONED


async def ask_which(call: Call) -> Words | None:
    """The text whose prompt the manager chooses by its number; None after three wrong or silent tries, or by *."""
    there = places(call.office)
    for _ in range(TRIES):
        number = await call.caller.read_number(phrase("enter-prompt-number"), longest=LONGEST_PLACE_NUMBER)
        if number == "*":
            return None
        if (words := there.get(call.services.sounds.numbered(number))) is not None:
            await hear(call, words)
            return words
        await call.caller.play(phrase("no-such-prompt") if number else phrase("did-not-hear"))
    return None


async def hear(call: Call, words: Words) -> None:
    """Play it as callers hear it now."""
    await call.caller.play(phrase("nothing-recorded") if is_empty(call, words) else words, until_digit=True)


def is_empty(call: Call, words: Words) -> bool:
    """Whether callers hear nothing there: no text, and no recording."""
    return not words.text and call.services.sounds.recording(words.place) is None


async def record(call: Call, place: str, manager: Person | None, *, with_draft: bool = False) -> bool:
    """Record until the manager is content; True where it is kept. Until then callers hear the old recording.

    manager: who does so by telephone alone; None: it was begun, and noted, elsewhere. with_draft: callers go on hearing
    the old one until the draft of the office goes live.
    """
    for _ in range(TRIES):
        await call.caller.play(phrase("record-prompt-after-tone"))
        draft = await record_prompt(call, place, with_draft=with_draft)
        if draft is None:
            await call.caller.play(phrase("message-not-recorded"))
            return False
        if await content(call, draft):
            kept = await keep(call, draft)
            if kept and manager is not None:
                noted = ChangedByTelephone(manager.name, "prompts.record", (place,))
                call.services.changed_by_telephone.tell(noted)
            return kept
        await draft.discard()
        if draft.left or draft.disk_full:
            return False
    return False


async def content(call: Call, draft: PromptDraft) -> bool:
    """Whether the manager keeps what was just recorded. Hanging up does not keep it."""
    try:
        if not draft.worth_keeping:
            await call.caller.play(phrase("message-not-recorded") if draft.disk_full else phrase("prompt-too-short"))
            return False
        while (key := await choose_key(call, "123#", phrase("prompt-review-menu"))) == "2":
            await call.caller.play(Recorded(draft.path), until_digit=True)
    except Exception:
        await draft.discard()
        raise
    return key in ("1", "#")


async def keep(call: Call, draft: PromptDraft) -> bool:
    """It is on the disk before that is said."""
    try:
        await draft.keep()
    except StoreFull:
        await call.caller.play(phrase("not-changed"))
        return False
    with suppress(CallEnded):
        await call.caller.play(phrase("prompt-saved"))
    return True


async def bring_back(call: Call, words: Words, manager: Person) -> bool:
    """Let callers hear what they heard before, and play it."""
    try:
        there = await call.services.sounds.back(words.place)
    except StoreFull:
        await call.caller.play(phrase("not-changed"))
        return False
    if not there:
        await call.caller.play(phrase("no-version-before"))
        return False
    call.services.changed_by_telephone.tell(ChangedByTelephone(manager.name, "sounds.back", (words.place,)))
    with suppress(CallEnded):
        await call.caller.play(phrase("version-before-is-back"), until_digit=True)
        await hear(call, words)
    return True
