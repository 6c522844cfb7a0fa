"""Real SIP in real time on addresses of a test's own: the unit's endpoint, whose calls are parties to be waited for."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np

from hw.audio import FRAME_SAMPLES, Frame, Samples
from hw.sim.telephone import Telephone
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.endpoint import EndpointLine, Events, Place, SipEndpoint
from hw.sip.message import SipMessage
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import TonePlan

PATIENCE_S = 12.0

_hosts = itertools.count(1)


def own_address() -> str:
    """A loopback address in 127.64.0.0/10 that no other test has: by the test process and a counter."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"127.{64 + worker % 64}.{os.getpid() % 256}.{next(_hosts) % 254 + 1}"


@cache
def calls_a_worker() -> int:
    """How many calls a worker of the SIP library of this machine carries."""

    async def ask() -> int:
        endpoint = SipEndpoint(Place(own_address(), ()), {}, Events(lambda _call, _source, _message: None))
        await endpoint.start()
        await endpoint.close()
        return endpoint.calls_a_worker

    with ThreadPoolExecutor(1) as thread:  # The caller may have an event loop running.
        return thread.submit(asyncio.run, ask()).result()


class Log:
    """What has happened, in its order. `until` waits for what comes after all that was waited for before."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.times: list[float] = []
        self._seen = 0
        self._more = asyncio.Event()

    def add(self, item: Any) -> None:
        self.items.append(item)
        self.times.append(asyncio.get_running_loop().time())
        self._more.set()

    async def until(self, wanted: Any, seconds: float = PATIENCE_S) -> Any:
        """The next item of this type, or equal to it. AssertionError with all that came instead."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    while self._seen < len(self.items):
                        self._seen += 1
                        item = self.items[self._seen - 1]
                        if isinstance(item, wanted) if isinstance(wanted, type) else item == wanted:
                            return item
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            raise AssertionError(f"no {wanted} within {seconds} s; there were {self.items}") from None

    def count(self, kind: type) -> list[Any]:
        return [item for item in self.items if isinstance(item, kind)]


class Hearing:
    """The tones in frames, each told once by its name, and the last frames."""

    def __init__(self, plan: TonePlan) -> None:
        self.tones = Log()
        self.frames: list[Frame] = []
        self._receiver = ProgressReceiver(plan)
        self._more = asyncio.Event()

    def feed(self, frame: Frame) -> None:
        self.frames.append(frame)
        self._more.set()
        for tone, cycles in self._receiver.feed(frame):
            if cycles == 1:
                self.tones.add(tone)

    async def next(self, seconds: float) -> Samples:
        """What is heard in so many seconds from now."""
        self.frames.clear()
        async with asyncio.timeout(seconds + 3):
            while len(self.frames) < seconds * 50:
                self._more.clear()
                await self._more.wait()
        return np.concatenate(self.frames)


class Party:
    """A call at the unit."""

    def __init__(self, call: SipCall, message: SipMessage | None, plan: TonePlan) -> None:
        self.call = call
        self.message = message
        self.told = Log()
        self.hears = Hearing(plan)
        call.on_report = self.told.add
        call.on_frame = self.hears.feed

    @property
    def digits(self) -> str:
        return "".join(report.digit for report in self.told.count(wire.KeyPressed))

    async def say(self, samples: Samples) -> None:
        for frame in samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES):
            self.call.write(frame)
            await asyncio.sleep(0.02)


class Unit:
    """The unit's side: a SIP endpoint whose calls are parties."""

    def __init__(self, plan: TonePlan, peer: str, users: tuple[str, ...]) -> None:
        self.address = own_address()
        self.calls = Log()
        self._plan = plan
        self._ready = Log()
        self._user = users[0]
        self.endpoint = SipEndpoint(
            Place(self.address, peers=(peer,)),
            {self._user: EndpointLine(self._user, users=users, calls=2)},
            Events(lambda call, _, message: self.calls.add(Party(call, message, plan)), on_trouble=self._ready.add),
        )

    @property
    def at(self) -> str:
        return f"{self.address}:5060"

    async def start(self) -> None:
        await self.endpoint.start()
        await self._ready.until("")

    async def called(self, seconds: float = PATIENCE_S) -> Party:
        """The next call that comes in."""
        party: Party = await self.calls.until(Party, seconds)
        return party

    def call(self, uri: str, caller: str = "") -> Party:
        caller = caller or f"<sip:{self._user}@{self.address}>"
        return Party(self.endpoint.call(self._user, uri, caller), None, self._plan)


class Person:
    """A telephone with an ear and a watchful eye."""

    def __init__(self, telephone: Telephone, plan: TonePlan) -> None:
        self.telephone = telephone
        self.saw = Log()
        self.hears = Hearing(plan)
        telephone.observers.append(self.saw.add)
        telephone.listeners.append(self.hears.feed)

    async def dials(self, number: str) -> None:
        """Lift, wait for dial tone, dial."""
        self.telephone.lift()
        await self.hears.tones.until("dial")
        await self.telephone.press(number)


async def together(*scenarios: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run these at the same time. What fails in any fails the test, with all its failures."""
    done = await asyncio.gather(*(scenario() for scenario in scenarios), return_exceptions=True)
    failures = [one for one in done if isinstance(one, BaseException)]
    if failures:
        raise BaseExceptionGroup("scenarios failed", failures)
