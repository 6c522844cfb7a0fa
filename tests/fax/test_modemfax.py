"""Faxes through modems: efax at both ends, carriers as sound on lines of the exchange. In real time, as efax is."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from appliance.fax.efaxpages import HEADER_ON_COARSE
from appliance.fax.job import FaxCause, Receiving, Sending
from hw.sim.modem.standin import StandInModem
from tests.calls.hearing import until
from tests.fax import papers
from tests.fax.modemlines import TELEPHONE, modem_lines

pytestmark = pytest.mark.real_time

HEADER_LINES = 20 + HEADER_ON_COARSE // 2
"""Above a page of 3.85 lines a mm."""


async def test_a_page_goes_from_modem_to_modem_dot_for_dot(tmp_path: Path) -> None:
    """People have made the call, on telephones beside the modems: it takes 18 s then, and 22 s where modems make it."""
    page = papers.dense(5)
    sending = Sending(papers.saved(tmp_path / "out.tif", [page], 98), "+1 407 5550100", "")
    async with modem_lines(tmp_path) as lines:
        caller, called = lines.telephone, lines.exchange.subscriber("50")
        ours, theirs = lines.beside(tmp_path, TELEPHONE), lines.beside(tmp_path, "50")
        sent = asyncio.ensure_future(ours.sends("", sending))
        caller.lift()
        await asyncio.sleep(0.3)
        await caller.press("50")
        await until(lambda: called.ringing)
        called.lift()
        received = asyncio.ensure_future(theirs.engine.receive(receiving(tmp_path), theirs.told.append))
        for telephone, modem in ((caller, ours.modem), (called, theirs.modem)):
            await until(partial(taken, modem))
            telephone.hang_up()
        out, come = await sent, await received
        ours.modem.unplug()
        theirs.modem.unplug()
    assert (out.cause, out.pages, out.far_identity) == (FaxCause.COMPLETE, 1, "+1 407 5550199")
    assert (come.cause, come.pages, come.far_identity) == (FaxCause.COMPLETE, 1, "+1 407 5550100")
    assert (come.bit_rate, come.bad_rows) == (14400, 0)
    found = papers.pages_of(tmp_path / "in.tif")
    assert np.array_equal(found[0][HEADER_LINES:][: len(page)], page)
    assert not (tmp_path / ".in.tif.efax").exists()


def taken(modem: StandInModem) -> bool:
    return modem.off_hook


def receiving(folder: Path) -> Receiving:
    return Receiving(folder / "in.tif", "+1 407 5550199")
