"""Eight lines of DAHDI channels in calls, through device files that another process has mounted: four telephones, each
talking over a line to the exchange, with all detectors and echo cancellers of calls.

COPPERDESK_BENCH_SECONDS: how long the calls last; 30 unless given. An hour is 3600.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance.media.bridge import bridge
from appliance.media.detectors import Dtmf, FaxTones, ProgressDetector, Voice
from appliance.media.engine import Engine, MediaPort
from appliance.media.port import Detector
from hw.dahdi.card import DahdiCard, DahdiChannel
from hw.linecard import LineEvent, LoopBroken
from hw.tones.toneplan import tone_plan
from tests.bench.figure import Figure

PAIRS = 4
SECONDS = float(os.environ.get("COPPERDESK_BENCH_SECONDS", "30"))
LATE = 0.001
DELAY_MS, CPU_PERCENT, NOTICED_MS = 60.0, 15.0, 1000.0
_PLAN = tone_plan("us")


@dataclass
class Measured:
    """What calls of some seconds came to."""

    cpu_percent: float = 0.0
    report: dict[str, Any] = field(default_factory=dict)
    """What the stand-in says: frames lost, gaps, delays."""
    concealed: int = 0
    """Frames that the engine had to bridge."""
    noticed_ms: float = 0.0
    """From the opening of the loop to LoopBroken."""


def figures() -> list[Figure]:
    well = asyncio.run(calls(SECONDS, late=0.0))
    late = asyncio.run(calls(min(SECONDS, 30.0), late=LATE))
    lasted = f"8 lines, {SECONDS:g} s"
    delay = max(well.report["delay_ms"])
    lost, cpu = well.report["lost"], well.cpu_percent
    return [
        Figure(f"{lasted}: frames that nobody read in time", lost, "", "0", lost == 0),
        Figure(f"{lasted}: gaps in what was sent", well.report["gaps"], ""),
        Figure(f"{lasted}: frames concealed by the engine", well.concealed, ""),
        Figure(f"{lasted}: telephone to line, slowest", delay, "ms", f"<= {DELAY_MS:g}", delay <= DELAY_MS),
        Figure(f"{lasted}: CPU", cpu, "% of a core", f"<= {CPU_PERCENT:g}", cpu <= CPU_PERCENT),
        Figure(
            "a loop break, noticed after", well.noticed_ms, "ms", f"<= {NOTICED_MS:g}", well.noticed_ms <= NOTICED_MS
        ),
        Figure("0.1 % of frames late by 200 ms: frames lost", late.report["lost"], "", "0", late.report["lost"] == 0),
    ]


async def calls(seconds: float, late: float) -> Measured:
    """Let four telephones talk over four lines for so long; at last the exchange hangs up on the first."""
    with tempfile.TemporaryDirectory(prefix="dahdi") as folder:
        program = (sys.executable, "-m", "tests.bench.dahdistandin", folder, str(PAIRS), str(late))
        stand_in = await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE)
        try:
            await _line(stand_in)
            return await _measured(Path(folder), stand_in, seconds)
        finally:
            assert stand_in.stdin is not None
            stand_in.stdin.close()
            await stand_in.wait()


async def _measured(folder: Path, stand_in: Process, seconds: float) -> Measured:
    channels = [DahdiChannel(f"dahdi-{n + 1}", n + 1, trunk=n < PAIRS) for n in range(2 * PAIRS)]
    card = DahdiCard(channels, _PLAN, devices=folder)
    engine = Engine()
    broken: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def told(event: LineEvent) -> None:
        if isinstance(event, LoopBroken) and not broken.done():
            broken.set_result(time.monotonic())

    await engine.start()
    await card.start()
    detectors = [_detectors() for _ in card.ports]  # First, as they take long to be made.
    await _frame(card)  # The engine ticks 8 ms behind the card, as in a call that the card has told of.
    media = []
    for port, listening in zip(card.ports, detectors, strict=True):
        opened = engine.open(port.name, port.write, echo_tail_ms=port.traits.echo_tail_ms, drifts=port.traits.drifts)
        for detector in listening:
            opened.listen_for(detector)
        port.attach(told, opened.deliver)
        media.append(opened)
    for trunk in card.fxo:
        trunk.seize()
    for line, telephone in zip(media[:PAIRS], media[PAIRS:], strict=True):
        bridge(line, telephone)
    await asyncio.sleep(2.0)
    measured = Measured()
    at_first = _concealed(media)
    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.sleep(seconds)
    measured.cpu_percent = 100 * (time.process_time() - cpu) / (time.perf_counter() - began)
    measured.report = json.loads(await _line(stand_in, "report"))
    measured.concealed = _concealed(media) - at_first
    hung_up = json.loads(await _line(stand_in, "hang-up"))
    measured.noticed_ms = 1000 * (await asyncio.wait_for(broken, 5) - hung_up)
    await card.close()
    await engine.close()
    return measured


async def _frame(card: DahdiCard) -> None:
    """Wait until the card delivers its next frame."""
    came = asyncio.Event()
    card.fxo[0].attach(lambda _event: None, lambda _frame: came.set())
    await came.wait()


def _concealed(media: list[MediaPort]) -> int:
    return sum(port.stats.concealed + port.stats.silent for port in media)


def _detectors() -> list[Detector]:
    """Those of a call."""
    return [Dtmf(from_outside=True), FaxTones(), ProgressDetector(_PLAN), Voice()]


async def _line(process: Process, asked: str = "") -> str:
    """The next line of what it says, once it was asked."""
    assert process.stdin is not None
    assert process.stdout is not None
    if asked:
        process.stdin.write(f"{asked}\n".encode())
    return (await process.stdout.readline()).decode()
