"""Calls that go on: the methods `calls.…`, for whoever answers for the office. What goes on is part of `status`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from appliance.callcontrol import CannotBeDone
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.callernumber import NotANumber, bare
from appliance.unit import Unit
from hw.said import told_by


def offer_live_calls(control: Offers, unit: Unit) -> None:
    """Put the methods on the socket. `call`: the id of a call; `telephone`: the name of one, which is rung first."""

    async def transfer(params: dict[str, Any]) -> None:
        with refusals():
            await unit.call_control.transfer(params["call"], params["to"])

    async def transfer_outside(params: dict[str, Any]) -> None:
        with refusals():
            await unit.call_control.transfer_outside(params["call"], dialled_number(params["number"]), params["by"])

    async def park(params: dict[str, Any]) -> dict[str, int]:
        with refusals():
            return {"place": await unit.call_control.park(params["call"])}

    async def hang_up(params: dict[str, Any]) -> None:
        with refusals():
            unit.call_control.hang_up(params["call"])

    async def pick_up(params: dict[str, Any]) -> None:
        with refusals():
            unit.call_control.pick_up(params["call"], params["telephone"])

    async def listen(params: dict[str, Any]) -> None:
        with refusals():
            unit.call_control.listen(params["call"], params["telephone"])

    call = {"call": Param(str)}
    at_telephone = call | {"telephone": Param(str)}
    control.method("calls.transfer", transfer, call | {"to": Param(str)})
    control.method("calls.transfer-outside", transfer_outside, call | {"number": Param(str), "by": Param(str, "")})
    control.method("calls.park", park, call)
    control.method("calls.hang_up", hang_up, call)
    control.method("calls.pick_up", pick_up, at_telephone)
    control.method("calls.listen", listen, at_telephone)


def dialled_number(written: str) -> str:
    """A number that is to be called, without all that it is written with. ControlError `no-number` for none."""
    try:
        return bare(written)
    except NotANumber as error:
        raise ControlError("no-number", told_by(error)) from error


@contextmanager
def refusals() -> Iterator[None]:
    """What cannot be done is told by its code."""
    try:
        yield
    except CannotBeDone as refused:
        raise ControlError(refused.code, str(refused)) from None
