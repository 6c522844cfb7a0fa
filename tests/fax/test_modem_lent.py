"""The driver lends its modem to the fax engine, and hears who calls as before once it has it back. In real time."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from appliance.fax.efaxcommand import ModemWays
from appliance.fax.job import FaxCause, Receiving, Sending
from appliance.fax.modemfax import ModemFax
from hw.modem.driver import Modem
from hw.modem.events import CallerTold, ModemEvent
from hw.modem.usb import UsbModems
from hw.modem.wanted import ModemWanted
from hw.sim.modem.usb import UsbSocket
from tests.calls.hearing import until
from tests.fax import papers
from tests.fax.modemlines import OURS, TELEPHONE, THEIRS, modem_lines

QUIET_S = 3.0
"""Behind a call the exchange needs a moment until the line is free for another."""


@pytest.mark.proof
@pytest.mark.real_time(within=180)
async def test_a_fax_is_sent_by_the_driver_s_modem_which_tells_who_calls_before_and_behind_it(tmp_path: Path) -> None:
    sent = papers.saved(tmp_path / "out.tif", [papers.text(60)])
    (tmp_path / "dev").mkdir()
    async with modem_lines(tmp_path) as lines:
        lines.ours.modem.unplug()
        socket = UsbSocket(tmp_path, "1-1.3", lines.ours.modem)
        socket.plug_in()
        modem = Modem(UsbModems(tmp_path), ModemWanted(country_code="B5"))
        told: list[ModemEvent] = []
        modem.on_event = told.append
        modem.start()

        async def is_told_who_calls() -> None:
            await until(lambda: modem.ready is not None, within=20)
            told.clear()
            lines.telephone.lift()
            await asyncio.sleep(1.5)
            await lines.telephone.press(OURS)
            await until(lambda: any(isinstance(one, CallerTold) for one in told), within=20)
            lines.telephone.hang_up()
            await asyncio.sleep(QUIET_S)
            assert [one.caller_id.number for one in told if isinstance(one, CallerTold)] == [TELEPHONE]

        await is_told_who_calls()
        engine = ModemFax(modem, ModemWays("1"), datetime.now)
        ours, theirs = await asyncio.gather(
            engine.send(THEIRS, Sending(sent, "+1 407 5550100", ""), lambda _progress: None),
            lines.theirs.answers(Receiving(tmp_path / "in.tif", "+1 407 5550199")),
        )
        assert (ours.cause, theirs.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
        await is_told_who_calls()
        await modem.close()
        socket.unplug()
