"""Faxes through modems: efax at both ends, carriers as sound on lines of the exchange. In real time, as efax is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from appliance.fax.efaxcommand import ModemWays
from appliance.fax.efaxpages import HEADER_ON_COARSE
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, Receiving, Sending
from appliance.fax.modemfax import ModemFax
from hw.modem.bus import ModemError
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


class Lends:
    """A modem that lends this path, or has none to lend."""

    def __init__(self, path: str) -> None:
        self._path = path

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[str]:
        if not self._path:
            raise ModemError("the modem is not ready")
        yield self._path


def engine(path: str) -> ModemFax:
    return ModemFax(Lends(path), ModemWays(), datetime.now)


async def test_what_cannot_begin_is_told_with_its_cause(tmp_path: Path) -> None:
    nothing = FaxResult(FaxCause.NO_LINE, 0, detail="the modem is not ready")
    assert await engine("").receive(receiving(tmp_path), told) == nothing
    gone = await engine(str(tmp_path / "ttyACM0")).receive(receiving(tmp_path), told)
    assert (gone.cause, gone.pages) == (FaxCause.ENGINE, 0)
    assert "No such file" in gone.detail
    (tmp_path / "bad.tif").write_bytes(b"no pages")
    bad = await engine("/dev/null").send("1", Sending(tmp_path / "bad.tif", "1", ""), told)
    assert bad.cause is FaxCause.BAD_PAGES
    led = Sending(tmp_path / "bad.tif", "1", "", subaddress="102")
    assert (await engine("/dev/null").send("1", led, told)).cause is FaxCause.INCOMPATIBLE
    polling = Receiving(tmp_path / "in.tif", "1", polling=True)
    assert (await engine("/dev/null").receive(polling, told)).cause is FaxCause.INCOMPATIBLE
    (tmp_path / "file").write_bytes(b"")
    nowhere = await engine("/dev/null").receive(Receiving(tmp_path / "file" / "in.tif", "1"), told)
    assert nowhere.cause is FaxCause.STORAGE
    assert str(tmp_path) not in nowhere.detail
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def told(_progress: FaxProgress) -> None:
    """Nobody listens."""
