"""What the unit is doing now: the method `status`, and the topic of that name, which tells what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from appliance.api.announcement import AnnouncementStatus, announcement_status
from appliance.api.night import NightStatus, night_status
from appliance.api.people import PersonStatus, not_as_usual
from appliance.control.server import ControlServer
from appliance.unit import Unit


class TrunkStatus(TypedDict):
    """A line to the exchange. caller: the number of who calls. ring: the pattern of its last ring, empty for none."""

    name: str
    state: str
    caller: str | None
    ring: str


class StationStatus(TypedDict):
    """A telephone of ours. active: the id of the call it is in; empty for none. held: those of the calls it holds."""

    name: str
    state: str
    active: str
    held: list[str]


class CallStatus(TypedDict):
    """A call in progress. reached: the id of the person; empty while nobody was."""

    id: str
    line: str
    caller: str
    reached: str


class ParkedStatus(TypedDict):
    """A parked call. station: the telephone that has parked it. since: when, in ISO 8601 on the office's clock."""

    place: int
    station: str
    since: str


class MailboxStatus(TypedDict):
    """The messages of a person or a department, by the id."""

    person: str
    new: int
    saved: int


class TickStatus(TypedDict):
    """How punctual the sound is: ticks made, those that came a whole frame late, and percentiles of lateness in ms."""

    made: int
    overruns: int
    late_ms: dict[str, float]


class Status(TypedDict):
    """What `status` returns."""

    office: str
    """The name of the office."""
    since: str
    """When the unit was started, in ISO 8601 on the office's clock."""
    trunks: list[TrunkStatus]
    """The lines to the exchange."""
    stations: list[StationStatus]
    """The telephones of the office."""
    calls: list[CallStatus]
    """The calls in progress."""
    parked: list[ParkedStatus]
    """The calls that are parked, by their places."""
    mailboxes: list[MailboxStatus]
    """How many messages everybody has."""
    people: list[PersonStatus]
    """Those who do not want to be disturbed, whose calls are forwarded, or who are away."""
    faults: list[str]
    """What is wrong, in sentences for people, the newest last."""
    cards: list[Mapping[str, Any]]
    """What each card tells of itself."""
    led: bool
    """The message lamp of the unit is lit."""
    night: NightStatus
    """Whether the office is closed or opened by hand."""
    announcement: AnnouncementStatus
    """Whether all callers hear the announcement first."""
    ticks: TickStatus
    """How punctual the sound is."""


def offer_status(control: ControlServer, unit: Unit) -> None:
    """Offer the method and the topic. Whoever watches gets the whole state first, and then only what has changed."""
    told: dict[str, Any] = dict(unit_status(unit))

    async def status(_params: dict[str, Any]) -> Status:
        return unit_status(unit)

    def changed() -> None:
        now = dict(unit_status(unit))
        news = {name: value for name, value in now.items() if name != "ticks" and value != told[name]}
        told.update(now)
        if news:
            control.publish("status", news)

    control.method("status", status)
    control.topic("status", lambda: unit_status(unit))
    unit.on_change = changed


def unit_status(unit: Unit) -> Status:
    """The state at this moment."""
    office, metrics = unit.office, unit.engine.metrics
    call_of = {leg: call.id for call in unit.switchboard.ongoing.values() for leg in call.call.legs}
    return Status(
        office=office.name,
        since=office.local(unit.started).isoformat(),
        trunks=[
            TrunkStatus(name=line.name, state=line.state.value, caller=line.caller_number, ring=line.ring.pattern)
            for line in unit.lines.trunks
        ],
        stations=[
            StationStatus(
                name=name,
                state=line.state.value,
                active=call_of.get(line.active, "") if line.active is not None else "",
                held=[call_of[leg] for leg in line.held if leg in call_of],
            )
            for name, line in unit.lines.stations.items()
        ],
        calls=[
            CallStatus(id=call.id, line=call.line, caller=call.caller, reached=call.call.record.known.reached)
            for call in unit.switchboard.ongoing.values()
        ],
        parked=[
            ParkedStatus(place=place.number, station=place.station.name, since=office.local(place.since).isoformat())
            for _, place in sorted(unit.services.parking.occupied.items())
        ],
        mailboxes=[
            MailboxStatus(person=owner.id, new=counts.new, saved=counts.saved)
            for owner in office.mailboxes
            for counts in [unit.mail.counts(owner.id)]
        ],
        people=not_as_usual(unit),
        faults=list(unit.faults),
        cards=unit.card_status(),
        led=unit.led_lit,
        night=night_status(unit),
        announcement=announcement_status(unit),
        ticks=TickStatus(
            made=metrics.ticks,
            overruns=metrics.overruns,
            late_ms={"p50": metrics.p50_ms, "p99": metrics.p99_ms, "p99.9": metrics.p999_ms},
        ),
    )
