"""What a call that comes in gets."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.trunk import TrunkLine
from appliance.office.arrival import arrival
from appliance.office.destination import Destination, ToOperator, ToPerson


async def incoming(call: Call) -> Outcome:
    """Answer it, and take it where it belongs."""
    destination = destination_of(call)
    await call.answer()
    return await call.follow(destination)


def destination_of(call: Call) -> Destination:
    """By line, company and hours; for a call from another of our offices, whom it called by extension."""
    person = None if call.from_outside else call.office.by_extension(call.called)
    if person is not None:
        return ToPerson(person.id)
    line = call.caller.line
    if not isinstance(line, TrunkLine):
        return ToOperator()
    return arrival(call.office, line.facts, line.called, call.circumstances()).destination
