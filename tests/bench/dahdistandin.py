"""`python -m tests.bench.dahdistandin FOLDER PAIRS LATE`: the DAHDI stand-in as a process of its own, for `dahdi.py`.

It mounts the device files in FOLDER, with PAIRS trunks and as many telephones, and does what it is told by lines of
its standard input. Its telephones are lifted and speak all the time; the exchange's end of each trunk is recorded.
LATE is the chance of a frame to come 200 ms late.

    hang-up          the exchange opens the first trunk's loop: the time is told, by the clock all processes have
    report           {"lost": …, "gaps": …, "delay_ms": …}
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from hw.audio import FRAME_SAMPLES, Frame
from hw.sim.dahdi.faults import CallFaults
from hw.sim.dahdi.span import StandInSpan
from hw.sim.exchange import Exchange
from hw.sim.telephone import Telephone
from hw.tones.toneplan import tone_plan

KEPT_FRAMES = 50
"""1 s: the delay changes slowly while the unit adapts to the card's clock."""
LONGEST_DELAY = 2000
"""Samples: 250 ms."""


class Pair:
    """A telephone that speaks, and the exchange's end of the trunk that it talks over."""

    def __init__(self, telephone: Telephone, span: StandInSpan, trunk: str, seed: int) -> None:
        self.said: deque[Frame] = deque(maxlen=KEPT_FRAMES)
        self.came: deque[Frame] = deque(maxlen=KEPT_FRAMES)
        noise = np.random.default_rng(seed).standard_normal(1000 * FRAME_SAMPLES)
        noise = np.convolve(noise, np.ones(8) / np.sqrt(8), "same")  # Deep sound stays alike when it is resampled.
        self._speech = np.rint(noise * 1500).astype(np.int16).reshape(-1, FRAME_SAMPLES)
        self._at = 0
        self._spoken: Frame = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        self._loop = span.loops[trunk]
        telephone.microphone = self._next
        telephone.lift()

    def tick(self) -> None:
        up = self._loop.up
        self.said.append(self._spoken)
        self.came.append(np.zeros(FRAME_SAMPLES, dtype=np.int16) if up is None else up.astype(np.int16))

    def delay_ms(self) -> float:
        """From the telephone to the exchange, by where what came is most alike what was said."""
        said, came = (np.concatenate(list(frames)).astype(np.float64) for frames in (self.said, self.came))
        heard = came[LONGEST_DELAY:]
        alike = [np.dot(said[LONGEST_DELAY - lag : len(said) - lag], heard) for lag in range(LONGEST_DELAY)]
        return float(np.argmax(alike)) / 8

    def _next(self) -> Frame:
        self._at = (self._at + 1) % len(self._speech)
        self._spoken = self._speech[self._at]
        return self._spoken


async def stand_in(folder: Path, pairs: int, late: float) -> None:
    exchange = Exchange(tone_plan("us"), lambda: datetime.now(UTC))
    trunks = {f"dahdi-{n + 1}": f"555010{n}" for n in range(pairs)}
    stations = [f"dahdi-{pairs + n + 1}" for n in range(pairs)]
    span = StandInSpan(exchange, trunks, stations, faults=CallFaults(late=late))
    await exchange.start()
    span.start(folder)
    talking = [
        Pair(exchange.telephones[station], span, trunk, seed)
        for seed, (station, trunk) in enumerate(zip(stations, trunks, strict=True))
    ]

    def tick() -> None:
        span.tick()
        for pair in talking:
            pair.tick()

    exchange.clock(tick)
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        match line.strip():
            case "hang-up":
                span.loops["dahdi-1"].open_for(0.5)
                print(json.dumps(time.monotonic()), flush=True)
            case "report":
                print(json.dumps(report(span, talking)), flush=True)
    span.close()
    await exchange.close()


def report(span: StandInSpan, talking: list[Pair]) -> dict[str, Any]:
    return {
        "lost": sum(channel.lost_frames for channel in span.channels.values()),
        "gaps": sum(channel.gaps for channel in span.channels.values()),
        "delay_ms": [pair.delay_ms() for pair in talking],
    }


if __name__ == "__main__":
    asyncio.run(stand_in(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
