"""A far end that does what a test says, with the modems of a fax machine and no T.30 of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable

from appliance.fax.job import FaxResult
from appliance.fax.terminal import FaxTerminal
from hw.audio import FRAME_SECONDS, SILENCE, Frame
from hw.dsp.faxmodems import FaxModems, FaxSignal
from hw.dsp.library import ffi
from hw.dsp.pagemodem import BitPipe
from hw.dsp.t30guard import FrameKind, kind_of

Steps = Generator[None, None, None]
"""What it does, tick by tick."""

END_OF_DATA = -7
"""What a modem is given where there are no more bits."""


def frame(kind: FrameKind, carried: bytes = b"", *, last: bool = True) -> bytes:
    return bytes((0xFF, 0x13 if last else 0x03, kind)) + carried


def identity(text: str) -> bytes:
    """What a CSI or TSI carries."""
    return text[::-1].ljust(20).encode()


class ScriptedEnd:
    """Does what `script` says, and keeps what it hears."""

    def __init__(self, script: Callable[[ScriptedEnd], Steps]) -> None:
        self.heard: list[bytes] = []
        self.over = False
        self._bits: Iterable[int] = ()
        self._frames: deque[bytes] = deque()
        self._sent = False
        self._modems = FaxModems()
        self._modems.frame_heard = lambda heard: None if heard is None else self.heard.append(heard)
        self._modems.step_sent = self._next_frame
        self._callback = ffi.callback("get_bit_func_t", self._next_bit)
        self._modems.pages_out = BitPipe(self._callback, ffi.NULL)
        self._steps = script(self)

    def feed(self, sound: Frame) -> Frame:
        self._modems.feed(sound)
        if not self.over:
            try:
                next(self._steps)
            except StopIteration:
                self.over = True
        return self._modems.next()

    # What a script does

    def says(self, *frames: bytes) -> Steps:
        """Say frames by V.21, and wait until they are said."""
        self._frames = deque(frames[1:])
        self._sent = False
        self._modems.receive(FaxSignal.NONE)
        self._modems.send(FaxSignal.NONE)
        self._modems.send_frame(frames[0])
        self._modems.send(FaxSignal.V21)
        yield from self._until_sent()

    def sends(self, signal: FaxSignal, bit_rate: int, bits: Iterable[int], *, short: bool = False) -> Steps:
        """Send bits by a modem for pages, and wait until they are sent."""
        self._bits = iter(bits)
        self._modems.receive(FaxSignal.NONE)
        self._modems.send(FaxSignal.NONE)
        self._modems.send(signal, bit_rate, short=short, framed=False)
        yield from self._until_sent()

    def hears(self, kind: FrameKind, seconds: float = 10.0) -> Steps:
        """Wait until this is said."""
        self._modems.receive(FaxSignal.V21)
        known = len(self.heard)
        yield from self.waits(seconds, lambda: any(kind_of(heard) is kind for heard in self.heard[known:]))
        assert any(kind_of(heard) is kind for heard in self.heard[known:]), [kind_of(heard) for heard in self.heard]
        yield from self.waits(0.2)

    def waits(self, seconds: float, until: Callable[[], bool] = lambda: False) -> Steps:
        for _ in range(round(seconds / FRAME_SECONDS)):
            if until():
                return
            yield

    def _until_sent(self) -> Steps:
        yield
        while not self._modems.silent:
            yield
        self._modems.send(FaxSignal.NONE)

    def _next_frame(self) -> None:
        if self._frames:
            self._modems.send_frame(self._frames.popleft())
        elif not self._sent:
            self._sent = True
            self._modems.send_frame(b"")

    def _next_bit(self, _user_data: object) -> int:
        return next(iter(self._bits), END_OF_DATA)


def played(terminal: FaxTerminal, far_end: ScriptedEnd, longest_seconds: float = 400.0) -> tuple[FaxResult, float]:
    """How the terminal's fax ended, and how many seconds after the script was over; before, that is negative."""
    said, ticks, over_at = SILENCE, 0, 0
    while terminal.result is None:
        answered = terminal.feed(said)
        said = far_end.feed(answered)
        ticks += 1
        over_at = ticks if not far_end.over else over_at
        assert ticks * FRAME_SECONDS < longest_seconds
    return terminal.result, round((ticks - over_at) * FRAME_SECONDS, 2)
