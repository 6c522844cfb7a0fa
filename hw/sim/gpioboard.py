"""The simulated board of one's own making: pins, chips and codecs, wired to the simulated exchange and telephones.

    with SimBoard(exchange, lines, folder) as board:
        board.start()
        card = GpioCard(lines, plan, make_pace=board.pace, guarded=False)

The driver runs as it does on a Raspberry Pi: its pins are those of `hw.sim.pins`, its codecs devices of the real ALSA
library. In virtual time no thread may be waited for; there `pace` calls what its threads do.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from hw.gpiocard.pace import Pace, PacedStep
from hw.gpiocard.pinmap import BoardLine, SlicPins
from hw.sim.codec import FRAME_BYTES, CodecBehaviour, SimCodec
from hw.sim.daa import DaaChip
from hw.sim.exchange import Exchange
from hw.sim.pins import SimPins
from hw.sim.slic import SlicChip
from hw.ticker import Ticker

AT_THE_SAME_MOMENT = 8
"""Frames that a codec's reader takes at once, at most."""


class SimBoard:
    """The board. numbers: what the exchange calls its lines by, by their ports; a telephone's port has none."""

    def __init__(
        self, exchange: Exchange, lines: Sequence[BoardLine], folder: Path, numbers: Mapping[str, str], **services: Any
    ) -> None:
        self.gpio = SimPins()
        self.slics: dict[str, SlicChip] = {}
        self.daas: dict[str, DaaChip] = {}
        self.codecs: dict[str, SimCodec] = {}
        self._folder = folder
        self._ticker = Ticker(self._tick)
        self._installed = ExitStack()
        for line in lines:
            codec = self.codecs.setdefault(line.codec, SimCodec(line.codec, folder, seed=len(self.codecs)))
            if isinstance(line.pins, SlicPins):
                loop, hybrid = exchange.wire_station(line.port)
                self.slics[line.port] = codec.chips[line.side] = SlicChip(line.pins, self.gpio, loop, hybrid)
            else:
                loop = exchange.wire_trunk(line.port, numbers[line.port], **services)
                self.daas[line.port] = codec.chips[line.side] = DaaChip(line.pins, self.gpio, loop)

    @property
    def _chips(self) -> list[SlicChip | DaaChip]:
        return [*self.slics.values(), *self.daas.values()]

    def __enter__(self) -> SimBoard:
        self._installed.enter_context(self.gpio.installed())
        asoundrc = str(self._folder / "asoundrc")
        self._installed.enter_context(mock.patch.dict(os.environ, {"ALSA_CONFIG_PATH": asoundrc}))
        for codec in self.codecs.values():
            codec.become("works")
        self._write_asoundrc()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ticker.stop()
        for codec in self.codecs.values():
            codec.close()
        self._installed.close()

    def start(self) -> None:
        """Give it power."""
        for chip in self._chips:
            chip.start()
        self._ticker.wake()

    def stop(self) -> None:
        """Take its power away."""
        self._ticker.stop()
        for chip in self._chips:
            chip.stop()

    def codec(self, name: str, behaviour: CodecBehaviour) -> None:
        """This codec behaves like this from now on."""
        self.codecs[name].become(behaviour)
        self._write_asoundrc()

    def pace(self, name: str, step: PacedStep, now: Callable[[], float]) -> Pace:
        """See `hw.gpiocard.pace.MakePace`: on the loop's clock, and a codec's step whenever its frame is there."""
        codec = self.codecs.get(name.removeprefix("codec "))
        return LoopPace(step) if codec is None else CodecPace(step, codec)

    def _write_asoundrc(self) -> None:
        """Always a new file: the library looks whether it is the same one."""
        new = self._folder / "asoundrc.new"
        new.write_text("".join(codec.definition() for codec in self.codecs.values()))
        new.rename(self._folder / "asoundrc")

    def _tick(self) -> bool:
        for codec in self.codecs.values():
            codec.tick()
        return True


class LoopPace:
    """Calls a step at the times it wants, as a thread does that is never late."""

    def __init__(self, step: PacedStep) -> None:
        self.alive = True
        self._step = step
        self._timer: asyncio.Handle | None = None
        self.wake()

    def wake(self) -> None:
        if self.alive and self._timer is None:
            self._timer = asyncio.get_running_loop().call_soon(self._run)

    def stop(self) -> None:
        self.alive = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _run(self) -> None:
        self._timer = None
        try:
            wait = self._step()
        except Exception:
            self.alive = False
            raise
        if wait is not None and self.alive:
            self._timer = asyncio.get_running_loop().call_later(wait, self._run)


class CodecPace:
    """Calls a step that reads a frame, as often as one is there: a thread would wait for it."""

    def __init__(self, step: PacedStep, codec: SimCodec) -> None:
        self.alive = True
        self._step = step
        self._codec = codec
        codec.after_tick.append(self._run)

    def wake(self) -> None:
        """It waits for frames alone."""

    def stop(self) -> None:
        self.alive = False
        if self._run in self._codec.after_tick:
            self._codec.after_tick.remove(self._run)

    def _run(self) -> None:
        for _ in range(AT_THE_SAME_MOMENT):
            if not self.alive or self._codec.unread < FRAME_BYTES:
                return
            self._step()
