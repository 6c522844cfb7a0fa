"""A telephone that dials by itself when it is lifted: a hotline, or a door."""

from __future__ import annotations

from functools import partial

from appliance.calls.call import Call
from appliance.calls.door import at_door
from appliance.calls.outcome import Outcome
from appliance.calls.station import StationLine
from appliance.office.destination import Destination, ToOutside
from appliance.office.lines import Station
from appliance.office.numbering import station_destination


def hotline(call: Call) -> Station | None:
    """What there is to know of the telephone that has been lifted; None for one that does not dial by itself.

    Nor for one that has dialled for help before it was lifted, as a SIP telephone does: that is never replaced.
    """
    line = call.caller.line
    if not isinstance(line, StationLine) or not line.facts.dials_by_itself:
        return None
    dialled = station_destination(call.office, call.caller.leg.dialled)
    return None if is_for_help(dialled) else line.facts


def is_for_help(destination: Destination) -> bool:
    """Whether an emergency number was dialled."""
    return isinstance(destination, ToOutside) and destination.emergency


async def from_station(call: Call, destination: Destination) -> Outcome:
    """Go where a telephone wants to. From a door it is the visitor's call, in which the door can be opened.

    A call for help is no visitor's, who is not talked to for ever. Whoever dials for help on a telephone that has
    dialled by itself is led there, whatever that call has come to, unless somebody has answered it.
    """
    line = call.caller.line
    if not isinstance(line, StationLine) or not line.facts.dials_by_itself or is_for_help(destination):
        return await call.follow(destination)
    done = call.caller.leg.pressed.subscribe(_ForHelp(call).pressed)
    try:
        if line.facts.door is None:
            return await call.follow(destination)
        with at_door(call, line.facts.door):
            return await call.follow(destination)
    finally:
        done()


class _ForHelp:
    """Leads a call elsewhere as soon as the keys that were pressed last are an emergency number."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._keys = ""

    def pressed(self, key: str) -> None:
        if self._call.caller.leg.in_conversation:
            self._keys = ""
            return
        self._keys += key
        for begins in range(len(self._keys)):
            dialled = self._keys[begins:]
            destination = station_destination(self._call.office, dialled)
            if is_for_help(destination):
                self._keys = ""
                self._call.record.dialled(dialled)
                self._call.redirecting.bound = False  # Help is worth more than a message that would be left.
                self._call.redirecting.redirect(partial(self._call.follow, destination))
                return
