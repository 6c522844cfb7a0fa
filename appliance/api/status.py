"""What the unit is doing now: the method `status`, and the topic of that name, which tells what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from appliance.api.announcement import AnnouncementStatus, announcement_status
from appliance.api.night import NightStatus, night_status
from appliance.control.server import ControlServer
from appliance.unit import Unit


class TrunkStatus(TypedDict):
    """A line to the exchange. ring: the pattern it was rung with last; empty for none."""

    name: str
    state: str
    caller: str | None
    ring: str


class StationStatus(TypedDict):
    """A telephone of ours."""

    name: str
    state: str


class CallStatus(TypedDict):
    """A call in progress. reached: the id of the person; empty while nobody was."""

    id: str
    line: str
    caller: str
    reached: str


class MailboxStatus(TypedDict):
    """A person's messages."""

    person: str
    new: int
    saved: int


class TickStatus(TypedDict):
    """How punctual the sound is: ticks made, those that came a whole frame late, and percentiles of lateness in ms."""

    made: int
    overruns: int
    late_ms: dict[str, float]


class Status(TypedDict):
    """since: when the unit was started, in ISO 8601 on the office's clock. faults: sentences for people."""

    office: str
    since: str
    trunks: list[TrunkStatus]
    stations: list[StationStatus]
    calls: list[CallStatus]
    mailboxes: list[MailboxStatus]
    faults: list[str]
    cards: list[Mapping[str, Any]]
    led: bool
    night: NightStatus
    announcement: AnnouncementStatus
    ticks: TickStatus


def offer_status(control: ControlServer, unit: Unit) -> None:
    """Put method and topic on the socket. Whoever watches gets the whole state once, and then what has changed."""
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
    return Status(
        office=office.name,
        since=office.local(unit.started).isoformat(),
        trunks=[
            TrunkStatus(name=line.name, state=line.state.value, caller=line.caller_number, ring=line.ring.pattern)
            for line in unit.lines.trunks
        ],
        stations=[StationStatus(name=name, state=line.state.value) for name, line in unit.lines.stations.items()],
        calls=[
            CallStatus(id=call.id, line=call.line, caller=call.caller, reached=call.call.record.known.reached)
            for call in unit.switchboard.ongoing.values()
        ],
        mailboxes=[
            MailboxStatus(person=person.id, new=counts.new, saved=counts.saved)
            for person in office.people
            if person.mailbox
            for counts in [unit.mail.counts(person.id)]
        ],
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
