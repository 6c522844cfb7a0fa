"""What a call that comes in gets."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.switches import BY_HAND
from appliance.calls.trunk import TrunkLine
from appliance.flows.asknumber import ask_number
from appliance.flows.turnaway import turn_away
from appliance.office.arrival import Circumstances, arrival
from appliance.office.destination import Destination, ToOperator, ToPerson


async def incoming(call: Call) -> Outcome:
    """Turn away who is not wanted, ask who keeps the number back, and take all others where they belong."""
    if (blocked := call.who.blocked) is not None and (outcome := await turn_away(call, blocked)) is not None:
        return outcome
    announced = call.services.switches.announced
    if call.office.callers.ask_number and call.from_outside and not call.who.number and not announced:
        await ask_number(call)
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
    return arrival(call.office, line.facts, line.called, circumstances(call)).destination


def circumstances(call: Call) -> Circumstances:
    """What decides now, besides the office document, what a caller gets."""
    switches, contact, line = call.services.switches, call.who.contact, call.caller.line
    night_until, announced_until = (until and call.office.local(until) for until in map(switches.until, BY_HAND))
    return Circumstances(
        at=call.local_now(),
        rank=contact.rank if contact is not None else 0,
        night=switches.night_mode,
        night_until=night_until,
        closures=call.services.calendars.closures,
        announced=switches.announced,
        announced_until=announced_until,
        ring=line.ring.pattern if isinstance(line, TrunkLine) else "",
    )
