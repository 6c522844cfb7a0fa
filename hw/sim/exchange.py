"""The simulated telephone exchange, with the telephones and the line card that hang on it.

    exchange = Exchange(tone_plan("us"), clock.now)
    exchange.add_trunk("fxo-1", "5550100")
    caller = exchange.subscriber("5550199", "JANE ROE")
    await exchange.start()
    caller.lift()
    await caller.press("5550100")       # fxo-1 rings

It ticks every 20 ms while some line carries something. When all is idle no timer is set. A tick goes over the lines
that are awake in three steps: what each terminal says arrives at its source; each exchange line works out what its
parties say and what its hybrid returns of it; each source sends. So speech crosses the exchange within one tick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Literal

import numpy as np

from hw.audio import Samples, decibels
from hw.callerid.coding import CallerId, encode_mdmf
from hw.sim.behaviour import (
    Automaton,
    Behaviour,
    answer,
    answer_fax,
    lie_in_a_pocket,
    say_unreachable,
    send_cng,
    take_message,
)
from hw.sim.card import SimLineCard
from hw.sim.circuit import FarEndSignal, LineCircuit, LineServices, Shown
from hw.sim.fxo import SimFxoPort
from hw.sim.fxs import SimFxsPort
from hw.sim.loop import Fir, Hum, LineQuality, Noise, SubscriberLoop, hybrid
from hw.sim.numbering import Numbering
from hw.sim.service import Service
from hw.sim.telephone import Telephone
from hw.ticker import Ticker
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import TonePlan

LineFault = Literal[
    "cut", "restore", "break", "noise", "in-use", "free", "hiss", "hum", "quiet", "weak-battery", "good-battery"
]

SPURIOUS_BREAK_S = 0.1
"""The length of a loop break that means nothing, for the fault `break`."""
NOISE_BURST_S = 1.0
"""The length of the fault `noise`."""
NOISE_BURST_GAIN = 100.0
"""How much stronger the noise is then: 40 dB."""
HISS_DBM0 = -42.0
"""The noise of a line without its DSL filter, for the fault `hiss`."""
HUM_DBM0 = -38.0
"""The hum of a line that lies beside a transformer, for the fault `hum`."""
MAINS_60_HZ = ("us", "ca", "mx", "tw")
"""Where the mains has 60 Hz everywhere, of the countries there is a plan for; Brazil and half of Japan have it, too."""
WEAK_BATTERY_V = 24.0
"""For the fault `weak-battery`."""
SIT_SECONDS = 2.0
"""How much of the special information tones stands for an announcement that is not given."""
LOOP_BREAK_COUNTRIES = ("us", "ca")
"""Where exchanges tell telephones by a loop break that the far end has gone; elsewhere it is busy tone."""


class Exchange:
    """A telephone exchange of one country. `wall` is its clock, local time; `seed` decides all its randomness.

    clock_ppm: how much faster its 20 ms ticks come than the event loop's clock says.
    telephones: by name; a station's is its port, a subscriber's its number.
    lines: those of trunks and of subscribers, by number.
    """

    def __init__(
        self,
        plan: TonePlan,
        wall: Callable[[], datetime],
        *,
        seed: int = 0,
        quality: LineQuality | None = None,
        clock_ppm: float = 0,
    ) -> None:
        self.plan = plan
        self.card = SimLineCard()
        self.telephones: dict[str, Telephone] = {}
        self.lines: dict[str, LineCircuit] = {}
        self._quality = quality or LineQuality()
        self._rng = np.random.default_rng(seed)
        self._noise = Noise(self._quality.noise_dbm0, self._rng)
        self._numbering = Numbering(plan.number_forms)
        self._service = Service(plan, self._numbering, wall)
        self._automata: list[Automaton] = []
        self._loops: dict[str, SubscriberLoop] = {}
        self._ticker = Ticker(self._tick, clock_ppm)
        self._drifts = bool(clock_ppm)
        self._lively: list[LineCircuit] | None = None
        """The lines that carried something in the last tick; None: any may have begun to since."""
        self._clocked: Callable[[], None] | None = None
        self._awake: set[str] = set()
        """The stations that have asked for ticks since they were idle: of many, few are looked at in each tick."""

    def add_trunk(
        self,
        port: str,
        number: str,
        ending: FarEndSignal = "loop-break",
        **services: Any,
    ) -> None:
        """A line from this exchange to a new FXO port. `services` are further fields of `LineServices`."""
        loop = self.wire_trunk(port, number, ending, **services)
        self.card.fxo.append(SimFxoPort(loop, self._wake, self.plan, drifts=self._drifts))

    def wire_trunk(
        self, name: str, number: str, ending: FarEndSignal = "loop-break", **services: Any
    ) -> SubscriberLoop:
        """A line from this exchange to something else than its card, which becomes the line's terminal."""
        loop = self._loop(name)
        self._circuit(number, loop, LineServices(ending, **services))
        return loop

    def wire_station(self, name: str) -> tuple[SubscriberLoop, Fir]:
        """A telephone on something else than this exchange's card, which becomes the source of the line. It collects
        and delivers the line's sound, and has this hybrid."""
        loop = self._loop(name)
        self._telephone(name, loop)
        return loop, self._hybrid()

    def add_station(self, port: str) -> Telephone:
        """A telephone on a new FXS port."""
        loop = self._loop(port)
        self._add_station_port(port, loop)
        return self._telephone(port, loop)

    def hunt_group(self, main: str, members: Sequence[str]) -> None:
        """Calls to `main`, which may be one of the members, go to the first idle line of these numbers."""
        self._numbering.hunt(main, members)

    def subscriber(
        self,
        number: str,
        name: str = "",
        *,
        caller_id: Shown = "shown",
        behaviour: Behaviour = "manual",
        answers_after_s: float = 6.0,
        voicemail_after_s: float = 20.0,
        greeting: Samples | None = None,
        ending: FarEndSignal | None = None,
        call_waiting: bool = False,
    ) -> Telephone:
        """An outside telephone. `ending` is what it gets when the other party hangs up first: a loop break in North
        America, busy elsewhere, unless given. CallerIdError for a name that caller ID cannot hold.

        greeting: what it says by itself: a greeting, the network's announcement in its place, voices in the pocket.
        """
        encode_mdmf(CallerId(number, name))
        loop = self._loop(number)
        telephone = self._telephone(number, loop)
        if behaviour in ("not-in-service", "circuits-busy"):
            self._numbering.vacate(number, greeting)
            if behaviour == "circuits-busy":
                self._numbering.congest(number, greeting)
            return telephone
        usual: FarEndSignal = "loop-break" if self.plan.country in LOOP_BREAK_COUNTRIES else "busy"
        line = self._circuit(
            number, loop, LineServices(ending or usual, call_waiting=call_waiting, announces=behaviour == "unreachable")
        )
        line.name, line.shown, line.always_busy = name, caller_id, behaviour == "busy"
        telephone.shows_waiting_caller = call_waiting
        self._behave(telephone, behaviour, answers_after_s, voicemail_after_s, greeting)
        return telephone

    def fault(self, port: str, what: LineFault) -> None:
        """Do this to a line (a port or a subscriber's number).

        `cut` and `restore` its wires; `break`: battery gone for 100 ms; `noise`: 1 s of noise 40 dB above the usual;
        `in-use`: another telephone on the line is lifted, `free`: and hung up. `hiss`: noise without end, as where the
        filter of a DSL line is missing; `hum` of the mains; `quiet`: neither any more. `weak-battery`: one that
        dies, and `good-battery`: as it was. KeyError for an unknown line.
        """
        loop = self._loops[port]
        match what:
            case "cut" | "restore":
                loop.set_cut(what == "cut")
            case "break":
                loop.open_for(SPURIOUS_BREAK_S)
            case "noise":
                loop.disturb(NOISE_BURST_S, NOISE_BURST_GAIN)
            case "in-use" | "free":
                loop.close("extension", what == "in-use")
            case "hiss":
                loop.hiss = np.float32(decibels(HISS_DBM0 - self._quality.noise_dbm0))
            case "hum":
                loop.hum = Hum(60 if self.plan.country in MAINS_60_HZ else 50, HUM_DBM0)
            case "quiet":
                loop.hiss, loop.hum = np.float32(1.0), None
            case "weak-battery":
                loop.battery_volts = WEAK_BATTERY_V
            case "good-battery":
                loop.battery_volts = self._quality.battery_volts
        self._wake()

    def congest(self, prefix: str, announcement: Samples | None = None) -> None:
        """From now on all circuits to the numbers that begin like this are busy: reorder, or this announcement."""
        self._numbering.congest(prefix, announcement)

    def relieve(self, prefix: str) -> None:
        """Circuits to these numbers are free again."""
        self._numbering.relieve(prefix)

    def give_tones(self, plan: TonePlan) -> None:
        """From now on callers hear the tones of this plan, as when the exchange is repaired, or has lost its own."""
        self._service.tones = plan

    def clock(self, tick: Callable[[], None] | None) -> None:
        """Call this at the end of every tick from now on, and tick always; None: no more."""
        self._clocked = tick
        self._ticker.wake()

    def lose_card(self) -> SimLineCard:
        """The card has no power: it lets go of all lines, and sees nothing of them. `card` has no ports then."""
        lost, self.card = self.card, SimLineCard()
        for trunk in lost.fxo:
            trunk.release()
            trunk.stop()
            trunk.loop.terminal_watchers.clear()
        for station in lost.fxs:
            station.stop()
            station.loop.source_watchers.clear()
        return lost

    def power_card(self, lost: SimLineCard) -> None:
        """The card has power again: new ports on the same wires. How they are it tells at the next `look_at_lines`."""
        for trunk in lost.fxo:
            self.card.fxo.append(SimFxoPort(trunk.loop, self._wake, self.plan, drifts=self._drifts))
        for station in lost.fxs:
            self._add_station_port(station.name, station.loop)

    def look_at_lines(self) -> None:
        """Both ends of every line of the card look how it is now, as a card does once somebody attends to it."""
        for loop in [*(port.loop for port in self.card.fxo), *(port.loop for port in self.card.fxs)]:
            loop.announce()

    def _add_station_port(self, port: str, loop: SubscriberLoop) -> None:
        wake = partial(self._wake_station, port)
        self.card.fxs.append(SimFxsPort(loop, self.plan, self._hybrid(), wake, drifts=self._drifts))

    async def start(self) -> None:
        """Start the card too. From now on lines work."""
        await self.card.start()

    async def close(self) -> None:
        """Stop everything. No timer is left, and nothing more is told of any line."""
        self._ticker.stop()
        for loop in self._loops.values():
            loop.stop()
        for automaton in self._automata:
            automaton.stop()
        for telephone in self.telephones.values():
            telephone.close()
        await self.card.close()
        for line in self.lines.values():
            line.close()

    def _loop(self, name: str) -> SubscriberLoop:
        if name in self._loops:
            raise ValueError(f"there is already a line {name!r}")
        loop = self._loops[name] = SubscriberLoop(name, self._quality, self._rng, self._noise)
        return loop

    def _hybrid(self) -> Fir:
        return hybrid(self._quality.echo_return_loss_db, self._rng)

    def _circuit(self, number: str, loop: SubscriberLoop, services: LineServices) -> LineCircuit:
        line = LineCircuit(number, loop, self.plan, services, self._hybrid(), self._wake)
        self._numbering.add(number, line)
        self._service.add(line)
        self.lines[number] = line
        return line

    def _telephone(self, name: str, loop: SubscriberLoop) -> Telephone:
        telephone = self.telephones[name] = Telephone(name, loop, self.plan, self._wake)
        return telephone

    def _behave(
        self, telephone: Telephone, behaviour: Behaviour, answers: float, voicemail: float, greeting: Samples | None
    ) -> None:
        match behaviour:
            case "answers":
                answering = partial(answer, telephone, answers, greeting)
            case "cell":
                answering = partial(take_message, telephone, voicemail, greeting)
            case "unreachable":
                answering = partial(say_unreachable, telephone, self._announcement(greeting))
            case "pocket":
                answering = partial(lie_in_a_pocket, telephone, answers, greeting)
            case "fax":
                answering = partial(answer_fax, telephone)
                telephone.after_dialling = partial(send_cng, telephone)
            case _:
                return
        self._automata.append(Automaton(telephone, self.plan, answering))

    def _announcement(self, words: Samples | None) -> Samples:
        return tone_samples(self.plan.sit, SIT_SECONDS) if words is None else words

    def _wake(self) -> None:
        """Something may have begun on any line."""
        self._lively = None
        self._ticker.wake()

    def _wake_station(self, port: str) -> None:
        self._awake.add(port)
        self._ticker.wake()

    def _tick(self) -> bool:
        """One tick. False when nothing is awake."""
        looked_at = self.lines.values() if self._lively is None else self._lively
        lines = self._lively = [line for line in looked_at if line.alive]
        stations = [port for port in self.card.fxs if port.name in self._awake and port.alive]
        self._awake = {port.name for port in stations}
        for line in lines:
            line.receive()
        for line in lines:
            line.listen()
        for line in lines:
            line.send()
        for port in stations:
            port.loop.collect()
            port.loop.deliver(port.pass_frame(port.loop.up))
        if self._clocked is not None:
            self._clocked()
        return bool(lines or stations or self._clocked is not None)
