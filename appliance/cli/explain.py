"""`copperdesk office explain`: what a caller would meet at a moment, on a line, who is rung there, and why."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.calls.switches import BY_HAND, Switches
from appliance.cli.athand import at_hand
from appliance.clock import RealClock
from appliance.closures.calendars import Calendars
from appliance.control.folder import DataFolder
from appliance.office.announcement import ANNOUNCEMENT
from appliance.office.arrival import Circumstances, arrival
from appliance.office.availability import Availability
from appliance.office.companies import Company
from appliance.office.contact import Gets
from appliance.office.departments import Department
from appliance.office.description import leads
from appliance.office.destination import Destination, ToDepartment, ToOperator, ToPerson
from appliance.office.finding import Finder
from appliance.office.model import Office, Person, Trunk
from appliance.office.nightmode import NIGHT_MODE
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.searchwords import followed
from appliance.store.switches import SwitchStore
from hw.nearest import nearest

TURNED_AWAY = {
    Gets.REFUSAL: "The unit refuses the call politely.",
    Gets.RINGING: "The unit lets it ring without end.",
    Gets.VOICEMAIL: "The unit takes a message for the office.",
    Gets.CHALLENGE: "The unit asks for a key, and ends the call of whoever does not press it.",
}


class NotUnderstood(Exception):
    """There is no such line or moment; the message says what there is."""


def explained(
    office: Office,
    data: Path | None,
    *,
    line: str,
    called: str,
    caller: str,
    at: str,
    extension: str = "",
    contacts: Path | None = None,
) -> list[str]:
    """The sentences. data: the folder whose switches count; None for a document that is not in use.

    extension: what the caller dials in the menu; empty for what is met first. contacts: the folder in which the caller
    is looked up, where that is not data. Raises NotUnderstood.
    """
    clock = RealClock()
    moment = _moment(at, office, clock.now())
    trunk = _trunk(office, line)
    contact, blocked = _known(data or contacts, caller) if caller else (None, None)
    because = [f"{caller} is {contact['name']}, a contact of rank {contact['rank']}."] if contact is not None else []
    if blocked is not None and trunk.outside:
        because.append(f"{caller} is on the block list, as {blocked['caller']}.")
        return [*because, TURNED_AWAY[Gets(blocked["gets"])]]
    rank = contact["rank"] if contact else 0
    return [*because, *asyncio.run(_met(office, data, trunk, called, moment, rank, extension))]


def _known(data: Path | None, caller: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The contact with this number, and the entry of the block list that it falls under."""
    if data is None or not data.is_dir():
        raise NotUnderstood("there is no data folder in which to look up who calls: name it with --data")
    with at_hand(data) as ask:
        found: dict[str, Any] = ask("contacts.caller", number=caller)
    return found["contact"], found["blocked"]


async def _met(
    office: Office, data: Path | None, trunk: Trunk, called: str, moment: datetime, rank: int, extension: str
) -> list[str]:
    """What is met by a caller of this rank, why, and who is rung there."""
    calendars = Calendars(RealClock())
    calendars.on_faults = lambda faults, _over: print(*faults, sep="\n", file=sys.stderr)
    await calendars.use(office.hours, office.time_zone)
    try:
        switches = await _switches(data) if data is not None else None
        found = arrival(office, trunk, called, _circumstances(office, switches, moment, rank, calendars))
        destination, because = found.destination, list(found.because)
        if extension:
            destination = _dialled(office, extension, found.company)
            because = [f"{extension} is dialled by a caller of {found.company.name or 'the office'}."]

        def switch(name: str) -> str:
            return switches.at(name) if switches is not None and _still(switches, name, moment) else ""

        exempt = rank >= office.callers.ranked_from
        finder = Finder(office, Availability(office, moment, switch, calendars.closures), exempt=exempt)
        does = f"The unit {leads(office, destination, found.company)}."
        return [*because, does, *followed(finder, destination, found.company)]
    finally:
        await calendars.close()


def _dialled(office: Office, extension: str, company: Company) -> Destination:
    """Where an extension leads, or 0, in a menu that takes extensions."""
    if extension == OPERATOR_KEY:
        return ToOperator()
    match office.at_extension(extension):
        case Person(id) as person if person.works_for(company.id) or not company.id:
            return ToPerson(id)
        case Department(id) as department if department.works_for(company.id) or not company.id:
            return ToDepartment(id)
        case None:
            near = nearest(extension, office.extensions_for(company.id))
            raise NotUnderstood(f"there is no extension {extension}" + (f"; did you mean {near}?" if near else ""))
        case somebody:
            raise NotUnderstood(f"callers of {company.name} do not reach {somebody.name}, who does not work for them")


async def _switches(data: Path) -> Switches:
    switches = Switches(SwitchStore(DataFolder(data).switches), RealClock())
    if fault := await switches.open():
        print(fault, file=sys.stderr)
    return switches


def _still(switches: Switches, name: str, moment: datetime) -> bool:
    """Whether a switch will still stand at that moment where it stands now."""
    until = switches.until(name)
    return until is None or until > moment


def _circumstances(
    office: Office, switches: Switches | None, moment: datetime, rank: int, calendars: Calendars
) -> Circumstances:
    now = Circumstances(moment, rank, closures=calendars.closures)
    if switches is None:
        return now
    night, announced = (until and office.local(until) for until in map(switches.until, BY_HAND))
    if _still(switches, NIGHT_MODE, moment):
        now = replace(now, night=switches.night_mode, night_until=night)
    if _still(switches, ANNOUNCEMENT, moment):
        now = replace(now, announced=switches.announced, announced_until=announced)
    return now


def _moment(written: str, office: Office, now: datetime) -> datetime:
    here = office.local(now)
    if not written:
        return here
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise NotUnderstood(f"{written!r} is no date and time such as 2026-12-24 20:00") from None
    return office.local(at if at.tzinfo else at.replace(tzinfo=here.tzinfo))


def _trunk(office: Office, line: str) -> Trunk:
    """A line by its name, its port, or its number among the lines; without one, the first."""
    if not office.trunks:
        raise NotUnderstood("this office has no line to the exchange")
    if not line:
        return office.trunks[0]
    of_number = {str(number): trunk for number, trunk in enumerate(office.trunks, start=1)}
    known = of_number | {trunk.port: trunk for trunk in office.trunks} | {trunk.name: trunk for trunk in office.trunks}
    if line not in known:
        near = nearest(line, known)
        meant = f"; did you mean {near!r}?" if near else f"; there are {', '.join(one.name for one in office.trunks)}"
        raise NotUnderstood(f"there is no line {line!r}{meant}")
    return known[line]
