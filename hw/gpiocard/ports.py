"""The card's ports: the half that all cards share, with the sound of a codec, and a line's hearing of itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.gpiocard.daa import DaaWires
from hw.gpiocard.hearing_protocol import SelfHeard, SelfHearing
from hw.gpiocard.slic import SlicWires
from hw.linecard import Cadence, LineError
from hw.port.fxo import FxoWirePort
from hw.port.fxs import FxsWirePort
from hw.ringkind import RingKind
from hw.said import said
from hw.tones.toneplan import TonePlan

ECHO_TAIL_MS = 128
"""The line's echo comes back 60 to 80 ms after a frame was written: what the codec holds both ways, and the ticks."""
LOOP_SETTLE_S = 0.3
"""A line that is seized to be heard has its current and its sound settle for so long."""


class LineHearing:
    """What is known of one line's sound. `works`: it may be used; a line is trusted until it is first doubted.

    on_verdict: told how a try has ended.
    """

    def __init__(self, on_verdict: Callable[[SelfHeard], None]) -> None:
        self.heard: SelfHeard | None = None
        """How the last try ended; None before the first."""
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
            self.heard, self._trying = self._trying.verdict, None
            self.doubted = self.heard is not SelfHeard.ITSELF
            self._on_verdict(self.heard)
        return True

    def sound_out(self) -> Frame | None:
        """The frame that a try sends now."""
        return None if self._trying is None else self._trying.next()


class GpioFxsPort(FxsWirePort):
    """See `hw.linecard.FxsPort`: a telephone on a SLIC."""

    def __init__(self, wires: SlicWires, plan: TonePlan, on_verdict: Callable[[SelfHeard], None]) -> None:
        super().__init__(wires, plan, _nothing_to_wake)
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
    """See `hw.linecard.FxoPort`: a line on a DAA. It is seized for a second to hear itself."""

    def __init__(self, wires: DaaWires, plan: TonePlan, hearing: LineHearing) -> None:
        super().__init__(wires, _nothing_to_wake, plan)
        self.traits = replace(self.traits, echo_tail_ms=ECHO_TAIL_MS)
        self.daa = wires
        self.hearing = hearing
        self.why = ""
        """Why its sound does not work, for people."""
        self._settling: asyncio.TimerHandle | None = None
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
        used = self.off_hook or wires.rings or wires.closed_by_another(self)
        return not (used or self.hearing.trying or self._settling is not None) and wires.voltage != 0

    def seize(self, number: str = "", caller_id: CallerId | None = None) -> None:
        if not self.off_hook:
            self._stop_settling()
            self.hearing.stop()
        super().seize(number, caller_id)

    def start(self) -> None:
        self._started = True
        super().start()

    def stop(self) -> None:
        self._started = False
        self._stop_settling()
        self.hearing.stop()
        super().stop()

    def begin_try(self) -> None:
        """Seize the line, and have it hear itself when its sound has settled. The exchange gives dial tone."""
        self.daa.close(self, True)
        self._settling = asyncio.get_running_loop().call_later(LOOP_SETTLE_S, self._settled)

    def sound_in(self, frame: Frame) -> None:
        if self._settling is not None:
            return
        if not self.hearing.sound_in(frame):
            self.hear(frame)
        elif not self.hearing.trying:
            self.daa.close(self, False)

    def sound_out(self) -> Frame | None:
        return self.hearing.sound_out() if self.hearing.trying else self.say()

    def sound_changed(self, works: bool) -> None:
        if works:
            return
        if self.hearing.trying or self._settling is not None:
            self._stop_settling()
            self.hearing.stop()
            self.daa.close(self, False)
        self.hearing.doubted = True
        self.why = said("its codec does not work")
        self.daa.look()

    def _settled(self) -> None:
        self._settling = None
        self.hearing.begin()

    def _stop_settling(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None


def _nothing_to_wake() -> None:
    """The codec runs all the time: each frame that it gives asks for what there is to send."""
