"""Malformed SIP and RTP leave the unit answering. `make fuzz` tries it for ten minutes, with another seed each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from hw.sip.unknownsenders import TOLD_FROM
from tests.sip.fuzz import fuzz
from tests.sip.malformed import LARGEST, Malice, Place

SECONDS = 8.0
MOST_GROWTH_MB = 40.0
KNOWN = ("sdp_neg.c:1557: create_answer",)
"""Assertions of the library that certain malformed offers within a call lead to. Its worker is then lost, with its own
calls only, and is back at once; proper calls must be answered all the same."""
DIED = "a SIP worker died; its calls are over, and another one starts"


@pytest.mark.waits_long
@pytest.mark.real_time
async def test_the_unit_answers_proper_calls_whatever_else_comes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    found = await fuzz(SECONDS, 1, tmp_path)
    said = capfd.readouterr().err
    known = sum(said.count(assertion) for assertion in KNOWN)
    assert len(found.lost) <= known, (found.lost, said)
    borne = {DIED} if known else set()
    assert found.faults <= borne
    assert {record.getMessage() for record in caplog.records} <= borne
    assert found.answered >= (1 if found.lost else 3)
    assert found.sent > 1000
    assert found.dropped >= TOLD_FROM
    for under_fire, in_the_end in zip(*found.megabytes, strict=True):
        assert in_the_end < under_fire + MOST_GROWTH_MB


def test_what_is_sent_is_the_same_for_a_seed_and_fits_a_packet() -> None:
    def made(seed: int) -> list[bytes]:
        malice = Malice(seed)
        place = Place(("127.0.0.2", 5060), ("127.0.0.1", 5060), "line")
        return [one for _ in range(300) for one in (malice.sip(place), malice.rtp(), malice.rtcp())]

    assert made(3) == made(3)
    assert made(3) != made(4)
    assert max(map(len, made(3))) <= LARGEST
