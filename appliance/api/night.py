"""The night mode: the method `night.set`. How it stands is part of `status`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict

from appliance.calls.switches import StoreFull
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.office.model import Office
from appliance.office.nightmode import NIGHT_MODE, NightMode
from appliance.unit import Unit
from hw.said import said, told_by

DAY = timedelta(days=1)
LATEST = timedelta(days=3650)


class NightStatus(TypedDict):
    """mode: a word of `NightMode`. until: when the hours decide again, in ISO 8601 on the office's clock; or None."""

    mode: str
    until: str | None


def offer_night(control: ControlServer, unit: Unit) -> None:
    """Put the method on the socket."""

    async def set_mode(params: dict[str, Any]) -> NightStatus:
        words = [mode.value for mode in NightMode]
        if params["mode"] not in words:
            raise ControlError(
                "not-understood",
                said(
                    "there is no night mode '%(mode)s': it is %(words)s",
                    mode=params["mode"],
                    words=", ".join(words),
                ),
            )
        if params["until"] and params["mode"] == NightMode.AUTOMATIC.value:
            raise ControlError("not-understood", said("automatic has no end: leave the time out"))
        until = moment_of(params["until"], unit.office, unit.now()) if params["until"] else None
        try:
            await unit.switches.set_night_mode(NightMode(params["mode"]), until)
        except StoreFull as error:
            raise ControlError("disk-full", told_by(error)) from error
        return night_status(unit)

    control.method("night.set", set_mode, {"mode": Param(str), "until": Param(str, "")})


def night_status(unit: Unit) -> NightStatus:
    """How it stands now."""
    until = unit.switches.until(NIGHT_MODE)
    shown = unit.office.local(until).isoformat() if until is not None else None
    return NightStatus(mode=unit.switches.night_mode.value, until=shown)


def moment_of(written: str, office: Office, now: datetime) -> datetime:
    """`08:00`, the next time the office's clock says so, or `2026-12-24 08:00`; in UTC. ControlError for all else."""
    here = office.local(now)
    try:
        if len(written) <= len("08:00"):
            clock = datetime.strptime(written, "%H:%M").time()  # noqa: DTZ007 - a time of the office's clock
            at = datetime.combine(here.date(), clock, tzinfo=here.tzinfo)
            at = at if at > here else datetime.combine(here.date() + DAY, clock, tzinfo=here.tzinfo)
        else:
            at = datetime.fromisoformat(written)
            at = at if at.tzinfo else at.replace(tzinfo=here.tzinfo)
    except (ValueError, OverflowError):
        raise ControlError(
            "not-understood",
            said(
                "'%(written)s' is no time such as 08:00, nor a date and time such as 2026-12-24 08:00", written=written
            ),
        ) from None
    if at <= here:
        raise ControlError("not-understood", said("%(written)s is over already", written=written))
    if at - here > LATEST:
        raise ControlError("not-understood", said("%(written)s is too far away; leave the time out", written=written))
    return at.astimezone(UTC)
