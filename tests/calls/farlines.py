"""Lines far away, as those of gateways and SIP telephones are: a card of doubles beside the simulated exchange.

They know what a card can only hear, and say so: who calls, keys, that the far end has gone. What they hear is kept
frame by frame; while they are in a call they say one frame over and over, each a voice of its own pitch.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import numpy as np

from appliance.calls.outcome import Cause
from appliance.calls.station import StationState
from appliance.office.model import Menu, Office, Person, Station, Trunk
from appliance.office.sip import SERVER_MODEL, Sip, SipDevice, SipLine
from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Frame, sine_peak
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    Cadence,
    CallTold,
    DigitTold,
    FarEndLeft,
    Held,
    LineError,
    LineEvent,
    LineTraits,
    OffHook,
    OnHook,
    Proceeding,
    RingingEnded,
    RingRefused,
    RingStarted,
    RingStopped,
    TransferAsked,
)
from hw.ringkind import RingKind
from hw.ticker import Ticker
from tests.calls.hearing import Hearer, until
from tests.calls.world import GREETED, World, world

FAR = LineTraits(echo_tail_ms=0, tells_digits=True, takes_digits=True, dials=True)
KEY_SECONDS = 0.2


def voice(hertz: int) -> Frame:
    """20 ms of a voice, with overtones, that goes on in the next frame where it ended: a multiple of 50 Hz."""
    time = np.arange(FRAME_SAMPLES) / SAMPLE_RATE
    return np.rint(sine_peak(-25) * sum(np.sin(2 * np.pi * hertz * part * time) for part in (1, 2, 3))).astype(np.int16)


class FarLine(Hearer):
    """What both kinds have in common. pressed: keys sent to it. frames: of what it has heard since it went off hook.

    world: where it hears what is said.
    """

    def __init__(self, name: str, hertz: int, traits: LineTraits = FAR) -> None:
        super().__init__()
        self.name = name
        self.world: World | None = None
        self.traits = traits
        self.off_hook = False
        self.says = voice(hertz)
        self.pressed = ""
        self.frames: list[Frame] = []
        self._on_event: Callable[[LineEvent], None] = lambda _event: None
        self._on_frame: Callable[[Frame], None] = lambda _frame: None
        self._ticker = Ticker(self._tick)

    def attach(self, on_event: Callable[[LineEvent], None], on_frame: Callable[[Frame], None]) -> None:
        self._on_event, self._on_frame = on_event, on_frame

    def write(self, frame: Frame) -> None:
        if self.off_hook:
            self.frames.append(frame)

    def send_digits(self, digits: str) -> float:
        self.pressed += digits
        return len(digits) * KEY_SECONDS

    def tell(self, event: LineEvent) -> None:
        self._on_event(event)

    def presses(self, digits: str) -> None:
        for digit in digits:
            self.tell(DigitTold(digit))

    @property
    def line(self) -> str:
        return self.world.line_on(self.name) if self.world else ""

    def is_hearing(self, other: FarLine) -> bool:
        """Whether what it hears just now is what the other says."""
        return bool(self.frames) and np.array_equal(self.frames[-1], other.says)

    def goes(self, off_hook: bool) -> None:
        if off_hook and self.world is not None:
            self.listens_to(self.world.told)
        self.off_hook = off_hook
        self.frames.clear()
        if off_hook:
            self._ticker.wake()
        else:
            self._ticker.stop()

    def _tick(self) -> bool:
        self._on_frame(self.says)
        return self.off_hook


async def hear_each_other(one: FarLine, other: FarLine) -> None:
    await until(lambda: one.is_hearing(other) and other.is_hearing(one))


class FarTrunk(FarLine):
    """See `hw.linecard.FxoPort`. seized, callers: what it was seized with. on_seized: what happens then."""

    def __init__(self, name: str, hertz: int) -> None:
        super().__init__(name, hertz)
        self.battery = True
        self.dead_because = "it does not answer"
        self.seized: list[str] = []
        self.callers: list[CallerId | None] = []
        self.on_seized: Callable[[], None] = self.proceeds
        self._calls_in = False

    def seize(self, number: str = "", caller_id: CallerId | None = None) -> None:
        self.goes(True)
        if self._calls_in:
            return
        self.seized.append(number)
        self.callers.append(caller_id)
        asyncio.get_running_loop().call_later(0.1, self.on_seized)

    def release(self) -> None:
        self.goes(False)
        self._calls_in = False

    def flash(self, milliseconds: int) -> None:
        raise LineError("it takes no hook flash")

    # What the far end does

    def calls(self, caller_id: CallerId, called: str = "") -> None:
        """A call comes in, and rings once."""
        self.tell(CallTold(caller_id, called))
        self.rings()

    def rings(self) -> None:
        self._calls_in = True
        self.tell(RingStarted())
        asyncio.get_running_loop().call_later(2.0, self._ring_stops)

    def _ring_stops(self) -> None:
        if not self.off_hook:
            self.tell(RingStopped())

    def gives_up(self) -> None:
        self._calls_in = False
        self.tell(RingingEnded())

    def proceeds(self) -> None:
        if self.off_hook:
            self.tell(Proceeding())

    def leaves(self, cause: Cleared = Cleared.HUNG_UP) -> None:
        self.tell(FarEndLeft(cause))

    def loses_battery(self, lost: bool) -> None:
        self.battery = not lost
        self.tell(BatteryLost() if lost else BatteryRestored())


class FarTelephone(FarLine):
    """See `hw.linecard.FxsPort`. shown: whose calls it rang for, rang: how. told: what became of its transfers."""

    def __init__(self, name: str, hertz: int, second: FarTelephone | None = None) -> None:
        super().__init__(name, hertz)
        self.second = second
        self.dead_because = ""
        self.ringing = False
        self.lit = False
        self.shown: list[CallerId | None] = []
        self.rang: list[tuple[Cadence, RingKind | None]] = []
        self.told: list[bool] = []
        self.on_ring: Callable[[], None] = lambda: None

    def ring(self, cadence: Cadence, caller_id: CallerId | None = None, kind: RingKind | None = None) -> None:
        if self.off_hook:
            raise LineError("it is off hook")
        self.ringing = True
        self.shown.append(caller_id)
        self.rang.append((cadence, kind))
        asyncio.get_running_loop().call_later(0.1, lambda: self.on_ring() if self.ringing else None)

    def stop_ring(self) -> None:
        self.ringing = False

    def call_waits(self, caller_id: CallerId | None = None) -> None:
        raise LineError("a second call rings its second port")

    def call_waits_no_more(self) -> None: ...

    async def rings(self, within: float = 10.0) -> None:
        """Wait until it rings."""
        await until(lambda: self.ringing, within)

    async def answers(self) -> None:
        """Wait until it rings, and lift it after half a second."""
        await self.rings()
        await asyncio.sleep(0.5)
        self.lifts()

    def break_loop(self, milliseconds: int) -> None:
        self.hangs_up()

    def set_lamp(self, lit: bool) -> None:
        self.lit = lit

    def transferred(self, done: bool) -> None:
        self.told.append(done)
        if done:
            self.hangs_up()

    # What its user does

    def lifts(self, dialled: str = "") -> None:
        self.ringing = False
        self.goes(True)
        self.tell(OffHook(dialled))

    def hangs_up(self) -> None:
        if self.off_hook:
            self.goes(False)
            self.tell(OnHook())

    def refuses(self, cause: Cleared, forward: str = "") -> None:
        self.ringing = False
        self.tell(RingRefused(cause, forward))

    def holds(self, held: bool) -> None:
        self.tell(Held(held))

    def transfers(self, number: str = "", to: str = "") -> None:
        self.tell(TransferAsked(number, to))


class FarCard:
    """See `hw.linecard.LineCard`: two lines of a gateway, two to a server that joins offices, three telephones."""

    def __init__(self) -> None:
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None
        self.fxo = [FarTrunk(name, hertz) for name, hertz in (("gate-1", 300), ("gate-2", 350))]
        self.fxo += [FarTrunk(name, hertz) for name, hertz in (("join-1", 400), ("join-2", 450))]
        self.fxs = [
            FarTelephone(f"phone-{n}", 500 + 100 * n, FarTelephone(f"phone-{n}-second", 550 + 100 * n))
            for n in (1, 2, 3)
        ]

    async def start(self) -> None: ...

    async def close(self) -> None:
        for line in self.lines():
            line.goes(False)

    def status(self) -> dict[str, str]:
        return {"kind": "far"}

    def lines(self) -> list[FarTrunk | FarTelephone]:
        return [*self.fxo, *self.fxs, *(port.second for port in self.fxs if port.second is not None)]

    def trunk(self, name: str) -> FarTrunk:
        return next(port for port in self.fxo if port.name == name)

    def telephone(self, name: str) -> FarTelephone:
        return next(port for port in self.lines() if port.name == name and isinstance(port, FarTelephone))


PEOPLE = (
    Person("office", "Riverside Dental", "100", pin="2846"),
    Person("maria", "Maria Alvarez", "101", "front desk", pin="7391"),
    Person("tom", "Doctor Tom Becker", "102", "surgery", pin="4062"),
    Person("ruth", "Ruth Olsen", "103", "billing", pin="9518"),
    Person("nina", "Maria Alvarez", "104", "lab", pin="9527"),
)
"""Tom's telephone is a plain one on a card of the unit."""


def far_office(office: Office, *, waits: bool = False) -> Office:
    """waits: a second call waits at a telephone on which somebody talks."""
    gateway = SipDevice("gateway", "gateway", "192.0.2.20", (SipLine("gate-1", "801"), SipLine("gate-2", "802")))
    server = SipDevice(
        "joining",
        SERVER_MODEL,
        "192.0.2.5",
        (SipLine("join-1", "101"), SipLine("join-2", "104")),
        outside=False,
        reaches=("6xx",),
    )
    telephones = [SipDevice(name, "t", "192.0.2.7", stations=(SipLine(name, name),)) for name in NAMES.values()]
    stations = [Station(name, port, call_waiting=waits) for name, port in NAMES.items()]
    return replace(
        office,
        trunks=(Trunk("main", "fxo-1", "5550100"), Trunk("gate 1", "gate-1", "5550110")),
        stations=(Station("surgery", "fxs-2"), *stations),
        people=PEOPLE,
        menu=Menu(office.menu.keys, office.menu.greetings),
        sip=Sip((gateway, server, *telephones)),
    )


NAMES = {"front desk": "phone-1", "billing": "phone-2", "lab": "phone-3"}

ANNE = CallerId("4075550122", "ANNE HILL")


@dataclass
class FarWorld:
    """The unit with the card of far lines. `maria`, `ruth`, `nina`: their telephones."""

    here: World
    card: FarCard

    @property
    def maria(self) -> FarTelephone:
        return self.card.telephone("phone-1")

    @property
    def ruth(self) -> FarTelephone:
        return self.card.telephone("phone-2")

    @property
    def nina(self) -> FarTelephone:
        return self.card.telephone("phone-3")

    async def greeted(self, trunk: str = "gate-1") -> FarTrunk:
        """A caller who hears the greeting; `heard` has what comes behind it."""
        caller = self.card.trunk(trunk)
        caller.calls(ANNE)
        await caller.hears(GREETED)
        caller.forgets()
        return caller

    async def talking(self) -> tuple[FarTrunk, FarTelephone]:
        """A caller and Maria, who hear each other."""
        caller = await self.greeted()
        caller.presses("101")
        await self.maria.answers()
        await hear_each_other(caller, self.maria)
        return caller, self.maria

    async def all_is_free(self) -> None:
        """Nobody is left on any line, however far."""
        unit = self.here.appliance
        await until(lambda: set(self.here.trunk_states()) == {"idle"}, within=5)
        await asyncio.sleep(0.1)  # A telephone's leg is let go behind the line.
        assert [line.name for line in self.card.lines() if line.off_hook] == []
        assert [line.port for line in unit.lines.station_lines if line.state is not StationState.ON_HOOK] == []
        assert self.here.appliance.switchboard.ongoing == {}
        assert unit.services.talks == {}
        assert self.here.appliance.engine.ports == ()

    async def ended(self, *outcomes: tuple[str, str, str]) -> None:
        """All is free, and the calls have ended so: line, outcome, cause."""
        await self.all_is_free()
        assert self.here.outcomes() == list(outcomes)

    @property
    def transferred(self) -> str:
        return Cause.TRANSFERRED.value


@asynccontextmanager
async def far_world(change: Callable[[Office], Office] = replace, *, waits: bool = False) -> AsyncIterator[FarWorld]:
    """waits: a second call waits at a telephone on which somebody talks."""
    card = FarCard()
    async with world(lambda office: change(far_office(office, waits=waits)), beside=card) as here:
        for line in card.lines():
            line.world = here
        yield FarWorld(here, card)
