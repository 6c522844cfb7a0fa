"""A telephone of ours: rung, lifted, pressed, hung up; with a call it is in, and others that it holds."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from enum import Enum
from functools import partial

from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.stationlegs import StationLegs
from appliance.calls.twocalls import TwoCalls
from appliance.calls.waitingcall import Answer, PickedUp, WaitingCall, may_wait
from appliance.media.engine import Engine
from appliance.office import model
from appliance.office.telephones import RingKind, RingSound
from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.linecard import (
    DigitTold,
    FxsPort,
    Held,
    HookFlash,
    LineError,
    LineEvent,
    OffHook,
    OnHook,
    PulseDigit,
    RingRefused,
    TransferAsked,
)
from hw.tones.ringstyle import cadence
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
    """One station, with all its calls. It has a leg in each: one it is active in, and others that it holds.

    A plain telephone, on one port, gets a second leg by a hook flash, and hears one leg at a time. A SIP telephone that
    can have a second call has a second port for it, with a leg of its own, and holds by itself. A port's first leg
    lasts from the lifting of the telephone to its hanging up, if nobody takes its call over.

    card_works: False while its card does not work.
    on_lifted: called with the leg when the telephone is lifted to make a call, or wants to make another one.
    on_released: called with the leg when a call is done with it and the telephone is still off hook.
    """

    def __init__(self, facts: model.Station, port: FxsPort, plan: TonePlan, engine: Engine) -> None:
        self.facts = self._next_facts = facts
        self.state = StationState.ON_HOOK
        self.card_works = True
        self.on_lifted: Callable[[StationLine, Leg], None] = lambda _station, _leg: None
        self.on_released: Callable[[StationLine, Leg], None] = lambda _station, _leg: None
        self.on_change: Callable[[], None] = lambda: None
        self._port = port
        self._plan = plan
        self._legs = StationLegs(engine, self._released)
        self._two_calls = TwoCalls(self._legs, self._to_call, self._settle)
        self._answered: asyncio.Future[Answer] | None = None
        self._may_be_picked_up = False
        self._waiting: WaitingCall | None = None
        self.rang_at = -math.inf
        """When it last began to ring, by the loop's time."""
        for each in (port, port.second):
            if each is not None:
                each.attach(partial(self._line_event, each), partial(self._frame, each))

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
    def connected(self) -> bool:
        """Whether it can be rung at all. Where its card or its port of it does not work, it never is."""
        return self.card_works and not self.dead_because

    @property
    def dead_because(self) -> str:
        """Why its port does not work, for people; empty where the port knows of nothing."""
        return self._port.dead_because

    @property
    def free(self) -> bool:
        return self.state is StationState.ON_HOOK

    @property
    def legs(self) -> list[Leg]:
        """All its legs, the newest last."""
        return self._legs.all

    @property
    def active(self) -> Leg | None:
        """The leg its user talks by, or dials: the newest that is not held."""
        return next((leg for leg in reversed(self.legs) if not leg.held), None)

    @property
    def held(self) -> list[Leg]:
        """The legs of the calls it holds."""
        return [leg for leg in self.legs if leg.held]

    @property
    def leg(self) -> Leg | None:
        """The active leg; where all calls are held, the newest of those."""
        return self.active or next(reversed(self.legs), None)

    @property
    def can_be_picked_up(self) -> bool:
        """It rings for a call that another telephone may answer."""
        return self._may_be_picked_up and self._answered is not None and not self._answered.done()

    def ring(self, caller_id: CallerId | None, rings: RingSound | None = None) -> asyncio.Future[Answer]:
        """Ring until answered: the future gives the leg, or why the telephone will not ring. Cancel it to stop.

        rings: for what kind of call, which then can be picked up; None: as the country's telephones do, for this
        telephone alone. LineError when the station is not free.
        """
        if not self.free:
            raise LineError(f"{self.name} is {self.state.value}")
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        if not self.connected:
            answered.set_result(RingRefused(Cleared.LINK_LOST))
            return answered
        self._ring(self._port, caller_id, rings)
        self._answered = answered
        self._may_be_picked_up = rings is not None and rings.kind is not RingKind.PAGE
        self.rang_at = asyncio.get_running_loop().time()
        self._settle()
        answered.add_done_callback(self._no_longer_ringing)
        return answered

    @property
    def takes_waiting(self) -> bool:
        """Whether a second call may be announced to whoever talks on it."""
        leg = self._legs.heard(self._port)
        if leg is None or len(self.legs) > 1 or self._waiting is not None:
            return False
        return self.connected and self.facts.call_waiting and may_wait(self._port, leg)

    def announce(self, caller_id: CallerId | None, rings: RingSound | None) -> asyncio.Future[Answer]:
        """Announce a second call until it is answered. Otherwise like `ring`. Only where it `takes_waiting`.

        When it is hung up meanwhile, it rings for that call.
        """
        style = self._plan.ring if rings is None else cadence(self._plan, rings.style)
        self._waiting = waiting = WaitingCall(self._port, style, caller_id, None if rings is None else rings.kind)
        waiting.answered.add_done_callback(lambda _answered: self._waits_no_more(waiting))
        return waiting.answered

    def pick_up(self, leg: Leg, station: StationLine) -> None:
        """Another telephone answers, on this leg of its own. Only while this one `can_be_picked_up`."""
        assert self._answered is not None
        self._port.stop_ring()
        self._answered.set_result(PickedUp(leg, station))
        self._settle()

    def _ring(self, port: FxsPort, caller_id: CallerId | None, rings: RingSound | None) -> None:
        if rings is None:
            port.ring(self._plan.ring, caller_id)
        else:
            port.ring(cadence(self._plan, rings.style), caller_id, rings.kind)

    def set_lamp(self, lit: bool) -> None:
        if self.connected:
            self._port.set_lamp(lit)

    def lock_out(self) -> None:
        """Play nothing more to a telephone left off hook, until it is hung up. Nobody is kept on hold at it."""
        for leg in [leg for leg in self.held if not self._legs.hears(leg)]:
            self._end(leg, Cause.LEFT_HOLDING)
        self.state = StationState.LOCKED_OUT
        self.on_change()

    # What the telephone tells

    def _frame(self, port: FxsPort, frame: Frame) -> None:
        leg = self._legs.heard(port)
        if leg is not None:
            leg.media.deliver(frame)

    def _line_event(self, port: FxsPort, event: LineEvent) -> None:
        leg = self._legs.heard(port)
        match event:
            case OffHook(dialled) if leg is None:
                self._lifted(port, dialled)
            case OnHook() if leg is not None:
                self._hung_up(port, leg)
            case HookFlash() if leg is not None:
                self._flashed(port, leg)
            case PulseDigit(digit) if leg is not None:
                leg.press(digit)
            case DigitTold(digit) if leg is not None:
                leg.told_digit(digit)
            case RingRefused() if self._waiting is not None and self._waiting.comes_on(port):
                self._waiting.answered.set_result(event)
            case RingRefused() if self._answered is not None and not self._answered.done():
                self._answered.set_result(event)
                self._settle()
            case Held(held) if leg is not None:
                leg.hold(held)
                self.on_change()
            case TransferAsked():
                # Only who talks to somebody can have anybody transferred.
                if leg is None or not leg.transfer_asked.tell(event, port.transferred):
                    port.transferred(False)
            case _:
                pass

    def _lifted(self, port: FxsPort, dialled: str) -> None:
        leg = self._legs.open(port, self.name)
        leg.dialled = dialled
        if self._waiting is not None and self._waiting.comes_on(port):
            self._waiting.answered.set_result(leg)
        elif port is self._port and self._answered is not None and not self._answered.done():
            self._answered.set_result(leg)
        else:
            self._settle()
            self.on_lifted(self, leg)
            return
        self._settle()

    def _hung_up(self, port: FxsPort, active: Leg) -> None:
        held = next((leg for leg in self._legs.on(port) if leg is not active), None)
        if held is not None:
            self._two_calls.hung_up(port, held, active)
            return
        self._end(active, Cause.ON_HOOK)
        if self._waiting is not None and not self.legs:
            self._waiting.ring()

    def _flashed(self, port: FxsPort, active: Leg) -> None:
        if self._waiting is not None and len(self._legs.on(port)) == 1 and port.second is None:
            self._answer_waiting(port, active, self._waiting)
        else:
            self._two_calls.flashed(port, active)

    def _to_call(self, port: FxsPort) -> None:
        """Let the user call somebody, on a new leg."""
        leg = self._legs.open(port, self.name)
        self._settle()
        self.on_lifted(self, leg)

    def _answer_waiting(self, port: FxsPort, active: Leg, waiting: WaitingCall) -> None:
        """Hold whom the telephone talks to, or be done with a talk that is over, for the call that waits."""
        if active.in_conversation:
            active.hold(True)
        else:
            self._end(active, Cause.HOOK_FLASH)
        leg = self._legs.open(port, self.name)
        leg.swaps = True
        waiting.answered.set_result(leg)
        self._settle()

    def _waits_no_more(self, waiting: WaitingCall) -> None:
        if self._waiting is waiting:
            self._waiting = None
            self._settle()

    def _end(self, leg: Leg, cause: Cause) -> None:
        """The telephone has left this call."""
        self._legs.end(leg, cause)
        self._settle()

    def _released(self, leg: Leg) -> None:
        """A call is done with this leg."""
        port = self._legs.port(leg)
        if port is None:
            leg.media.close()
            self._two_calls.released(leg)
        elif not self._legs.hears(leg):
            self._end(leg, Cause.RELEASED)
        else:
            if len(self._legs.on(port)) == 1:
                port.break_loop(FAR_END_LEFT_BREAK_MS)
            if leg in self.legs:
                self.on_released(self, leg)

    # Its state

    def _no_longer_ringing(self, answered: asyncio.Future[Answer]) -> None:
        if self._answered is not answered:
            return
        if answered.cancelled():
            self._port.stop_ring()
        self._answered = None
        self._settle()

    def _settle(self) -> None:
        """Be in the state that follows from its ringing and its legs."""
        rings = self._answered is not None and (not self._answered.done() or self._answered.cancelled())
        if rings or (self._waiting is not None and not self.legs):
            self.state = StationState.RINGING
        elif not self.legs:
            self.state = StationState.ON_HOOK
        elif self.state is not StationState.LOCKED_OUT:
            self.state = StationState.OFF_HOOK
        if self.free:
            self.facts = self._next_facts
        self.on_change()
