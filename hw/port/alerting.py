"""Rings a line: carries out on a pair of wires the steps that `hw.tones.ringing` gives."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Protocol

from hw.audio import Samples
from hw.port.playing import FrameSource, SamplePlayer
from hw.port.wires import Battery, SourceWires
from hw.tones.ringing import BatteryStep, Polarity, RingVoltage, Send, SendWhenAnswered, TimedAction

# The data call of Japan's number display; CAR is its short ringing (docs/lines.md, "Caller ID").
CAR_ON_S = 0.5
CAR_OFF_S = 0.5
CAR_BURSTS = 6
LONGEST_DATA_CALL_S = 7.0
ANSWER_NOTICED_S = 0.1


class Alerter(Protocol):
    """The feeding end of a line, at which the ringing is made: an FXS port's, or the exchange's."""

    sound: FrameSource | None
    """What is being sent to the terminal."""
    fetching: bool
    """The terminal closes the loop only to take caller ID (Japan's data call), and has not answered."""

    @property
    def wires(self) -> SourceWires: ...


async def carry_out(end: Alerter, steps: Iterable[TimedAction]) -> None:
    """Do these steps on the line. Whoever cancels this must call `quiet` at once: ring voltage may be on the line."""
    wires = end.wires
    for wait, action in steps:
        await asyncio.sleep(wait)
        match action:
            case RingVoltage(on):
                wires.ring(on)
            case Polarity(reversed):
                wires.feed(Battery.REVERSED if reversed else Battery.NORMAL)
            case BatteryStep(on):
                wires.feed(Battery.NORMAL if on else Battery.OPEN)
            case Send(samples):
                await _send(end, samples)
            case SendWhenAnswered(samples):
                await _data_call(end, samples)


def delayed(steps: Iterable[TimedAction], seconds: float) -> Iterator[TimedAction]:
    """The same steps, all of them so much later."""
    for wait, action in steps:
        yield wait + seconds, action
        seconds = 0.0


def quiet(end: Alerter) -> None:
    """No ring voltage, no caller ID, normal battery."""
    end.fetching = False
    end.sound = None
    end.wires.ring(False)
    end.wires.feed(Battery.NORMAL)


async def _send(end: Alerter, samples: Samples) -> None:
    clip = SamplePlayer(samples)
    end.sound = clip
    await clip.done
    end.sound = None


async def _data_call(end: Alerter, samples: Samples) -> None:
    """Make the data call of Japan's number display.

    A terminal that never closes the loop gets no data. One that keeps it closed has answered the call.
    """
    end.fetching = True
    for _ in range(CAR_BURSTS):
        end.wires.ring(True)
        await _until(end.wires, closed=True, longest=CAR_ON_S)
        end.wires.ring(False)
        if end.wires.closed or await _until(end.wires, closed=True, longest=CAR_OFF_S):
            break
    if end.wires.closed:
        await asyncio.sleep(0.1)
        await _send(end, samples)
        await _until(end.wires, closed=False, longest=LONGEST_DATA_CALL_S)
    end.fetching = False
    if end.wires.closed:
        end.wires.announce()
        await asyncio.sleep(ANSWER_NOTICED_S)


async def _until(wires: SourceWires, *, closed: bool, longest: float) -> bool:
    """Wait until the loop is closed, or open; False if it is not after `longest` seconds."""
    changed = asyncio.Event()
    wires.source_watchers.append(changed.set)
    try:
        async with asyncio.timeout(longest):
            while wires.closed != closed:
                changed.clear()
                await changed.wait()
    except TimeoutError:
        return False
    finally:
        wires.source_watchers.remove(changed.set)
    return True
