"""A fax over a line of a gateway: the gateway's own part in virtual time, and the whole way, SIP and RTP, in real
time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from appliance.calls.faxing import receive_fax, send_fax
from appliance.fax.job import FaxCause, FaxResult, Receiving, Sending
from appliance.fax.terminal import FaxTerminal
from appliance.media.engine import Engine
from appliance.scenario.faxmachine import be_a_fax_machine
from hw.audio import SILENCE, Frame
from hw.linecard import OffHook
from hw.sim.gateway.fxs import GatewayFxs
from hw.sim.gateway.settings import FxsSettings
from hw.sip import wire
from hw.sip.call import SipCall
from tests.fax.machines import receiving, sending
from tests.fax.papers import same, saved, text
from tests.fax.test_over_sip import party_on
from tests.hw.test_sim_gateway import ANY, US, office


class CallToFax:
    """The gateway's call to a unit that is a fax machine, with no network between them."""

    def __init__(self, job: Sending | Receiving) -> None:
        self.terminal = FaxTerminal(job, lambda _progress: None)
        self.on_report: Any = None
        self.on_frame: Any = None
        self.carries_data = False

    def write(self, frame: Frame) -> None:
        self.on_frame(self.terminal.feed(frame))

    def carry_data(self, carries: bool) -> None:
        self.carries_data = carries

    def clear(self, status: int) -> None:
        """The gateway has let go."""


class FaxPhone:
    """An FXS port with a fax machine on it, lifted. Some of what it is sent comes back, as from any line."""

    name = "fax"
    off_hook = True
    _ECHO = 0.12

    def __init__(self, job: Sending | Receiving) -> None:
        self.terminal = FaxTerminal(job, lambda _progress: None)
        self._answer: Frame = SILENCE
        self._sent: Frame = SILENCE

    def attach(self, on_event: Any, on_frame: Any) -> None:
        self.on_event, self._on_frame = on_event, on_frame

    def write(self, frame: Frame) -> None:
        self._sent = frame

    def tick(self) -> None:
        self._on_frame(np.rint(self._answer + self._ECHO * self._sent).clip(-32768, 32767).astype(np.int16))
        self._answer = self.terminal.feed(self._sent)


async def crossed(ours: Sending | Receiving, theirs: Sending | Receiving) -> tuple[CallToFax, FaxResult, FaxResult]:
    call, phone = CallToFax(ours), FaxPhone(theirs)
    port = GatewayFxs(cast(Any, phone), "701", "127.0.0.1:5060", US, ANY, FxsSettings())
    port.dial = lambda *_call: cast(SipCall, call)
    phone.on_event(OffHook())
    await asyncio.sleep(0)
    call.on_report(wire.Confirmed(1))
    for _ in range(50 * 120):
        phone.tick()
        if call.terminal.result is not None and phone.terminal.result is not None:
            return call, call.terminal.result, phone.terminal.result
    raise AssertionError(f"no end: {call.terminal.result} {phone.terminal.result}")


async def test_a_gateway_passes_a_fax_through_as_it_is_once_a_machine_has_answered(tmp_path: Path) -> None:
    pages = [text(60)]
    pages_sent = sending(saved(tmp_path / "out.tif", pages))
    call, sent, received = await crossed(pages_sent, receiving(tmp_path / "in.tif"))
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE), (sent, received)
    assert (sent.bit_rate, sent.ecm) == (14400, True)
    assert same(tmp_path / "in.tif", pages)
    assert call.carries_data


async def test_a_machine_that_answers_at_the_unit_is_heard_by_the_gateway_as_well(tmp_path: Path) -> None:
    pages = [text(60)]
    pages_sent = sending(saved(tmp_path / "out.tif", pages))
    call, received, sent = await crossed(receiving(tmp_path / "in.tif"), pages_sent)
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE), (sent, received)
    assert (sent.bit_rate, sent.ecm) == (14400, True)
    assert same(tmp_path / "in.tif", pages)
    assert call.carries_data


PAGES = [text(1100)]
"""A page of writing, a minute at 14400 bit/s."""


def came_through(sent: FaxResult, received: FaxResult | None, into: Path) -> None:
    assert received is not None
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE), (sent, received)
    assert received.ecm
    assert received.bit_rate >= 7200
    assert same(into, PAGES)


@pytest.mark.proof
@pytest.mark.waits_long
@pytest.mark.real_time(within=150)
async def test_the_unit_sends_a_fax_over_a_gateway(tmp_path: Path) -> None:
    pages, into = saved(tmp_path / "out.tif", PAGES), tmp_path / "in.tif"
    engine = Engine()
    await engine.start()
    async with office() as here:
        call = (await here.talking()).call
        machine = asyncio.ensure_future(be_a_fax_machine(here.jane.telephone, receiving(into)))
        sent = await send_fax(party_on(engine, call), sending(pages), lambda _progress: None)
        came_through(sent, await machine, into)
    await engine.close()


@pytest.mark.proof
@pytest.mark.waits_long
@pytest.mark.real_time(within=150)
async def test_the_unit_receives_a_fax_over_a_gateway(tmp_path: Path) -> None:
    pages, into = saved(tmp_path / "out.tif", PAGES), tmp_path / "in.tif"
    engine = Engine()
    await engine.start()
    async with office() as here:
        call = (await here.talking()).call
        machine = asyncio.ensure_future(be_a_fax_machine(here.jane.telephone, sending(pages)))
        received = await receive_fax(party_on(engine, call), receiving(into), lambda _progress: None)
        sent = await machine
        assert sent is not None
        came_through(sent, received, into)
    await engine.close()
