"""The simulated gateway between the simulated exchange and a SIP endpoint: real SIP and RTP over loopback addresses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from hw.audio import level_dbm0
from hw.sim.exchange import Exchange
from hw.sim.fxo import SimFxoPort
from hw.sim.gateway.gateway import Gateway, GatewayError
from hw.sim.gateway.settings import FxoLine, FxoSettings, FxsLine, FxsSettings
from hw.sim.patch import PatchPanel
from hw.sip import wire
from hw.sip.message import address, caller_id
from hw.sip.profile import Profile, profile
from hw.tones.toneplan import tone_plan
from tests.hw.simworld import pitch, sine
from tests.hw.sipworld import Log, Party, Person, Unit, own_address, together

US = tone_plan("us")
ANY = profile("generic-gateway")
LINE, JANE, BOB = "5550100", "5550199", "5550188"
BELIEVED = ("P-Asserted-Identity", "Remote-Party-ID", "From")


class Office:
    """One exchange line and one telephone on a gateway, with the unit behind it; Jane and Bob outside."""

    def __init__(self, facts: Profile, fxo: FxoSettings, fxs: FxsSettings, trunk: dict[str, Any]) -> None:
        self.exchange = exchange = Exchange(US, lambda: datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
        exchange.add_trunk("line", LINE, **trunk)
        self.telephone = Person(exchange.add_station("phone"), US)
        self.jane = Person(exchange.subscriber(JANE, "JANE ROE"), US)
        self.bob = Person(exchange.subscriber(BOB, "BOB POE"), US)
        self.address = own_address()
        self.unit = Unit(US, self.address, ("801", "701"))
        (self.line,), (phone,) = exchange.card.fxo, exchange.card.fxs
        lines = [FxoLine(self.line, "801", self.unit.at, fxo), FxsLine(phone, "701", self.unit.at, fxs)]
        self.gateway = Gateway(US, facts, self.address, lines)
        self.hook = Log()
        self.line.loop.source_watchers.append(self._hook_changed)

    def uri(self, user: str, port: int = 5060) -> str:
        return f"sip:{user}@{self.address}:{port}"

    def _hook_changed(self) -> None:
        held = self.line.loop.held
        if held != (self.hook.items or [False])[-1]:
            self.hook.add(held)

    async def talking(self) -> Party:
        """Jane has called the line, and the unit has answered."""
        await self.jane.dials(LINE)
        party = await self.unit.called()
        party.call.accept()
        await party.told.until(wire.Confirmed)
        return party


@asynccontextmanager
async def office(
    facts: Profile = ANY, fxo: FxoSettings | None = None, fxs: FxsSettings | None = None, **trunk: Any
) -> AsyncIterator[Office]:
    place = Office(facts, fxo or FxoSettings(), fxs or FxsSettings(), trunk)
    await place.exchange.start()
    try:
        await asyncio.gather(place.unit.start(), place.gateway.start())
        yield place
    finally:
        await place.gateway.close()
        await place.unit.endpoint.close()
        await place.exchange.close()


# Calls from the line


async def a_caller_is_announced_heard_and_missed():
    async with office(ending="busy") as here:
        await here.jane.dials(LINE)
        party = await here.unit.called()
        assert party.message is not None
        known = caller_id(party.message, BELIEVED)
        assert (party.message.user, known.number, known.name) == ("801", JANE, "JANE ROE")
        assert here.line.off_hook
        party.call.alert()
        await here.jane.hears.tones.until("ringback")
        party.call.accept()
        await party.told.until(wire.Media)

        talk = asyncio.gather(here.jane.telephone.speak(sine(400, 1.5, -18)), party.say(sine(1000, 1.5, -18)))
        await asyncio.sleep(0.4)
        up, down = await asyncio.gather(party.hears.next(0.8), here.jane.hears.next(0.8))
        assert (pitch(up), pitch(down)) == pytest.approx((400, 1000), abs=5)
        assert level_dbm0(up) == pytest.approx(-19, abs=1.5)
        assert level_dbm0(down) == pytest.approx(-22, abs=1.5)
        await talk

        await party.hears.next(0.2)
        quiet = asyncio.ensure_future(party.hears.next(0.9))
        await here.jane.telephone.press("110#")
        assert level_dbm0(await quiet) < -50
        for key in "110#":
            assert (await party.told.until(wire.KeyPressed)).digit == key
        party.call.send_digits("5", "rfc4733")
        here.jane.telephone.hang_up()
        ended = await party.told.until(wire.Ended)
        assert not ended.by_us
        assert party.digits == "110#"
        await here.hook.until(False)


async def a_private_caller_of_a_line_that_waits_for_the_unit_gives_up():
    settings = FxoSettings(answers_line="with-voip", ring_timeout_seconds=4.3)
    async with office(fxo=settings) as here:
        here.jane.telephone.lift()
        await here.jane.hears.tones.until("dial")
        await here.jane.telephone.press("*67")
        await here.jane.hears.tones.until("recall")
        await here.jane.telephone.press(LINE)
        party = await here.unit.called()
        assert party.message is not None
        assert caller_id(party.message, BELIEVED).shown == "private"
        assert address(party.message.header("from")).host == "anonymous.invalid"
        party.call.alert()
        await here.jane.hears.tones.until("ringback")
        assert not here.line.off_hook
        here.jane.telephone.hang_up()
        ended = await party.told.until(wire.Ended)
        assert (ended.status, ended.by_us) == (487, False)
        assert here.hook.items == []


async def a_refused_call_leaves_the_line_on_hook():
    async with office() as here:
        await here.jane.dials(LINE)
        (await here.unit.called()).call.clear(486)
        await here.hook.until(True)
        await here.hook.until(False)
        assert not here.gateway.ports["801"].busy


async def a_loop_break_ends_the_call_and_so_does_the_unit():
    settings = FxoSettings(answers_line="with-voip", caller_id_by="P-Asserted-Identity")
    async with office(profile("grandstream-ht813"), fxo=settings) as here:
        party = await here.talking()
        assert party.message is not None
        assert address(party.message.header("p-asserted-identity")).user == JANE
        assert party.message.from_user == "801"
        here.jane.telephone.hang_up()
        await party.told.until(wire.Ended, 2)
        await here.hook.until(False)
        assert not here.line.off_hook


# Calls to the line


async def digits_are_dialled_under_the_lines_own_dial_tone_and_a_flash_is_as_long_as_set():
    settings = FxoSettings(flash_ms=400, flash_pause_seconds=2)
    async with office(fxo=settings) as here:
        party = here.unit.call(here.uri("801"))
        await party.told.until(wire.Confirmed)
        await party.hears.tones.until("dial")
        second = here.unit.call(here.uri("801"))
        assert (await second.told.until(wire.Ended)).status == 486
        party.call.send_digits(BOB, "rfc4733")
        await here.bob.saw.until("ringing")
        here.bob.telephone.lift()
        await here.hook.until(True)
        party.call.send_flash("info", "application/hook-flash")
        party.call.send_flash("rfc4733", "")
        party.call.send_digits("5", "rfc4733")
        await here.hook.until(False)
        opened = here.hook.times[-1]
        await here.hook.until(True)
        assert here.hook.times[-1] - opened == pytest.approx(0.4, abs=0.05)
        await party.hears.tones.until("recall", 2.3)
        party.call.clear()
        await party.told.until(wire.Ended)
        await here.hook.until(False)
        assert here.hook.items == [True, False, True, False]


async def a_number_is_dialled_by_the_gateway_once_there_is_dial_tone():
    async with office(profile("grandstream-ht813")) as here:
        here.exchange.fault("line", "cut")
        dead = here.unit.call(here.uri(BOB, 5062))
        assert (await dead.told.until(wire.Ended)).status == 503
        here.exchange.fault("line", "restore")
        party = here.unit.call(here.uri(BOB, 5062))
        await here.hook.until(True)
        assert not party.told.count(wire.Confirmed)
        await party.told.until(wire.Confirmed)
        await here.bob.saw.until("ringing")
        await party.hears.tones.until("ringback")
        party.call.send_flash("rfc4733", "")  # This model takes none.
        await party.hears.next(0.5)
        party.call.clear()
        await here.hook.until(False)
        assert here.hook.items == [True, False]


# The telephone


async def a_telephone_rings_with_the_callers_name_and_talks():
    facts = replace(ANY, flash_in="info", flash_info_type="application/broadsoft", digits_out="info")
    async with office(facts) as here:
        phone = here.telephone
        party = here.unit.call(here.uri("701"), '"Bob Poe" <sip:5550188@127.0.0.1>')
        await phone.saw.until("caller-id")
        assert phone.telephone.caller_id is not None
        assert (phone.telephone.caller_id.number, phone.telephone.caller_id.name) == (BOB, "Bob Poe")
        assert [report.status for report in party.told.count(wire.ProvisionalAnswer)] == [180]
        phone.telephone.lift()
        await party.told.until(wire.Media)
        talk = asyncio.gather(phone.telephone.speak(sine(400, 1, -18)), party.say(sine(1000, 1, -18)))
        await asyncio.sleep(0.4)
        up, down = await asyncio.gather(party.hears.next(0.4), phone.hears.next(0.4))
        assert (pitch(up), pitch(down)) == pytest.approx((400, 1000), abs=5)
        await talk
        await phone.telephone.press("42")
        phone.telephone.flash()
        assert (await party.told.until(wire.Flashed)).way == "info"
        assert party.digits == "42"
        second = here.unit.call(here.uri("701"))
        assert (await second.told.until(wire.Ended)).status == 486
        party.call.clear()
        await phone.saw.until("loop-break")
        await phone.hears.tones.until("busy")
        phone.telephone.hang_up()


async def a_telephone_that_is_rung_in_vain_is_quiet_again():
    async with office() as here:
        party = here.unit.call(here.uri("701"))
        await here.telephone.saw.until("ringing")
        party.call.clear()
        await here.telephone.saw.until("quiet")
        assert (await party.told.until(wire.Ended)).by_us
        missing = here.unit.call(here.uri("799"), "<sip:799@127.0.0.1>")
        await missing.told.until(wire.Confirmed)
        missing.call.clear()


async def a_lifted_telephone_calls_the_unit_at_once():
    async with office() as here:
        phone = here.telephone
        phone.telephone.lift()
        refused = await here.unit.called()
        assert refused.message is not None
        assert (refused.message.user, refused.message.from_user) == ("701", "701")
        refused.call.clear(486)
        await phone.hears.tones.until("busy")
        phone.telephone.hang_up()
        await asyncio.sleep(1)  # Less would be a flash.
        phone.telephone.lift()
        party = await here.unit.called()
        party.call.accept()
        await party.told.until(wire.Media)
        await phone.telephone.pulse("3")
        assert (await party.told.until(wire.KeyPressed)).digit == "3"
        phone.telephone.hang_up()
        assert not (await party.told.until(wire.Ended)).by_us


async def a_telephone_with_dial_tone_of_the_gateways_dials():
    async with office(fxs=FxsSettings(hotline=False, interdigit_seconds=1)) as here:
        phone = here.telephone
        await phone.dials("5#")
        ended = await here.unit.called()
        assert ended.message is not None
        assert (ended.message.user, ended.message.from_user) == ("5", "701")
        ended.call.alert()
        await phone.hears.tones.until("ringback")
        phone.telephone.hang_up()
        assert (await ended.told.until(wire.Ended)).status == 487
        await phone.dials("12")
        party = await here.unit.called()
        assert party.message is not None
        assert party.message.user == "12"
        party.call.clear(404)
        await phone.hears.tones.until("reorder")
        phone.telephone.hang_up()


@asynccontextmanager
async def corded(users: list[str], settings: FxoSettings) -> AsyncIterator[tuple[Unit, dict[str, SimFxoPort], str]]:
    """Lines of these users, by them, that end at patch cords with nobody there, and the gateway's address."""
    where = own_address()
    unit = Unit(US, where, tuple(users))
    panel = PatchPanel(US)
    lines = {user: panel.cord(f"far end of {user}", user)[1] for user in users}
    gateway = Gateway(US, ANY, where, [FxoLine(line, user, unit.at, settings) for user, line in lines.items()])
    await panel.start()
    try:
        await asyncio.gather(unit.start(), gateway.start())
        yield unit, lines, where
    finally:
        await gateway.close()
        assert not any(line.off_hook for line in lines.values())
        await asyncio.gather(unit.endpoint.close(), panel.close())


async def a_line_without_dial_tone_is_given_up():
    async with corded(["801"], FxoSettings(dial_tone_seconds=0.5)) as (unit, lines, where):
        party = unit.call(f"sip:{BOB}@{where}:5060")
        assert (await party.told.until(wire.Ended)).status == 503
        assert not lines["801"].off_hook


async def more_lines_than_one_process_carries_are_found_all_the_same():
    users = [f"80{number}" for number in range(1, 6)]
    async with corded(users, FxoSettings(waits_for_dial_tone=False)) as (unit, lines, where):
        outcomes = [("805", "801", wire.Confirmed), ("12", "802", wire.Confirmed), ("3", "805", wire.Ended)]
        for user, caller, outcome in outcomes:
            party = unit.call(f"sip:{user}@{where}:5060", f"<sip:{caller}@{unit.address}>")
            told = await party.told.until(outcome)
        assert told.status == 486
        assert [user for user, line in lines.items() if line.off_hook] == ["802", "805"]


async def an_address_in_use_is_told():
    async with office() as here:
        other = Gateway(US, ANY, here.address, [FxoLine(here.line, "801", here.unit.at)])
        with pytest.raises(GatewayError, match="5060"):
            await other.start()


@pytest.mark.real_time
async def test_a_caller_on_the_line():
    await together(
        a_caller_is_announced_heard_and_missed,
        a_private_caller_of_a_line_that_waits_for_the_unit_gives_up,
        a_refused_call_leaves_the_line_on_hook,
        a_loop_break_ends_the_call_and_so_does_the_unit,
    )


@pytest.mark.real_time
async def test_calls_to_the_line_and_the_telephone():
    await together(
        digits_are_dialled_under_the_lines_own_dial_tone_and_a_flash_is_as_long_as_set,
        a_number_is_dialled_by_the_gateway_once_there_is_dial_tone,
        a_line_without_dial_tone_is_given_up,
        more_lines_than_one_process_carries_are_found_all_the_same,
        an_address_in_use_is_told,
        a_telephone_rings_with_the_callers_name_and_talks,
        a_telephone_that_is_rung_in_vain_is_quiet_again,
        a_lifted_telephone_calls_the_unit_at_once,
        a_telephone_with_dial_tone_of_the_gateways_dials,
    )
