"""An FXS port of a DAHDI channel: the wires that its kernel driver feeds, what it sees of the hook, and the port.

The kernel reads the telephone's hook itself, and tells lifting, hanging up, flashes and digits of pulses by events. It
takes every break of 15 to 200 ms for a pulse. Where the country's flash is as short, a digit 1 is one if its break was
too long for a pulse (docs/lines.md): the port therefore asks with each frame whether the loop is open.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from contextlib import suppress

from hw.audio import FRAME_SECONDS, Frame
from hw.callerid.coding import CallerId
from hw.dahdi.abi import PULSEDIGIT, ChannelEvent, HookRequest, LampBy, RxHook
from hw.dahdi.channel import ChannelFile
from hw.dahdi.line import DahdiLine, SoundOut, channel_traits
from hw.dahdi.reader import FromChannel
from hw.linecard import Cadence, FxsEvent, HookFlash, LineError, OffHook, OnHook, PulseDigit
from hw.port.fxs import FxsWirePort
from hw.port.hook_protocol import BEHIND_LONGEST_FLASH_S, LONGEST_PULSE_BESIDE_SHORT_FLASH_S, SHORTEST_ON_HOOK_S
from hw.port.wires import Battery
from hw.ringkind import RingKind
from hw.tones.toneplan import TonePlan

LONGEST_BURST_MS = 6000
"""The kernel ends a burst of ringing after so long, should this unit not: no country's is longer than 3 s."""
PAUSE_MS = 86_400_000
"""The kernel would ring again after so long, a day, should this unit be stopped for it. Its counters, of eight steps a
millisecond in 31 bits, hold three."""
KERNEL_PULSE_S = 0.2
"""Every break of up to so long is a pulse to the kernel."""
DEBOUNCE_MS = 100
"""How long the kernel overlooks what the telephone does behind its lifting. Its own 600 ms would lose a first digit."""
ON_HOOK_SOUND_MS = 6000
"""How long a telephone on hook is given sound at a time: the longest message, and what is around it."""
BREAK_OVER_S = 0.85
"""Behind a break of the battery, which is always 500 ms long, the kernel takes no request for 300 ms."""
CHECK_EVERY = 50
"""Frames between two checks that no event was lost: 1 s."""
LONGEST_CONTRADICTION = 75
"""Frames for which the hook may be otherwise than the events have told: 1.5 s, longer than any flash."""
NO_LAMP = LampBy(0)
PULSES = "1234567890*#"
"""What the kernel calls 1, 2, 3… pulses."""


class StationWires:
    """See `hw.port.wires.SourceWires`. A card cannot take the battery from a telephone on hook: that is left out."""

    def __init__(self, name: str) -> None:
        self.name = name
        """The port's."""
        self.closed = False
        """The telephone closes the loop, as far as the kernel has told."""
        self.source_watchers: list[Callable[[], None]] = []
        """See `SourceWires`."""
        self.channel: ChannelFile | None = None
        """None while there is none: then nothing is done."""
        self.rings = False
        """Ring voltage is wanted."""
        self.ring_due = False
        """The kernel rings otherwise than it is wanted: the request has failed."""
        self.breaking: asyncio.TimerHandle | None = None
        """Ends a break of the battery."""
        self.on_no_zone: Callable[[], None] = lambda: None
        """Called where the kernel cannot ring because no tone zone was loaded."""
        self._reversed = False

    @property
    def battery(self) -> Battery:
        if self.breaking is not None:
            return Battery.OPEN
        return Battery.REVERSED if self._reversed else Battery.NORMAL

    def feed(self, battery: Battery) -> None:
        reversed = battery is Battery.REVERSED
        if battery is not Battery.OPEN and reversed != self._reversed:
            self._reversed = reversed
            if self.channel is not None:
                with suppress(OSError):
                    self.channel.set_polarity(reversed)

    def open_for(self, seconds: float) -> None:
        """The kernel's breaks last 500 ms, whatever is asked for, and only a telephone off hook has them."""
        if self.channel is not None and self.closed and self.breaking is None:
            with suppress(OSError):
                self.channel.hook(HookRequest.ONHOOK)
                self._follow_later()
                self.announce()

    def ring(self, on: bool) -> None:
        if on != self.rings:
            self.rings = on
            self.apply_ring()

    def apply_ring(self) -> None:
        """Have the kernel ring as it is wanted. A request that fails is due again with the next frame, unless it can
        never be done: the bell must not be left ringing, and one that is busy for a moment is to ring behind that."""
        self.ring_due = self.channel is not None
        if self.channel is not None:
            try:
                self._ring(self.channel, self.rings)
                self.ring_due = False
            except OSError as error:
                if error.errno == errno.ENODATA:
                    self.ring_due = False
                    self.on_no_zone()

    def follow(self, channel: ChannelFile) -> None:
        """Have the channel be off hook as the telephone is; behind a break, where the kernel takes no request now."""
        try:
            channel.hook(HookRequest.OFFHOOK if self.closed else HookRequest.ONHOOK)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            self._follow_later()

    def announce(self) -> None:
        for watcher in list(self.source_watchers):
            watcher()

    def stop(self) -> None:
        if self.breaking is not None:
            self.breaking.cancel()
            self.breaking = None

    def _ring(self, channel: ChannelFile, on: bool) -> None:
        if self.closed:  # The kernel has ended its ringing by itself.
            return
        if on:
            channel.ring_for(LONGEST_BURST_MS, PAUSE_MS)
            channel.hook(HookRequest.RING)
        else:
            channel.hook(HookRequest.RINGOFF)

    def _follow_later(self) -> None:
        if self.breaking is None:
            self.breaking = asyncio.get_running_loop().call_later(BREAK_OVER_S, self._end_break)

    def _end_break(self) -> None:
        self.breaking = None
        if self.channel is not None and self.closed:
            with suppress(OSError):
                self.follow(self.channel)
        self.announce()


class KernelHook:
    """The hook as the kernel reads it. See `hw.port.hookwatch.SeenHook`."""

    def __init__(self, wires: StationWires, plan: TonePlan, tell: Callable[[FxsEvent], None]) -> None:
        self.off_hook = False
        self.fetching: Callable[[], bool] = lambda: False
        """The telephone closes the loop only to take caller ID (Japan)."""
        shortest, longest = plan.flash_accept_ms
        self.asks_breaks = shortest < 1000 * KERNEL_PULSE_S
        """A flash may be a pulse to the kernel."""
        self.longest_flash_ms = round(1000 * max(longest / 1000 + BEHIND_LONGEST_FLASH_S, SHORTEST_ON_HOOK_S))
        self._flash_ms = (shortest, longest)
        self._digits = plan.pulse.digits
        self._wires = wires
        self._tell = tell
        self._open_frames = self._last_break = 0
        wires.source_watchers.append(self.look)

    def stop(self) -> None:
        """Nothing is told that the kernel does not tell."""

    def look(self) -> None:
        """Tell whether the telephone is on hook, if that has changed."""
        if self._wires.closed == self.off_hook or self.fetching():
            return
        self.off_hook = self._wires.closed
        self._tell(OffHook() if self.off_hook else OnHook())

    def flashed(self) -> None:
        """The loop was open for longer than 200 ms."""
        if self.off_hook and self._flash_ms[1] > 1000 * KERNEL_PULSE_S:
            self._tell(HookFlash())

    def pulsed(self, digit: str) -> None:
        """So many pulses have come, or one break that may have been a flash."""
        pulses = PULSES.index(digit) + 1
        if not self.off_hook:
            return
        if pulses == 1 and self.asks_breaks and self._last_break * FRAME_SECONDS > LONGEST_PULSE_BESIDE_SHORT_FLASH_S:
            self._tell(HookFlash())
        elif pulses <= len(self._digits):
            self._tell(PulseDigit(self._digits[pulses - 1]))

    def frame_passed(self, open: bool) -> None:
        """With this frame the loop was open, or closed."""
        if open:
            self._open_frames += 1
        elif self._open_frames:
            self._last_break, self._open_frames = self._open_frames, 0


class DahdiFxsPort(FxsWirePort):
    """See `hw.linecard.FxsPort`. lamp: in which further ways a telephone's lamp is lit, besides its message (FSK)."""

    def __init__(self, name: str, number: int, plan: TonePlan, lamp: LampBy = NO_LAMP) -> None:
        self._station = wires = StationWires(name)

        def watch(tell: Callable[[FxsEvent], None]) -> KernelHook:
            self._kernel = KernelHook(wires, plan, tell)
            return self._kernel

        super().__init__(wires, plan, lambda: None, watch=watch)
        self.line = DahdiLine(name, number)
        self._kernel.fetching = lambda: self.fetching
        self._sound = SoundOut(self._next)
        self._lamp_by = lamp
        self._lit = False
        self._on_hook_sound = 0
        """Frames for which the telephone is still given sound on hook."""
        self._frames_to_check = CHECK_EVERY
        self._contradicted = 0
        """For how many frames the hook has been otherwise than the events have told."""

    @property
    def on_no_zone(self) -> Callable[[], None]:
        """Called where the kernel cannot ring because no tone zone was loaded."""
        return self._station.on_no_zone

    @on_no_zone.setter
    def on_no_zone(self, told: Callable[[], None]) -> None:
        self._station.on_no_zone = told

    @property
    def dead_because(self) -> str:
        return self.line.dead_because

    def ring(self, cadence: Cadence, caller_id: CallerId | None = None, kind: RingKind | None = None) -> None:
        if self.line.dead_because:
            raise LineError(f"{self.name}: {self.line.dead_because}")
        super().ring(cadence, caller_id, kind)

    def set_lamp(self, lit: bool) -> None:
        self._lit = lit
        super().set_lamp(lit)
        self._light()

    def carry_data(self, carries: bool) -> None:
        """See `hw.linecard.DataCarrier`."""
        if (channel := self._station.channel) is not None and self._station.closed:
            with suppress(OSError):  # It is gone; its next reading tells so.
                channel.cancel_echo(0 if carries else self.line.echo_taps)

    def opened(self, channel: ChannelFile) -> None:
        """The channel is there, or is there again. OSError where it is gone at once."""
        params = channel.params()
        channel.set_params(params.with_times(rx_flash=self._kernel.longest_flash_ms, debounce=DEBOUNCE_MS))
        self.traits = channel_traits(self.traits, self.line)
        self._station.channel = self._sound.channel = channel
        if self._lamp_by:
            channel.set_lamp_ways(self._lamp_by)
        self._light()
        self._hook_is(channel, closed=params.rx_hook == RxHook.OFFHOOK)

    def lost(self) -> None:
        """The channel is gone, and whoever talked on it."""
        self._station.channel = self._sound.channel = None
        self._station.stop()
        self._hook_is(None, closed=False)

    def stop(self) -> None:
        super().stop()
        self._station.stop()

    def came(self, came: FromChannel) -> None:
        """Take what the reader has. OSError where the channel is gone."""
        for event in came.events:
            self._kernel_told(came.channel, event)
        for frame in came.frames:
            self._frame_passed(came.channel)
            self.heard(frame)
        self._sound.send()

    def _kernel_told(self, channel: ChannelFile, event: int) -> None:
        if event & PULSEDIGIT:
            self._kernel.pulsed(chr(event & 0xFF))
            return
        match event:
            case ChannelEvent.RINGOFFHOOK:
                self._hook_is(channel, closed=True)
            case ChannelEvent.ONHOOK:
                self._hook_is(channel, closed=False)
            case ChannelEvent.WINKFLASH:
                self._kernel.flashed()

    def _hook_is(self, channel: ChannelFile | None, closed: bool) -> None:
        """The telephone was lifted or hung up. The kernel has to follow at once: it would ring on in somebody's ear."""
        if closed == self._station.closed:
            return
        self._station.closed = closed
        if not closed:
            self._station.stop()
        if channel is not None:
            self._station.follow(channel)
            channel.cancel_echo(self.line.echo_taps if closed else 0)
        self._station.announce()

    def _frame_passed(self, channel: ChannelFile) -> None:
        """What is done with the card's frames as a clock."""
        self._sound.frame_passed()
        if self._station.ring_due:
            self._station.apply_ring()
        self._on_hook_sound -= 1
        self._frames_to_check -= 1
        if self._kernel.asks_breaks and self.off_hook:
            self._kernel.frame_passed(open=channel.params().rx_hook != RxHook.OFFHOOK)
        if self._frames_to_check <= 0:
            self._frames_to_check = CHECK_EVERY
            self._check(channel)

    def _check(self, channel: ChannelFile) -> None:
        """Believe the hook itself where it contradicts the events for long: one was lost, as the kernel's queue is
        short. Within a flash and the pulses of a digit it contradicts them for less."""
        closed = channel.params().rx_hook == RxHook.OFFHOOK
        if closed == self._station.closed or self._station.breaking is not None:
            self._contradicted = 0
            return
        self._contradicted += 1
        self._frames_to_check = 1
        if self._contradicted > LONGEST_CONTRADICTION:
            self._hook_is(channel, closed)

    def _next(self) -> Frame | None:
        frame = self.next_frame()
        if frame is not None and not self.off_hook and self._on_hook_sound <= 0 and self._station.channel is not None:
            self._station.channel.listen_on_hook(ON_HOOK_SOUND_MS)
            self._on_hook_sound = round(ON_HOOK_SOUND_MS / 1000 / FRAME_SECONDS)
        return frame

    def _light(self) -> None:
        if self._lamp_by and self._station.channel is not None:
            with suppress(OSError):
                self._station.channel.set_lamp(self._lit)
