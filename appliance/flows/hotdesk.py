"""Somebody takes another telephone as the own one: calls ring there, and it has that person's rights and mailbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from appliance.calls.call import Call
from appliance.calls.guard import telephone_of
from appliance.calls.outcome import Outcome
from appliance.flows.flipping import flip
from appliance.flows.letin import let_in_a_person
from appliance.office.logins import login_switch, logins_at
from appliance.office.phrase import phrase
from appliance.office.walltime import moment_of


async def log_in(call: Call) -> Outcome:
    """Ask for extension and PIN. It ends at the hour that the office has set, or where the person logs in elsewhere."""
    person = await let_in_a_person(call, None)
    if person is None:
        await call.caller.play(phrase("goodbye"))
        return Outcome.REFUSED
    here = telephone_of(call.caller)
    logins = logins_at(call.office, call.stations, call.services.switches.at)
    elsewhere = [station for station, whose in logins.items() if whose == person.id and station != here]
    for station in elsewhere:  # First, so that nobody ever has two.
        outcome = await flip(call, login_switch(station), "", said=phrase("one-moment"))
        if outcome is not Outcome.CHANGED:
            return outcome
    until = _ends(call)
    said = phrase("logged-in-until", when=call.office.local(until))
    return await flip(call, login_switch(here), person.id, until, said=said)


async def log_out(call: Call) -> Outcome:
    """The telephone is again that of whoever it is by the document."""
    here = telephone_of(call.caller)
    if here not in logins_at(call.office, call.stations, call.services.switches.at):
        await call.caller.play(phrase("nobody-logged-in"), phrase("goodbye"))
        return Outcome.NOT_DIALLED
    return await flip(call, login_switch(here), "", said=phrase("logged-out"))


def _ends(call: Call) -> datetime:
    """When a log-in ends that begins now (UTC): the next time that the clock on the wall shows the hour."""
    now, zone = call.local_now(), call.office.time_zone
    at = call.office.rights.logged_in_until
    minutes = at.hour * 60 + at.minute
    days = (now.date() + timedelta(days=more) for more in (0, 1, 2))
    return next(moment for day in days if (moment := moment_of(day, minutes, zone)) > now)
