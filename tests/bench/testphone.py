"""The test telephone: the delay it adds on this machine, and what four of them cost the page's process and the daemon.

A click, a loud frame in silence, is sent by one telephone and timed until the client of another takes it: up, over the
unit's own lines, and down. The lines' own delay, which the same click has in virtual time, is taken off. What is left
is that of both ways. A sound card is not in it, nor what waits in a browser to be played: 40 to 60 ms where the network
is even.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import numpy as np

from appliance.clock import run_virtual
from hw.audio import FRAME_SECONDS, Frame
from tests.bench.figure import Figure
from tests.calls.world import world
from tests.web.site import running_site
from tests.web.wireless import WebPhone, telephone

LINE = {"line": "fxo-1"}
CLICKS = 10
STREAMS = 50
LOUD = (12000 * np.sin(2 * np.pi * 1000 / 8000 * np.arange(160))).astype("<i2").tobytes()
SILENT = bytes(320)
HEARD = 2000
"""The least peak of a frame with the click."""


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder) / "data") as site, ExitStack() as stack:
        visitor = site.visitor("ada")
        for _ in range(STREAMS):
            stack.enter_context(visitor.get("/live", stream=True))
        caller, callee = (stack.enter_context(telephone(site, **one)) for one in (LINE, {"inside": "fxs-1"}))
        others = [stack.enter_context(telephone(site, **LINE)) for _ in range(2)]
        for phone in (caller, *others):
            phone.do("call")
        caller.until(lambda event: "menu" in event.get("heard", {}).get("text", "") or event.get("did") == "call")
        caller.hear(6)
        caller.do("press", "101")
        callee.until(lambda event: event.get("sees") == "rings")
        callee.do("lift")
        callee.tells("off_hook")
        callee.hear(2)
        delay = 1000 * (median(_click(caller, callee) for _ in range(CLICKS)) - run_virtual(_over_the_lines))
        memory = _megabytes(site.server.pid)
        ticks = site.ask("status")["ticks"]
    late = ticks["late_ms"]["p99"]
    return [
        Figure("test telephone: added up and down, without the lines", delay, "ms", "<= 150", delay <= 150),
        Figure(f"test telephone: page, {STREAMS} streams, 4 sockets", memory, "MB", "<= 80", memory <= 80),
        Figure("test telephone: daemon's tick late with 4 sockets, p99", late, "ms", "<= 5", late <= 5),
    ]


def _click(caller: WebPhone, callee: WebPhone) -> float:
    """Seconds from the sending of a loud frame, among silent ones, to its coming."""
    begun = time.monotonic()
    sent = 0.0
    callee.frames.clear()
    for number in range(50):
        time.sleep(max(0.0, begun + number * FRAME_SECONDS - time.monotonic()))
        if number == 15:
            sent = time.monotonic()
        caller.socket.send(LOUD if number == 15 else SILENT)
        came = callee.taken_at(lambda frame: np.abs(np.frombuffer(frame, "<i2").astype(int)).max() > HEARD)
        if came and sent:
            return came - sent
    raise RuntimeError("the click was not heard")


async def _over_the_lines() -> float:
    """Seconds from what a telephone sends to what the other one hears."""
    loop = asyncio.get_running_loop()
    async with world() as here:
        caller, callee = await here.connected()
        heard: asyncio.Future[float] = loop.create_future()

        def hear(frame: Frame) -> None:
            if np.abs(frame).max() > HEARD and not heard.done():
                heard.set_result(loop.time())

        callee.telephone.listeners.append(hear)
        begun = loop.time()
        await caller.telephone.send(np.frombuffer(LOUD, "<i2").astype(np.int16))
        return await heard - begun


def _megabytes(process: int) -> float:
    status = (Path("/proc") / str(process) / "status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) / 1024
