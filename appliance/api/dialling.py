"""Calls that a program begins: the methods `calls.dial` and `calls.web-wish`."""

from __future__ import annotations

import asyncio
from typing import Any

from appliance.api.livecalls import refusals
from appliance.callingout import call_out
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.flows.webwish import web_wish
from appliance.office.callback import as_a_line_dials, dialled_back
from appliance.office.callernumber import NotANumber, bare
from appliance.office.destination import ToOutside
from appliance.office.numbering import station_destination
from appliance.office.routes import dearest_class_of
from appliance.office.wishes import Wishes
from appliance.unit import Unit
from hw.said import said, told_by
from hw.tones.toneplan import tone_plan

SHORTEST = 6
"""Digits of a number that a web site may have called: shorter ones are services."""


def offer_dialling(control: Offers, unit: Unit) -> None:
    """Put the methods on the socket."""
    wishes = Wishes()
    going_on: set[asyncio.Task[Any]] = set()

    async def dial(params: dict[str, Any]) -> None:
        number, person = _number(params["number"]), params["person"]
        if person:
            owner = unit.office.person(person)
            if owner is None or owner.station != params["telephone"]:
                raise ControlError("not-allowed", said("this telephone is not that person's"))
        with refusals():
            unit.call_control.call_back(number, params["telephone"])

    async def web_wish(params: dict[str, Any]) -> None:
        number = _outside(unit, params["number"])
        if not wishes.take(unit.now(), params["address"], number):
            raise ControlError("too-many", said("too many calls were asked for: please try again later, or call us"))
        task = asyncio.get_running_loop().create_task(_call(unit, number), name="call for the web site")
        going_on.add(task)
        task.add_done_callback(going_on.discard)

    text = Param(str)
    control.method("calls.dial", dial, {"telephone": text, "number": text, "person": Param(str, "")})
    control.method("calls.web-wish", web_wish, {"number": text, "address": text})


async def _call(unit: Unit, number: str) -> None:
    """Call somebody who has asked for it on the web site, at the operator's cost. number: as a line dials it."""
    whose = unit.office.person(unit.office.operator)
    if whose is not None:
        await call_out(unit.switchboard, unit.services, unit.engine, number, whose, web_wish)


def _number(text: str) -> str:
    try:
        return bare(text)
    except NotANumber as error:
        raise ControlError("no-number", told_by(error)) from error


def _outside(unit: Unit, text: str) -> str:
    """As it is dialled on a line. ControlError for a number that is none of this country's, or costs more."""
    office, number = unit.office, _number(text)
    forms = tone_plan(office.country).number_forms
    dialled = as_a_line_dials(forms, number)
    allowed = office.rights.called(office.rights.from_outside).calls
    known = station_destination(office, dialled_back(office, number, inside=False))
    if not isinstance(known, ToOutside) or len(number) < SHORTEST or dearest_class_of(office, dialled) not in allowed:
        raise ControlError("not-my-number", said("the office does not call this number; please check it"))
    return dialled
