"""A port is tried step by step, in sentences for whoever stands beside it: `copperdesk hw test`.

A line to the exchange: is there voltage, does dial tone come, and does a key end it, so that the exchange has heard us?
A telephone: does it ring, can it be lifted, and are its keys heard?
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

import numpy as np

from appliance.calls.leg import Leg
from appliance.calls.outcome import CallEnded
from appliance.calls.outgoing import DIAL_TONE_SECONDS, STUTTER_SECONDS
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.hardware.listing import ended
from appliance.media.tone import ToneSource
from appliance.unit import Unit
from hw.audio import SILENCE, Frame, level_dbm0
from hw.said import Said, said

KEY = "5"
"""One key alone is a number nowhere, and the line is hung up while the exchange waits for more."""
BROKEN_DB = 12.0
"""Dial tone has ended when the line is so much more quiet than it was."""
LISTEN_S = 0.6
LIFTED_WITHIN_S = 30.0
KEYS_WITHIN_S = 20.0
KEYS = "123"


@dataclass(frozen=True, slots=True)
class TestStep:
    """What was found, or what somebody should do now. well: whether it is as it should be; None: nothing was tried."""

    __test__ = False  # It is no class of tests.

    told: str
    well: bool | None = None


class Loudness:
    """A tap that keeps what was heard last, 0.4 s of it."""

    def __init__(self) -> None:
        self._frames: list[Frame] = [SILENCE]

    def feed(self, frame: Frame) -> None:
        self._frames = [*self._frames, frame][-20:]

    @property
    def dbm0(self) -> float:
        return level_dbm0(np.concatenate(self._frames))


def no_such_port(port: str, unit: Unit) -> Said:
    """That the unit has none of this name, and which it has."""
    known = tuple(sorted(unit.ports))
    return said("there is no port '%(port)s'; there are %(known)s", port=port, known=known)


async def try_port(unit: Unit, port: str) -> AsyncGenerator[TestStep, None]:
    """The steps, as they are made. Leaving the loop (`aclose`) hangs up. LookupError where it has none of this name."""
    async with aclosing(_steps(unit, port)) as steps:
        try:
            async for step in steps:
                yield step
        except CallEnded:
            yield TestStep("It was hung up, or taken for another call. Try again when it is free.", False)


def _steps(unit: Unit, port: str) -> AsyncGenerator[TestStep, None]:
    for trunk in unit.lines.trunks:
        if trunk.port == port:
            return _line_steps(trunk)
    for station in unit.lines.station_lines:
        if station.port == port:
            return _telephone_steps(unit, station)
    raise LookupError(no_such_port(port, unit))


async def _line_steps(trunk: TrunkLine) -> AsyncGenerator[TestStep, None]:
    if trunk.state is State.LOST:
        yield TestStep(ended(f"The line is dead: {trunk.dead_because}"), False)
        return
    yield TestStep("There is voltage on the line." if not trunk.digital else "The line is there.", True)
    if not trunk.free:
        yield TestStep("The line is in use. Try again when it is free.", False)
        return
    if trunk.dials:
        yield TestStep("It gives no dial tone, as it takes a number in one. Only a call tries more than this.")
        return
    leg = trunk.seize("")
    try:
        async for step in _dial_tone_steps(trunk, leg):
            yield step
    finally:
        leg.release()
    yield TestStep("The line is hung up again.")


async def _dial_tone_steps(trunk: TrunkLine, leg: Leg) -> AsyncGenerator[TestStep, None]:
    loudness = Loudness()
    leg.media.tap(loudness)
    if not await leg.until(trunk.dial_tone, seconds=DIAL_TONE_SECONDS + STUTTER_SECONDS):
        yield TestStep(_without_dial_tone(trunk, loudness.dbm0), False)
        return
    tone = loudness.dbm0
    yield TestStep(f"Dial tone is heard, at {tone:.0f} dBm0.", True)
    await leg.dial(KEY, trunk.plan.dtmf_low_dbm0, trunk.plan.dtmf_high_dbm0)
    await leg.until(seconds=LISTEN_S)
    if loudness.dbm0 < tone - BROKEN_DB:
        yield TestStep("A key ends dial tone: the exchange hears what the unit sends.", True)
    else:
        yield TestStep(
            "A key does not end dial tone: the exchange does not hear the unit, or takes pulses alone.", False
        )


def _without_dial_tone(trunk: TrunkLine, dbm0: float) -> str:
    if trunk.unknown_at_seizure:
        return f"A tone is heard that is no dial tone of the office's country, at {dbm0:.0f} dBm0."
    return f"No dial tone is heard; the line has {dbm0:.0f} dBm0. Plug a telephone into it, and listen."


async def _telephone_steps(unit: Unit, station: StationLine) -> AsyncGenerator[TestStep, None]:
    if not station.connected:
        told = f"It does not work: {station.dead_because}" if station.dead_because else "Its card does not work"
        yield TestStep(f"{told}. `copperdesk hw list` says more.", False)
        return
    if not station.free:
        yield TestStep("The telephone is in use, or off hook. Hang it up, and try again.", False)
        return
    answered = station.ring(None)
    yield TestStep(f"The telephone rings now. Lift it within {LIFTED_WITHIN_S:.0f} seconds.")
    try:
        await asyncio.wait([answered], timeout=LIFTED_WITHIN_S)
    finally:
        if not answered.done():
            answered.cancel()
    leg = None if answered.cancelled() else answered.result()
    if not isinstance(leg, Leg):
        yield TestStep("It was not lifted, or the unit did not notice. If it did not ring, look at its cord.", False)
        return
    try:
        yield TestStep("It was lifted.", True)
        leg.hear(ToneSource(unit.services.tones.dial))
        yield TestStep(f"Press {', '.join(KEYS)} on it. You hear dial tone until you do.")
        pressed = ""
        while len(pressed) < len(KEYS) and (key := await leg.digit(KEYS_WITHIN_S)) is not None:
            leg.hear(None)
            pressed += key
        if pressed == KEYS:
            yield TestStep("All three keys were heard.", True)
        else:
            heard = f"Heard was {pressed}, and not {KEYS}." if pressed else "No key was heard."
            yield TestStep(heard, False)
    finally:
        leg.release()
    yield TestStep("Hang up, please.")
