"""Fax machines for tests: two of our terminals, wire to wire, or one of them on a telephone of the exchange."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from appliance.fax.job import FaxProgress, FaxResult, FaxTold, Receiving, Sending
from appliance.fax.terminal import FaxTerminal
from hw.audio import FRAME_SECONDS, SILENCE, Frame
from hw.sim.telephone import Telephone

OURS, THEIRS = "+1 407 5550100", "+1 407 5550188"

Wire = Callable[[Frame], Frame]
"""What becomes of a frame on its way."""


def as_it_is(frame: Frame) -> Frame:
    return frame


def sending(pages: Path, **further: object) -> Sending:
    return Sending(pages, THEIRS, "", **further)  # type: ignore[arg-type]


def receiving(into: Path, **further: object) -> Receiving:
    return Receiving(into, OURS, **further)  # type: ignore[arg-type]


class Both:
    """A sender and a receiver, and the two wires between them."""

    def __init__(self, sending: Sending, receiving: Receiving, there: Wire = as_it_is, back: Wire = as_it_is) -> None:
        self.sent: list[FaxProgress] = []
        self.received: list[FaxProgress] = []
        self.sender = FaxTerminal(sending, self.sent.append)
        self.receiver = FaxTerminal(receiving, self.received.append)
        self.seconds = 0.0
        self.from_sender = self.from_receiver = SILENCE
        """What was said last, before the wire."""
        self._there, self._back = there, back

    def tick(self) -> None:
        heard_there, heard_back = self._there(self.from_sender), self._back(self.from_receiver)
        self.from_sender = self.sender.feed(heard_back)
        self.from_receiver = self.receiver.feed(heard_there)
        self.seconds += FRAME_SECONDS

    def run(self, longest_seconds: float = 600.0) -> tuple[FaxResult, FaxResult]:
        """Both results: the sender's and the receiver's."""
        while self.sender.result is None or self.receiver.result is None:
            self.tick()
            assert self.seconds < longest_seconds, f"{self.sender.result} {self.receiver.result}"
        return self.sender.result, self.receiver.result


class FaxOnTelephone:
    """One of our terminals where a telephone has its handset. It begins when `start` is called."""

    def __init__(self, telephone: Telephone, told: FaxTold = lambda _progress: None) -> None:
        self._telephone = telephone
        self._told = told
        self._answer = SILENCE
        self.terminal: FaxTerminal | None = None
        telephone.listeners.append(self._heard)

    def start(self, job: Sending | Receiving) -> None:
        self.terminal = FaxTerminal(job, self._told)
        self._telephone.microphone = lambda: self._answer

    @property
    def result(self) -> FaxResult | None:
        return None if self.terminal is None else self.terminal.result

    def _heard(self, frame: Frame) -> None:
        if self.terminal is not None:
            self._answer = self.terminal.feed(frame)
