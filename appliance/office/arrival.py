"""What a call that comes in gets, and why: by line, company, opening hours and night mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from appliance.office.companies import Company
from appliance.office.dayrule import WEEKDAY_NAMES, WEEKDAYS
from appliance.office.destination import Destination, HearAnnouncement, ToFax, ToGeneralMailbox, ToMenu
from appliance.office.hours import MAIN
from appliance.office.model import Office, Trunk
from appliance.office.nightmode import NightMode
from appliance.office.standing import Closure, Standing, When
from hw.said import Said, in_a_row, said

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
    ring: str = ""
    """How the line rings: `normal`, `long`, `double` or `triple`; empty: that is not known."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where the call goes, whose caller it is, and why, in sentences for people."""

    destination: Destination
    company: Company
    because: tuple[Said, ...]


def arrival(office: Office, trunk: Trunk, called: str, now: Circumstances) -> Arrival:
    """What a caller on this line gets. called: the number that was called, where the line tells it; or empty."""
    company = office.company_called(trunk, called)
    whose = company.name or said("the office")
    if called:
        because = [
            said("%(line)s, called as %(called)s, is a line of %(whose)s.", line=trunk.name, called=called, whose=whose)
        ]
    else:
        because = [said("%(line)s is a line of %(whose)s.", line=trunk.name, whose=whose)]
    if now.announced and trunk.outside:
        if now.announced_until is not None:
            until = moment_words(now.announced_until)
            because.append(said("The announcement that overrides all is switched on until %(when)s.", when=until))
        else:
            because.append(said("The announcement that overrides all is switched on."))
        return Arrival(HearAnnouncement(), company, tuple(because))
    if office.fax.receives and trunk.name in office.fax.lines:
        because.append(said("Every call on this line is a fax."))
        return Arrival(ToFax(), company, tuple(because))
    if office.fax.receives and called and called in office.fax.numbers:
        because.append(said("Every call to %(called)s is a fax.", called=called))
        return Arrival(ToFax(), company, tuple(because))
    if office.fax.receives and now.ring in {ring.value for ring in office.fax.rings}:
        because.append(said("It rings as for a fax."))
        return Arrival(ToFax(), company, tuple(because))
    hours_id = trunk.hours or company.hours or MAIN
    standing, why = standing_of(office, hours_id, now)
    because.append(why)
    menu = ToMenu(trunk.menu or company.menu)
    if standing.what is When.OPEN:
        ranked = office.callers.ranked
        if ranked is not None and now.rank >= office.callers.ranked_from:
            because.append(said("The caller is a contact of rank %(rank)s.", rank=now.rank))
            return Arrival(ranked, company, tuple(because))
        return Arrival(menu, company, tuple(because))
    hours = office.hours.get(hours_id)
    found = hours.when(standing.what) if hours is not None else None
    return Arrival(found or ToGeneralMailbox(SAID[standing.what]), company, tuple(because))


def standing_of(office: Office, hours_id: str, now: Circumstances) -> tuple[Standing, Said]:
    """How it stands, and the sentence that says why."""
    if now.night is not NightMode.AUTOMATIC:
        what = When.OPEN if now.night is NightMode.OPEN else When.CLOSED
        return Standing(what, until=now.night_until), _by_hand(now)
    hours = office.hours.get(hours_id)
    if hours is None:
        return Standing(When.OPEN), said("No opening hours are set, so it is always open.")
    standing = hours.at(now.at, now.closures(hours_id))
    words = {
        When.OPEN: said("it is open"),
        When.BREAK: said("there is a break"),
        When.CLOSED: said("it is closed"),
        When.HOLIDAY: said("it is closed for %(holiday)s", holiday=standing.name)
        if standing.name
        else said("it is closed for the day"),
    }
    how, when = words[standing.what], moment_words(now.at)
    if standing.until is None:
        return standing, said("By the hours called %(hours)s, %(how)s on %(when)s.", hours=hours_id, how=how, when=when)
    return standing, said(
        "By the hours called %(hours)s, %(how)s on %(when)s, until %(until)s.",
        hours=hours_id,
        how=how,
        when=when,
        until=moment_words(standing.until),
    )


def _by_hand(now: Circumstances) -> Said:
    is_open, until = now.night is NightMode.OPEN, now.night_until
    if until is None:
        return (
            said("Somebody has said by hand that it is open.")
            if is_open
            else said("Somebody has said by hand that it is closed.")
        )
    when = moment_words(until)
    if is_open:
        return said("Somebody has said by hand that it is open until %(when)s.", when=when)
    return said("Somebody has said by hand that it is closed until %(when)s.", when=when)


def moment_words(at: datetime) -> Said:
    """Such as Friday 2026-12-24 18:05."""
    return in_a_row(WEEKDAY_NAMES[WEEKDAYS[at.weekday()]], f"{at:%Y-%m-%d %H:%M}")
