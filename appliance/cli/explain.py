"""`copperdesk office explain`: what a caller would meet at a moment, on a line, and why."""

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
from appliance.office.arrival import Arrival, Circumstances, arrival
from appliance.office.contact import Gets
from appliance.office.description import leads
from appliance.office.model import Office, Trunk
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


def explained(office: Office, data: Path | None, *, line: str, called: str, caller: str, at: str) -> list[str]:
    """The sentences. data: the folder whose switches and contacts count; None for a document that is not in use.

    Raises NotUnderstood.
    """
    clock = RealClock()
    moment = _moment(at, office, clock.now())
    trunk = _trunk(office, line)
    contact, blocked = _known(data, caller) if data is not None and caller else (None, None)
    because = [f"{caller} is {contact['name']}, a contact of rank {contact['rank']}."] if contact is not None else []
    if blocked is not None and trunk.outside:
        because.append(f"{caller} is on the block list, as {blocked['caller']}.")
        return [*because, TURNED_AWAY[Gets(blocked["gets"])]]
    rank = contact["rank"] if contact else 0
    found = asyncio.run(_arrival(office, data, trunk, called, moment, rank))
    return [*because, *found.because, f"The unit {leads(office, found.destination, found.company)}."]


def _known(data: Path, caller: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The contact with this number, and the entry of the block list that it falls under."""
    with at_hand(data) as ask:
        found: dict[str, Any] = ask("contacts.caller", number=caller)
    return found["contact"], found["blocked"]


async def _arrival(
    office: Office, data: Path | None, trunk: Trunk, called: str, moment: datetime, rank: int
) -> Arrival:
    calendars = Calendars(RealClock())
    calendars.on_faults = lambda faults, _over: print(*faults, sep="\n", file=sys.stderr)
    await calendars.use(office.hours, office.time_zone)
    try:
        now = Circumstances(moment, rank, closures=calendars.closures)
        return arrival(office, trunk, called, now if data is None else await _by_hand(office, data, now))
    finally:
        await calendars.close()


async def _by_hand(office: Office, data: Path, now: Circumstances) -> Circumstances:
    """With the switches as they stand, where they still will at that moment."""
    switches = Switches(SwitchStore(DataFolder(data).switches), RealClock())
    if fault := await switches.open():
        print(fault, file=sys.stderr)
    night, announced = (until and office.local(until) for until in map(switches.until, BY_HAND))
    if night is None or night > now.at:
        now = replace(now, night=switches.night_mode, night_until=night)
    if announced is None or announced > now.at:
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
