"""Puts another office in place of the one in use: the method `office.load`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypedDict

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.prompts.synthesis import SynthesisFailed
from appliance.store.office import OfficeStore, StoreFull
from appliance.unit import Unit


class Loaded(TypedDict):
    """later: what of it is used only when no call is on any line; all else is used now. warnings: for people."""

    later: list[str]
    warnings: list[str]


def offer_office(
    control: ControlServer,
    unit: Unit,
    store: OfficeStore,
    *,
    change_led: Callable[[Office], None],
    make_anew: Callable[[], None],
) -> None:
    """Put the method on the socket.

    change_led: takes the LED that the office names. make_anew: the unit has to be put together anew, by this office.
    """
    loading = asyncio.Lock()

    async def load(params: dict[str, Any]) -> Loaded:
        document = params["document"]
        try:
            office = await off_loop(office_of, document)
        except OfficeErrors as errors:
            raise ControlError("office-refused", str(errors)) from errors
        async with loading:  # One at a time, so that the office stored last is the one in use.
            try:
                await unit.prepare(office)
                await off_loop(store.save, document)
            except SynthesisFailed as error:
                raise ControlError("voice-failed", str(error)) from error
            except StoreFull as error:
                raise ControlError("disk-full", str(error)) from error
            before, warnings = unit.office, unit.left_out(office)
            await unit.use(office)
            if office.led != before.led:
                change_led(office)
            later = []
            if office.country != before.country:
                later.append("its country")
            if office.sip != before.sip:
                later.append("what it has over SIP")
            if later:
                make_anew()
            return Loaded(later=later, warnings=warnings)

    control.method("office.load", load, {"document": Param(dict)})
