"""The card's ports: the half that all cards share, with the sound of a codec, and a line's hearing of itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from hw.audio import Frame, level_dbm0
from hw.callerid.coding import CallerId
from hw.gpiocard.daa import DaaWires
from hw.gpiocard.hearing_protocol import (
    DIAL_TONE_FRAMES,
    WEAKEST_DIAL_TONE_DBM0,
    SelfHeard,
    SelfHearing,
    is_tone,
)
from hw.gpiocard.ringturns import RingTurns
from hw.gpiocard.slic import SlicWires
from hw.linecard import Cadence, LineError, RingStarted, RingStopped
from hw.port.fxo import FxoWirePort
from hw.port.fxs import FxsWirePort
from hw.ringkind import RingKind
from hw.said import said
from hw.tones.ringing import TimedAction
from hw.tones.toneplan import TonePlan

ECHO_TAIL_MS = 128
"""The line's echo comes back 60 to 80 ms after a frame was written: what the codec holds both ways, and the ticks."""
LOOP_SETTLE_S = 0.3
"""A line that is seized to be heard has its current and its sound settle for so long."""
QUIET_S = 6.0
"""It is seized for that only when it has not rung for so long. The longest pause in any country's ringing is 5 s."""
DIAL_TONE_WITHIN_S = 2.0
"""Behind a try dial tone is waited for so long, unless it was heard before. Where none comes, there is a caller."""
CALLER_KEPT_S = 12.0
"""So long the caller is kept for whoever answers: longer than a caller's number is waited for."""
RING_S = 0.5
"""How long the ring lasts by which the caller is told."""


class LineHearing:
    """What is known of one line's sound. `works`: it may be used; a line is trusted until it is first doubted.

    on_verdict: told how a try has ended.
    """

    def __init__(self, on_verdict: Callable[[SelfHeard], None]) -> None:
        self.heard: SelfHeard | None = None
        """How the last try ended; None before the first."""
        self.dial_tone = False
        """In the last try, the line gave dial tone."""
        self.doubted = False
        """Its codec, or a try, has failed since it last heard itself."""
        self._on_verdict = on_verdict
        self._trying: SelfHearing | None = None

    @property
    def works(self) -> bool:
        return not self.doubted

    @property
    def trying(self) -> bool:
        return self._trying is not None

    def begin(self) -> None:
        """Try it now."""
        self._trying = SelfHearing()

    def stop(self) -> None:
        """The line is needed: try another time."""
        self._trying = None

    def sound_in(self, frame: Frame) -> bool:
        """A frame from the chip; True if it belongs to a try, and to nobody else."""
        if self._trying is None:
            return False
        self._trying.feed(frame)
        if self._trying.verdict is not None:
            self.heard, self.dial_tone, self._trying = self._trying.verdict, self._trying.dial_tone, None
            self.doubted = self.heard is not SelfHeard.ITSELF
            self._on_verdict(self.heard)
        return True

    def sound_out(self) -> Frame | None:
        """The frame that a try sends now."""
        return None if self._trying is None else self._trying.next()


class GpioFxsPort(FxsWirePort):
    """See `hw.linecard.FxsPort`: a telephone on a SLIC."""

    def __init__(
        self, wires: SlicWires, plan: TonePlan, on_verdict: Callable[[SelfHeard], None], turns: RingTurns
    ) -> None:
        super().__init__(wires, plan, _nothing_to_wake)
        self._turns = turns
        self.traits = replace(self.traits, echo_tail_ms=ECHO_TAIL_MS)
        self.slic = wires
        self.hearing = LineHearing(on_verdict)

    @property
    def may_try(self) -> bool:
        """Nobody would be disturbed by a try, and none is being made."""
        return not (self.alive or self.slic.ringing or self.hearing.trying)

    @property
    def dead_because(self) -> str:
        if not self.slic.there:
            return said("its pins cannot be used")
        return "" if self.hearing.works else said("its sound does not work")

    def ring(self, cadence: Cadence, caller_id: CallerId | None = None, kind: RingKind | None = None) -> None:
        if why := self.dead_because:
            raise LineError(said("%(port)s cannot be used now: %(why)s", port=self.name, why=why))
        self.hearing.stop()
        super().ring(cadence, caller_id, kind)

    def ring_delay(self, steps: Callable[[], Iterable[TimedAction]]) -> float:
        return self._turns.begin(steps, lambda: self.being_rung, asyncio.get_running_loop().time())

    def begin_try(self) -> None:
        """Have it hear itself. The telephone is on hook, and nobody notices."""
        self.hearing.begin()

    def sound_in(self, frame: Frame) -> None:
        if self.alive:
            self.hearing.stop()
        if not self.hearing.sound_in(frame):
            self.heard(frame)

    def sound_out(self) -> Frame | None:
        return self.hearing.sound_out() if self.hearing.trying else self.next_frame()

    def sound_changed(self, works: bool) -> None:
        if not works:
            self.hearing.stop()
            self.hearing.doubted = True


class GpioFxoPort(FxoWirePort):
    """See `hw.linecard.FxoPort`: a line on a DAA. It is seized for a second to hear itself.

    A call that comes just then is answered by that, and the exchange gives no dial tone. It is told as a ring, and the
    caller kept until the port is seized: for the port's users it is a call like any other.
    """

    def __init__(self, wires: DaaWires, plan: TonePlan, hearing: LineHearing) -> None:
        super().__init__(wires, _nothing_to_wake, plan)
        self.traits = replace(self.traits, echo_tail_ms=ECHO_TAIL_MS)
        self.daa = wires
        self.hearing = hearing
        self.why = ""
        """Why its sound does not work, for people."""
        self._settling: asyncio.TimerHandle | None = None
        self._dial_tone_by: float | None = None  # Until then dial tone is waited for, behind a try.
        self._tonal_frames = 0
        self._caller: asyncio.TimerHandle | None = None  # Gives up a caller whom nobody answers.
        self._started = False  # Before, nobody knows: a line is not called dead for that.

    @property
    def battery(self) -> bool:
        return not self._started or super().battery

    @property
    def dead_because(self) -> str:
        return super().dead_because if self.hearing.works else self.why

    @property
    def may_try(self) -> bool:
        """Nobody would be disturbed by a try, and none is being made."""
        wires = self.daa
        used = self.off_hook or wires.quiet_s < QUIET_S or wires.closed_by_another(self)
        trying = self.hearing.trying or self._settling is not None or self._dial_tone_by is not None
        return not (used or trying or self._caller is not None) and wires.voltage != 0

    def seize(self, number: str = "", caller_id: CallerId | None = None) -> None:
        if not self.off_hook:
            self._stop_try()
        super().seize(number, caller_id)

    def start(self) -> None:
        self._started = True
        super().start()

    def stop(self) -> None:
        self._started = False
        self._stop_try()
        super().stop()

    def begin_try(self) -> None:
        """Seize the line, and have it hear itself when its sound has settled. The exchange gives dial tone."""
        self.daa.close(self, True)
        self._settling = asyncio.get_running_loop().call_later(LOOP_SETTLE_S, self._settled)

    def sound_in(self, frame: Frame) -> None:
        if self._settling is not None:
            return
        if self._dial_tone_by is not None:
            self._wait_for_dial_tone(frame, self._dial_tone_by)
        elif not self.hearing.sound_in(frame):
            self.hear(frame)
        elif not self.hearing.trying:
            self._tried()

    def sound_out(self) -> Frame | None:
        return self.hearing.sound_out() if self.hearing.trying else self.say()

    def sound_changed(self, works: bool) -> None:
        if works:
            return
        if self.hearing.trying or self._settling is not None or self._dial_tone_by is not None:
            self._stop_try()
            self.daa.close(self, False)
        self.hearing.doubted = True
        self.why = said("its codec does not work")
        self.daa.look()

    def _settled(self) -> None:
        self._settling = None
        self.hearing.begin()

    def _tried(self) -> None:
        """Hang up. If the line hears itself and has given no dial tone yet, see first whether there is a caller."""
        if self.hearing.works and not self.hearing.dial_tone:
            self._dial_tone_by = asyncio.get_running_loop().time() + DIAL_TONE_WITHIN_S
            self._tonal_frames = 0
        else:
            self.daa.close(self, False)

    def _wait_for_dial_tone(self, frame: Frame, until: float) -> None:
        loud = level_dbm0(frame) > WEAKEST_DIAL_TONE_DBM0
        self._tonal_frames = self._tonal_frames + 1 if loud and is_tone(frame) else 0
        if self._tonal_frames >= DIAL_TONE_FRAMES:
            self._dial_tone_by = None
            self.daa.close(self, False)
        elif asyncio.get_running_loop().time() >= until:
            self._dial_tone_by = None
            self._caller = asyncio.get_running_loop().call_later(RING_S, self._rang)
            self._tell(RingStarted())

    def _rang(self) -> None:
        self._caller = asyncio.get_running_loop().call_later(CALLER_KEPT_S, self._give_up)
        self._tell(RingStopped())

    def _give_up(self) -> None:
        self._caller = None
        self.daa.close(self, False)

    def _stop_try(self) -> None:
        self.hearing.stop()
        self._dial_tone_by = None
        for timer in (self._settling, self._caller):
            if timer is not None:
                timer.cancel()
        self._settling = self._caller = None


def _nothing_to_wake() -> None:
    """The codec runs all the time: each frame that it gives asks for what there is to send."""
