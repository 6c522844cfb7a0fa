"""A line to the exchange: told by its port what happens, obeying the table of trunk_protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from appliance.calls.flashservice import FlashService
from appliance.calls.keptcalls import KeptCall
from appliance.calls.leg import Leg
from appliance.calls.linehealth import LineHealth
from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.portmedia import port_media
from appliance.calls.progress import CallProgress
from appliance.calls.ringing import Ringing
from appliance.calls.signal import settle
from appliance.calls.supervision import Supervision
from appliance.calls.trunk_protocol import Event, State
from appliance.calls.trunkidentity import TrunkIdentity
from appliance.calls.trunkstate import TrunkState
from appliance.media import detectors
from appliance.media.engine import Engine
from appliance.media.events import ToneHeard
from appliance.media.port import MediaPort
from appliance.office import model
from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    CallTold,
    DigitTold,
    FarEndAnswered,
    FarEndLeft,
    FarEndRefused,
    FxoPort,
    LineEvent,
    LineInUse,
    LoopBroken,
    PolarityReversed,
    Proceeding,
    RingingEnded,
    RingStarted,
    RingStopped,
)
from hw.said import Said
from hw.tones.ringpattern import RingCounter
from hw.tones.toneplan import TonePlan

CLEARING_SECONDS = 2.0
FLASHES_BACK = 2
"""Behind so many of them no two parties are left whom hanging up would join, whatever they were doing before."""


class TrunkLine(TrunkIdentity):
    """One trunk.

    on_ring: called at the first ring of an incoming call, and for glare (then `leg` is already up).
    on_unanswered: called at every ring after the eighth that nobody answered; the fail-safe.
    on_battery: called with False when the line has lost its battery, with True when it is back.
    on_change: called after every change of state.
    emergency: it carries, or is kept for, an emergency call.
    dial_tone: set when a call out may go on: dial tone was heard, or a line that dials by itself has taken the number.
    consulted: whom it talks to while the exchange holds the party of `leg` (`appliance.calls.consultation`). Hanging up
    would join the two; the line flashes back first.
    flashes: its hook flashes, and what calls have shown of them until the office changes the line.
    clearing: its state. kept: whether the exchange keeps calls that we hang up. health: what calls have shown of it.
    """

    def __init__(self, facts: model.Trunk, port: FxoPort, plan: TonePlan, engine: Engine) -> None:
        super().__init__(facts, port, plan)
        self._next_facts = facts
        self.leg: Leg | None = None
        self.consulted: Leg | None = None
        self.flashes = FlashService(port)
        self.emergency = False
        self.dial_tone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.on_ring: Callable[[TrunkLine], None] = lambda _trunk: None
        self.on_unanswered: Callable[[TrunkLine], None] = lambda _trunk: None
        self.on_battery: Callable[[TrunkLine, bool], None] = lambda _trunk, _there: None
        self.on_change: Callable[[], None] = lambda: None
        self.kept = KeptCall()
        self.health = LineHealth()
        self.clearing = TrunkState(battery=port.battery, on_change=lambda: self.on_change())
        self._end_test: Callable[[Said], None] = lambda _why: None
        self._clocking: MediaPort | None = None
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        self._ringing = Ringing(plan, digital=port.traits.digital)
        self._ringing.on_call = lambda: self.on_ring(self)
        self._ringing.on_unanswered = lambda: self.on_unanswered(self)
        self._ringing.on_over = self._rings_over
        self._in_use_elsewhere = False
        self._supervision = Supervision()
        port.attach(self.line_event, self._frame)

    def use(self, facts: model.Trunk) -> None:
        """Obey these facts from now on; while a call is on the line, from the end of that call on."""
        if facts != self._next_facts:
            self.flashes.forget()
        self._next_facts = facts
        if self.leg is None:
            self.facts = facts

    @property
    def state(self) -> State:
        return self.clearing.now

    @property
    def ring(self) -> RingCounter:
        """The rings of the call that comes in, or came in last."""
        return self._ringing.counter

    @property
    def caller_id(self) -> CallerId | None:
        """Who calls, or called last, as the line told."""
        return self._ringing.caller_id

    @property
    def called(self) -> str:
        """Whom the caller wants, where the line tells."""
        return self._ringing.called

    @property
    def caller_number(self) -> str:
        """The number of whoever is calling now, or why there is none."""
        return self.caller_id.shown if self.leg is not None and self.caller_id is not None else ""

    @property
    def progress(self) -> CallProgress | None:
        """What has become of the number dialled last in this call; None where none was."""
        return self._supervision.progress

    @property
    def unknown_at_seizure(self) -> bool:
        """The tone heard last since it was seized is in no plan, or not known yet."""
        return self._supervision.tones.unknown_at_seizure

    # Incoming

    async def ready_to_answer(self) -> None:
        """Wait until the call may be answered: the office's number of rings, or caller ID, or the gap behind ring 1.

        Raises CallEnded when the caller gives up before. Returns at once when the line is up already (glare).
        """
        if self.leg is not None and self.state is State.RINGING:
            await self.leg.until(self._ringing.ready)

    def answer(self) -> None:
        """Answer a ringing trunk. Harmless when it is up already. Raises CallEnded when the ringing has stopped."""
        if self.state is State.UP:
            return
        if self.state is not State.RINGING:
            raise CallEnded(Cause.RINGING_STOPPED)
        self._enter(Event.ANSWER)
        self.health.rings_no_more()
        self.kept.begin(called=True)
        self._port.seize()
        self._supervision.loop_closed()
        self._listen_for_tones()
        self._go_up()

    # Outgoing; see `outgoing.py` for the order of things

    @property
    def free(self) -> bool:
        """Whether a call can go out on it now."""
        return self.state is State.IDLE and not self._in_use_elsewhere and not self.emergency

    def seize(self, number: str, caller_id: CallerId | None = None) -> Leg:
        """Go off hook to dial out: wait for `dial_tone`, then dial, unless it `dials` the number itself.

        caller_id: on whose behalf, where the line can tell that.
        """
        self._enter(Event.SEIZE)
        self.kept.begin(called=False)
        leg = self._open()
        self._supervision.begin(dials=True)
        self.dial_tone = self._loop.create_future()
        self._listen_for_tones()
        self._port.seize(number if self.dials else "", caller_id)
        self._supervision.loop_closed()
        return leg

    def connected(self) -> None:
        """Everything is dialled: from now on the far end can be talked to, and can leave."""
        assert self.leg is not None
        self._enter(Event.CONNECT)
        self._go_up()
        self._supervision.dialled(self.leg, told=self.digital)

    def hand_over(self) -> None:
        """No dial tone came: somebody may have been calling in just then. Treat the line as an incoming call."""
        self._supervision.begin(dials=False)
        self.emergency = False
        self.kept.begin(called=True)
        self._enter(Event.CONNECT)
        self._go_up()
        self.on_ring(self)

    # Under test

    def lend(self, end: Callable[[Said], None]) -> FxoPort:
        """Take the line, which is free, out of service for the line doctor. end: called with the reason where it is
        needed at once; `take_back` follows then as it does behind every test."""
        self._enter(Event.TEST)
        self._end_test = end
        # A card without a clock of its own delivers frames in the engine's ticks, which there are only with a port.
        self._clocking = self._engine.open(self.name, lambda _frame: None)
        return self._port

    def needed(self, why: Said) -> None:
        """End the test of this line, if it is under one."""
        if self.state is State.TESTED:
            self._end_test(why)

    def take_back(self) -> None:
        """The test is over: the line is in service again as soon as the exchange has noticed."""
        if self._clocking is not None:
            self._clocking.close()
            self._clocking = None
        self._port.attach(self.line_event, self._frame)
        self.hang_up()
        if not self._port.battery:
            self.line_event(BatteryLost())

    # In a call

    def flash(self) -> float:
        """Send a hook flash of the line's length, and say how many seconds that takes.

        LineError where the line takes none, is on hook, or still is in a flash.
        """
        seconds = self.flashes.send(self.flash_ms)
        self._supervision.loop_closed(after=seconds)
        return seconds

    def consults(self, leg: Leg) -> None:
        """The exchange is asked to hold the party of our leg: this one hears the line now, and may be dialled for."""
        self.consulted = leg
        self._supervision.begin(dials=True)

    def dialled(self, leg: Leg) -> CallProgress:
        """A number was dialled behind a hook flash; its party is heard on this leg."""
        return self._supervision.dialled(leg, told=self.digital)

    def consults_no_more(self) -> None:
        """The party of our leg is there again, or has left."""
        self.consulted = None
        self._supervision.begin(dials=False)

    def let_go(self) -> None:
        """Open the loop in a call that a modem beside the line has taken over. The line stays taken for that call."""
        self._port.release()

    def hang_up(self) -> None:
        """Open the loop at once, if it is still closed for a call that is over. Harmless otherwise."""
        if self.state not in (State.SEIZED, State.UP, State.TESTED):
            return
        self.consulted = None
        self.flashes.stop()
        self._port.release()
        gone = self.leg.gone.result() if self.leg is not None and self.leg.gone.done() else None
        kept = self.kept.seconds(self.facts.hold_seconds, gone)
        self._enter(Event.RELEASE)
        self.clearing.clear_for(0.0 if self._port.traits.digital else max(CLEARING_SECONDS, kept))

    # What the line tells

    def _frame(self, frame: Frame) -> None:
        if self.leg is None:
            self._ringing.idle_frame(frame)
        else:
            self.leg.media.deliver(frame)
            if self.state is State.RINGING:
                self.health.frame_on_hook(frame)
            elif not self.dials:
                self.health.frame_off_hook(frame, seized=self.state is State.SEIZED)

    def card_failed(self, failed: bool) -> None:
        """Its card does not work, or works again."""
        if failed and self.state is not State.LOST:
            self.line_event(BatteryLost())
        elif not failed and self._port.battery:
            self.line_event(BatteryRestored())

    def line_event(self, event: LineEvent) -> None:
        """Take what the port tells."""
        match event:
            case RingStarted():
                self._ring_started()
            case RingStopped(bursts) if self.state is State.RINGING:
                self._ringing.stopped(bursts)
            case LoopBroken() if self.state in (State.UP, State.SEIZED):
                self._far_end_left(self._supervision.loop_broken(self.facts.endings))
            case PolarityReversed() if self.state in (State.UP, State.SEIZED):
                self._far_end_left(self._supervision.reversed(self.facts.endings), self.consulted)
            case CallTold():
                self._ringing.told(event)
            case RingingEnded() if self.state is State.RINGING:
                self._rings_over()
            case Proceeding():
                settle(self.dial_tone)
            case FarEndAnswered():
                self._supervision.answered()
            case FarEndRefused(cause):
                self._supervision.refused(Cause(cause.value))
            case FarEndLeft(cause):
                self._far_end_left(Cause(cause.value))
            case DigitTold(digit) if (leg := self.consulted or self.leg) is not None:
                leg.told_digit(digit)
            case LineInUse(in_use):
                self._in_use_elsewhere = in_use
                self.on_change()
                self.health.another_off_hook(in_use)
            case BatteryLost():
                self.flashes.stop()
                self._port.release()
                self._enter(Event.BATTERY_LOST)
                self._close(Cause.LINE_LOST)
                self.on_battery(self, False)
            case BatteryRestored() if self.state is State.LOST:
                self._enter(Event.BATTERY_RESTORED)
                self.on_battery(self, True)

    def _ring_started(self) -> None:
        self.kept.rung()
        if self.state not in (State.IDLE, State.CLEARING, State.RINGING) or self.emergency:
            return
        self._enter(Event.RING)
        if self.leg is None:
            self._ringing.begin(self._open(), self.facts.answer_after_rings)
        self._ringing.started()

    def _rings_over(self) -> None:
        self._enter(Event.RINGS_OVER)
        self._close(Cause.RINGING_STOPPED)

    def _tone(self, tone: ToneHeard) -> None:
        if self.state is State.SEIZED and self._supervision.tones.is_dial_tone(tone):
            settle(self.dial_tone)
        if self.state is State.UP and self.leg is not None:
            self._far_end_left(self._supervision.heard(tone, self.leg, self.facts.endings))

    def _far_end_left(self, cause: Cause | None, consulted: Leg | None = None) -> None:
        """The party of our leg has gone, or whoever is consulted."""
        if cause is not None and (leg := consulted or self.leg) is not None:
            leg.left(cause)

    def _open(self) -> Leg:
        """Begin to listen to the line: from the first ring (caller ID comes on hook) or from the seizure."""
        traits = self._port.traits
        media = port_media(self._engine, self.name, self._port, self._port.write, cancels_echo=True)
        media.gain_in_db = media.gain_out_db = self.facts.gain_db
        self.leg = leg = Leg(self.port, media, self._released, self._port.send_digits if traits.takes_digits else None)
        leg.tone_heard.subscribe(self._tone)
        self._ringing.forget()
        self._supervision.begin(dials=False)
        return leg

    def _listen_for_tones(self) -> None:
        assert self.leg is not None
        if not self.digital:
            self.leg.media.listen_for(detectors.ProgressDetector(self.listened_plan))
            self.leg.media.listen_for(detectors.RegularTones(self.learned_tones))

    def _go_up(self) -> None:
        """Somebody is at the other end now."""
        assert self.leg is not None
        self._ringing.end()
        if not self._port.traits.tells_digits:
            self.leg.media.listen_for(detectors.Dtmf(from_outside=True))
        self.leg.media.listen_for(detectors.Voice())

    def _released(self, leg: Leg) -> None:
        """The call is done with this leg: hang up, if the line is still off hook for it. During a consultation that
        would join two who are not to be joined, so flashes come before."""
        if leg is not self.leg:
            return
        if self.consulted is not None and self.state is State.UP:
            self.flashes.send_before(self.hang_up, self.flash_ms, FLASHES_BACK)
        else:
            self.hang_up()
        self._close(Cause.RELEASED)

    def _close(self, cause: Cause) -> None:
        self._ringing.end()
        leg, self.leg, self.facts = self.leg, None, self._next_facts
        self.consulted = None
        self.health.call_over()
        if leg is not None:
            leg.left(cause)
            leg.media.close()
        self.on_change()

    def _enter(self, event: Event) -> None:
        self.clearing.enter(event)
        if self.state in (State.CLEARING, State.LOST):
            self.emergency = False
