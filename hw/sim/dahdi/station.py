"""A channel to a telephone (an FXS port, signalling FXOKS), after the states of the kernel and of common cards.

The card settles the hook for 32 ms, and stops ringing by itself when the telephone is lifted. The kernel reads breaks
of 15 to 200 ms as pulses, longer ones up to `rx_flash` as a flash, and those beyond as hanging up. To hang up on a
telephone off hook is to take its battery for 500 ms; then 300 ms pass in which nothing is taken.
"""

from __future__ import annotations

import errno
from enum import Enum

import numpy as np

from hw.audio import SILENCE, Frame
from hw.dahdi.abi import CADENCE, INTEGER, PULSEDIGIT, ChannelEvent, HookRequest, Ioctl, LampBy, RxHook, Signalling
from hw.port.wires import Battery
from hw.sim.dahdi.channel import CallRefused, KernelTimer, StandInChannel
from hw.sim.dahdi.trunk import Settled
from hw.sim.loop import Fir, SubscriberLoop, limited

HOOK_DEBOUNCE_S = 0.032
KEWL_S = 0.5
AFTER_KEWL_S = 0.3
SHORTEST_PULSE_S, LONGEST_PULSE_S, DIGIT_OVER_S = 0.015, 0.2, 0.25
ON_HOOK_SOUND_S = 6.0
"""How long behind a burst of ringing the card lets sound through."""
DIGITS = "1234567890*#"


class StationTx(Enum):
    """What the channel does with its line."""

    ON_HOOK = "on hook"
    DEBOUNCE = "off hook, not settled"
    OFF_HOOK = "off hook"
    RING_ON = "rings"
    RING_OFF = "rings, in a pause"
    KEWL = "without battery"
    AFTER_KEWL = "battery back, not ready"


class StationChannel(StandInChannel):
    """See `StandInChannel`. It is the source of its line. echo: its own hybrid."""

    signalling = Signalling.FXOKS
    capable = Signalling.FXOKS | Signalling.FXOLS

    def __init__(self, number: int, card_name: str, loop: SubscriberLoop, echo: Fir) -> None:
        super().__init__(number, card_name)
        self.rx_hook = int(RxHook.ONHOOK)
        self.lamp = LampBy(0)
        """By which ways, besides its message, the telephone's lamp is lit."""
        self._line = loop
        self._echo = echo
        self._tx = StationTx.ON_HOOK
        self._cadence = (2000, 4000)
        self._place = 0
        self._lifted = False
        """The kernel has told that the telephone is off hook."""
        self._hung_up_in_break = False
        self._pulses = 0
        self._lamp_ways = LampBy(0)
        self._sound_until = 0.0
        self._timer = KernelTimer(self, self._tx_due)
        self._break = KernelTimer(self, self._hung_up)
        self._digit = KernelTimer(self, self._digit_over)
        self._seen = Settled(False, self._hook_is)
        loop.source_watchers.append(self._look)

    def tick(self) -> None:
        sent = self.sent()
        line = self._line
        if line.ringing:
            self._sound_until = self._loop.time() + ON_HOOK_SOUND_S
        if not line.closed and self._loop.time() > self._sound_until:
            self.receive(SILENCE)
            return
        line.collect()
        line.deliver(sent)
        self.receive(self._returned(line.up, sent))

    def hook(self, request: int) -> None:
        match request:
            case HookRequest.ONHOOK:
                self.clear()
                gone = self.rx_hook == RxHook.ONHOOK and not self._break.running
                if self._tx is not StationTx.ON_HOOK and not gone:
                    self._hung_up_in_break = False
                    self._become(StationTx.KEWL, KEWL_S)
                else:
                    self._become(StationTx.ON_HOOK)
            case HookRequest.OFFHOOK:
                if self._tx in (StationTx.KEWL, StationTx.AFTER_KEWL):
                    raise CallRefused(errno.EBUSY)
                self._become(StationTx.DEBOUNCE, self.ms("debounce"))
            case HookRequest.RING:
                if not self.zone_loaded:
                    raise CallRefused(errno.ENODATA)
                if self._tx is not StationTx.ON_HOOK:
                    raise CallRefused(errno.EBUSY)
                self._place = 0
                self._become(StationTx.RING_ON, self._cadence[0] / 1000)
                raise CallRefused(errno.EINPROGRESS)
            case HookRequest.RINGOFF:
                self._become(StationTx.ON_HOOK)
            case _:
                raise CallRefused(errno.EINVAL)

    def own_request(self, code: int, argument: bytes) -> bytes:
        match code:
            case Ioctl.SETCADENCE:
                cadence = CADENCE.unpack(argument)
                self._cadence = cadence[: cadence.index(0)]
            case Ioctl.SETPOLARITY:
                if self._line.ringing or self._tx is StationTx.KEWL:
                    raise CallRefused(errno.EINVAL)
                side = Battery.REVERSED if INTEGER.unpack(argument)[0] else Battery.NORMAL
                self.post(lambda: self._line.feed(side))
            case Ioctl.ONHOOKTRANSFER:
                self._sound_until = self._loop.time() + INTEGER.unpack(argument)[0] / 1000
            case Ioctl.VMWI_CONFIG:
                self._lamp_ways = LampBy(INTEGER.unpack(argument)[0])
            case Ioctl.VMWI:
                self.lamp = self._lamp_ways if INTEGER.unpack(argument)[0] else LampBy(0)
            case _:
                raise CallRefused(errno.ENOTTY)
        return argument if code == Ioctl.VMWI else b""

    def _returned(self, up: object, sent: Frame | None) -> Frame:
        """What the card records: what comes up the line, and its own echo."""
        if not self._line.closed:
            return SILENCE
        echo = self._echo.echo(sent)
        came = np.zeros(len(SILENCE), dtype=np.float32) if up is None else np.asarray(up)
        return limited(came if echo is None else came + echo)

    def _become(self, state: StationTx, seconds: float | None = None) -> None:
        self._tx = state
        if seconds is None:
            self._timer.stop()
        else:
            self._timer.set(seconds)
        self.post(lambda: self._do(state))

    def _do(self, state: StationTx) -> None:
        """Put on the line what this state has there."""
        self._line.ring(state is StationTx.RING_ON and not self._line.closed)
        if state is StationTx.KEWL:
            self._line.open_for(KEWL_S)

    def _tx_due(self) -> None:
        match self._tx:
            case StationTx.RING_ON | StationTx.RING_OFF:
                self._place = (self._place + 1) % len(self._cadence)
                rings = self._place % 2 == 0
                self._become(StationTx.RING_ON if rings else StationTx.RING_OFF, self._cadence[self._place] / 1000)
                self.event(ChannelEvent.RINGERON if rings else ChannelEvent.RINGEROFF)
            case StationTx.DEBOUNCE:
                self._tx = StationTx.OFF_HOOK
                if self.rx_hook == RxHook.ONHOOK:
                    self._break.set(self.ms("rx_flash"))
            case StationTx.KEWL:
                self._become(StationTx.AFTER_KEWL, AFTER_KEWL_S)
                self.event(ChannelEvent.HOOKCOMPLETE)
            case StationTx.AFTER_KEWL:
                self._tx = StationTx.ON_HOOK
                if self._hung_up_in_break:
                    self.event(ChannelEvent.ONHOOK)
                self._lifted = False

    def _look(self) -> None:
        """The loop was closed or opened, or its battery has changed. Without battery no current flows."""
        closed = self._line.closed and self._line.battery is not Battery.OPEN
        if closed and self._line.ringing:
            self._line.ring(False)
        self._seen.see(closed, HOOK_DEBOUNCE_S)

    def _hook_is(self, closed: bool) -> None:
        with self.lock:
            self.rx_hook = int(RxHook.OFFHOOK if closed else RxHook.ONHOOK)
            if closed:
                self._closed()
            elif self._tx is StationTx.KEWL:
                self._hung_up_in_break = True
            elif self._tx not in (StationTx.DEBOUNCE, StationTx.AFTER_KEWL):
                self._break.set(self.ms("rx_flash"))

    def _closed(self) -> None:
        self._hung_up_in_break = False
        if not self._break.running:
            if not self._lifted:
                self._lifted = True
                self.event(ChannelEvent.RINGOFFHOOK)
            return
        seconds = self._break.passed + 1e-6
        self._break.stop()
        if seconds > LONGEST_PULSE_S:
            self.event(ChannelEvent.WINKFLASH)
        elif seconds >= SHORTEST_PULSE_S:
            self._pulses += 1
            self._digit.set(DIGIT_OVER_S)
            if self._pulses == 1:
                self.event(ChannelEvent.PULSE_START)

    def _hung_up(self) -> None:
        self._lifted = False
        self.event(ChannelEvent.ONHOOK)

    def _digit_over(self) -> None:
        pulses, self._pulses = self._pulses, 0
        if pulses <= len(DIGITS):
            self.event(PULSEDIGIT | ord(DIGITS[pulses - 1]))
