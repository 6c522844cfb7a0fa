"""What comes in on a trunk before it is answered: rings, caller ID, and when there is enough of them to answer."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from appliance.calls.leg import Leg
from appliance.calls.signal import settle
from appliance.media import detectors
from hw.audio import FRAME_SECONDS, Frame
from hw.callerid.coding import CallerId
from hw.linecard import CallTold
from hw.tones.ringpattern import LONGEST_GAP_S, RingCounter
from hw.tones.toneplan import TonePlan

RINGS_OVER_SECONDS = 6.5
"""A caller who has not rung for so long has given up. The longest pause of a ringing is 5 s (docs/lines.md)."""
SURELY_RINGING_SECONDS = 0.9
"""A burst that goes on so long, after its first 100 ms, is a ring: a splash lasts 0.5 s, its end is told 0.3 s late."""
CALLER_ID_GAP_SECONDS = 3.5
"""How long after the first ring caller ID may still come (docs/lines.md)."""
IDLE_AUDIO_SECONDS = 6.0
FAIL_SAFE_RINGS = 8


class Ringing:
    """The ringing of one trunk, from the first burst of each call until it is answered or given up.

    digital: there is no analog line behind it, and so neither a splash nor caller ID in the sound.
    """

    def __init__(self, plan: TonePlan, *, digital: bool) -> None:
        self.on_call: Callable[[], None] = lambda: None
        """Called once in each call, as soon as its first ring is known to be one."""
        self.on_unanswered: Callable[[], None] = lambda: None
        """Called at every ring after the eighth; the fail-safe."""
        self.on_over: Callable[[], None] = lambda: None
        """Called when the caller has given up."""
        self.counter = RingCounter(plan.ring)
        """The rings of the call that comes in, or came in last."""
        self.caller_id: CallerId | None = None
        """Who calls, or called last, as the line told."""
        self.called = ""
        """Whom the caller wants, where the line tells."""
        self._plan = plan
        self._digital = digital
        self._loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = self._loop.create_future()
        """Done when the call may be answered."""
        self._told: CallTold | None = None
        self._by_modem = False
        self._wanted: int | None = None
        self._leg: Leg | None = None
        self._detector: detectors.CallerIdDetector | None = None
        self._idle_audio: deque[tuple[float, Frame]] = deque(maxlen=round(IDLE_AUDIO_SECONDS / FRAME_SECONDS))
        self._timer: asyncio.TimerHandle | None = None

    def idle_frame(self, frame: Frame) -> None:
        """Keep what is heard on the idle line: some countries send caller ID before the first ring."""
        self._idle_audio.append((self._loop.time(), frame))

    def told(self, call: CallTold) -> None:
        """The line tells who is about to call, and whom; or a modem beside it who calls while it rings."""
        if self._leg is None:
            self._told = call
        elif self.caller_id is None or self._by_modem:
            self._by_modem = True
            self._caller_told(call.caller_id if call.caller_id != CallerId() else None)

    def forget(self) -> None:
        """Another call begins on the line: nobody is known to call."""
        self.caller_id, self.called, self._by_modem = None, "", False
        self.ready = self._loop.create_future()

    def begin(self, leg: Leg, answer_after_rings: int | None) -> None:
        """A call comes in, on this leg: its first burst begins."""
        self._leg, self._wanted = leg, answer_after_rings
        self.counter = RingCounter(self._plan.ring)
        told, self._told = self._told, None
        if told is None:
            self._listen_for_caller_id(leg)
        else:
            self.caller_id, self.called = told.caller_id, told.called

    def started(self) -> None:
        """A burst begins: of a new ring, or of the same. A call begins with the first ring that is not a splash."""
        self._set_timer(None, None)
        counter, wanted = self.counter, self._wanted
        first = not counter.count
        counter.started(self._loop.time())
        if wanted == 0 or (wanted is None and (counter.count == 2 or self.caller_id is not None)):
            settle(self.ready)
        if not first or wanted == 0 or self.caller_id is not None or self._digital:
            self._announce()
        else:
            self._set_timer(SURELY_RINGING_SECONDS, self._announce)
        if counter.count > FAIL_SAFE_RINGS and not counter.unwanted:
            self.on_unanswered()

    def stopped(self, bursts: tuple[float, ...]) -> None:
        """A burst is over."""
        self._set_timer(RINGS_OVER_SECONDS, self.on_over)
        if not self.counter.stopped(self._loop.time(), bursts):
            return
        self._announce()
        if self.counter.count >= (self._wanted or 1):
            gap = CALLER_ID_GAP_SECONDS if self._wanted is None else LONGEST_GAP_S
            self._loop.call_later(gap, self._ring_over, self.counter, self.counter.ended)

    def end(self) -> None:
        """It rings no more: answered, given up, or the line is dead. Harmless when it does not ring."""
        self._set_timer(None, None)
        if self._detector is not None and self._leg is not None:
            self._leg.media.stop_listening(self._detector)
        self._detector = self._leg = None

    def _announce(self) -> None:
        if not self.counter.announced:
            self.counter.announced = True
            self.on_call()

    def _ring_over(self, ring: RingCounter, ended: float) -> None:
        """The call may be answered, unless the ring had another burst."""
        if ring is self.counter and ring.ended == ended:
            settle(self.ready)

    def _listen_for_caller_id(self, leg: Leg) -> None:
        """Listen for caller ID; where the country sends it before the first ring, also in what was heard before."""
        leg.caller_id_heard.subscribe(self._caller_id_heard)
        self._detector = detectors.CallerIdDetector(self._plan.caller_id.method)
        if self._plan.caller_id.place == "before-ring":
            oldest = self._loop.time() - IDLE_AUDIO_SECONDS
            for frame in [frame for at, frame in self._idle_audio if at >= oldest]:
                for event in self._detector.feed(frame):
                    leg.media.on_event(event)
        self._idle_audio.clear()
        leg.media.listen_for(self._detector)

    def _caller_id_heard(self, caller_id: CallerId) -> None:
        """What the line itself tells counts, and nothing that a modem beside it may tell."""
        self._by_modem = False
        self._caller_told(caller_id)

    def _caller_told(self, caller_id: CallerId | None) -> None:
        self.caller_id = caller_id
        if self._wanted is None and caller_id is not None:
            settle(self.ready)

    def _set_timer(self, seconds: float | None, then: Callable[[], None] | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, then) if seconds is not None and then is not None else None
