"""The card of one's own making: the delay from a telephone to a line, and what its driver costs with lines in calls.

The delay is measured through the stand-in, in virtual time. ALSA's file plug-in lets a frame go when three more have
been written. A codec that is kept as full as ours plays it when the one before it is over: that is 40 ms sooner, and is
taken off. What is left has the frame's own 20 ms, the codec's buffers, and the engine's tick.

The cost is that of a process with the driver, its threads, the ALSA library and the engine, with every telephone
bridged to a line. The codecs' other ends are in another process.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from appliance.clock import run_virtual
from appliance.media.bridge import bridge
from appliance.media.engine import Engine
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Frame
from hw.gpiocard.card import GpioCard
from hw.gpiocard.codec import PERIODS
from hw.gpiocard.pinmap import BoardLine, DaaPins, SlicPins
from hw.gpiocard.ports import QUIET_S
from hw.linecard import FxoPort, FxsPort
from hw.sim.codec import SimCodec
from hw.sim.daa import DaaChip
from hw.sim.loop import limited
from hw.sim.pins import SimPins
from hw.ticker import Ticker
from hw.tones.toneplan import tone_plan
from tests.bench.figure import Figure
from tests.hw.gpioworld import CODEC, FXO, gpio_world

REAL_SECONDS = 5.0
HELD_BACK_MS = (PERIODS - 1) * 1000 * FRAME_SECONDS
"""What the file plug-in holds back more than a codec."""
LOUD = (12000 * np.sin(2 * np.pi * 1000 / 8000 * np.arange(FRAME_SAMPLES))).astype(np.int16)
HEARD = 2000


def figures() -> list[Figure]:
    delay = 1000 * run_virtual(_delay) - HELD_BACK_MS
    found = [Figure("GPIO card: telephone to line", delay, "ms", "<= 60", delay < 60.1)]
    for pairs in (1, 2, 4):
        used = _cost(pairs)
        whole = pairs == 4
        target = "<= 15" if whole else ""
        met = used <= 15 if whole else None
        found.append(Figure(f"GPIO card: CPU, {2 * pairs} lines in calls", used, "% of a core", target, met))
    return found


async def _delay() -> float:
    """Seconds from the first sample that a telephone sends to the first that its codec plays to the line's chip."""
    loop = asyncio.get_running_loop()
    came: asyncio.Future[float] = loop.create_future()
    async with gpio_world() as world:
        engine = Engine()
        await engine.start()
        line, telephone = world.card.fxo[0], world.card.fxs[0]
        line.seize()
        world.telephone.lift()
        await asyncio.sleep(1)
        _join(engine, line, telephone)
        await asyncio.sleep(1)
        spoken: asyncio.Future[float] = loop.create_future()

        def said(frame: Frame) -> None:
            if np.abs(frame).max() > HEARD and not spoken.done():
                spoken.set_result(loop.time())

        world.telephone.sent_listeners.append(said)
        world.board.codecs[CODEC].chips["right"] = Tap(world.board.daas[FXO], came)
        await world.telephone.send(LOUD)
        delay = await came - await spoken
        await engine.close()
    return delay


class Tap:
    """Tells when the first loud frame is played to this chip."""

    def __init__(self, chip: DaaChip, came: asyncio.Future[float]) -> None:
        self._chip = chip
        self._came = came

    def pass_frame(self, sent: Frame | None) -> Frame:
        if sent is not None and np.abs(sent).max() > HEARD and not self._came.done():
            self._came.set_result(asyncio.get_running_loop().time())
        return self._chip.pass_frame(sent)


def _join(engine: Engine, line: FxoPort, telephone: FxsPort) -> None:
    """Let the two hear each other."""
    ports = []
    for port in (line, telephone):
        media = engine.open(port.name, port.write, echo_tail_ms=port.traits.echo_tail_ms)
        port.attach(lambda _event: None, media.deliver)
        ports.append(media)
    bridge(*ports)


class TalkingChip:
    """A chip that returns some of what it is sent, and on which somebody talks half of the time."""

    def __init__(self, seed: int) -> None:
        noise = np.random.default_rng(seed).standard_normal(4 * 8000) * np.where(
            np.arange(4 * 8000) // 1200 % 2, 2000, 20
        )
        self._said = list(noise.astype(np.float32).reshape(-1, FRAME_SAMPLES))
        self._next = 0

    def pass_frame(self, sent: Frame | None) -> Frame:
        self._next = (self._next + 1) % len(self._said)
        # Nobody talks in the first seconds, in which the lines hear themselves.
        came = self._said[self._next] if sent is None or self._next > 150 else self._said[0] * np.float32(0)
        return limited(came if sent is None else came + np.float32(0.15) * sent)


def _codecs(folder: Path, count: int, here: Connection) -> None:
    """In a process of its own: the other ends of the codecs."""

    async def main() -> None:
        codecs = [SimCodec(f"codec{n}", folder, n) for n in range(count)]
        for codec in codecs:
            codec.chips = {"left": TalkingChip(1), "right": TalkingChip(2)}
            codec.become("works")
        (folder / "asoundrc").write_text("".join(codec.definition() for codec in codecs))

        def tick() -> bool:
            for codec in codecs:
                codec.tick()
            return True

        Ticker(tick).wake()
        here.send("ready")
        while not here.poll():  # noqa: ASYNC110 - it waits for another process
            await asyncio.sleep(0.1)
        for codec in codecs:
            codec.close()

    asyncio.run(main())


def _cost(pairs: int) -> float:
    """CPU in % of a core, with so many telephones bridged to as many lines."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    gpio = SimPins()
    with tempfile.TemporaryDirectory() as folder, gpio.installed():
        beside = spawn.Process(target=_codecs, args=(Path(folder), pairs, there))
        beside.start()
        here.recv()
        os.environ["ALSA_CONFIG_PATH"] = str(Path(folder) / "asoundrc")
        try:
            return asyncio.run(_in_calls(pairs, gpio))
        finally:
            del os.environ["ALSA_CONFIG_PATH"]
            here.send("enough")
            beside.join()


async def _in_calls(pairs: int, gpio: SimPins) -> float:
    lines = []
    for n in range(pairs):
        first = 7 * n
        slic = SlicPins(first, first + 1, first + 2, first + 3)
        daa = DaaPins(first + 4, first + 5, first + 6, normal=None, reversed=None, idle=None)
        lines += [BoardLine(f"gpio-fxs-{n}", slic, f"codec{n}", "left")]
        lines += [BoardLine(f"gpio-fxo-{n}", daa, f"codec{n}", "right")]
        gpio.drive(daa.current, True)
    card = GpioCard(lines, tone_plan("us"), guarded=False)
    engine = Engine()
    await engine.start()
    await card.start()
    await asyncio.sleep(QUIET_S + 2.5)  # Until every line has heard itself.
    for line, telephone in zip(card.fxo, card.fxs, strict=True):
        line.seize()
        _join(engine, line, telephone)
    for board_line in lines:
        if isinstance(board_line.pins, SlicPins):
            gpio.drive(board_line.pins.hook, True)
    await asyncio.sleep(1)
    if not (all(port.off_hook for port in card.fxo) and all(port.off_hook for port in card.fxs)):
        raise RuntimeError("not every line is in a call")
    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.sleep(REAL_SECONDS)
    used = 100 * (time.process_time() - cpu) / (time.perf_counter() - began)
    if card.status()["faults"]:
        raise RuntimeError(f"a line has failed: {card.status()['faults']}")
    await engine.close()
    await card.close()
    return used
