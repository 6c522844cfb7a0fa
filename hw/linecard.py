"""The narrow interface of every line card: what a line tells, and what can be done to it.

A card has FXO ports (to the telephone exchange) and FXS ports (to telephones). Everything here happens on the
event loop: a port calls the two functions given to `attach`, one with events, one with 20 ms frames as they come
in from the line, and takes frames with `write`. A port neither queues nor mixes; the media core does.

A port may be far away: that of a gateway, or a SIP telephone (`hw.sip`). It then knows some things that a card can
only hear, and says so: who calls, which keys are pressed, that the far end has answered or gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast, runtime_checkable

from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.ringkind import RingKind


@dataclass(frozen=True, slots=True)
class RingStarted:
    """FXO: a ring burst has begun: ring voltage has lasted long enough. A double ring (a gap of 0.2 s) is one burst."""


@dataclass(frozen=True, slots=True)
class RingStopped:
    """FXO: the ring burst is over, 300 ms after its end or sooner; between bursts the line may carry caller ID.

    bursts: how long ring voltage lasted, in seconds, where the driver can tell that, also within a double ring.
    """

    bursts: tuple[float, ...] = field(default=(), compare=False)


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
class CallTold:
    """FXO: who is calling, told just before the first RingStarted. called: the number called, empty if not told.

    A modem beside the line tells it while the line rings.
    """

    caller_id: CallerId
    called: str = ""


@dataclass(frozen=True, slots=True)
class RingingEnded:
    """FXO: the caller has given up. A line of a card tells it by ringing no more."""


@dataclass(frozen=True, slots=True)
class Proceeding:
    """FXO: the number given to `seize` is being called; from now on the sound of the line comes from there."""


@dataclass(frozen=True, slots=True)
class FarEndAnswered:
    """FXO: the far end has answered a call out. Told only by a line that knows, as one to a SIP server does."""


@dataclass(frozen=True, slots=True)
class FarEndRefused:
    """FXO: a call out does not come about. The line goes on with a tone that tells it, as an exchange's does."""

    cause: Cleared


@dataclass(frozen=True, slots=True)
class FarEndLeft:
    """FXO: the far end has gone, or was never reached."""

    cause: Cleared


@dataclass(frozen=True, slots=True)
class BatteryLost:
    """FXO, on hook: no line voltage for 1 s: the line is unplugged or dead. Or its gateway does not answer."""


@dataclass(frozen=True, slots=True)
class BatteryRestored:
    """FXO: line voltage is back after BatteryLost."""


@dataclass(frozen=True, slots=True)
class OffHook:
    """FXS: the telephone was lifted (a ringing telephone: answered; the port stopped its ringing).

    dialled: what it dialled before it was lifted, as a SIP telephone does; nothing more may follow.
    """

    dialled: str = ""


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


@dataclass(frozen=True, slots=True)
class DigitTold:
    """A key pressed by the far end or the telephone. It comes beside the sound and cannot be heard in it."""

    digit: str


@dataclass(frozen=True, slots=True)
class RingRefused:
    """FXS: the telephone does not want to be rung. forward: the number it wants to have called instead, if any."""

    cause: Cleared
    forward: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """FXS: the telephone holds its call, or no longer does."""

    held: bool


@dataclass(frozen=True, slots=True)
class TransferAsked:
    """FXS: the telephone, as the initiator, wants the party it talks to transferred. Answered with `transferred`.

    number: where to, in a blind transfer. to: in an attended one, the port of the telephone's other call, whose party
    is the recipient.
    """

    number: str = ""
    to: str = ""


FxoEvent = RingStarted | RingStopped | PolarityReversed | LoopBroken | LineInUse | BatteryLost | BatteryRestored
FxsEvent = OffHook | OnHook | HookFlash | PulseDigit
FarFxoEvent = CallTold | RingingEnded | Proceeding | FarEndAnswered | FarEndRefused | FarEndLeft
FarEvent = FarFxoEvent | DigitTold | RingRefused | Held | TransferAsked
LineEvent = FxoEvent | FxsEvent | FarEvent

Cadence = tuple[float, ...]
"""Seconds on, off, on, off… of one ringing cycle, repeated until stopped."""


class LineError(RuntimeError):
    """The line cannot do that now, for example ring a telephone that is off hook."""


@dataclass(frozen=True, slots=True)
class LineTraits:
    """The properties of a port that never change."""

    echo_tail_ms: int = 64
    """The longest echo of what is written that may come back; 0: none, it is removed before."""
    tells_digits: bool = False
    """Keys come as DigitTold; otherwise they are tones in the sound."""
    takes_digits: bool = False
    """Keys go by `send_digits`; otherwise they are tones in the sound."""
    dials: bool = False
    """An FXO port that takes the number with `seize`, and gives no dial tone."""
    digital: bool = False
    """An FXO port with no analog line anywhere behind it. It always tells when the far end has gone, so that nobody
    need listen for busy tone."""
    announces_waiting: bool = False
    """An FXS port that can announce a second call to whoever talks on it (`call_waits`)."""
    drifts: bool = False
    """Its frames come by a crystal of its own, and not by the unit's clock (`hw.dsp.drift`)."""
    jitters: bool = False
    """Its frames come over a network: while it carries a modem's sound, several at once or none."""


CARD_LINE = LineTraits(echo_tail_ms=128, drifts=True)
"""A line of a card in the unit. A local loop echoes within a few ms; the rest is for the card's buffers, and for 25 ms
each way where clocks differ (`hw.dsp.drift`)."""
SIMULATED_LINE = LineTraits()
"""The same by the unit's own clock, which needs less."""


class LinePort(Protocol):
    """One port. `name` is its fixed name on this unit, such as `fxo-1` or `fxs-3`."""

    @property
    def name(self) -> str: ...

    @property
    def traits(self) -> LineTraits: ...

    def attach(self, on_event: Callable[[LineEvent], None], on_frame: Callable[[Frame], None]) -> None:
        """Deliver events and incoming frames to these from now on. A second call replaces the first."""

    def write(self, frame: Frame) -> None:
        """Send one frame down the line. It must not be changed afterwards. Ignored where no audio can pass."""

    def send_digits(self, digits: str) -> float:
        """Press keys towards the far end, and say how many seconds that takes. LineError where keys are tones."""


class FxoPort(LinePort, Protocol):
    """A port to the telephone exchange. On hook it still delivers frames: caller ID comes that way.

    In Japan the exchange first makes a data call, with short rings on a reversed line. The port takes it by itself and
    is on hook to everybody else meanwhile: it delivers its frames, and tells no ring and no line in use for it. Its
    driver decides so with `hw.port.datacall_protocol`, as it decides about the line with `hw.port.fxo_protocol`.
    """

    @property
    def off_hook(self) -> bool: ...

    @property
    def battery(self) -> bool:
        """True while line voltage is present."""

    @property
    def dead_because(self) -> str:
        """What people are told while there is no line voltage."""

    def seize(self, number: str = "", caller_id: CallerId | None = None) -> None:
        """Close the loop: answer a ringing line, ask for dial tone, or call the number where the port `dials`.

        caller_id: on whose behalf it is called, for a line to another office of ours, which can tell that.
        """

    def release(self) -> None:
        """Open the loop: hang up. Harmless when on hook."""

    def flash(self, milliseconds: int) -> None:
        """Open the loop for 50–1000 ms and close it again. LineError when on hook."""


class LineMeter(Protocol):
    """An FXO port that can measure the electricity of its line, as some cards can. None where it cannot just now."""

    def volts(self) -> float | None:
        """The voltage between the two wires: some 48 V on hook, 6 to 12 V off hook. Negative where it is reversed."""

    def milliamps(self) -> float | None:
        """The current through the loop: 0 on hook, 18 to 100 mA off hook."""


def line_meter(port: FxoPort) -> LineMeter | None:
    """The port as one that can measure; None where it is none. One that passes all on counts as what is behind it."""
    return cast(LineMeter, port) if hasattr(port, "volts") else None


class FxsPort(LinePort, Protocol):
    """A port to a telephone."""

    @property
    def off_hook(self) -> bool: ...

    @property
    def dead_because(self) -> str:
        """Why no telephone can be rung on it, for people; empty while one can, as far as the port knows."""

    @property
    def second(self) -> FxsPort | None:
        """The port of the telephone's second call, if it can have one, as a SIP telephone can."""

    def ring(self, cadence: Cadence, caller_id: CallerId | None = None, kind: RingKind | None = None) -> None:
        """Ring until answered or stopped, showing the caller ID where the country does. LineError when off hook.

        kind: for what kind of call, for a telephone that rings in cadences of its own.
        """

    def stop_ring(self) -> None:
        """Stop ringing. Harmless when not ringing."""

    def call_waits(self, caller_id: CallerId | None = None) -> None:
        """Announce a second call, over the first, until that ends or `call_waits_no_more`. LineError when on hook, or
        where the port does not announce any."""

    def call_waits_no_more(self) -> None:
        """The second call is over, or is answered. Harmless where there is none."""

    def break_loop(self, milliseconds: int) -> None:
        """Remove battery for a while: tells equipment on the port that the far end has gone."""

    def set_lamp(self, lit: bool) -> None:
        """Light or darken the telephone's message-waiting lamp, as soon as it is idle. The last call is what counts."""

    def transferred(self, done: bool) -> None:
        """What became of the transfer it asked for. If it was done, the telephone is on hook then."""


class LineCard(Protocol):
    """A card with its ports. Ports exist before `start`; frames flow between `start` and `close`.

    on_fault: told in a sentence what is wrong with the card, for people; and with False when that is over.
    """

    on_fault: Callable[[str, bool], None]

    @property
    def fxo(self) -> Sequence[FxoPort]: ...

    @property
    def fxs(self) -> Sequence[FxsPort]: ...

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    def status(self) -> Mapping[str, Any]:
        """What people want to know of it, as JSON can hold it. `kind` says what card it is."""


@runtime_checkable
class ClockedCard(Protocol):
    """A card without a clock of its own: the media engine gives it one, and calls these in each of its ticks."""

    def before_tick(self) -> None:
        """Deliver what has come in since the last tick."""

    def after_tick(self) -> None:
        """Pass on what was written in this tick."""


@runtime_checkable
class DataCarrier(Protocol):
    """A port that changes the sound itself: it cancels echoes, or evens out the delays of a network."""

    def carry_data(self, carries: bool) -> None:
        """The sound is a modem's: change nothing of it from now on. False: it is a voice's again."""


def carrying_data(port: object) -> Callable[[bool], None]:
    """What is to be told when the sound on a port is a modem's."""
    return port.carry_data if isinstance(port, DataCarrier) else lambda _carries: None
