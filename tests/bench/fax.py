"""A fax on a line's own sound: its speed, how soon a page is confirmed, and what it costs.

The speed is that of pages with error correction at 14400 bit/s, against what ITU-T T.30 and T.4 need for them at the
least: the frames at the speed of the modem, and what is said behind each 64 kB of a page and behind its end. It is
measured in the fax's own time, two terminals wire to wire.

The rest is one fax in real time, in a process of its own as the unit has it, with the other end here. The delay of a
confirmation runs from the end of the sender's question to the first sound of the answer; the page is put on this
machine's disk in between. What the process adds to it is what it has more than a terminal without one.
"""

from __future__ import annotations

import asyncio
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from appliance.fax.job import FaxCause
from appliance.fax.terminal import FaxTerminal
from appliance.fax.worker import fax_engine
from hw.audio import FRAME_SECONDS, SAMPLE_RATE, SILENCE, Frame
from hw.dsp.t30guard import FrameKind
from tests.bench.figure import Figure
from tests.fax.machines import Both, receiving, sending
from tests.fax.papers import Page, saved, text

PAGES = 6
BIT_RATE = 14400
AROUND_FRAME_BITS = 8 * (2 + 1)
"""Check sequence and flag."""
BETWEEN_BLOCKS_S = (
    0.075 + 0.142 + 0.2 + 3 * 8 * (3 + 2 + 1) / BIT_RATE  # gap, short training of V.17, flags, three frames at the end
    + 0.075 + 1.0 + 8 * (7 + 2 + 1) / 300  # gap, preamble, and the question whether the page has come
    + 0.075 + 1.0 + 8 * (3 + 2 + 1) / 300  # the same for the answer
)  # fmt: skip


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        minute, theory = _speed(Path(folder))
        alone = _without_a_process(Path(folder))
        with_process, cpu = asyncio.run(_in_real_time(Path(folder)))
    share = minute / theory
    confirmed, added = with_process.delay_ms, with_process.delay_ms - alone.delay_ms
    return [
        Figure("fax: pages a minute at 14400 bit/s", minute, "pages"),
        Figure("fax: of what T.30 allows", 100 * share, "%", ">= 95", share >= 0.95),
        Figure("fax: a page is confirmed after", confirmed, "ms", "<= 150", confirmed <= 150),
        Figure("fax: of that, its process adds", added, "ms"),
        Figure("fax: CPU of its process", cpu, "% of a core", "<= 15", cpu <= 15),
    ]


class _Ears:
    """When the sender and the receiver spoke last, and how long the receiver took to answer a question about a page."""

    def __init__(self) -> None:
        self.delay_ms = 0.0
        """The longest so far."""
        self._sender_spoke = self._receiver_spoke = -1
        self._samples = 0

    def hear(self, sender: Frame, receiver: Frame, *, confirming: bool) -> None:
        for samples, is_sender in ((sender, True), (receiver, False)):
            loud = np.flatnonzero(np.abs(samples) > 100)
            if not len(loud):
                continue
            first, last = self._samples + int(loud[0]), self._samples + int(loud[-1])
            if is_sender:
                self._sender_spoke = last
            else:
                if self._receiver_spoke < self._sender_spoke and confirming:
                    self.delay_ms = max(self.delay_ms, 1000 * (first - self._sender_spoke) / SAMPLE_RATE)
                self._receiver_spoke = last
        self._samples += len(sender)


def _speed(folder: Path) -> tuple[float, float]:
    """Pages a minute, and what is the most that the recommendations allow of these pages."""
    pages = [text(1100, seed=seed) for seed in range(PAGES)]
    both = Both(sending(saved(folder / "out.tif", pages)), receiving(folder / "in.tif"))
    bits, blocks, confirmed_at = 0, 0, []
    as_it_is = both.sender.machine.frame_to_send

    def counted(kind: FrameKind, frame: bytes) -> bytes:
        nonlocal bits, blocks
        bits += _bits_of(frame) if kind is FrameKind.FCD else 0
        blocks += kind is FrameKind.PPS
        return as_it_is(kind, frame)

    both.sender.machine.frame_to_send = counted
    while both.sender.result is None or both.receiver.result is None:
        known = len(both.sent)
        both.tick()
        if len(both.sent) > known and both.sent[-1].page:
            confirmed_at.append((both.seconds, bits, blocks))
    (began, bits_before, blocks_before), (ended, bits_behind, blocks_behind) = confirmed_at[0], confirmed_at[-1]
    count = len(confirmed_at) - 1
    least = (bits_behind - bits_before) / BIT_RATE + (blocks_behind - blocks_before) * BETWEEN_BLOCKS_S
    return 60 * count / (ended - began), 60 * count / least


def _bits_of(frame: bytes) -> int:
    """On the line: a zero is put in behind five ones (HDLC)."""
    bits = np.unpackbits(np.frombuffer(frame, dtype=np.uint8), bitorder="little")
    stuffed = ones = 0
    for bit in bits:
        ones = ones + 1 if bit else 0
        if ones == 5:
            stuffed, ones = stuffed + 1, 0
    return len(bits) + stuffed + AROUND_FRAME_BITS


def _without_a_process(folder: Path) -> _Ears:
    terminal = FaxTerminal(receiving(folder / "in.tif"), lambda _progress: None)
    line = _Line(folder, [text(100), text(100)])
    while terminal.result is None:
        line.tick(terminal.feed)
    return line.ears


async def _in_real_time(folder: Path) -> tuple[_Ears, float]:
    """What was heard, and the CPU of the process in percent of a core, without what it takes to begin."""
    beginning = await _beginning(folder)
    loop = asyncio.get_running_loop()
    engine = await fax_engine(receiving(folder / "in.tif"), lambda _progress: None)
    line = _Line(folder, [text(100), text(1500)])
    before, begun, ticks = _children(), loop.time(), 0
    while not engine.result.done():
        line.tick(engine.exchange)
        ticks += 1
        await asyncio.sleep(max(0.0, begun + ticks * FRAME_SECONDS - loop.time()))
    result = await engine.result
    await engine.close()
    if result.cause is not FaxCause.COMPLETE:
        raise RuntimeError(f"the fax has failed: {result}")
    return line.ears, 100 * (_children() - before - beginning) / (ticks * FRAME_SECONDS)


class _Line:
    """A sender of these pages, and whatever answers it."""

    def __init__(self, folder: Path, pages: list[Page]) -> None:
        self.ears = _Ears()
        self._sender = FaxTerminal(sending(saved(folder / "out.tif", pages)), lambda _progress: None)
        self._answered = SILENCE

    def tick(self, answer: Callable[[Frame], Frame]) -> None:
        said = self._sender.feed(self._answered)
        self._answered = answer(said)
        self.ears.hear(said, self._answered, confirming=self._sender.machine.figures.rows > 0)


async def _beginning(folder: Path) -> float:
    """Seconds of CPU that the process takes to begin and to end."""
    before = _children()
    engine = await fax_engine(receiving(folder / "none.tif"), lambda _progress: None)
    engine.line_gone()
    await engine.result
    await asyncio.sleep(0.2)
    await engine.close()
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
