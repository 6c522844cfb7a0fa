"""The media core: CPU and punctuality in real time, delay over a bridge, speed in virtual time, cost of each part."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import numpy as np

from appliance.clock import run_virtual
from appliance.media.bridge import bridge
from appliance.media.conference import Conference
from appliance.media.detectors import CallerIdDetector, Dtmf, FaxTones, ProgressDetector, Voice
from appliance.media.engine import Engine, MediaPort
from appliance.media.metrics import TickMetrics
from appliance.media.port import Detector
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Frame
from hw.tones.toneplan import tone_plan
from tests.bench.figure import Figure

_REAL_SECONDS = 10.0
_PLAN = tone_plan("us")


def _speech() -> list[Frame]:
    """Four seconds of noise in syllables, pauses at the level of a quiet line."""
    noise = np.random.default_rng(11).standard_normal(4 * 8000)
    strength = np.where(np.arange(len(noise)) // 1200 % 3 < 2, 2500, 20)
    return list((noise * strength).astype(np.int16).reshape(-1, FRAME_SAMPLES))


_SPEECH = _speech()


def _open(engine: Engine, *echo_tails_ms: int) -> list[MediaPort]:
    """Ports bridged in pairs, each with the detectors of a call, which are made first: see `first call progress`."""
    detectors = [(Dtmf(from_outside=True), FaxTones(), ProgressDetector(_PLAN), Voice()) for _ in echo_tails_ms]
    ports = [engine.open(f"p{n}", lambda _frame: None, echo_tail_ms=tail_ms) for n, tail_ms in enumerate(echo_tails_ms)]
    for port, listening in zip(ports, detectors, strict=True):
        for detector in listening:
            port.listen_for(detector)
    _bridge_pairs(ports)
    return ports


async def _card(ports: list[MediaPort], seconds: float) -> None:
    """Deliver a frame to each port every 20 ms."""
    loop = asyncio.get_running_loop()
    zero = loop.time()
    for n in range(round(seconds / FRAME_SECONDS)):
        for number, port in enumerate(ports):
            port.deliver(_SPEECH[(n + 37 * number) % len(_SPEECH)])
        await asyncio.sleep(zero + (n + 1) * FRAME_SECONDS - loop.time())


async def _real_time(count: int, echo_tail_ms: int) -> tuple[float, TickMetrics]:
    """CPU used, in % of a core, and the lateness of the ticks."""
    engine = Engine()
    await engine.start()
    ports = _open(engine, *[echo_tail_ms] * count)
    began, cpu = time.perf_counter(), time.process_time()
    await _card(ports, _REAL_SECONDS)
    used = 100 * (time.process_time() - cpu) / (time.perf_counter() - began)
    await engine.close()
    return used, engine.metrics


async def _empty() -> TickMetrics:
    """The lateness of a loop that does nothing but wake every 20 ms."""
    metrics = TickMetrics()
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    zero = loop.time()

    def wake() -> None:
        metrics.tick(max(0.0, loop.time() - zero - metrics.ticks * FRAME_SECONDS) * 1000)
        if metrics.ticks * FRAME_SECONDS < _REAL_SECONDS:
            loop.call_at(zero + metrics.ticks * FRAME_SECONDS, wake)
        else:
            over.set_result(None)

    loop.call_at(zero, wake)
    await over
    return metrics


def _empty_beside(answer: Connection) -> None:
    answer.send("ready")
    answer.recv()
    metrics = asyncio.run(_empty())
    answer.send((metrics.p50_ms, metrics.p99_ms, metrics.p999_ms))


def _in_real_time(count: int, echo_tail_ms: int = 0) -> tuple[float, TickMetrics, tuple[float, float, float]]:
    """The same, and the p50, p99 and p99.9 lateness of an empty loop in another process, which is the machine's own."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    beside = spawn.Process(target=_empty_beside, args=(there,))
    beside.start()
    here.recv()
    here.send("go")
    used, metrics = asyncio.run(_real_time(count, echo_tail_ms))
    empty: tuple[float, float, float] = here.recv()
    beside.join()
    return used, metrics, empty


def _bridge_delay_ms(phase_ms: float) -> float:
    """From the first sample spoken to the first sample out. phase_ms: from the engine's ticks to the card's."""

    async def main() -> float:
        loop = asyncio.get_running_loop()
        engine = Engine()
        await engine.start()
        out: list[float] = []
        a = engine.open("a", lambda _frame: None)
        b = engine.open("b", lambda frame: out.append(loop.time()) if frame.any() else None)
        bridge(a, b)
        await asyncio.sleep(phase_ms / 1000)
        for n in range(100):
            spoken_at = loop.time()
            await asyncio.sleep(FRAME_SECONDS)
            a.deliver(np.full(FRAME_SAMPLES, 1000 if n >= 90 else 0, dtype=np.int16))
            if n == 90:
                began = spoken_at
        await engine.close()
        return (out[0] - began) * 1000

    return run_virtual(main)


def _virtual_speed(seconds: float = 20.0) -> float:
    """Seconds of a bridged call per second of CPU: a trunk with echo canceller, a station, all detectors on both."""

    async def main() -> float:
        engine = Engine()
        await engine.start()
        ports = _open(engine, 64, 0)
        cpu = time.process_time()
        await _card(ports, seconds)
        used = time.process_time() - cpu
        await engine.close()
        return seconds / used

    return run_virtual(main)


def _ticks_us(prepare: Callable[[list[MediaPort]], None], *, echo_tail_ms: int = 0, count: int = 16) -> float:
    """Microseconds a port costs each tick, with nothing listening."""

    async def main() -> float:
        engine = Engine()
        await engine.start()
        ports = [engine.open(f"p{n}", lambda _frame: None, echo_tail_ms=echo_tail_ms) for n in range(count)]
        prepare(ports)
        cpu = time.process_time()
        await _card(ports, 10.0)
        used = time.process_time() - cpu
        await engine.close()
        return used / engine.metrics.ticks / count * 1e6

    return run_virtual(main)


def _bridge_pairs(ports: list[MediaPort]) -> None:
    for a, b in zip(ports[::2], ports[1::2], strict=True):
        bridge(a, b)


def _confer(ports: list[MediaPort]) -> None:
    conference = Conference()
    for port in ports:
        conference.join(port)


def _detector_us(detector: Detector) -> float:
    """Microseconds a detector costs each frame of speech."""
    frames = _SPEECH * 20
    cpu = time.process_time()
    for frame in frames:
        detector.feed(frame)
    return (time.process_time() - cpu) / len(frames) * 1e6


def _best(measure: Callable[[], float], pick: Callable[[list[float]], float] = min) -> float:
    """The best of three measurements, as other work of the machine can only make one slower."""
    return pick([measure() for _ in range(3)])


def figures() -> list[Figure]:
    """Takes about a minute, most of it real time. Quantiles are upper bounds of buckets 19 % wide."""
    began = time.perf_counter()
    ProgressDetector(_PLAN)
    first = Figure("media: first call progress detector of a country", (time.perf_counter() - began) * 1000, "ms")
    found = [first]
    for count, echo_tail_ms in ((4, 0), (16, 0), (32, 0), (16, 64)):
        used, metrics, empty = _in_real_time(count, echo_tail_ms)
        what = f"{count} ports" + (", echo cancelled" if echo_tail_ms else "")
        if (count, echo_tail_ms) == (16, 0):
            found.append(Figure(f"media: CPU, {what}", used, "% of a core", "<= 10", used <= 10))
        else:
            found.append(Figure(f"media: CPU, {what}", used, "% of a core"))
        for name, late, base in zip(
            ("p50", "p99", "p99.9"), (metrics.p50_ms, metrics.p99_ms, metrics.p999_ms), empty, strict=True
        ):
            if name == "p99.9":
                target, met = f"<= an empty loop's {base:.2f} + 3", late <= base + 3
                found.append(Figure(f"media: tick lateness {name}, {what}", late, "ms", target, met))
            else:
                found.append(Figure(f"media: tick lateness {name}, {what}", late, "ms", f"(empty loop {base:.2f})"))
        found.append(Figure(f"media: overruns, {what}", metrics.overruns, "ticks"))
    delay = max(_bridge_delay_ms(phase) for phase in range(20))
    found.append(Figure("media: delay over a bridge, worst phase", delay, "ms", "<= 40", delay <= 40 + 1e-6))
    speed = _best(_virtual_speed, max)
    found.append(
        Figure("media: bridged call, virtual, without the lines", speed, "x real time", ">= 100", speed >= 100)
    )
    parts: tuple[tuple[str, Callable[[], float]], ...] = (
        ("on a bridge", lambda: _ticks_us(_bridge_pairs)),
        ("in a conference of 16", lambda: _ticks_us(_confer)),
        ("on a bridge with echo canceller", lambda: _ticks_us(_bridge_pairs, echo_tail_ms=64)),
    )
    idle = _best(lambda: _ticks_us(lambda _ports: None))
    found.append(Figure("media: port without detectors", idle, "µs a tick", "< 45", idle < 45))
    found += [Figure(f"media: port {name}", _best(measure), "µs a tick") for name, measure in parts]
    detectors: tuple[tuple[str, Callable[[], Detector]], ...] = (
        ("DTMF", lambda: Dtmf(from_outside=True)),
        ("fax tones", FaxTones),
        ("call progress", lambda: ProgressDetector(_PLAN)),
        ("voice", Voice),
        ("caller ID", lambda: CallerIdDetector("bell202")),
    )
    for name, make in detectors:
        cost = _best(lambda make=make: _detector_us(make()))  # type: ignore[misc]
        found.append(Figure(f"media: detector, {name}", cost, "µs a frame"))
    return found
