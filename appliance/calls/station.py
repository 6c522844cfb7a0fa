"""A telephone of ours: rung, lifted, pressed, hung up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum

from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.media import detectors
from appliance.media.engine import Engine
from appliance.office import model
from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.linecard import (
    DigitTold,
    FxsPort,
    Held,
    LineError,
    LineEvent,
    OffHook,
    OnHook,
    PulseDigit,
    RingRefused,
    TransferAsked,
)
from hw.tones.toneplan import TonePlan

FAR_END_LEFT_BREAK_MS = 500
"""Battery is taken away this long when the other party has left (facts §8): answering machines hang up by it."""


class StationState(Enum):
    ON_HOOK = "on-hook"
    RINGING = "ringing"
    OFF_HOOK = "off-hook"
    LOCKED_OUT = "locked-out"
    """Left off hook for so long that nothing is played to it any more."""


class StationLine:
    """One station. Its leg lasts from the lifting of the telephone to its hanging up, through any number of calls.

    connected: False while its card does not work: then it is never rung.
    on_lifted: called when the telephone is lifted to make a call.
    on_released: called when a call is done with the station and it is still off hook.
    """

    def __init__(self, facts: model.Station, port: FxsPort, plan: TonePlan, engine: Engine) -> None:
        self.facts = self._next_facts = facts
        self.state = StationState.ON_HOOK
        self.leg: Leg | None = None
        self.connected = True
        self.on_lifted: Callable[[StationLine], None] = lambda _station: None
        self.on_released: Callable[[StationLine], None] = lambda _station: None
        self.on_change: Callable[[], None] = lambda: None
        self._port = port
        self._plan = plan
        self._engine = engine
        self._answered: asyncio.Future[Leg | RingRefused] | None = None
        port.attach(self._line_event, self._frame)

    def use(self, facts: model.Station) -> None:
        """Obey these facts from now on; while the telephone is in use, from its hanging up on."""
        self._next_facts = facts
        if self.free:
            self.facts = facts

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def port(self) -> str:
        """The card's name for it."""
        return self._port.name

    @property
    def free(self) -> bool:
        return self.state is StationState.ON_HOOK

    def ring(self, caller_id: CallerId | None) -> asyncio.Future[Leg | RingRefused]:
        """Ring until answered: the future gives the leg, or why the telephone will not ring. Cancel it to stop.

        LineError when the station is not free.
        """
        if not self.free:
            raise LineError(f"{self.name} is {self.state.value}")
        answered: asyncio.Future[Leg | RingRefused] = asyncio.get_running_loop().create_future()
        if not self.connected:
            answered.set_result(RingRefused(Cleared.LINK_LOST))
            return answered
        self._port.ring(self._plan.ring, caller_id)
        self._answered = answered
        self._enter(StationState.RINGING)
        answered.add_done_callback(self._no_longer_ringing)
        return answered

    def set_lamp(self, lit: bool) -> None:
        if self.connected:
            self._port.set_lamp(lit)

    def lock_out(self) -> None:
        """Play nothing more to a telephone left off hook, until it is hung up."""
        self._enter(StationState.LOCKED_OUT)

    def _no_longer_ringing(self, answered: asyncio.Future[Leg | RingRefused]) -> None:
        if answered.cancelled() and self.state is StationState.RINGING:
            self._port.stop_ring()
            self._enter(StationState.ON_HOOK)
        if self._answered is answered:
            self._answered = None

    def _frame(self, frame: Frame) -> None:
        if self.leg is not None:
            self.leg.media.deliver(frame)

    def _line_event(self, event: LineEvent) -> None:
        match event:
            case OffHook(dialled):
                self._lifted(dialled)
            case OnHook():
                self._hung_up()
            case PulseDigit(digit) if self.leg is not None:
                self.leg.press(digit)
            case DigitTold(digit) if self.leg is not None:
                self.leg.told_digit(digit)
            case RingRefused() if self._answered is not None and not self._answered.done():
                self._enter(StationState.ON_HOOK)
                self._answered.set_result(event)
            case Held(held) if self.leg is not None:
                self.leg.hold(held)
            case TransferAsked():
                self._transfer_asked(event)
            case _:
                pass

    def _lifted(self, dialled: str) -> None:
        if self.leg is not None:
            return
        media = self._engine.open(self.name, self._port.write)
        traits = self._port.traits
        self.leg = Leg(self.port, media, self._released, self._port.send_digits if traits.takes_digits else None)
        self.leg.dialled = dialled
        for detector in (
            (detectors.Voice(),) if traits.tells_digits else (detectors.Dtmf(from_outside=False), detectors.Voice())
        ):
            media.listen_for(detector)
        self._enter(StationState.OFF_HOOK)
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(self.leg)
        else:
            self.on_lifted(self)

    def _transfer_asked(self, event: TransferAsked) -> None:
        """Only who talks to somebody can have anybody transferred."""
        if self.leg is None or not self.leg.transfer_asked.tell(event, self._port.transferred):
            self._port.transferred(False)

    def _hung_up(self) -> None:
        leg, self.leg = self.leg, None
        if leg is not None:
            leg.left(Cause.ON_HOOK)
            leg.media.close()
        self._enter(StationState.ON_HOOK)

    def _released(self, leg: Leg) -> None:
        if leg is self.leg:
            self._port.break_loop(FAR_END_LEFT_BREAK_MS)
            self.on_released(self)

    def _enter(self, state: StationState) -> None:
        self.state = state
        if self.free:
            self.facts = self._next_facts
        self.on_change()
