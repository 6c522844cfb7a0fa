"""The USB modem of an office at work: it tells who calls on the line it is beside, and is lent to whoever sends faxes.

It is made for each unit, and follows the office that is in use. What the modem tells gets to the line's call as
`CallTold`, as a line over SIP tells it, once it is certain that it belongs there.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appliance.calls.besideline_protocol import BesideLine
from appliance.calls.faults import Faults
from appliance.calls.modemfaxing import ModemBeside
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.fax.efaxcommand import ModemWays
from appliance.fax.modemfax import ModemFax
from appliance.linedoctor.secondopinion import Listened, SecondOpinion
from appliance.office.model import Office
from appliance.office.usbmodem import ModemUse, UsbModem, UsbModemModel
from appliance.unit import Unit
from hw.callerid.coding import CallerId
from hw.linecard import CallTold, LineEvent, RingStarted, RingStopped
from hw.modem.bus import ModemBus, ModemError
from hw.modem.dialogue_protocol import DialogueState
from hw.modem.driver import Modem
from hw.modem.events import CallerTold, ModemEvent, ModemRang
from hw.modem.found import RunningModem
from hw.modem.usb import UsbModems
from hw.modem.wanted import ModemWanted
from hw.said import Said, said
from hw.tones.toneplan import TonePlan, tone_plan


def wanted_modem(facts: UsbModem, country: str) -> ModemWanted:
    """The modem that an office means."""
    model = "" if facts.model is UsbModemModel.AUTOMATIC else facts.model.value
    return ModemWanted(model=model, named=facts.socket, country_code=tone_plan(country).t35)


@dataclass(frozen=True, slots=True)
class _Worries:
    """What people are told of a modem and the line it is beside."""

    elsewhere: Said
    deaf: Said

    @classmethod
    def of(cls, line: str) -> _Worries:
        return cls(
            said("the modem rings when %(line)s does not: is it beside another line?", line=line),
            said("%(line)s rings and the modem beside it does not: is its cord plugged in?", line=line),
        )


class LineModem:
    """The modem of one unit.

    bus: where it is plugged in. line: finds the line at a port; None for none. modem: the driver; None: the office uses
    none.
    """

    def __init__(self, bus: ModemBus, faults: Faults, line: Callable[[str], TrunkLine | None]) -> None:
        self.modem: Modem | None = None
        self._bus = bus
        self._faults = faults
        self._line = line
        self._loop = asyncio.get_running_loop()
        self._used: tuple[UsbModem, str] | None = None
        self._facts = UsbModem()
        self._on_card = False
        """The line it is beside is one of a card, which can let go of it; a gateway would end the call."""
        self._heard: Counter[type[ModemEvent]] = Counter()
        self._beside: BesideLine | None = None
        self._worries: _Worries | None = None
        self._faults_told: set[str] = set()

    async def use(self, office: Office) -> None:
        """Have the modem of this office, and no other, at work."""
        wanted = (office.modem, office.country)
        if wanted == self._used:
            return
        await self.close()
        self._used, self._facts = wanted, office.modem
        if office.modem.use is ModemUse.NOTHING or office.modem.line is None:
            return
        self.modem = modem = Modem(self._bus, wanted_modem(office.modem, office.country))
        modem.on_fault, modem.on_event = self._tell, self._modem_event
        self._on_card = office.modem.line not in {line.port for _, line in office.sip.lines()}
        if office.modem.tells_callers and self._on_card:
            self._beside = _beside(tone_plan(office.country))
            self._worries = _Worries.of(office.trunk_on(office.modem.line).name)
        modem.start()

    async def close(self) -> None:
        """Let it alone."""
        modem, self.modem, self._beside, self._worries, self._used = self.modem, None, None, None, None
        if modem is not None:
            await modem.close()
        for fault in tuple(self._faults_told):
            self._tell(fault, False)

    def fax_engine(self, wall: Callable[[], datetime]) -> ModemFax | None:
        """What sends and receives faxes by it; None where the office has it for something else, or it is not there.

        wall: local time, for the line above each page.
        """
        profile = self.modem.profile if self.modem is not None and self._facts.faxes else None
        if self.modem is None or profile is None:
            return None
        return ModemFax(self.modem, ModemWays(profile.fax_classes[0], profile.fax_flow == "hardware"), wall)

    def beside(self, wall: Callable[[], datetime]) -> ModemBeside | None:
        """It and its line, where a fax can go through it at this moment. wall: see `fax_engine`."""
        engine = self.fax_engine(wall) if self._on_card else None
        if self.modem is None or engine is None or self.modem.ready is None or self.modem.is_lent:
            return None
        return ModemBeside(self._facts.line or "", engine, self._facts.receives)

    def running(self) -> RunningModem | None:
        """What `copperdesk hw list` tells of it; None where there is none."""
        if self.modem is None:
            return None
        ready = self.modem.ready
        return RunningModem(
            named=self._facts.socket,
            found=self.modem.found,
            ready=self.modem.state in (DialogueState.READY, DialogueState.CHECKING, DialogueState.ASKING),
            lent=self.modem.is_lent,
            identity=ready.identity if ready is not None else "",
            no_caller_id=self._facts.tells_callers and ready is not None and "caller ID" not in ready.taken,
            faults=tuple(sorted(self._faults_told)),
        )

    def opinion_on(self, port: str) -> Listened:
        """Listen to what the modem tells of the line at this port from now on, which is tested."""
        before = self._heard.copy()
        beside = port == self._facts.line

        async def listened() -> SecondOpinion | None:
            if not beside or self.modem is None or self.modem.ready is None:
                return None
            heard = self._heard - before
            with suppress(ModemError):
                return SecondOpinion(await self.modem.volts(), heard[ModemRang], heard[CallerTold])
            return None

        return listened

    def port_told(self, port: str, event: LineEvent) -> None:
        """A port of the unit tells this; those who attend to it get it next."""
        if self._beside is None or port != self._facts.line:
            return
        if isinstance(event, RingStarted):
            self._hand_on(self._beside.burst_began(self._loop.time()))
        elif isinstance(event, RingStopped):
            self._beside.burst_ended(self._loop.time())

    def _modem_event(self, event: ModemEvent) -> None:
        self._heard[type(event)] += 1
        if self._beside is None:
            return
        match event:
            case ModemRang():
                self._beside.rang(self._loop.time())
            case CallerTold(caller_id):
                self._hand_on(self._beside.told(caller_id, self._loop.time()))
        self._look()

    def _hand_on(self, caller_id: CallerId | None) -> None:
        """Tell the line's call who calls, behind what its port is telling now."""
        if caller_id is not None:
            self._loop.call_soon(self._tell_line, caller_id)
        self._look()

    def _tell_line(self, caller_id: CallerId) -> None:
        """Only a call that rings: in one that was answered, another caller waits."""
        trunk = self._line(self._facts.line or "")
        if trunk is not None and trunk.state is State.RINGING:
            trunk.line_event(CallTold(caller_id))

    def _look(self) -> None:
        if self._beside is not None and self._worries is not None:
            self._tell(self._worries.elsewhere, not self._beside.believed)
            works = self.modem is not None and self.modem.ready is not None
            self._tell(self._worries.deaf, self._beside.deaf and works)

    def _tell(self, fault: str, there: bool) -> None:
        if there and fault not in self._faults_told:
            self._faults_told.add(fault)
            self._faults.report(fault)
        elif not there and fault in self._faults_told:
            self._faults_told.discard(fault)
            self._faults.withdraw(fault)


def _beside(plan: TonePlan) -> BesideLine:
    return BesideLine(before_ring=plan.caller_id.place == "before-ring", longest_pause=max(plan.ring[1::2]))


def line_modem(unit: Unit, root: Path) -> LineModem:
    """The modem of a unit, on USB, told what the unit's ports tell. root: where the machine's files of devices are."""
    modem = LineModem(
        UsbModems(root), unit.trouble, lambda port: next((one for one in unit.lines.trunks if one.port == port), None)
    )
    unit.rack.watch.on_told = modem.port_told
    unit.fax_desk.carriers.modem = lambda: modem.beside(lambda: unit.office.local(unit.now()))
    return modem
