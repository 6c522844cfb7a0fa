"""Opening hours for tests, read from what a document says."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from appliance.office.hours import Hours
from appliance.office.reading import completed, read
from appliance.office.standing import Closure, Standing, When


def hours(document: dict[str, Any]) -> Hours:
    return read(Hours, completed(Hours, {"week": {}} | document))


class Office:
    """Hours on the clock of a zone; moments are given, and told, in UTC."""

    def __init__(self, zone: str, **document: Any) -> None:
        self._zone = ZoneInfo(zone)
        self._hours = hours(document)

    def at(self, moment: str, *closures: Closure) -> Standing:
        return self._hours.at(utc(moment).astimezone(self._zone), closures)

    def told(self, moment: str, *closures: Closure) -> tuple[When, str, str]:
        """What, which name, and until when: such as 2026-03-08 07:00."""
        found = self.at(moment, *closures)
        until = found.until and found.until.astimezone(ZoneInfo("UTC"))
        return found.what, found.name, f"{until:%Y-%m-%d %H:%M}" if until else ""


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}+00:00")
