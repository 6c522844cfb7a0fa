"""Malformed SIP and RTP leave the unit answering. `make fuzz` tries it for ten minutes, with another seed each time."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.sip.fuzz import fuzz
from tests.sip.malformed import LARGEST, Malformed

SECONDS = 8.0


@pytest.mark.parametrize("seed", [1])
def test_the_unit_answers_proper_calls_whatever_else_comes(tmp_path: Path, seed: int) -> None:
    found = asyncio.run(fuzz(SECONDS, seed, tmp_path, to_the_end=False))
    assert found.lost == []
    assert found.answered >= 2
    assert found.sent > 100
    assert found.taken > 0
    assert found.dropped > 0
    assert found.megabytes[1] < found.megabytes[0] + 20


def test_what_is_sent_is_the_same_for_a_seed_and_fits_a_datagram() -> None:
    def made(seed: int) -> list[bytes]:
        source = Malformed(seed, "127.0.0.2", ("127.0.0.1", 5060), "line")
        return [one for _ in range(300) for one in (source.sip(), source.rtp())]

    assert made(3) == made(3)
    assert made(3) != made(4)
    assert max(map(len, made(3))) <= LARGEST
