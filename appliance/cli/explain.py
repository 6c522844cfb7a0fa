"""`copperdesk office explain`: what a caller would meet at a moment, on a line, who is rung there, and why."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.calls.switches import Switches
from appliance.cli.athand import at_hand
from appliance.clock import RealClock
from appliance.closures.calendars import Calendars
from appliance.control.folder import DataFolder
from appliance.explaining import TURNED_AWAY, Met, NotUnderstood, met, moment_meant, trunk_meant
from appliance.office.contact import Gets
from appliance.office.model import Office, Trunk
from appliance.store.switches import SwitchStore


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
    moment = moment_meant(at, office, clock.now())
    trunk = trunk_meant(office, line)
    contact, blocked = _known(data or contacts, caller) if caller else (None, None)
    because = [f"{caller} is {contact['name']}, a contact of rank {contact['rank']}."] if contact is not None else []
    if blocked is not None and trunk.outside:
        because.append(f"{caller} is on the block list, as {blocked['caller']}.")
        return [*because, TURNED_AWAY[Gets(blocked["gets"])]]
    rank = contact["rank"] if contact else 0
    return [*because, *asyncio.run(_met(office, data, trunk, called, moment, rank, extension)).sentences]


def _known(data: Path | None, caller: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The contact with this number, and the entry of the block list that it falls under."""
    if data is None or not data.is_dir():
        raise NotUnderstood("there is no data folder in which to look up who calls: name it with --data")
    with at_hand(data) as ask:
        found: dict[str, Any] = ask("contacts.caller", number=caller)
    return found["contact"], found["blocked"]


async def _met(
    office: Office, data: Path | None, trunk: Trunk, called: str, moment: datetime, rank: int, extension: str
) -> Met:
    calendars = Calendars(RealClock())
    calendars.on_faults = lambda faults, _over: print(*faults, sep="\n", file=sys.stderr)
    await calendars.use(office.hours, office.time_zone)
    try:
        switches = await _switches(data) if data is not None else None
        return met(office, trunk, called, moment, rank, extension, switches, calendars.closures)
    finally:
        await calendars.close()


async def _switches(data: Path) -> Switches:
    switches = Switches(SwitchStore(DataFolder(data).switches), RealClock())
    if fault := await switches.open():
        print(fault, file=sys.stderr)
    return switches
