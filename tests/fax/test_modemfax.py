"""Faxes through modems: efax at both ends, carriers as sound on lines of the exchange. In real time, as efax is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from appliance.fax.job import FaxCause, Receiving, Sending
from tests.fax import papers
from tests.fax.modemlines import THEIRS, modem_lines

pytestmark = pytest.mark.real_time

HEADER_LINES = 20
"""What efax puts above each page."""


def below_header(page: papers.Paper) -> papers.Paper:
    return page[HEADER_LINES:]


async def test_a_page_goes_from_modem_to_modem_dot_for_dot(tmp_path: Path) -> None:
    page = papers.text(60)
    sent = papers.saved(tmp_path / "out.tif", [page])
    async with modem_lines(tmp_path) as lines:
        ours, theirs = await asyncio.gather(
            lines.ours.sends(THEIRS, Sending(sent, "+1 407 5550100", "")),
            lines.theirs.answers(Receiving(tmp_path / "in.tif", "+1 407 5550199")),
        )
    assert (ours.cause, ours.pages, ours.far_identity) == (FaxCause.COMPLETE, 1, "+1 407 5550199")
    assert (theirs.cause, theirs.pages, theirs.far_identity) == (FaxCause.COMPLETE, 1, "+1 407 5550100")
    assert (theirs.bit_rate, theirs.bad_rows) == (14400, 0)
    received = papers.pages_of(tmp_path / "in.tif")
    assert np.array_equal(below_header(received[0])[: len(page)], page)
    assert not (tmp_path / ".in.tif.efax").exists()
