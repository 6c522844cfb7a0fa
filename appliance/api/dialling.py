"""Calls that a program begins: the methods `calls.dial` and `calls.web-wish`."""

from __future__ import annotations

import asyncio
from typing import Any

from appliance.api.livecalls import dialled_number, refusals
from appliance.callingout import call_out
from appliance.calls.outcome import Outcome
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.flows.webwish import web_wish
from appliance.office.callback import as_a_line_dials, dialled_back
from appliance.office.destination import ToOutside
from appliance.office.numbering import station_destination
from appliance.office.routes import dearest_class_of
from appliance.office.wishes import Wishes
from appliance.store.wishes import WishFile
from appliance.unit import Unit
from hw.said import said
from hw.tones.toneplan import tone_plan

NOT_KEPT = said("how often the web site has somebody called is not kept: the disk is full or failing")
SHORTEST = 6
"""Digits of a number that a web site may have called: shorter ones are services."""


def offer_dialling(control: Offers, unit: Unit, file: WishFile) -> None:
    """Put the methods on the socket. file: where the wishes of the web site are kept that count."""
    counted = _Counted(unit, file)
    going_on: set[asyncio.Task[Any]] = set()

    async def dial(params: dict[str, Any]) -> None:
        number, person = dialled_number(params["number"]), params["person"]
        if person:
            owner = unit.office.person(person)
            if owner is None or owner.station != params["telephone"]:
                raise ControlError("not-allowed", said("this telephone is not that person's"))
        with refusals():
            unit.call_control.call_back(number, params["telephone"])

    async def web_wish(params: dict[str, Any]) -> None:
        number = _outside(unit, params["number"])
        if not await counted.take(params["address"], number):
            raise ControlError("too-many", said("too many calls were asked for: please try again later, or call us"))
        task = asyncio.get_running_loop().create_task(_call(unit, number), name="call for the web site")
        going_on.add(task)
        task.add_done_callback(going_on.discard)

    text = Param(str)
    control.method("calls.dial", dial, {"telephone": text, "number": text, "person": Param(str, "")})
    control.method("calls.web-wish", web_wish, {"number": text, "address": text})


class _Counted:
    """The wishes that count, in memory and in the file. What cannot be written counts until the next start."""

    def __init__(self, unit: Unit, file: WishFile) -> None:
        self._unit = unit
        self._file = file
        self._wishes: Wishes | None = None
        self._taking = asyncio.Lock()

    async def take(self, address: str, number: str) -> bool:
        """Whether a wish is taken. It is on the disk then, and counts."""
        async with self._taking:
            if self._wishes is None:
                try:
                    self._wishes = Wishes(await off_loop(self._file.read))
                except OSError:
                    self._wishes = Wishes()
            taken = self._wishes.take(self._unit.now(), address, number)
            if taken:
                try:
                    await off_loop(self._file.write, self._wishes.taken)
                except OSError:
                    self._unit.trouble.report(NOT_KEPT)
            return taken


async def _call(unit: Unit, number: str) -> None:
    """Call somebody who has asked for it on the web site, at the operator's cost. number: as a line dials it.

    Until they have got somebody, they are among the callers who got nobody.
    """
    whose = unit.office.person(unit.office.operator)
    lost = await unit.lost_callers.asked(number)
    outcome = Outcome.INTERRUPTED
    try:
        if whose is not None:
            outcome = await call_out(unit.switchboard, unit.services, unit.engine, number, whose, web_wish)
    finally:
        await unit.lost_callers.wish_over(lost, outcome, unit.office)


def _outside(unit: Unit, text: str) -> str:
    """As it is dialled on a line. ControlError for a number that is none of this country's, or costs more."""
    office, number = unit.office, dialled_number(text)
    forms = tone_plan(office.country).number_forms
    dialled = as_a_line_dials(forms, number)
    allowed = office.rights.called(office.rights.from_outside).calls
    known = station_destination(office, dialled_back(office, number, inside=False))
    if not isinstance(known, ToOutside) or len(number) < SHORTEST or dearest_class_of(office, dialled) not in allowed:
        raise ControlError("not-my-number", said("the office does not call this number; please check it"))
    return dialled
