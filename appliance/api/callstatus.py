"""The calls in progress, as `status` tells them: who calls, how far the call has come, who talks, what can be done."""

from __future__ import annotations

from typing import TypedDict

from appliance.calls.party import Party
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.switchboard import Ongoing
from appliance.unit import Unit

LATEST_STEPS = 8
"""So many steps of a call are told; the call log has all of them."""


class CallStatus(TypedDict):
    """A call in progress."""

    id: str
    """The id of the call, as in the call log."""
    line: str
    """The line or telephone on which it began."""
    caller: str
    """The number of who calls, or the name where there is none."""
    reached: str
    """The id of the person; empty while nobody was."""
    name: str
    """The caller's: that of the contact or colleague, or what the line told; empty where nothing is known."""
    direction: str
    """`in`, `out` or `inside`."""
    called: str
    """What was dialled."""
    since: str
    """When it began, in ISO 8601 on the office's clock."""
    steps: list[str]
    """How far it has come, in the words of the call log; the latest last."""
    talks_to: list[str]
    """With whom the caller talks: names of people, telephones or lines. Empty: with nobody now."""
    emergency: bool
    """It is a call for help."""
    may: list[str]
    """What can be done with it now, as the methods `calls.…` are named."""


def calls_now(unit: Unit) -> list[CallStatus]:
    """Those that somebody takes part in: not those of telephones that take part in another call."""
    return [_status(unit, one) for one in unit.switchboard.ongoing.values() if not one.call.is_elsewhere]


def _status(unit: Unit, one: Ongoing) -> CallStatus:
    call, known, control = one.call, one.call.record.known, unit.call_control
    talk = control.talk_of(call)
    others = [party for party in talk.parties if party.leg is not call.caller.leg] if talk is not None else []
    return CallStatus(
        id=one.id,
        line=one.line,
        caller=one.caller,
        reached=known.reached,
        name=call.who.name,
        direction=known.direction,
        called=known.called,
        since=call.office.local(known.started).isoformat(timespec="seconds"),
        steps=[step.what for step in known.steps[-LATEST_STEPS:]],
        talks_to=[_who(unit, party, known.called) for party in others],
        emergency=control.helps(call),
        may=control.may(call),
    )


def _who(unit: Unit, party: Party, called: str) -> str:
    """Somebody whom the caller talks to."""
    office = unit.office
    person = office.person(party.person)
    if person is None and isinstance(party.line, StationLine):
        person = office.at_station(party.line.name)
    if person is not None:
        return person.name
    return called if isinstance(party.line, TrunkLine) and called else party.line.name
