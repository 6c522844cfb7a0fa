"""What the contract of line cards is tried with: a card, the world outside it, and what a port tells.

A maker is an async context manager that yields a `Bench`: the card's first FXO and FXS port, and verbs of the world
outside, which a simulated card does in software and a real one with a second card wired to it. All times are loop
time, so a simulated card runs in virtual time.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import numpy as np

from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples, sine_peak
from hw.callerid.coding import CallerId
from hw.linecard import FxoPort, FxsPort, LineCard, LineEvent


class Bench(Protocol):
    """The card and the world outside its first FXO port (the exchange) and its first FXS port (a telephone)."""

    card: LineCard

    async def exchange_rings(self, caller_id: CallerId | None) -> None:
        """Ring the trunk in the country's cadence, with this caller ID (number and name) or none, in its form.

        Returns with the first ring voltage; in Japan that asks for the data call.
        """

    async def exchange_stops_ringing(self) -> None: ...

    async def exchange_reverses(self, reversed: bool) -> None: ...

    async def exchange_opens_loop(self, milliseconds: int) -> None:
        """Battery away for so long, returning when it is back."""

    async def exchange_says(self, samples: Samples) -> None: ...

    def exchange_heard(self) -> Samples:
        """What has come from the trunk since the last time asked."""

    def exchange_sees_loop_closed(self) -> bool: ...

    async def cut_trunk(self, cut: bool) -> None: ...

    async def extension_lifts(self, lifted: bool) -> None:
        """Another telephone on the trunk's wires."""

    async def telephone_lifts(self) -> None: ...

    async def telephone_hangs_up(self) -> None: ...

    async def telephone_flashes(self, milliseconds: int) -> None: ...

    async def telephone_pulses(self, digits: str) -> None: ...

    async def telephone_says(self, samples: Samples) -> None: ...

    def telephone_heard(self) -> Samples: ...

    def telephone_rings(self) -> bool:
        """True while there is ring voltage at the telephone."""

    def telephone_shows(self) -> CallerId | None: ...

    def telephone_lamp(self) -> bool: ...

    def telephone_saw_loop_break(self) -> bool: ...


class Maker(Protocol):
    """Makes a bench whose exchange and card are of this country."""

    def __call__(self, country: str = "us") -> AbstractAsyncContextManager[Bench]: ...


TONE = np.rint(sine_peak(-15) * np.sin(2 * np.pi * 1000 * np.arange(8000) / 8000)).astype(np.int16)
CALLER = CallerId("5550199", "JANE ROE", when=(3, 4, 9, 30))


class Listener:
    """What a port tells: its frames, its events, and how many frames came before each of these."""

    def __init__(self, port: FxoPort | FxsPort) -> None:
        self.events: list[LineEvent] = []
        self.frames: list[Frame] = []
        self.frames_before: list[int] = []
        port.attach(self._event, self.frames.append)

    def heard(self) -> Samples:
        frames, self.frames[:] = list(self.frames), []
        return np.concatenate(frames) if frames else SILENCE

    def _event(self, event: LineEvent) -> None:
        self.events.append(event)
        self.frames_before.append(len(self.frames))


async def send(port: FxoPort | FxsPort, samples: Samples) -> None:
    for frame in samples.reshape(-1, FRAME_SAMPLES):
        port.write(frame)
        await asyncio.sleep(0.02)
