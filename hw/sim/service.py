"""What the simulated exchange does for its lines: dial tone, digits, ringing, calls, and how they end.

What happens on a line is an event: `lifted`, `hung_up`, `flashed`. What the exchange does then, for a while and by
itself, is a coroutine. It is called the line's script, and the next event on the line ends it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from hw.callerid.coding import Absence, CallerId
from hw.port.callwaiting import announce_waiting_call
from hw.port.wires import Battery
from hw.sim.call import CallState, ExchangeCall, LineCalls
from hw.sim.circuit import LineCircuit
from hw.sim.dialling import announce, collect
from hw.sim.numbering import DialledSoFar, Numbering
from hw.tones.toneplan import Tone, TonePlan

SETUP_S = 0.3
"""From the last digit to the first ring."""
LOCKED_OUT_S = 60.0
"""How long a line that stays off hook gets its tone before the howler."""
HOWLER_S = 60.0
"""How long the howler is sent before the line gets nothing any more."""
BREAK_TO_DIAL_TONE_S = 4.0
"""From the end of a loop break to dial tone, if the line stays off hook."""
REVERSAL_TO_DIAL_TONE_S = 10.0
"""From a reversal that tells that the far end has gone to dial tone."""
ENDING_S = 0.2
"""From one party's hanging up to the sign to the other."""


class Service:
    """Decides about the calls of all lines. `wall` is the exchange's own clock, for caller ID.

    tones: the plan whose tones are given; it may change while calls go on.
    """

    def __init__(self, plan: TonePlan, numbering: Numbering, wall: Callable[[], datetime]) -> None:
        self.tones = plan
        self._numbering = numbering
        self._wall = wall
        self._parties: dict[LineCircuit, LineCalls] = {}

    def add(self, line: LineCircuit) -> None:
        line.events = self
        self._parties[line] = LineCalls()

    def lifted(self, line: LineCircuit) -> None:
        call = self._parties[line].active
        line.stop()
        if call is not None and call.called is line:
            self._answer(call)
        else:
            line.script.run(self._originate(line))

    def hung_up(self, line: LineCircuit) -> None:
        mine = self._parties[line]
        line.stop()
        line.loop.feed(Battery.NORMAL)
        active, held, waiting = mine.active, mine.held, mine.waiting
        self._parties[line] = LineCalls()
        if active is not None and held is not None and not mine.swaps and line.services.transfer:
            self._join(line, held, active)
            active = held = None
        if active is not None and line.services.holds_s and self._may_be_kept(line, mine):
            self._keep(line, active)
        elif active is not None:
            self._leave(active, line)
        if held is not None and mine.conference:
            self._leave(held, line)
        elif held is not None:
            self._ring_back(line, held)
        if waiting is not None:
            self._start(waiting)
        self._rewire()

    def flashed(self, line: LineCircuit) -> None:
        mine = self._parties[line]
        if mine.waiting is not None and mine.held is None:
            line.stop()
            mine.held, mine.active, mine.waiting, mine.swaps = mine.active, mine.waiting, None, True
            self._answer(mine.active)
        elif mine.swaps:
            line.stop()
            mine.active, mine.held = mine.held, mine.active
            mine.swaps = mine.held is not None
        elif mine.conference:
            mine.conference = False
            self._back_to_held(line)
        elif mine.held is not None and mine.active is not None and mine.active.state is CallState.TALKING:
            mine.conference = True
        elif mine.held is not None:
            self._back_to_held(line)
        elif mine.active is not None and mine.active.state is CallState.TALKING and line.services.three_way:
            mine.held, mine.active = mine.active, None
            line.stop()
            line.script.run(self._consult(line))
        self._rewire()

    async def _originate(self, line: LineCircuit) -> None:
        await self._dial(line, self.tones.dial)

    async def _consult(self, line: LineCircuit) -> None:
        await asyncio.sleep(line.services.recall_after_s)
        match line.services.recall:
            case "tone":
                await self._dial(line, self.tones.recall)
            case "silent":
                await self._dial(line, None)

    async def _dial(self, line: LineCircuit, tone: Tone | None) -> None:
        """Dial tone, digits, and the call or the tone that follows."""
        dialled = await collect(line, tone, self.tones, self._numbering)
        number, private = dialled.number, dialled.private
        if dialled.forwards and (not number or self._numbering.lines(number)):
            await self._forward(line, number)
            return
        if not number or self._numbering.look(number) is DialledSoFar.INCOMPLETE:
            await self._lock_out(line, self.tones.reorder)
            return
        refusal = self._numbering.refusal(number)
        if refusal is not None:
            await announce(line, refusal, self.tones.sit)
            await self._lock_out(line, self.tones.reorder)
            return
        members = self._reached_by(number)
        called = next((member for member in members if member.idle), None)
        if called is not None:
            self._start(ExchangeCall(line, called, private))
            return
        waiting_at = next((member for member in members if self._may_wait(line, member)), None)
        if waiting_at is None:
            await self._lock_out(line, self.tones.busy)
            return
        self._wait_at(ExchangeCall(line, waiting_at, private))

    def _reached_by(self, number: str) -> list[LineCircuit]:
        """The lines of a number in hunting order, with those of another number in place of one that is forwarded there.
        A call is forwarded once: two lines that are forwarded to each other send nobody round and round."""
        lines: list[LineCircuit] = []
        for line in self._numbering.lines(number):
            lines += self._numbering.lines(line.forwarded_to) if line.forwarded_to else [line]
        return lines

    async def _forward(self, line: LineCircuit, number: str) -> None:
        """Send all calls to this line to another number from now on; to the line again where that is empty."""
        target = next((one for one in self._numbering.lines(number) if one.idle), None)
        if line.services.forwarding == "none":
            await self._lock_out(line, self.tones.reorder)
        elif line.services.forwarding == "at-once" or not number:
            line.forwarded_to = number
            await self._lock_out(line, self.tones.confirmation)
        elif target is None:
            await self._lock_out(line, self.tones.busy)
        else:
            self._start(ExchangeCall(line, target, forwards_to=number))

    async def _lock_out(self, line: LineCircuit, tone: Tone) -> None:
        """Send this tone for a minute, then the howler for another, then nothing until the line hangs up."""
        line.play(tone)
        await asyncio.sleep(LOCKED_OUT_S)
        line.play(self.tones.howler)
        await asyncio.sleep(HOWLER_S)
        line.play(None)

    def _start(self, call: ExchangeCall) -> None:
        """Ring the called line. If it is lifted before the first ring it has answered nevertheless: that is glare."""
        self._parties[call.caller].active = call
        self._ring(call)

    def _ring(self, call: ExchangeCall) -> None:
        self._parties[call.called].active = call
        call.called.script.run(self._alert(call))

    async def _alert(self, call: ExchangeCall) -> None:
        if call.state is CallState.SETTING_UP:
            await asyncio.sleep(SETUP_S)
            call.state = CallState.ALERTING
            self._give_ringback(call)
        await call.called.ring(self._caller_id(call))

    def _give_ringback(self, call: ExchangeCall) -> None:
        if self._parties[call.caller].active is call:
            call.caller.play(self.tones.ringback)

    def _answer(self, call: ExchangeCall) -> None:
        call.state = CallState.TALKING
        caller = call.caller
        if call.forwards_to:
            caller.forwarded_to = call.forwards_to
        if self._parties[caller].active is call:
            caller.play(None)
        if caller.services.answer_supervision and not call.called.services.announces:
            caller.loop.feed(Battery.REVERSED)
        self._rewire()

    def _leave(self, call: ExchangeCall, line: LineCircuit) -> None:
        """This line has left the call, so the call is over. The other line is told by its own `LineServices.ending`."""
        was, call.state = call.state, CallState.OVER
        other = call.other(line)
        theirs = self._parties[other]
        if call is theirs.waiting:
            theirs.waiting = None
            other.stop()
        elif call is theirs.held:
            theirs.held, theirs.conference, theirs.swaps = None, False, False
        elif call is theirs.active:
            theirs.active = None
            if other is call.called and was is not CallState.TALKING:
                other.stop()
            elif theirs.conference:
                theirs.active, theirs.held, theirs.conference = theirs.held, None, False
            elif theirs.held is None:
                other.script.run(self._clear(other))
            else:
                other.script.run(self._lock_out(other, self.tones.busy))
        self._rewire()

    async def _clear(self, line: LineCircuit) -> None:
        """The far end has gone. Tell this line so, and serve it on if it stays off hook."""
        line.play(None)
        await asyncio.sleep(ENDING_S)
        loop = line.loop
        match line.services.ending:
            case "loop-break":
                seconds = line.services.loop_break_ms / 1000
                loop.open_for(seconds)
                await asyncio.sleep(seconds + BREAK_TO_DIAL_TONE_S)
            case "polarity":
                loop.feed(Battery.NORMAL if loop.fed is Battery.REVERSED else Battery.REVERSED)
                await asyncio.sleep(REVERSAL_TO_DIAL_TONE_S)
            case "busy":
                await self._lock_out(line, self.tones.busy)
                return
            case "reorder":
                await self._lock_out(line, self.tones.reorder)
                return
            case Tone() as tone:
                await self._lock_out(line, tone)
                return
            case "silence":
                return
        await self._originate(line)

    def _back_to_held(self, line: LineCircuit) -> None:
        """Drop the call made last and talk again to the one on hold."""
        mine = self._parties[line]
        dropped = mine.active
        line.stop()
        mine.active, mine.held = mine.held, None
        if dropped is not None:
            self._leave(dropped, line)
        if mine.active is not None and mine.active.state is CallState.ALERTING:
            self._give_ringback(mine.active)

    def _join(self, line: LineCircuit, held: ExchangeCall, active: ExchangeCall) -> None:
        """Transfer: `line` hung up with two calls; their other parties go on without it."""
        held.state = CallState.OVER
        joined = held.other(line)
        active.replace(line, joined)
        self._parties[joined].replace(held, active)
        if active.state is CallState.ALERTING:
            self._give_ringback(active)

    def _may_be_kept(self, line: LineCircuit, calls: LineCalls) -> bool:
        """Whether this is an answered call to the line, and the only one it has."""
        call = calls.active
        answered = call is not None and call.called is line and call.state is CallState.TALKING
        return answered and calls.held is None and calls.waiting is None

    def _keep(self, line: LineCircuit, call: ExchangeCall) -> None:
        """Calling-party control: `line`, which was called, hung up. Let it lift again for a while."""
        call.state = CallState.KEPT
        self._parties[line].active = call
        line.script.run(self._give_up(line, call))

    async def _give_up(self, line: LineCircuit, call: ExchangeCall) -> None:
        await asyncio.sleep(line.services.holds_s)
        self._parties[line] = LineCalls()
        self._leave(call, line)

    def _ring_back(self, line: LineCircuit, held: ExchangeCall) -> None:
        """`line` hung up while a party was on hold: ring it until it is lifted."""
        held.state = CallState.OVER
        again = ExchangeCall(held.other(line), line)
        self._parties[again.caller].replace(held, again)
        self._ring(again)

    def _may_wait(self, caller: LineCircuit, line: LineCircuit) -> bool:
        mine = self._parties[line]
        talking = mine.active is not None and mine.active.state is CallState.TALKING
        return line.services.call_waiting and talking and line is not caller and not (mine.held or mine.waiting)

    def _wait_at(self, call: ExchangeCall) -> None:
        call.state = CallState.ALERTING
        self._parties[call.caller].active = call
        self._parties[call.called].waiting = call
        call.caller.play(self.tones.ringback)
        call.called.script.run(announce_waiting_call(call.called, self.tones, self._caller_id(call)))

    def _caller_id(self, call: ExchangeCall) -> CallerId | None:
        line, now = call.caller, self._wall()
        when = (now.month, now.day, now.hour, now.minute)
        shown = line.shown
        if call.private is not None:
            shown = "private" if call.private else "shown"
        match shown:
            case "shown":
                return CallerId(line.told_number or line.number, line.name, when=when)
            case "private":
                return CallerId(number_absence=Absence.PRIVATE, name_absence=Absence.PRIVATE, when=when)
            case "unavailable":
                return CallerId(number_absence=Absence.UNAVAILABLE, name_absence=Absence.UNAVAILABLE, when=when)
            case _:
                return None

    def _rewire(self) -> None:
        """Work out who hears whom: the others on each call of a line's path, and those in conference with them."""
        for line, mine in self._parties.items():
            heard: list[LineCircuit] = []
            for call in mine.path():
                peer = call.other(line)
                theirs = self._parties[peer].path()
                if call in theirs:
                    heard += [peer, *(more.other(peer) for more in theirs if more is not call)]
            line.hears = tuple(heard)
