"""The card of one's own making, with its ports. What is wrong with one line never stops the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from hw.gpiocard.guard import Guard
from hw.gpiocard.looking import KIND
from hw.gpiocard.pace import MakePace, ThreadPace
from hw.gpiocard.pinmap import BoardLine, SlicPins
from hw.gpiocard.ports import GpioFxoPort, GpioFxsPort
from hw.gpiocard.ringer import Ringer
from hw.gpiocard.ringturns import RingTurns
from hw.gpiocard.sound import CodecSound
from hw.gpiocard.tendedline import TendedLine
from hw.said import said, told_by
from hw.tones.toneplan import TonePlan

log = logging.getLogger(__name__)

NOT_YET = said("it has not heard itself yet")

WATCH_S = 0.25
GUARD_AGAIN_S = 30.0
"""So long behind a guard that has died another one is begun, if that dies, too."""
GUARD_DIED = said("the process that ends the ringing should the unit's program die has ended; another one is begun")
FAILED_S = 30.0
"""Behind a look that has failed the next one waits so long: it is logged each time."""
START_S = 3.0
"""The start waits so long for the lines to have heard themselves. A telephone that is off hook is tried later."""


class GpioCard:
    """See `hw.linecard.LineCard`. It has the codecs' clock.

    make_pace: what calls the ringing and the codecs in time; threads do. guarded: a process ends the ringing when this
    one dies.
    """

    def __init__(
        self,
        lines: Sequence[BoardLine],
        plan: TonePlan,
        *,
        make_pace: MakePace = ThreadPace,
        guarded: bool = True,
    ) -> None:
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None
        self._telephones = [line.pins for line in lines if isinstance(line.pins, SlicPins)]
        self._guarded = guarded and bool(self._telephones)
        self._guard: Guard | None = None
        self._guard_again_at = 0.0
        self._guarding: asyncio.Task[None] | None = None
        self._ringer = Ringer(make_pace, self._stalled)
        codecs = dict.fromkeys(line.codec for line in lines)
        self._sounds = {codec: CodecSound(codec, make_pace, self._tell) for codec in codecs}
        turns = RingTurns()
        self._lines = [
            TendedLine(line, plan, self._sounds[line.codec], self._ringer, turns, self._tell) for line in lines
        ]
        self._watch: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()

    @property
    def fxo(self) -> list[GpioFxoPort]:
        return [line.port for line in self._lines if isinstance(line.port, GpioFxoPort)]

    @property
    def fxs(self) -> list[GpioFxsPort]:
        return [line.port for line in self._lines if isinstance(line.port, GpioFxsPort)]

    async def start(self) -> None:
        """Take the pins and the codecs, and have every line hear itself. What fails is told, and tried again."""
        if self._guarded:
            await self._begin_guard()
        self._ringer.start()
        for line in self._lines:
            line.open()
        await asyncio.gather(*(sound.start() for sound in self._sounds.values()))
        self._watch = asyncio.create_task(self._look(), name="watch over the GPIO card")
        with suppress(TimeoutError):
            await asyncio.wait_for(self._settled.wait(), START_S)
        for port in self.fxo:
            port.start()

    async def close(self) -> None:
        """All lines on hook, no ring voltage, all pins given back."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self._guarding is not None:
            await self._guarding
        for line in self._lines:
            line.port.stop()
        for sound in self._sounds.values():
            sound.close()
        for line in self._lines:
            line.shut()
        self._ringer.close()
        if self._guard is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._guard.close)
            self._guard = None

    def status(self) -> dict[str, Any]:
        """Each line with what is wrong with it, in words for people; empty where it has heard itself."""
        lines = {line.line.port: line.told or ("" if line.healthy else NOT_YET) for line in self._lines}
        return {"kind": KIND, "lines": list(lines), "faults": {port: str(told) for port, told in lines.items() if told}}

    async def _look(self) -> None:
        while True:
            wait = WATCH_S
            for line in self._lines:
                try:
                    line.look()
                except Exception:  # What one line, or whoever listens to it, does wrong ends no other one's watch.
                    log.exception("looking after %s has failed", line.line.port)
                    wait = FAILED_S
            self._watch_guard()
            if all(line.settled for line in self._lines):
                self._settled.set()
            await asyncio.sleep(wait)

    async def _begin_guard(self) -> None:
        try:
            self._guard = await asyncio.get_running_loop().run_in_executor(None, Guard, self._telephones)
        except OSError as error:
            told = said("nothing ends the ringing should the unit's program die: %(why)s", why=told_by(error))
            self._tell(told, True)

    def _watch_guard(self) -> None:
        """Tell that the guard has died, and begin another one, some time behind the last."""
        now = asyncio.get_running_loop().time()
        if self._guard is None or self._guard.alive or self._guarding is not None or now < self._guard_again_at:
            return
        self._guard_again_at = now + GUARD_AGAIN_S
        self._tell(GUARD_DIED, True)
        self._guarding = asyncio.create_task(self._guard_anew(self._guard), name="another guard of the GPIO card")

    async def _guard_anew(self, dead: Guard) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, dead.close)
        try:
            self._guard = await loop.run_in_executor(None, Guard, self._telephones)
        except OSError as error:
            log.warning("no guard can be begun: %s", error)
        else:
            self._tell(GUARD_DIED, False)
        self._guarding = None

    def _stalled(self) -> None:
        log.error("the thread that rings the GPIO card's telephones was stuck, and was replaced")

    def _tell(self, fault: str, there: bool) -> None:
        (log.warning if there else log.info)("%s%s", fault, "" if there else ": over")
        self.on_fault(fault, there)
