"""A fax as sound in a call over SIP, between two endpoints with their own processes, in real time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast

import pytest

from appliance.calls.faxing import receive_fax, send_fax
from appliance.calls.leg import Leg
from appliance.calls.party import Party, says_nothing
from appliance.fax.job import FaxCause
from appliance.media.engine import Engine
from hw.sip.call import SipCall
from tests.fax.machines import receiving, sending
from tests.fax.papers import same, saved, text
from tests.hw.sipsides import sides, talking


def party_on(engine: Engine, call: SipCall) -> Party:
    """As a gateway line of the unit has it."""
    media = engine.open("gateway", call.write, jitters=True)
    media.on_data = call.carry_data
    call.on_frame = media.deliver
    return Party(Leg("gateway", media, lambda _leg: media.close()), cast(Any, None), says_nothing)


@pytest.mark.proof
@pytest.mark.waits_long
@pytest.mark.real_time(within=120)
@pytest.mark.parametrize("ecm", [True, False])
async def test_pages_cross_a_call_over_sip(tmp_path: Path, ecm: bool) -> None:
    pages = [text(100), text(300)]
    engine = Engine()
    await engine.start()
    async with sides() as (here, there):
        one, other = await talking(here, there)
        sent, received = await asyncio.gather(
            send_fax(
                party_on(engine, one.call), sending(saved(tmp_path / "out.tif", pages), ecm=ecm), lambda _progress: None
            ),
            receive_fax(party_on(engine, other.call), receiving(tmp_path / "in.tif"), lambda _progress: None),
        )
    await engine.close()
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE), (sent, received)
    assert same(tmp_path / "in.tif", pages)
