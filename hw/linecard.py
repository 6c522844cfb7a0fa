"""The narrow interface of every line card: what a line tells, and what can be done to it.

A card has FXO ports (to the telephone exchange) and FXS ports (to telephones). Everything here happens on the
event loop: a port calls the two functions given to `attach`, one with events, one with 20 ms frames as they come
in from the line, and takes frames with `write`. A port neither queues nor mixes; the media core does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from hw.audio import Frame
from hw.callerid import CallerId


@dataclass(frozen=True, slots=True)
class RingStarted:
    """FXO: a ring burst has begun: ring voltage has lasted long enough. A double ring (a gap of 0.2 s) is one burst."""


@dataclass(frozen=True, slots=True)
class RingStopped:
    """FXO: the ring burst is over, 300 ms after its end or sooner; between bursts the line may carry caller ID."""


@dataclass(frozen=True, slots=True)
class PolarityReversed:
    """FXO: the battery changed sides. `reversed` is the state after it."""

    reversed: bool


@dataclass(frozen=True, slots=True)
class LoopBroken:
    """FXO, off hook: the exchange opened the loop for at least the disconnect time. The far end has gone."""


@dataclass(frozen=True, slots=True)
class LineInUse:
    """FXO, on hook: another telephone on the same line is off hook (True) or no longer is (False)."""

    in_use: bool


@dataclass(frozen=True, slots=True)
class BatteryLost:
    """FXO, on hook: no line voltage for 1 s. The line is unplugged or dead."""


@dataclass(frozen=True, slots=True)
class BatteryRestored:
    """FXO: line voltage is back after BatteryLost."""


@dataclass(frozen=True, slots=True)
class OffHook:
    """FXS: the telephone was lifted (a ringing telephone: answered; the port stopped its ringing)."""


@dataclass(frozen=True, slots=True)
class OnHook:
    """FXS: the telephone was hung up, for longer than the longest hook flash."""


@dataclass(frozen=True, slots=True)
class HookFlash:
    """FXS: a hook flash."""


@dataclass(frozen=True, slots=True)
class PulseDigit:
    """FXS: a digit dialled by pulses, after the interdigit pause."""

    digit: str


FxoEvent = RingStarted | RingStopped | PolarityReversed | LoopBroken | LineInUse | BatteryLost | BatteryRestored
FxsEvent = OffHook | OnHook | HookFlash | PulseDigit
LineEvent = FxoEvent | FxsEvent

Cadence = tuple[float, ...]
"""Seconds on, off, on, off… of one ringing cycle, repeated until stopped."""


class LineError(RuntimeError):
    """The line cannot do that now, for example ring a telephone that is off hook."""


class Line(Protocol):
    """One physical port. `name` is its fixed name on this unit, such as `fxo-1` or `fxs-3`."""

    @property
    def name(self) -> str: ...

    def attach(self, on_event: Callable[[LineEvent], None], on_frame: Callable[[Frame], None]) -> None:
        """Deliver events and incoming frames to these from now on. A second call replaces the first."""

    def write(self, frame: Frame) -> None:
        """Send one frame down the line. It must not be changed afterwards. Ignored where no audio can pass."""


class FxoPort(Line, Protocol):
    """A port to the telephone exchange. On hook it still delivers frames: caller ID comes that way.

    In Japan the exchange first makes a data call, with short rings on a reversed line. The port takes it by itself and
    is on hook to everybody else meanwhile: it delivers its frames, and tells no ring and no line in use for it. Its
    driver decides so with `hw.datacall_protocol`, as it decides about the line with `hw.fxo_protocol`.
    """

    @property
    def off_hook(self) -> bool: ...

    @property
    def battery(self) -> bool:
        """True while line voltage is present."""

    def seize(self) -> None:
        """Close the loop: answer a ringing line, or ask the exchange for dial tone."""

    def release(self) -> None:
        """Open the loop: hang up. Harmless when on hook."""

    def flash(self, milliseconds: int) -> None:
        """Open the loop for 50–1000 ms and close it again. LineError when on hook."""


class FxsPort(Line, Protocol):
    """A port to a telephone."""

    @property
    def off_hook(self) -> bool: ...

    def ring(self, cadence: Cadence, caller_id: CallerId | None = None) -> None:
        """Ring until answered or stopped, showing the caller ID where the country does. LineError when off hook."""

    def stop_ring(self) -> None:
        """Stop ringing. Harmless when not ringing."""

    def break_loop(self, milliseconds: int) -> None:
        """Remove battery for a while: tells equipment on the port that the far end has gone."""

    def set_lamp(self, lit: bool) -> None:
        """Light or darken the telephone's message-waiting lamp, as soon as it is idle. The last call is what counts."""


class LineCard(Protocol):
    """A card with its ports. Ports exist before `start`; frames flow between `start` and `close`."""

    @property
    def fxo(self) -> Sequence[FxoPort]: ...

    @property
    def fxs(self) -> Sequence[FxsPort]: ...

    async def start(self) -> None: ...

    async def close(self) -> None: ...
