"""Night mode by telephone: the office is closed or opened by hand, or its hours decide again."""

from __future__ import annotations

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.switches import StoreFull
from appliance.flows.keys import choose_key
from appliance.flows.letin import let_in_a_manager
from appliance.office.nightmode import NightMode
from appliance.office.phrase import phrase

STANDS = {
    NightMode.CLOSED: "night-mode-closed",
    NightMode.OPEN: "night-mode-open",
    NightMode.AUTOMATIC: "night-mode-automatic",
}
CHOICES = {"1": NightMode.CLOSED, "2": NightMode.OPEN, "3": NightMode.AUTOMATIC}


async def night_mode(call: Call) -> Outcome:
    """Say how it stands, and let a manager change it. It is on the disk before that is said."""
    await call.answer()
    if (manager := await let_in_a_manager(call)) is None:
        await call.caller.play(phrase("goodbye"))
        return Outcome.REFUSED
    switches = call.services.switches
    key = await choose_key(call, "123", phrase(STANDS[switches.night_mode]), phrase("night-mode-menu"))
    if not key:
        return Outcome.ABANDONED
    try:
        await switches.set_night_mode(CHOICES[key])
    except StoreFull:
        await call.caller.play(phrase("not-changed"), phrase("goodbye"))
        return Outcome.FAULT
    noted = ChangedByTelephone(manager.name, "night.set", (CHOICES[key].value,))
    call.services.changed_by_telephone.tell(noted)
    await call.caller.play(phrase(STANDS[CHOICES[key]]), phrase("goodbye"))
    return Outcome.CHANGED
