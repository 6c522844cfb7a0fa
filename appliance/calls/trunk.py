"""A line to the exchange: told by its port what happens, obeying the table of trunk_protocol."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from appliance.calls.leg import Leg
from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.signal import settle
from appliance.calls.toneending import ToneEnding
from appliance.calls.trunk_protocol import Event, State, after
from appliance.media import detectors
from appliance.media.engine import Engine
from appliance.media.events import ToneHeard
from appliance.office import model
from hw.audio import FRAME_SECONDS, Frame
from hw.callerid.coding import CallerId
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    CallTold,
    DigitTold,
    FarEndLeft,
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
from hw.tones.ringpattern import LONGEST_GAP_S, RingCounter
from hw.tones.toneplan import TonePlan

RINGS_OVER_SECONDS = 6.5
"""A caller who has not rung for so long has given up. The longest pause of a ringing is 5 s (docs/lines.md)."""
SURELY_RINGING_SECONDS = 0.9
"""A burst that goes on so long, after its first 100 ms, is a ring: a splash lasts 0.5 s, its end is told 0.3 s late."""
CALLER_ID_GAP_SECONDS = 3.5
"""How long after the first ring caller ID may still come (docs/lines.md)."""
CLEARING_SECONDS = 2.0
POLARITY_GUARD_SECONDS = 0.6
"""A reversal this soon after our own seizure means nothing (docs/lines.md)."""
IDLE_AUDIO_SECONDS = 6.0
FAIL_SAFE_RINGS = 8


class TrunkLine:
    """One trunk.

    on_ring: called at the first ring of an incoming call, and for glare (then `leg` is already up).
    on_unanswered: called at every ring after the eighth that nobody answered; the fail-safe.
    on_battery: called with False when the line has lost its battery, with True when it is back.
    on_change: called after every change of state.
    ring: the rings of the call that comes in, or came in last.
    called: whom the caller wants, where the line tells.
    emergency: it carries, or is kept for, an emergency call.
    dial_tone: set when a call out may go on: dial tone was heard, or a line that dials by itself has taken the number.
    """

    def __init__(self, facts: model.Trunk, port: FxoPort, plan: TonePlan, engine: Engine) -> None:
        self.facts = self._next_facts = facts
        self.plan = plan
        self.state = State.IDLE if port.battery else State.LOST
        self.leg: Leg | None = None
        self.caller_id: CallerId | None = None
        self.called = ""
        self.ring = RingCounter(plan.ring)
        self.emergency = False
        self.dial_tone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.on_ring: Callable[[TrunkLine], None] = lambda _trunk: None
        self.on_unanswered: Callable[[TrunkLine], None] = lambda _trunk: None
        self.on_battery: Callable[[TrunkLine, bool], None] = lambda _trunk, _there: None
        self.on_change: Callable[[], None] = lambda: None
        self._port = port
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._in_use_elsewhere = False
        self._told: CallTold | None = None
        self._up_since = 0.0
        self._idle_audio: deque[tuple[float, Frame]] = deque(maxlen=round(IDLE_AUDIO_SECONDS / FRAME_SECONDS))
        self._caller_id_detector: detectors.CallerIdDetector | None = None
        self._first_reversal_is_answer = False
        self.tones = ToneEnding()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._idle: asyncio.Future[None] = self._loop.create_future()
        port.attach(self.line_event, self._frame)

    def use(self, facts: model.Trunk) -> None:
        """Obey these facts from now on; while a call is on the line, from the end of that call on."""
        self._next_facts = facts
        if self.leg is None:
            self.facts = facts

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def port(self) -> str:
        """The card's name for it."""
        return self._port.name

    @property
    def dials(self) -> bool:
        """Whether it takes the number with the seizure, and gives no dial tone."""
        return self._port.traits.dials

    @property
    def digital(self) -> bool:
        """Whether there is no analog line behind it, and so nothing that takes time to connect."""
        return self._port.traits.digital

    @property
    def dead_because(self) -> str:
        """Why it has no battery, for people."""
        return self._port.dead_because

    @property
    def caller_number(self) -> str:
        """The number of whoever is calling now, or why there is none."""
        return self.caller_id.shown if self.leg is not None and self.caller_id is not None else ""

    # Incoming

    async def ready_to_answer(self) -> None:
        """Wait until the call may be answered: the office's number of rings, or caller ID, or the gap behind ring 1.

        Raises CallEnded when the caller gives up before. Returns at once when the line is up already (glare).
        """
        if self.leg is not None and self.state is State.RINGING:
            await self.leg.until(self._ready)

    def answer(self) -> None:
        """Answer a ringing trunk. Harmless when it is up already. Raises CallEnded when the ringing has stopped."""
        if self.state is State.UP:
            return
        if self.state is not State.RINGING:
            raise CallEnded(Cause.RINGING_STOPPED)
        self._enter(Event.ANSWER)
        self._port.seize()
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
        leg = self._open()
        self.dial_tone = self._loop.create_future()
        self._first_reversal_is_answer = True
        self._listen_for_tones()
        self._port.seize(number if self.dials else "", caller_id)
        self._up_since = self._loop.time()
        return leg

    def connected(self) -> None:
        """Everything is dialled: from now on the far end can be talked to, and can leave."""
        self._enter(Event.CONNECT)
        self._go_up()

    def hand_over(self) -> None:
        """No dial tone came: somebody may have been calling in just then. Treat the line as an incoming call."""
        self._first_reversal_is_answer = False
        self.emergency = False
        self.connected()
        self.on_ring(self)

    def until_idle(self) -> asyncio.Future[None]:
        """A future that is done as soon as the line is idle."""
        if self._idle.done():
            self._idle = self._loop.create_future()
        if self.state is State.IDLE:
            self._idle.set_result(None)
        return self._idle

    # What the line tells

    def _frame(self, frame: Frame) -> None:
        if self.leg is None:
            self._idle_audio.append((self._loop.time(), frame))
        else:
            self.leg.media.deliver(frame)

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
            case RingStopped(bursts):
                self._ring_stopped(bursts)
            case LoopBroken() if self._supervised(model.Ending.LOOP_BREAK):
                self.tones.told_by_current = True
                self._far_end_left(Cause.LOOP_BREAK)
            case PolarityReversed() if self._supervised(model.Ending.POLARITY):
                self._reversed()
            case CallTold():
                self._told = event
            case RingingEnded() if self.state is State.RINGING:
                self._set_timer(None, None)
                self._rings_over()
            case Proceeding():
                settle(self.dial_tone)
            case FarEndLeft(cause):
                self._far_end_left(Cause(cause.value))
            case DigitTold(digit) if self.leg is not None:
                self.leg.told_digit(digit)
            case LineInUse(in_use):
                self._in_use_elsewhere = in_use
            case BatteryLost():
                self._set_timer(None, None)
                self._port.release()
                self._enter(Event.BATTERY_LOST)
                self._close(Cause.LINE_LOST)
                self.on_battery(self, False)
            case BatteryRestored() if self.state is State.LOST:
                self._enter(Event.BATTERY_RESTORED)
                self.on_battery(self, True)

    def _ring_started(self) -> None:
        """A burst begins: of a new ring, or of the same. A call begins with the first ring that is not a splash."""
        if self.state not in (State.IDLE, State.CLEARING, State.RINGING) or self.emergency:
            return
        self._enter(Event.RING)
        self._set_timer(None, None)
        if first := self.leg is None:
            self._take_told(self._open())
            self.ring = RingCounter(self.plan.ring)
        self.ring.started(self._loop.time())
        wanted = self.facts.answer_after_rings
        if wanted == 0 or (wanted is None and (self.ring.count == 2 or self.caller_id is not None)):
            settle(self._ready)
        if not first or wanted == 0 or self.caller_id is not None or self.digital:
            self._announce()
        else:
            self._set_timer(SURELY_RINGING_SECONDS, self._announce)
        if self.ring.count > FAIL_SAFE_RINGS and not self.ring.unwanted:
            self.on_unanswered(self)

    def _announce(self) -> None:
        if not self.ring.announced:
            self.ring.announced = True
            self.on_ring(self)

    def _take_told(self, leg: Leg) -> None:
        """Note who calls, and whom, if the line has told that; otherwise listen for caller ID."""
        told, self._told = self._told, None
        if told is None:
            self._listen_for_caller_id(leg)
        else:
            self.caller_id, self.called = told.caller_id, told.called

    def _ring_stopped(self, bursts: tuple[float, ...]) -> None:
        if self.state is State.RINGING:
            self._set_timer(RINGS_OVER_SECONDS, self._rings_over)
        if self.state is not State.RINGING or not self.ring.stopped(self._loop.time(), bursts):
            return
        self._announce()
        wanted = self.facts.answer_after_rings
        if self.ring.count >= (wanted or 1):
            gap = CALLER_ID_GAP_SECONDS if wanted is None else LONGEST_GAP_S
            self._loop.call_later(gap, self._ring_over, self.ring, self.ring.ended)

    def _ring_over(self, ring: RingCounter, ended: float) -> None:
        """The call may be answered, unless the ring had another burst."""
        if ring is self.ring and ring.ended == ended:
            settle(self._ready)

    def _rings_over(self) -> None:
        self._enter(Event.RINGS_OVER)
        self._close(Cause.RINGING_STOPPED)

    def _caller_id_heard(self, caller_id: CallerId) -> None:
        self.caller_id = caller_id
        if self.facts.answer_after_rings is None:
            settle(self._ready)

    def _supervised(self, ending: model.Ending) -> bool:
        return self.state in (State.UP, State.SEIZED) and ending in self.facts.endings

    def _tone(self, tone: ToneHeard) -> None:
        if self.state is State.SEIZED and self.tones.is_dial_tone(tone):
            settle(self.dial_tone)
        if self.state is not State.UP or model.Ending.TONE not in self.facts.endings:
            return
        assert self.leg is not None
        cause = self.tones.far_end_gone(tone, self.leg, self._loop.time())
        if cause is not None:
            self._far_end_left(cause)

    def _reversed(self) -> None:
        if self._loop.time() - self._up_since < POLARITY_GUARD_SECONDS:
            return
        if self._first_reversal_is_answer:
            self._first_reversal_is_answer = False
        else:
            self.tones.told_by_current = True
            self._far_end_left(Cause.POLARITY)

    def _far_end_left(self, cause: Cause) -> None:
        if self.leg is not None:
            self.leg.left(cause)

    # The leg

    def _open(self) -> Leg:
        """Begin to listen to the line: from the first ring (caller ID comes on hook) or from the seizure."""
        traits = self._port.traits
        media = self._engine.open(self.name, self._port.write, echo_tail_ms=traits.echo_tail_ms)
        self.leg = leg = Leg(self.port, media, self._released, self._port.send_digits if traits.takes_digits else None)
        leg.tone_heard.subscribe(self._tone)
        self.tones.begin()
        self.caller_id, self.called = None, ""
        self._ready = self._loop.create_future()
        self._first_reversal_is_answer = False
        return leg

    def _listen_for_caller_id(self, leg: Leg) -> None:
        """Listen for caller ID; where the country sends it before the first ring, also in what was heard before."""
        leg.caller_id_heard.subscribe(self._caller_id_heard)
        self._caller_id_detector = detectors.CallerIdDetector(self.plan.caller_id.method)
        if self.plan.caller_id.place == "before-ring":
            oldest = self._loop.time() - IDLE_AUDIO_SECONDS
            for frame in [frame for at, frame in self._idle_audio if at >= oldest]:
                for event in self._caller_id_detector.feed(frame):
                    leg.media.on_event(event)
        self._idle_audio.clear()
        leg.media.listen_for(self._caller_id_detector)

    def _listen_for_tones(self) -> None:
        assert self.leg is not None
        if not self.digital:
            self.leg.media.listen_for(detectors.ProgressDetector(self.plan))
            self.leg.media.listen_for(detectors.RegularTones())

    def _go_up(self) -> None:
        """Somebody is at the other end now."""
        assert self.leg is not None
        self._set_timer(None, None)
        self._up_since = self._loop.time()
        if self._caller_id_detector is not None:
            self.leg.media.stop_listening(self._caller_id_detector)
            self._caller_id_detector = None
        if not self._port.traits.tells_digits:
            self.leg.media.listen_for(detectors.Dtmf(from_outside=True))
        self.leg.media.listen_for(detectors.Voice())

    def _released(self, leg: Leg) -> None:
        """The call is done with this leg: hang up, if the line is still off hook for it."""
        if leg is not self.leg:
            return
        if self.state in (State.SEIZED, State.UP):
            self._port.release()
            self._enter(Event.RELEASE)
            self._set_timer(
                0.0 if self._port.traits.digital else CLEARING_SECONDS, lambda: self._enter(Event.GUARD_OVER)
            )
        self._close(Cause.RELEASED)

    def _close(self, cause: Cause) -> None:
        leg, self.leg, self.facts = self.leg, None, self._next_facts
        if leg is not None:
            leg.left(cause)
            leg.media.close()
        self.on_change()

    def _enter(self, event: Event) -> None:
        self.state = after(self.state, event)
        if self.state is State.IDLE:
            settle(self._idle)
        if self.state in (State.CLEARING, State.LOST):
            self.emergency = False
        self.on_change()

    def _set_timer(self, seconds: float | None, then: Callable[[], None] | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, then) if seconds is not None and then is not None else None
