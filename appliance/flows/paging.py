"""A page: all telephones of the office, or of a group, hear what is said on this one."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.paging import Page
from appliance.calls.station import StationLine
from appliance.flows.digitsbehind import digits_behind
from appliance.office.phrase import phrase
from appliance.office.shortcuts import EVERYBODY

LABEL = "Page"
"""Shown by the telephones in front of whoever speaks."""


async def page(call: Call) -> Outcome:
    """Speak to a group, by its number behind the code, or to everybody."""
    await call.answer()
    if not isinstance(call.caller.line, StationLine):
        return Outcome.REFUSED
    group = await digits_behind(call, 1) or EVERYBODY
    names = call.stations if group == EVERYBODY else call.office.shortcuts.page_groups.get(group)
    if names is None:
        await call.caller.play(phrase("no-such-group"), phrase("goodbye"))
        return Outcome.NOT_DIALLED
    stations = [call.stations[name] for name in names if name in call.stations and may_be_paged(call, name)]
    call.record.step("pages everybody" if group == EVERYBODY else f"pages group {group}")
    paged = Page(call.caller, call.services.tones.ringback)
    with suppress(CallEnded):
        await paged.speak_to(stations, await call.who.shown(LABEL), call.page_rings)
        await call.caller.play(phrase("goodbye") if paged.heard else phrase("page-nobody"))
    return Outcome.PAGED if paged.heard else Outcome.NO_ANSWER


def may_be_paged(call: Call, station: str) -> bool:
    """Whether a telephone is not that of somebody who does not want to be disturbed, nor a door."""
    owner = call.office.at_station(station)
    wanted = owner is None or not call.availability.not_disturbed(owner)
    return wanted and call.stations[station].facts.door is None
