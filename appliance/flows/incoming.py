"""What a call that comes in gets."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.office.destination import Destination, ToMenu, ToPerson


async def incoming(call: Call) -> Outcome:
    """Answer it, and take it where it belongs."""
    destination = destination_of(call)
    if isinstance(destination, ToPerson):
        await call.answer()
    return await call.follow(destination)


def destination_of(call: Call) -> Destination:
    """The menu of the line or of its company; for a call from another of our offices, whom it called by extension."""
    person = None if call.from_outside else call.office.by_extension(call.called)
    return ToMenu(call.menu) if person is None else ToPerson(person.id)
