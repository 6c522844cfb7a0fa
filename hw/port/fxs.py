"""The half of an FXS port that all cards share: hook watching, ringing, caller ID, message lamp, playing out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from hw.audio import Frame
from hw.callerid.coding import CallerId, encode_message_waiting
from hw.dsp.dtmf import DtmfReceiver
from hw.linecard import CARD_LINE, Cadence, FxsEvent, LineError, LineTraits, OffHook, OnHook
from hw.port.alerting import carry_out, delayed, quiet
from hw.port.callwaiting import announce_waiting_call
from hw.port.hookwatch import HookWatch, SeenHook
from hw.port.playing import FrameSource, PlayOut
from hw.port.timing import Script
from hw.port.wireport import WirePort
from hw.port.wires import SourceWires
from hw.ringkind import RingKind
from hw.tones.ringing import TimedAction, caller_id_samples, message_waiting_steps, ringing
from hw.tones.toneplan import TonePlan

CARD_TELEPHONE = replace(CARD_LINE, announces_waiting=True)
"""A telephone on a card in the unit."""

LAMP_AFTER_ON_HOOK_S = 0.5
"""How long a telephone has been on hook before it is told about its lamp: it must be ready to listen again."""


class FxsWirePort(WirePort):
    """See `hw.linecard.FxsPort`. Caller ID and the lamp's messages go to the telephone as sound, as its plan has it.

    The driver calls `next_frame` and `heard` once a frame; `wake` tells it that there may be something to send. sound:
    what is sent instead of what was written, caller ID for example. fetching: see `hw.port.alerting.Alerter`.
    lamp_shown: what the telephone's lamp shows now. None: nobody knows, as the telephone was there before, or something
    else began while it was being told; then it is told in any case. watch: makes the watch over the telephone's hook,
    which it tells; None: the loop's openings and closings are seen one by one, and read here.
    """

    def __init__(
        self,
        wires: SourceWires,
        plan: TonePlan,
        wake: Callable[[], None],
        *,
        lamp_shown: bool | None = None,
        traits: LineTraits = CARD_TELEPHONE,
        watch: Callable[[Callable[[FxsEvent], None]], SeenHook] | None = None,
    ) -> None:
        super().__init__(wires.name, traits)
        self.wires = wires
        self.sound: FrameSource | None = None
        self.fetching = False
        self._plan = plan
        self._wake = wake
        self._hook: SeenHook = HookWatch(self, plan, wake, self._tell) if watch is None else watch(self._tell)
        self._play_out = PlayOut(drifts=traits.drifts)
        self._ringing = Script(f"ringing {self.name}")
        self._lamp_script = Script(f"lamp of {self.name}")
        self._announcing = Script(f"call waiting at {self.name}")
        self._keys: asyncio.Queue[str] | None = None  # Where keys go that answer the alert for a waiting caller's ID.
        self._key_ear = DtmfReceiver()
        self._lamp = False
        self._lamp_shown = lamp_shown

    @property
    def off_hook(self) -> bool:
        return self._hook.off_hook

    @property
    def dead_because(self) -> str:
        """A card that knows more of its port says so."""
        return ""

    @property
    def second(self) -> None:
        """A telephone on a wire has one call at a time."""
        return None

    @property
    def alive(self) -> bool:
        """True while the line carries something."""
        return self.off_hook or self.wires.closed or self._ringing.running or self._lamp_script.running

    def ring(self, cadence: Cadence, caller_id: CallerId | None = None, kind: RingKind | None = None) -> None:
        if self.off_hook or (self.wires.closed and not self.fetching):
            raise LineError(f"{self.name} is off hook and cannot ring")
        if len(cadence) % 2 or not cadence or min(cadence) <= 0:
            raise LineError(f"not a cadence of seconds on, off, …: {cadence}")
        data = caller_id_samples(self._plan, caller_id) if caller_id is not None else None
        self._quiet()
        delay = self.ring_delay(lambda: ringing(self._plan, cadence, data))
        self._ringing.run(carry_out(self, delayed(ringing(self._plan, cadence, data), delay)))
        self._wake()

    @property
    def being_rung(self) -> bool:
        """It rings, or is in a pause of its ringing."""
        return self._ringing.running

    def ring_delay(self, steps: Callable[[], Iterable[TimedAction]]) -> float:
        """How many seconds later a ringing in these steps shall begin. A card that cannot ring all telephones at once
        says so."""
        return 0.0

    def stop_ring(self) -> None:
        if self._ringing.running:
            self._quiet()
            self._show_lamp()

    def call_waits(self, caller_id: CallerId | None = None) -> None:
        if not self.off_hook:
            raise LineError(f"{self.name} is on hook, and is rung")
        self._announcing.run(announce_waiting_call(self, self._plan, caller_id))

    def call_waits_no_more(self) -> None:
        if self._announcing.running:
            self._announcing.stop()
            self.sound = None

    async def key(self, seconds: float) -> str | None:
        """The next key of the telephone's, which its call does not hear; see `hw.port.callwaiting`."""
        self._keys, self._key_ear = asyncio.Queue(), DtmfReceiver()
        try:
            async with asyncio.timeout(seconds):
                return await self._keys.get()
        except TimeoutError:
            return None
        finally:
            self._keys = None

    def break_loop(self, milliseconds: int) -> None:
        self.wires.open_for(milliseconds / 1000)

    def set_lamp(self, lit: bool) -> None:
        self._lamp = lit
        self._show_lamp()

    def transferred(self, done: bool) -> None:
        raise LineError(f"{self.name} cannot ask for a transfer")

    def write(self, frame: Frame) -> None:
        if self.off_hook:
            self._play_out.write(frame)

    def stop(self) -> None:
        """The card stops: no more events, no more ringing. Nobody knows what the lamp shows when it starts again."""
        self._hook.stop()
        self.call_waits_no_more()
        self._quiet()
        self._lamp_shown = None

    def next_frame(self) -> Frame | None:
        """The next frame for the line; None where there is nothing to send."""
        if self.sound is not None:
            return self.sound.next()
        return self._play_out.next() if self.off_hook else None

    def heard(self, frame: Frame) -> None:
        """Take a frame from the line. It is passed on only off hook, and while `sound` is not being sent."""
        if self._keys is not None:
            for key in self._key_ear.feed(frame):
                self._keys.put_nowait(key)
        elif self.off_hook and self.sound is None:
            self._on_frame(frame)

    def _quiet(self) -> None:
        self._ringing.stop()
        self._lamp_script.stop()
        quiet(self)

    def _show_lamp(self) -> None:
        """Tell the telephone, as soon as it is idle, what its lamp does not show yet."""
        busy = self.off_hook or self._ringing.running or self._lamp_script.running
        if self._lamp != self._lamp_shown and not busy:
            self._lamp_script.run(self._send_lamp())
            self._wake()

    async def _send_lamp(self) -> None:
        """Tell the telephone until its lamp shows what is wanted, which may change while it is being told."""
        while (lit := self._lamp) != self._lamp_shown:
            await asyncio.sleep(LAMP_AFTER_ON_HOOK_S)
            self._lamp_shown = None
            await carry_out(self, message_waiting_steps(self._plan, encode_message_waiting(lit)))
            self._lamp_shown = lit

    def _tell(self, event: FxsEvent) -> None:
        match event:
            case OffHook():
                self._quiet()
            case OnHook():
                self.call_waits_no_more()
                self._play_out.clear()
                self._show_lamp()
        self._on_event(event)
