"""A forgotten password of the local page: what a telephone says, together with the unit's label or button."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.api.accounts import offer_accounts
from appliance.api.recovery import BUTTON_LASTS, CODE_LASTS, PASSWORD, Recovery
from appliance.clock import LoopClock
from appliance.control.errors import ControlError
from appliance.hardware.buttons import Buttons
from appliance.notify.recording import RecordingCarrier
from appliance.office.lamp import Panel
from appliance.store.accounts import AccountStore, WebAccount
from tests.calls.hearing import until
from tests.calls.world import MORNING, World, world
from tests.notify.offered import Offered
from tests.notify.office import MARIA_BY_MAIL

PAGE = "192.168.1.20"


class Unit:
    """A unit with an account, and what the page's process may ask of it."""

    def __init__(self, here: World, accounts: AccountStore, carrier: RecordingCarrier) -> None:
        self.here, self.accounts, self.carrier = here, accounts, carrier
        self.clock = LoopClock(asyncio.get_running_loop(), MORNING)
        self.control = Offered()
        offer_accounts(self.control, accounts, self.clock, here.appliance.office.local)
        self.recovery = Recovery(here.appliance, accounts, self.clock)
        self.recovery.offer(self.control)  # type: ignore[arg-type]

    async def ask(self, method: str, /, **params: Any) -> Any:
        return await self.control.call(method, **params)

    async def label(self) -> str:
        return str((await self.ask("recovery.label"))["code"])

    def code(self) -> str:
        code = self.here.appliance.spoken_codes.code(PASSWORD)
        assert code is not None
        return code.digits

    async def enter(self, code: str, label: str = "") -> str:
        return str((await self.ask("recovery.enter", code=code, label=label, source=PAGE))["ticket"])

    def faults(self) -> list[str]:
        return [fault for fault in self.here.appliance.faults if "was reset" in fault]


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[AbstractAsyncContextManager[Unit]]:
    accounts = AccountStore.open(tmp_path / "accounts.sqlite")
    accounts.put(WebAccount("ada", "administrator", "", "", "old"))

    @asynccontextmanager
    async def made() -> Any:
        carrier = RecordingCarrier()
        async with world(MARIA_BY_MAIL, carrier=carrier) as here:
            yield Unit(here, accounts, carrier)

    yield made()
    accounts.close()


async def test_a_telephone_says_the_code_and_with_the_label_it_opens_the_account(unit: Unit) -> None:
    await unit.ask("recovery.begin")
    maria = await unit.here.phone("fxs-1").dials("**0")
    await maria.hears("spoken-code")
    maria.hangs_up()
    session = unit.accounts.sessions.begin("ada", PAGE, "Firefox", unit.clock.now())
    code = unit.code()
    ticket = await unit.enter(f"{code[:4]} {code[4:]}", (await unit.label()).upper().replace("-", " "))
    await unit.ask("recovery.set-password", ticket=ticket, account="Ada", hash="new")
    assert (await unit.ask("accounts.find", name="ada"))["hash"] == "new"
    assert unit.accounts.sessions.find(session, unit.clock.now()) is None
    with pytest.raises(ControlError, match="codes of the telephone"):
        await unit.ask("recovery.set-password", ticket=ticket, account="ada", hash="once more")


async def test_everybody_is_told_until_somebody_confirms(unit: Unit) -> None:
    await unit.ask("recovery.begin")
    ticket = await unit.enter(unit.code(), await unit.label())
    await unit.ask("recovery.set-password", ticket=ticket, account="ada", hash="new")
    await until(lambda: any(job.subject == "A password was reset" for job in unit.carrier.carried))
    job = next(job for job in unit.carrier.carried if job.subject == "A password was reset")
    assert job.to == "maria@example.org"
    assert "Account: ada" in job.text
    assert len(unit.faults()) == 1

    unit.here.appliance.trouble.withdraw(unit.faults()[0])  # As a restart does.
    await unit.recovery.start()
    assert len(unit.faults()) == 1
    assert [one["account"] for one in await unit.ask("recovery.unconfirmed")] == ["ada"]
    await unit.ask("recovery.confirm")
    assert (unit.faults(), await unit.ask("recovery.unconfirmed")) == ([], [])


async def test_neither_of_the_two_is_enough_alone(unit: Unit) -> None:
    label = await unit.label()
    with pytest.raises(ControlError, match="codes of the telephone"):
        await unit.enter("", label)  # No code was begun.
    await unit.ask("recovery.begin")
    for code, given in ((unit.code(), ""), (unit.code(), "abcd-abcd-abcd"), ("00000000", label)):
        with pytest.raises(ControlError, match="codes of the telephone"):
            await unit.enter(code, given)
    with pytest.raises(ControlError, match="codes of the telephone"):
        await unit.ask("recovery.set-password", ticket="", account="ada", hash="new")


async def test_the_code_stays_while_it_is_good_and_ends_by_itself(unit: Unit) -> None:
    await unit.ask("recovery.begin")
    code = unit.code()
    await unit.ask("recovery.begin")
    assert unit.code() == code
    await asyncio.sleep(CODE_LASTS.total_seconds())
    with pytest.raises(ControlError, match="codes of the telephone"):
        await unit.enter(code, await unit.label())


async def test_the_button_on_the_unit_is_held_for_ten_seconds(unit: Unit) -> None:
    buttons = Buttons(unit.here.appliance, Panel(password_button=4), unit.recovery.button_held)
    await unit.ask("recovery.begin")
    await buttons.press("password", 5)
    with pytest.raises(ControlError, match="codes of the telephone"):
        await unit.enter(unit.code())
    await buttons.press("password", 10.5)
    assert await unit.enter(unit.code())
    await buttons.close()


@pytest.mark.parametrize(("later", "opens"), [(BUTTON_LASTS - timedelta(seconds=1), True), (BUTTON_LASTS, False)])
async def test_the_button_stands_for_the_label_for_ten_minutes(unit: Unit, later: timedelta, opens: bool) -> None:
    await unit.ask("recovery.begin")
    await unit.ask("recovery.button")
    await asyncio.sleep(later.total_seconds())
    if opens:
        assert await unit.enter(unit.code())
    else:
        with pytest.raises(ControlError, match="codes of the telephone"):
            await unit.enter(unit.code())


async def test_guessing_is_slowed_and_the_button_lifts_that(unit: Unit) -> None:
    await unit.ask("recovery.begin")
    label, codes = await unit.label(), []
    for _ in range(7):
        with pytest.raises(ControlError) as refused:
            await unit.enter(unit.code(), "abcd-abcd-abcd")
        codes.append(refused.value.code)
    assert codes == ["wrong-code"] * 5 + ["wait"] * 2
    await unit.ask("recovery.button")
    assert await unit.enter(unit.code(), label)
