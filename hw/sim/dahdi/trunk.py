"""A channel to the exchange (an FXO port, signalling FXSKS), after the states of the kernel and of common cards.

The card settles each change of its line for 64 ms. The kernel tells ringing that begins, unless within 2 s after it
was hung up, and 50 ms after its end; the loss of voltage only while it is off hook and has been for 600 ms.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from enum import Enum
from typing import Generic, TypeVar

from hw.audio import SILENCE, Frame
from hw.dahdi.abi import STATS, Alarm, ChannelEvent, HookRequest, Ioctl, RxHook, Signalling
from hw.sim.dahdi.channel import RING_DEBOUNCE_S, CallRefused, KernelTimer, StandInChannel
from hw.sim.loop import SubscriberLoop

CARD_DEBOUNCE_S = 0.064
ALARM_S = 1.0
RING_TRAILER_S = 0.05
LINE_MV, OWN_LOOP_MV, BOTH_LOOPS_MV = 48000, 8000, 6000

T = TypeVar("T")


class Tx(Enum):
    """What the channel does with its loop."""

    ON_HOOK = "on hook"
    DEBOUNCE = "off hook, not settled"
    OFF_HOOK = "off hook"
    PREFLASH = "off hook, a flash is asked for"
    FLASH = "open for a flash"


class Settled(Generic[T]):
    """A measurement that counts once it has been the same for 64 ms."""

    def __init__(self, value: T, told: Callable[[T], None]) -> None:
        self._value = self._last = value
        self._told = told
        self._timer: asyncio.TimerHandle | None = None

    def see(self, value: T, seconds: float) -> None:
        if value == self._last:
            return
        self._last = value
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if value != self._value:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._settle)

    def _settle(self) -> None:
        self._timer, self._value = None, self._last
        self._told(self._value)


class TrunkChannel(StandInChannel):
    """See `StandInChannel`. It is the terminal of its line."""

    signalling = Signalling.FXSKS
    capable = Signalling.FXSKS | Signalling.FXSLS

    def __init__(self, number: int, card_name: str, loop: SubscriberLoop) -> None:
        super().__init__(number, card_name)
        self._line = loop
        self._tx = Tx.ON_HOOK
        self._ring_overlooked_until = 0.0
        self._heard: Frame = SILENCE
        self._asked = False
        self._side = 0
        self._timer = KernelTimer(self, self._tx_due)
        self._trailer = KernelTimer(self, self._ring_over)
        self._alarm = Settled(False, self._alarm_is)
        self._seen = Settled(RxHook.INITIAL, self._rx_is)
        self._polarity = Settled(0, self._polarity_is)
        loop.terminal = self
        loop.terminal_watchers.append(self.look)
        self.look()

    def say(self) -> Frame | None:
        self._asked = True
        return self.sent()

    def hear(self, frame: Frame) -> None:
        self._heard = frame

    def tick(self) -> None:
        if not self._asked:
            self.sent()
        self.receive(self._heard)
        self._asked, self._heard = False, SILENCE

    def look(self) -> None:
        """The line has changed."""
        line = self._line
        rx = RxHook.ONHOOK if not line.polarity else RxHook.RING if line.rings else RxHook.OFFHOOK
        self._seen.see(rx, CARD_DEBOUNCE_S)
        if line.polarity:
            self._polarity.see(line.polarity, CARD_DEBOUNCE_S)
        self._alarm.see(not line.polarity, ALARM_S if not line.polarity else CARD_DEBOUNCE_S)

    def hook(self, request: int) -> None:
        match request:
            case HookRequest.ONHOOK:
                self._timer.stop()
                self._ring_overlooked_until = self._loop.time() + RING_DEBOUNCE_S
                self.clear()
                self._become(Tx.ON_HOOK)
            case HookRequest.OFFHOOK:
                self._become(Tx.DEBOUNCE)
                self._timer.set(self.ms("debounce"))
            case HookRequest.FLASH:
                if self._tx is not Tx.OFF_HOOK:
                    raise CallRefused(errno.EBUSY)
                self._become(Tx.PREFLASH)
                self._timer.set(self.ms("preflash"))
                raise CallRefused(errno.EINPROGRESS)
            case _:
                raise CallRefused(errno.EINVAL)

    def own_request(self, code: int, argument: bytes) -> bytes:
        if code != Ioctl.WCTDM_GET_STATS:
            raise CallRefused(errno.ENOTTY)
        loaded = self._line.closed_by_another(self)
        own = self._tx in (Tx.DEBOUNCE, Tx.OFF_HOOK, Tx.PREFLASH)
        volts = {(False, False): LINE_MV, (True, True): BOTH_LOOPS_MV}.get((own, loaded), OWN_LOOP_MV)
        return STATS.pack(*[self._line.polarity * volts] * 3)

    def _become(self, state: Tx) -> None:
        self._tx = state
        self.post(lambda: self._line.close(self, state not in (Tx.ON_HOOK, Tx.FLASH)))

    def _tx_due(self) -> None:
        match self._tx:
            case Tx.DEBOUNCE:
                self._become(Tx.OFF_HOOK)
            case Tx.PREFLASH:
                self._become(Tx.FLASH)
                self._timer.set(self.ms("flash"))
            case Tx.FLASH:
                self._become(Tx.OFF_HOOK)
                self.event(ChannelEvent.HOOKCOMPLETE)

    def _rx_is(self, rx: RxHook) -> None:
        with self.lock:
            was, self.rx_hook = self.rx_hook, rx
            if rx is RxHook.RING and self._loop.time() >= self._ring_overlooked_until:
                self.event(ChannelEvent.RINGBEGIN)
            if was == RxHook.RING:
                self._trailer.set(RING_TRAILER_S)
            if rx is RxHook.ONHOOK and self._tx is Tx.OFF_HOOK:
                self._trailer.stop()
                self._ring_overlooked_until = self._loop.time() + RING_DEBOUNCE_S
                self.event(ChannelEvent.ONHOOK)

    def _ring_over(self) -> None:
        if self.rx_hook != RxHook.RING and self._loop.time() >= self._ring_overlooked_until:
            self.event(ChannelEvent.RINGOFFHOOK)

    def _polarity_is(self, side: int) -> None:
        if self._side:
            self.event(ChannelEvent.POLARITY)
        self._side = side

    def _alarm_is(self, there: bool) -> None:
        self.alarms = int(Alarm.RED) if there else 0
        self.event(ChannelEvent.ALARM if there else ChannelEvent.NOALARM)
