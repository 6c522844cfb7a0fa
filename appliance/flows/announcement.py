"""The announcement that overrides all: told to callers, and recorded, switched on and off by telephone."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.switches import StoreFull
from appliance.flows.codebegun import code_begun
from appliance.flows.keys import choose_key
from appliance.flows.letin import let_in_a_manager
from appliance.flows.promptrecording import bring_back, hear, is_empty, record
from appliance.office.model import Person
from appliance.office.phrase import Sayable, phrase
from appliance.office.places import announcement_words


async def tell_announcement(call: Call) -> Outcome:
    """Tell it to a caller, who may cut it short by a key; then go where the office document says.

    A key counts for what comes next, as behind a greeting: who dials an extension at once reaches it.
    """
    await call.answer()
    await call.caller.play(announcement_words(call.office), until_digit=True)
    code = await code_begun(call)
    return await call.follow(call.office.announcement.then if code is None else code)


async def announcement(call: Call) -> Outcome:
    """Say how it stands, and let a manager record it, and switch it on and off."""
    await call.answer()
    if (manager := await let_in_a_manager(call)) is None:
        await call.caller.play(phrase("goodbye"))
        return Outcome.REFUSED
    words = announcement_words(call.office)
    changed = False
    with suppress(CallEnded):
        while key := await choose_key(call, "12345", stands(call), phrase("announcement-menu")):
            match key:
                case "1":
                    changed |= await switch(call, manager, on=True)
                case "2":
                    changed |= await switch(call, manager, on=False)
                case "3":
                    await hear(call, words)
                case "4":
                    changed |= await record(call, words.place, manager)
                case "5":
                    changed |= await bring_back(call, words, manager)
        await call.caller.play(phrase("goodbye"))
    return Outcome.CHANGED if changed else Outcome.ABANDONED


def stands(call: Call) -> Sayable:
    """Whether callers hear it now."""
    return phrase("announcement-on") if call.services.switches.announced else phrase("announcement-off")


async def switch(call: Call, manager: Person, *, on: bool) -> bool:
    """Switch it on or off; True where that is so now, on the disk. With nothing to tell it stays off."""
    if on and is_empty(call, announcement_words(call.office)):
        await call.caller.play(phrase("nothing-recorded"))
        return False
    try:
        await call.services.switches.announce(on)
    except StoreFull:
        await call.caller.play(phrase("not-changed"))
        return False
    noted = ChangedByTelephone(manager.name, "announcement.set", ("on" if on else "off",))
    call.services.changed_by_telephone.tell(noted)
    return True
