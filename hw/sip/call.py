"""A call over SIP, as the unit holds it; its other half is in a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from hw.audio import Frame
from hw.sip import wire
from hw.sip.framememory import RING_FRAMES, FrameMemory

FrameRings = npt.NDArray[np.int16]
"""The frame memory as slots × (heard, said) × 8 frames × 160 samples."""

_COUNTER = 0xFFFFFFFF


class Link(Protocol):
    """The way to the worker that has the call."""

    memory: FrameMemory
    rings: FrameRings

    def send(self, command: wire.Command) -> None: ...


class SipCall:
    """One call, known to its worker by `ref`.

    call_id: the Call-ID of the SIP dialogue, empty until it is known. over: the call has ended. on_report: told each
    report of the worker's about this call; `Ended` is the last. on_frame: given each frame of the far end's.
    """

    def __init__(self, ref: int, link: Link) -> None:
        self.ref = ref
        self.call_id = ""
        self.over = False
        self.on_report: Callable[[Any], None] = lambda _report: None
        self.on_frame: Callable[[Frame], None] = lambda _frame: None
        self._link = link
        self._slot = -1
        self._heard = 0

    @property
    def sounding(self) -> bool:
        """Whether sound passes now."""
        return self._slot >= 0

    def alert(self) -> None:
        """Tell the caller that it rings here."""
        self._link.send(wire.Alert(self.ref))

    def accept(self) -> None:
        """Answer."""
        self._link.send(wire.Accept(self.ref))

    def clear(self, status: int = 486) -> None:
        """End it. status: for a call that was not answered. Harmless when it is over."""
        if not self.over:
            self._link.send(wire.Clear(self.ref, status))

    def send_digits(self, digits: str, way: str) -> None:
        """Press keys, by `rfc4733` or `info`."""
        self._link.send(wire.SendDigits(self.ref, digits, way))

    def send_flash(self, way: str, content_type: str) -> None:
        """Send a hook flash, by `rfc4733` or `info`."""
        self._link.send(wire.SendFlash(self.ref, way, content_type))

    def carry_data(self, carries: bool) -> None:
        """Its sound is a modem's from now on, of which nothing may be left out or made up; False: a voice's again.

        What the far end has said is handed on then as it comes, several frames at once or none. Whoever takes it keeps
        some in store.
        """
        self._link.send(wire.CarryData(self.ref, carries))

    def tell_referrer(self, status: int) -> None:
        """Tell the far end, which asked for a transfer, what became of it."""
        self._link.send(wire.ReferDone(self.ref, status))

    def write(self, frame: Frame) -> None:
        """Say a frame to the far end. Ignored while no sound passes."""
        slot = self._slot
        if slot >= 0:
            said = self._link.memory.said
            count = said[slot]
            self._link.rings[slot, 1, count % RING_FRAMES] = frame
            said[slot] = (count + 1) & _COUNTER

    def take(self, report: Any) -> None:
        """Take a report of the worker's about this call."""
        match report:
            case wire.Media(_, slot):
                if slot >= 0 and slot != self._slot:
                    self._heard = self._link.memory.heard[slot]
                self._slot = slot
            case wire.Identity(_, call_id):
                self.call_id = call_id
            case wire.Ended():
                self.over = True
                self._slot = -1
        self.on_report(report)

    def deliver(self) -> None:
        """Hand on the frames that have come since the last time; of more than the ring holds, the last ones."""
        slot = self._slot
        count = self._link.memory.heard[slot]
        if (count - self._heard) & _COUNTER > RING_FRAMES:
            self._heard = (count - RING_FRAMES) & _COUNTER  # The frames before are overwritten already.
        while self._heard != count and self._slot == slot:
            frame = self._link.rings[slot, 0, self._heard % RING_FRAMES].copy()
            self._heard = (self._heard + 1) & _COUNTER
            self.on_frame(frame)
