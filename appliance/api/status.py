"""What the unit is doing now: the method `status`, and the topic of that name, which tells what has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, TypedDict

from appliance.api.announcement import AnnouncementStatus, announcement_status
from appliance.api.callstatus import CallStatus, calls_now
from appliance.api.night import NightStatus, night_status
from appliance.api.panel import PanelStatus, panel_status
from appliance.api.people import PersonStatus, not_as_usual
from appliance.calls.trunk_protocol import State
from appliance.control.server import ControlServer
from appliance.office.faxbox import boxes
from appliance.office.mailboxlimits import most_messages
from appliance.unit import Unit
from hw.said import Wording, wording


class TrunkStatus(TypedDict):
    """A line to the exchange."""

    name: str
    """As the office calls it."""
    state: str
    """A word of `trunk_protocol.State`."""
    caller: str | None
    """The number of who calls."""
    ring: str
    """The pattern of its last ring, empty for none."""
    number: str
    """What the public dials for it; empty where that is not known."""
    dead: str
    """Why it cannot be used; empty: it can."""


class StationStatus(TypedDict):
    """A telephone of ours."""

    name: str
    """As the office calls it."""
    state: str
    """A word of `StationState`."""
    active: str
    """The id of the call it is in; empty for none."""
    held: list[str]
    """Those of the calls it holds."""
    person: str
    """The id of whoever has it; empty for nobody."""
    connected: bool
    """False while its card does not work."""


class ParkedStatus(TypedDict):
    """A parked call. station: the telephone that has parked it. since: when, in ISO 8601 on the office's clock."""

    place: int
    station: str
    since: str


class MailboxStatus(TypedDict):
    """The messages of a person or a department."""

    person: str
    """The id of the owner, who may be a department."""
    name: str
    """The owner's."""
    new: int
    """How many new messages there are."""
    urgent: int
    """How many of the new ones are urgent."""
    saved: int
    """How many were heard."""
    full: bool
    """It takes no further message."""


class VoiceStatus(TypedDict):
    """Names that are spoken in the background. spoken: of how many. Both are 0 where nothing was left to be spoken."""

    spoken: int
    of: int


class TickStatus(TypedDict):
    """How punctual the sound is: ticks made, those that came a whole frame late, and percentiles of lateness in ms."""

    made: int
    overruns: int
    late_ms: dict[str, float]


class AdviceShown(TypedDict):
    """See `appliance.advice.Advised`. since: in ISO 8601 on the office's clock."""

    kind: str
    about: list[str]
    about_wordings: list[Wording]
    """The same: what is a sentence is said in the page's language."""
    since: str


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
    faxes: dict[str, int]
    """By the fax box, the id of its owner or `@office`, how many faxes nobody has seen."""
    people: list[PersonStatus]
    """Those who do not want to be disturbed, whose calls are forwarded, or who are away."""
    faults: list[str]
    """What is wrong, in sentences for people, the newest last."""
    fault_wordings: list[Wording]
    """The same, for whoever says it in another language."""
    advice: list[AdviceShown]
    """What somebody should see to at leisure, the oldest first."""
    lost: int
    """Another number after every change of who waits to be called back; `lost.list` tells them."""
    cards: list[Mapping[str, Any]]
    """What each card tells of itself."""
    led: bool
    """The message lamp of the unit is lit."""
    panel: PanelStatus
    """What can be seen and heard at the unit itself."""
    night: NightStatus
    """Whether the office is closed or opened by hand."""
    announcement: AnnouncementStatus
    """Whether all callers hear the announcement first."""
    voice: VoiceStatus
    """How far the names of a new office are spoken."""
    ticks: TickStatus
    """How punctual the sound is."""


TOLD_AFTER_S = 0.05
"""Changes come in bursts, as many when a telephone is lifted: what has changed within so long is told in one."""


def offer_status(control: ControlServer, unit: Unit) -> None:
    """Offer the method and the topic. Whoever watches gets the whole state first, and then only what has changed."""
    told: dict[str, Any] = dict(unit_status(unit))
    waiting: asyncio.TimerHandle | None = None

    async def status(_params: dict[str, Any]) -> Status:
        return unit_status(unit)

    def tell() -> None:
        nonlocal waiting
        waiting = None
        now = dict(unit_status(unit))
        news = {name: value for name, value in now.items() if name != "ticks" and value != told[name]}
        told.update(now)
        if news:
            control.publish("status", news)

    def changed() -> None:
        nonlocal waiting
        waiting = waiting or asyncio.get_running_loop().call_later(TOLD_AFTER_S, tell)

    control.method("status", status)
    control.topic("status", lambda: unit_status(unit))
    unit.on_change = unit.prompts.on_progress = changed


def unit_status(unit: Unit) -> Status:
    """The state at this moment."""
    office, metrics = unit.office, unit.engine.metrics
    spoken, of = unit.prompts.progress
    at_station = {one.station: one.id for one in reversed(unit.switchboard.office.people) if one.station}
    call_of = {leg: call.id for call in unit.switchboard.ongoing.values() for leg in call.call.legs}
    return Status(
        office=office.name,
        since=office.local(unit.started).isoformat(),
        trunks=[
            TrunkStatus(
                name=line.name,
                state=line.state.value,
                caller=line.caller_number,
                ring=line.ring.pattern,
                number=line.facts.number,
                dead=line.dead_because if line.state is State.LOST else "",
            )
            for line in unit.lines.trunks
        ],
        stations=[
            StationStatus(
                name=name,
                state=line.state.value,
                active=call_of.get(line.active, "") if line.active is not None else "",
                held=[call_of[leg] for leg in line.held if leg in call_of],
                person=at_station.get(name, ""),
                connected=line.connected,
            )
            for name, line in unit.lines.stations.items()
        ],
        calls=calls_now(unit),
        parked=[
            ParkedStatus(place=place.number, station=place.station.name, since=office.local(place.since).isoformat())
            for _, place in sorted(unit.services.parking.occupied.items())
        ],
        mailboxes=[
            MailboxStatus(
                person=owner.id,
                name=owner.name,
                new=counts.new,
                urgent=counts.urgent,
                saved=counts.saved,
                full=unit.mail.full(owner.id, most_messages(office, owner)),
            )
            for owner in office.mailboxes
            for counts in [unit.mail.counts(owner.id)]
        ],
        faxes={box: unit.fax_desk.room.counts(box).new for box in boxes(office)},
        people=not_as_usual(unit),
        faults=list(unit.faults),
        fault_wordings=[wording(fault) for fault in unit.faults],
        advice=[
            AdviceShown(
                kind=one.kind,
                about=list(one.about),
                about_wordings=[wording(part) for part in one.about],
                since=office.local(since).isoformat(timespec="seconds"),
            )
            for one, since in unit.advice.now
        ],
        lost=unit.lost_callers.changes,
        cards=unit.rack.status(),
        led=unit.led_lit,
        panel=panel_status(unit.lamps),
        night=night_status(unit),
        announcement=announcement_status(unit),
        voice=VoiceStatus(spoken=spoken, of=of),
        ticks=TickStatus(
            made=metrics.ticks,
            overruns=metrics.overruns,
            late_ms={"p50": metrics.p50_ms, "p99": metrics.p99_ms, "p99.9": metrics.p999_ms},
        ),
    )
