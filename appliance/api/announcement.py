"""The announcement that overrides all: the method `announcement.set`. How it stands is part of `status`."""

from __future__ import annotations

from typing import Any, TypedDict

from appliance.api.night import moment_of
from appliance.calls.switches import StoreFull
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.office.announcement import ANNOUNCEMENT
from appliance.office.places import announcement_words
from appliance.unit import Unit
from hw.said import said, told_by


class AnnouncementStatus(TypedDict):
    """until: when it is switched off by itself, in ISO 8601 on the office's clock; or None."""

    on: bool
    until: str | None


def offer_announcement(control: ControlServer, unit: Unit) -> None:
    """Put the method on the socket."""

    async def switch(params: dict[str, Any]) -> AnnouncementStatus:
        on = params["on"]
        until = moment_of(params["until"], unit.office, unit.now()) if on and params["until"] else None
        words = announcement_words(unit.office)
        if on and not words.text and unit.sounds.recording(words.place) is None:
            raise ControlError(
                "nothing-to-announce",
                said(
                    "there is nothing to tell callers: record it by %(code)s on a telephone, or by"
                    " `copperdesk sound add %(place)s FILE`, or write it at %(place)s in the office document",
                    code=unit.office.codes.announcement,
                    place=words.place,
                ),
            )
        try:
            await unit.switches.announce(on, until)
        except StoreFull as error:
            raise ControlError("disk-full", told_by(error)) from error
        return announcement_status(unit)

    control.method("announcement.set", switch, {"on": Param(bool), "until": Param(str, "")})


def announcement_status(unit: Unit) -> AnnouncementStatus:
    """How it stands now."""
    until = unit.switches.until(ANNOUNCEMENT)
    shown = unit.office.local(until).isoformat() if until is not None else None
    return AnnouncementStatus(on=unit.switches.announced, until=shown)
