"""What a call that comes in gets, and why: by line, company, opening hours and night mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from appliance.office.companies import Company
from appliance.office.destination import Destination, HearAnnouncement, ToGeneralMailbox, ToMenu
from appliance.office.hours import MAIN
from appliance.office.model import Office, Trunk
from appliance.office.nightmode import NightMode
from appliance.office.standing import Closure, Standing, When

SAID = {When.BREAK: "away-for-a-break", When.CLOSED: "closed-now", When.HOLIDAY: "closed-for-a-holiday"}
"""The phrase that tells callers why they can only leave a message, where the document says nothing else."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides besides the office document. Moments are on the office's own clock."""

    at: datetime
    """The moment."""
    rank: int = 0
    """Of the contact who calls; 0 for everybody else."""
    night: NightMode = NightMode.AUTOMATIC
    """Whether somebody closed or opened the office by hand."""
    night_until: datetime | None = None
    """Until when."""
    closures: Callable[[str], Sequence[Closure]] = lambda _hours: ()
    """Those of the calendar of the hours with this id."""
    announced: bool = False
    """Whether somebody has switched on the announcement that overrides all."""
    announced_until: datetime | None = None
    """Until when."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where the call goes, whose caller it is, and why, in sentences for people."""

    destination: Destination
    company: Company
    because: tuple[str, ...]


def arrival(office: Office, trunk: Trunk, called: str, now: Circumstances) -> Arrival:
    """What a caller on this line gets. called: the number that was called, where the line tells it; or empty."""
    company = office.company_called(trunk, called)
    line = f"{trunk.name}, called as {called}," if called else trunk.name
    because = [f"{line} is a line of {company.name or 'the office'}."]
    if now.announced and trunk.outside:
        until = f" until {_moment(now.announced_until)}" if now.announced_until is not None else ""
        because.append(f"The announcement that overrides all is switched on{until}.")
        return Arrival(HearAnnouncement(), company, tuple(because))
    hours_id = trunk.hours or company.hours or MAIN
    standing, why = standing_of(office, hours_id, now)
    because.append(why)
    menu = ToMenu(trunk.menu or company.menu)
    if standing.what is When.OPEN:
        ranked = office.callers.ranked
        if ranked is not None and now.rank >= office.callers.ranked_from:
            because.append(f"The caller is a contact of rank {now.rank}.")
            return Arrival(ranked, company, tuple(because))
        return Arrival(menu, company, tuple(because))
    hours = office.hours.get(hours_id)
    found = hours.when(standing.what) if hours is not None else None
    return Arrival(found or ToGeneralMailbox(SAID[standing.what]), company, tuple(because))


def standing_of(office: Office, hours_id: str, now: Circumstances) -> tuple[Standing, str]:
    """How it stands, and the sentence that says why."""
    if now.night is not NightMode.AUTOMATIC:
        until = f" until {_moment(now.night_until)}" if now.night_until is not None else ""
        what = When.OPEN if now.night is NightMode.OPEN else When.CLOSED
        return Standing(what, until=now.night_until), f"Somebody has said by hand that it is {now.night.value}{until}."
    hours = office.hours.get(hours_id)
    if hours is None:
        return Standing(When.OPEN), "No opening hours are set, so it is always open."
    standing = hours.at(now.at, now.closures(hours_id))
    words = {
        When.OPEN: "it is open",
        When.BREAK: "there is a break",
        When.CLOSED: "it is closed",
        When.HOLIDAY: f"it is closed for {standing.name}" if standing.name else "it is closed for the day",
    }
    until = f", until {_moment(standing.until)}" if standing.until is not None else ""
    return standing, f"By the hours called {hours_id}, {words[standing.what]} on {_moment(now.at)}{until}."


def _moment(at: datetime) -> str:
    return f"{at:%A %Y-%m-%d %H:%M}"
