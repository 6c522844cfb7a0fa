"""Tries a board pin by pin, with a person who does by hand what no program can: before the unit uses the board.

Each pin of a chip is tried by what the chip must do with it. So a pin that is on another place of the header, or a chip
that is put in the wrong way round, shows itself at the first pin that does not do what it should.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hw.gpio import GpioError, HeaderPin, InputPin, OpenDrainPin, OutputPin, Pull
from hw.gpiocard.pinmap import HEADER, BoardLine, DaaPins, SlicPins
from hw.gpiocard.ring_protocol import STEP_S, RingProtocol

P = TypeVar("P", bound=HeaderPin)

AskPerson = Callable[[str], Awaitable[None]]
"""Asks a person to do something, and returns when it is done."""

BY_HAND_S = 30.0
"""What a person does is waited for so long."""
SOON_S = 0.3
"""What a chip does is waited for so long."""
RING_TRY_S = 1.0
LOOK_S = 0.005


@dataclass(frozen=True, slots=True)
class PinResult:
    """One pin, tried."""

    port: str
    """The port that the chip is."""
    pin: str
    """The pin's name on the chip, such as SHK; empty where one of them cannot be used at all."""
    works: bool
    """It did what it should."""
    told: str
    """What it did, or did not, and what to look at then. For people."""


async def try_board(lines: Sequence[BoardLine], ask: AskPerson) -> AsyncIterator[PinResult]:
    """Try every pin of these chips, and tell of each. The unit must not be using them."""
    for line in lines:
        pins = line.pins
        tried = _try_slic(line.port, pins, ask) if isinstance(pins, SlicPins) else _try_daa(line.port, pins, ask)
        try:
            async for result in tried:
                yield result
        except GpioError as error:
            told = f"{error}: {error.mend}" if error.mend else str(error)
            yield PinResult(line.port, "", False, told)


async def _try_slic(port: str, pins: SlicPins, ask: AskPerson) -> AsyncIterator[PinResult]:
    def result(pin: str, works: bool, good: str, bad: str) -> PinResult:
        return _result(port, pins.numbers(), pin, works, good, bad)

    with _Taken() as take:
        ring_mode = take(OutputPin(pins.ring_mode, high=False))
        forward = take(OutputPin(pins.forward, high=True))
        hook = take(InputPin(pins.hook, Pull.DOWN))
        power_down = take(OpenDrainPin(pins.power_down))
        await ask(f"Plug a telephone into {port}, and leave it on its hook.")
        calm = await _stays(lambda: not hook.high, SOON_S)
        yield result("SHK", calm, "low while the telephone is on its hook", "high though nobody has lifted it")
        await ask(f"Lift the telephone at {port}.")
        lifted = await _comes(lambda: hook.high, BY_HAND_S)
        yield result("SHK", lifted, "high when it is lifted", "not high when it is lifted: is the chip supplied?")
        if lifted:  # Only then SHK shows whether the chip is on.
            power_down.pull_low()
            dark = await _comes(lambda: not hook.high, SOON_S)
            power_down.let_go()
            back = await _comes(lambda: hook.high, SOON_S)
            yield result("PD", dark and back, "switches the chip off and on", "does not switch the chip off")
        await ask(f"Hang up the telephone at {port}. It will ring for a second.")
        await _comes(lambda: not hook.high, BY_HAND_S)
        pulses = await _ring(forward, ring_mode, hook)
        yield result("F/R", pulses, "rings, as SHK shows", "does not ring: with no bell on the line that is well")
        yield result("RM", pulses, "rings, as SHK shows", "does not ring: with no bell on the line that is well")


async def _try_daa(port: str, pins: DaaPins, ask: AskPerson) -> AsyncIterator[PinResult]:
    def result(pin: str, works: bool, good: str, bad: str) -> PinResult:
        return _result(port, pins.numbers(), pin, works, good, bad)

    with _Taken() as take:
        loop = take(OutputPin(pins.loop, high=False))
        ring = take(InputPin(pins.ring, Pull.UP if pins.ring_low else Pull.DOWN))
        current = take(InputPin(pins.current, Pull.UP if pins.current_low else Pull.DOWN))
        await ask(f"Plug {port} into a line that works, and hang up all telephones on it.")
        if pins.normal is not None and pins.reversed is not None and pins.idle is not None:
            normal, other, idle = (take(InputPin(one, Pull.DOWN)) for one in (pins.normal, pins.reversed, pins.idle))
            one = await _comes(lambda: normal.high != other.high, SOON_S)
            side = "LV-" if other.high else "LV+"
            yield result(side, one, "sees the line's voltage", "LV+ and LV- must differ, and do not")
            yield result("LVH", idle.high, "high on hook", "low though nobody is off hook")
        dead = await _stays(lambda: current.high == pins.current_low, SOON_S)
        yield result("LC", dead, "no current on hook", "tells current on hook: try current_low")
        loop.drive(high=True)
        flows = dead and await _comes(lambda: current.high != pins.current_low, SOON_S)
        yield result("LSC", flows, "closes the loop, as LC shows", "no current: is the line alive?")
        loop.drive(high=False)
        ends = await _comes(lambda: current.high == pins.current_low, SOON_S)
        yield result("LC", flows and ends, "follows the loop", "does not follow the loop")
        await ask(f"Call the line at {port} from another telephone, and let it ring.")
        rings = await _comes(lambda: ring.high != pins.ring_low, BY_HAND_S)
        yield result("RS", rings, "sees the ringing", "sees no ringing: try ring_low")


async def _ring(forward: OutputPin, ring_mode: OutputPin, hook: InputPin) -> bool:
    """Ring for a second, or until lifted; True if SHK had pulses. Whatever happens, no ring voltage is left."""
    protocol = RingProtocol()
    loop = asyncio.get_running_loop()
    until, pulses = loop.time() + RING_TRY_S, False
    try:
        protocol.order(True, loop.time())
        while protocol.ringing:
            now = loop.time()
            protocol.order(now < until, now)
            off_hook = hook.high
            pulses = pulses or off_hook
            wanted = protocol.step(off_hook, now)
            ring_mode.drive(high=wanted.ring_mode)
            forward.drive(high=wanted.forward)
            await asyncio.sleep(STEP_S)
    finally:
        ring_mode.drive(high=False)
        forward.drive(high=True)
    return pulses


async def _comes(there: Callable[[], bool], within: float) -> bool:
    """Whether it is so within so many seconds."""
    end = asyncio.get_running_loop().time() + within
    while not there():
        if asyncio.get_running_loop().time() >= end:
            return False
        await asyncio.sleep(LOOK_S)
    return True


async def _stays(there: Callable[[], bool], seconds: float) -> bool:
    return not await _comes(lambda: not there(), seconds)


class _Taken:
    """Pins that are given back at the end, whatever happens."""

    def __init__(self) -> None:
        self._pins: list[HeaderPin] = []

    def __enter__(self) -> _Taken:
        return self

    def __exit__(self, *_failure: object) -> None:
        for pin in self._pins:
            pin.close()

    def __call__(self, pin: P) -> P:
        self._pins.append(pin)
        return pin


def _result(port: str, numbers: dict[str, int], pin: str, works: bool, good: str, bad: str) -> PinResult:
    number = numbers[pin]
    place = f"GPIO {number}, pin {HEADER[number]} of the header"
    return PinResult(port, pin, works, f"{pin} ({place}): {good if works else bad}")
