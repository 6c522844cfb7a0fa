"""Setting up a unit that has no administrator yet: the methods `setup.…`, which the local page's first steps use."""

from __future__ import annotations

from typing import Any, TypedDict

from appliance.calls.spokencodes import SETUP, SpokenCodes, WrongCode
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.store.accounts import AccountStore
from appliance.unit import Unit

ADMINISTRATOR = "administrator"
"""The role, as accounts have it, of whoever may set the unit up."""


class SetupOpen(TypedDict):
    """open: nobody administers the unit yet, so that the set-up is all that its page shows."""

    open: bool


class Ticket(TypedDict):
    """ticket: what every other method of the set-up asks for."""

    ticket: str


async def begin_setup(unit: Unit, accounts: AccountStore) -> None:
    """Have a code for the set-up while there is no administrator, the same as before; and none when there is one."""
    codes = unit.spoken_codes
    try:
        if await administered(accounts):
            await codes.end(SETUP)
        elif codes.code(SETUP) is None:
            await codes.begin(SETUP)
    except OSError as error:
        unit.trouble.report(f"the code for the set-up cannot be kept, so it changes at every start: {error.strerror}")


async def administered(accounts: AccountStore) -> bool:
    """Whether there is an administrator's account."""
    return any(account.role == ADMINISTRATOR for account in await off_loop(accounts.all))


def offer_setup(control: ControlServer, unit: Unit, accounts: AccountStore) -> None:
    """Put the methods on the socket."""

    async def state(_params: dict[str, Any]) -> SetupOpen:
        if await administered(accounts):
            await begin_setup(unit, accounts)
            return SetupOpen(open=False)
        return SetupOpen(open=True)

    async def enter(params: dict[str, Any]) -> Ticket:
        digits = "".join(char for char in params["code"] if not char.isspace() and char != "-")
        return Ticket(ticket=admitted(unit.spoken_codes, digits, params["source"]))

    control.method("setup.state", state)
    control.method("setup.enter", enter, {"code": Param(str), "source": Param(str)})


def admitted(codes: SpokenCodes, digits: str, source: str) -> str:
    """The ticket for whoever gives the right code. ControlError `wrong-code`, or `wait` with the seconds."""
    try:
        return codes.check(SETUP, digits, source)
    except WrongCode as wrong:
        if wrong.wait_seconds:
            raise ControlError("wait", str(wrong.wait_seconds)) from wrong
        raise ControlError("wrong-code", "that is not the code which the telephones say") from wrong
