"""Greetings heard at the page, and recorded by a telephone that is rung for it: `greetings.sound`, `greetings.ring`."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from appliance.api.greetings import greeting_kind, greeting_last_day, greeting_owner
from appliance.api.hearing import SoundPiece, piece_of
from appliance.calls.greetingchoice import ends_behind
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.flows.greetings import record_one
from appliance.unit import Unit
from hw.callerid.coding import CallerId
from hw.said import said

RING_SECONDS = 45.0
SHOWN: Final = CallerId(name="Record greeting")


def offer_recording(control: Offers, unit: Unit) -> None:
    """Put the methods on the socket."""

    async def sound(params: dict[str, Any]) -> SoundPiece:
        owner = greeting_owner(unit.office, params["person"])
        kind = greeting_kind(params["kind"], owner)
        path = await unit.mail.own(owner.id, kind.what)
        try:
            if path is not None:
                return await off_loop(piece_of, path, params["at"])
        except FileNotFoundError:  # It was removed at this very moment.
            pass
        raise ControlError(
            "no-recording", said("%(owner)s has no recording of this kind: %(kind)s", owner=owner.name, kind=kind.value)
        )

    async def ring(params: dict[str, Any]) -> None:
        owner = greeting_owner(unit.office, params["person"])
        kind = greeting_kind(params["kind"], owner)
        today = unit.office.local(unit.now()).date()
        last_day = greeting_last_day(params["until"], kind, today)
        until = ends_behind(last_day, unit.office.time_zone) if last_day is not None else None
        who = unit.office.person(params["at"])
        line = unit.lines.stations.get(who.station) if who is not None and who.station is not None else None
        if line is None:
            raise ControlError("no-telephone", said("no telephone of the office is this person's"))
        flow = partial(record_one, owner=owner, what=kind.what, until=until)
        if not unit.switchboard.call_up_soon(line, flow, "recording a greeting", shown=SHOWN, seconds=RING_SECONDS):
            raise ControlError("telephone-busy", said("the telephone is in use"))

    whose = {"person": Param(str), "kind": Param(str)}
    control.method("greetings.sound", sound, whose | {"at": Param(int, 0)})
    control.method("greetings.ring", ring, whose | {"at": Param(str), "until": Param(str, "")})
