"""One Copperdesk unit: lines, media, stores and switchboard put together for one office.

The daemon builds one over real time and real drivers; scenarios build one in virtual time over the simulated exchange.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from appliance.calls.announcer import Announcer, unplayable
from appliance.calls.faults import Faults
from appliance.calls.lines import Lines
from appliance.calls.mail import MailRoom
from appliance.calls.outsidecalls import OutsideCalls
from appliance.calls.pins import PinGuard
from appliance.calls.services import Services
from appliance.calls.sounds import Sounds
from appliance.calls.station import StationLine, StationState
from appliance.calls.switches import Switches
from appliance.calls.tollwatch import TollWatch
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.clock import Clock, off_loop
from appliance.closures.calendars import Calendars
from appliance.control.folder import DataFolder
from appliance.media.detectors import ProgressDetector
from appliance.media.engine import Engine
from appliance.media.music import hold_music
from appliance.office.builtin import builtin_office
from appliance.office.model import Office, Person, Station, Trunk
from appliance.office.phrase import Words
from appliance.office.places import places
from appliance.office.seats import SEAT, seat_switch, seated, seats
from appliance.officewords import office_languages, office_words
from appliance.opening import open_call_log, open_contacts
from appliance.prompts.library import PromptLibrary
from appliance.prompts.synthesis import SynthesisFailed
from appliance.store.messages import MessageStore
from appliance.store.sounds import SoundStore
from appliance.store.switches import SwitchStore
from appliance.switchboard import Switchboard, dead_line
from hw.led import Led, LedError
from hw.linecard import LineCard
from hw.rack import Rack
from hw.tones.toneplan import TonePlan

SEAT_END_SECONDS = 1.0
"""How long behind the end of a log-in its telephone is given back. A clock that was set meanwhile is asked again."""


class Unit:
    """Put together by keyword; nothing happens before `start`.

    office: None when its document cannot be used; then `fault` says why, and the built-in attendant answers.
    """

    def __init__(
        self,
        *,
        office: Office | None,
        cards: Sequence[LineCard],
        led: Led,
        data: DataFolder,
        prompts: PromptLibrary,
        clock: Clock,
        plan: TonePlan,
        fault: str = "",
    ) -> None:
        self._rack = Rack(cards)
        trunk_ports = [port.name for port in self._rack.fxo]
        station_ports = [port.name for port in self._rack.fxs]
        self.office = office or builtin_office(trunk_ports, station_ports, plan.country)
        """The office in use."""
        self.engine = Engine()
        """The media engine."""
        self.messages = MessageStore(data.messages)
        """The messages on disk."""
        self.calendars = Calendars(clock)
        """What the calendar files of the hours close."""
        self.switches = Switches(SwitchStore(data.switches), clock)
        """What keys and commands flip while the office runs."""
        self.sounds = Sounds(SoundStore(data.sounds))
        """The recordings that take the part of the office's texts."""
        self.trouble = Faults()
        """What is wrong now."""
        self.on_change: Callable[[], None] = lambda: None
        """Called after every change of what people can see of the unit."""
        self._builtin = office is None
        self._led = led
        self._data = data
        self._prompts = prompts
        self._clock = clock
        self._plan = plan
        self.started = clock.now()
        """When it was put together, in UTC."""
        self._office_faults = [fault] if fault else []
        self._idle: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done while nobody waits for the unit to be idle."""
        self._seats_end: asyncio.TimerHandle | None = None
        """Fires when the next log-in at a telephone ends."""
        self._idle.set_result(None)

    async def start(self) -> None:
        """Get ready for calls: speak the prompts, repair the messages, attach the lines, start engine and cards."""
        voice_fault = await self._prepared()
        self.calls, log_fault = await off_loop(open_call_log, self._data.calls)
        switches_fault = await self.switches.open()
        sounds_fault = await self.sounds.open()
        self.contacts, contacts_fault = await off_loop(open_contacts, self._data.contacts, self._plan)
        self.mail = MailRoom(self.messages, self.office.messages_per_mailbox)
        await self.engine.start()
        ProgressDetector(self._plan)  # Works out the country's cadences, which would delay the first call's first tick.
        self.lines = Lines(
            trunks=self._trunks(),
            stations=self._stations(),
        )
        self.outside = OutsideCalls(self.calls, self._clock, self.trouble)
        await self.outside.open()
        self.services = Services(
            lines=self.lines,
            announcer=Announcer(self._prompts, self.sounds, self.trouble),
            mail=self.mail,
            switches=self.switches,
            calendars=self.calendars,
            pins=PinGuard(asyncio.get_running_loop().time, self._locked),
            faults=self.trouble,
            clock=self._clock,
            tones=self._plan,
            music=await off_loop(hold_music),
            contacts=self.contacts,
            sounds=self.sounds,
            outside=self.outside,
        )
        self.switchboard = Switchboard(self.services, self.office, self.calls, builtin=self._builtin)
        self._toll_watch = TollWatch(self.services, lambda: self.switchboard.office)
        self.switchboard.on_change = self.trouble.on_change = self._changed
        self._give_telephones()
        self.switches.changed.subscribe(self._switched)
        self.sounds.changed.subscribe(lambda place: self.trouble.withdraw(unplayable(place)))
        self.calendars.on_faults = self._calendar_faults
        self.calendars.change(self.office.hours, self.office.time_zone)
        for trunk in self.lines.trunks:
            trunk.on_change = self._changed
        for station in self.lines.station_lines:
            station.on_change = self._changed
        for found in (voice_fault, log_fault, switches_fault, sounds_fault, contacts_fault):
            if found:
                self.trouble.report(found)
        self._report_missing_ports()
        await self._number_places()
        await self._recover_messages()
        self.engine.before_tick, self.engine.after_tick = self._rack.before_tick, self._rack.after_tick
        self._rack.on_fault, self._rack.on_dead = self._tell, self._ports_dead
        await self._rack.start()
        self.mail.on_change = self._show_waiting
        await self._open_mailboxes()

    async def close(self) -> None:
        """End all calls, then stop the lines and the media."""
        await self.switchboard.close()
        await self.services.farewells.close()
        await self._toll_watch.close()
        await self.outside.close()
        if self._seats_end is not None:
            self._seats_end.cancel()
        await self.services.announcer.close()
        await self.calendars.close()
        await self._rack.close()
        await self.engine.close()
        await off_loop(self.calls.close)
        await off_loop(self.contacts.store.close)

    def now(self) -> datetime:
        """This moment (UTC)."""
        return self._clock.now()

    @property
    def faults(self) -> list[str]:
        """What is wrong now, in sentences for people, the newest last."""
        return self.trouble.now

    def card_status(self) -> list[Mapping[str, Any]]:
        """What each card tells of itself."""
        return self._rack.status()

    @property
    def places(self) -> Mapping[str, Words]:
        """Where the office says something; the built-in attendant's office has no such places."""
        return {} if self.switchboard.builtin else places(self.office)

    @property
    def led_lit(self) -> bool:
        return self._led.lit

    def use_led(self, led: Led) -> None:
        """Light another LED from now on, in place of this one, which is closed already."""
        self._led = led
        self._show_waiting()

    async def until_idle(self) -> None:
        """Return as soon as no call is on any line, at once where that is so. A telephone left off hook has no call."""
        if not self._is_idle():
            self._idle = asyncio.get_running_loop().create_future()
            await self._idle

    def _is_idle(self) -> bool:
        stations = [line for line in self.lines.station_lines if line.state is not StationState.LOCKED_OUT]
        in_use = any(trunk.leg for trunk in self.lines.trunks) or any(line.legs for line in stations)
        return not self.switchboard.ongoing and not in_use

    async def prepare(self, office: Office) -> None:
        """Have everything spoken that this office says. Raises SynthesisFailed."""
        await self._prompts.prepare(office_words(office), office_languages(office))

    def left_out(self, office: Office) -> list[str]:
        """What whoever loads an office should know: people and departments with messages whom it leaves out, and
        ports it names that this unit does not have."""
        known = {person.id for person in office.people} | {department.id for department in office.departments}
        told = []
        for owner in self.office.mailboxes:
            counts = self.mail.counts(owner.id)
            if owner.id not in known and (messages := counts.new + counts.saved):
                kind = "somebody" if isinstance(owner, Person) else "a department"
                told.append(
                    f"{owner.name} is not in it, and has {messages} message{'s' if messages > 1 else ''}: they are "
                    f"kept, and can be heard again once {kind} with the id {owner.id!r} is in it"
                )
        elsewhere = {line.port for _, line in office.sip.lines()}
        told += self._missing_ports(office, elsewhere)
        return told

    async def use(self, office: Office) -> None:
        """Put another office in place of this one; `prepare` it first. Calls going on end by the old one's rules.

        Its country and its cards are those the unit was made with: another country, or other lines over SIP, need
        another unit.
        """
        self.office = office
        self._give_telephones()
        self.switchboard.builtin = False
        self.mail.largest = office.messages_per_mailbox
        for trunk in self.lines.trunks:
            self.trouble.withdraw(dead_line(trunk))
            self.trouble.withdraw(trunk.flashes.failed_because)
            trunk.use(self._trunk_facts(trunk.port))
            if trunk.flashes.failed_because:
                self.trouble.report(trunk.flashes.failed_because)
            if trunk.state is State.LOST:
                self.trouble.report(dead_line(trunk))
        facts = {line.port: self._station_facts(line.port) for line in self.lines.stations.values()}
        for line in self.lines.stations.values():
            line.use(facts[line.port])
        self.lines.stations = {facts[line.port].name: line for line in self.lines.stations.values()}
        for fault in self._office_faults:
            self.trouble.withdraw(fault)
        self._office_faults.clear()
        self._report_missing_ports()
        self.calendars.change(office.hours, office.time_zone)
        await self._number_places()
        await self._open_mailboxes()

    def _switched(self, name: str) -> None:
        if name.startswith(SEAT):
            self._give_telephones()
            self._show_waiting()
        self._changed()

    def _give_telephones(self) -> None:
        """Let calls that begin now find people on the telephones that they have logged in to, until that ends."""
        taken = seats(self.office, self.lines.stations, self.switches.at)
        self.switchboard.office = seated(self.office, taken)
        ends = [until for station in taken if (until := self.switches.until(seat_switch(station))) is not None]
        if self._seats_end is not None:
            self._seats_end.cancel()
        self._seats_end = None
        if ends:
            seconds = max((min(ends) - self._clock.now()).total_seconds(), 0.0) + SEAT_END_SECONDS
            self._seats_end = asyncio.get_running_loop().call_later(seconds, self._switched, SEAT)

    def _trunk_facts(self, port: str) -> Trunk:
        return self.office.trunk_on(port)

    def _station_facts(self, port: str) -> Station:
        return self.office.station_on(port) or Station(port, port)

    def _trunks(self) -> list[TrunkLine]:
        return [TrunkLine(self._trunk_facts(port.name), port, self._plan, self.engine) for port in self._rack.fxo]

    def _stations(self) -> dict[str, StationLine]:
        lines = [StationLine(self._station_facts(port.name), port, self._plan, self.engine) for port in self._rack.fxs]
        return {line.name: line for line in lines}

    async def _prepared(self) -> str:
        """Have everything spoken. Returns why that is not possible; callers then hear only what could be spoken."""
        try:
            await self.prepare(self.office)
        except SynthesisFailed as error:
            return f"not all prompts can be spoken, callers do not hear those: {error}"
        return ""

    async def _number_places(self) -> None:
        """The built-in attendant's office has none: recordings stay with the numbers they have."""
        if self.switchboard.builtin:
            return
        try:
            await self.sounds.allot(self.places)
        except OSError as error:
            self.trouble.report(f"what callers hear cannot be recorded: {error.strerror}")

    async def _open_mailboxes(self) -> None:
        try:
            await self.mail.open(owner.id for owner in self.office.mailboxes)
        except OSError as error:
            self.trouble.report(f"the mailboxes cannot be read: {error.strerror}")

    async def _recover_messages(self) -> None:
        """Repair the message store, and tell what was not in order after the last run."""
        for fault in self.calls.faults:
            self.trouble.report(fault)
        try:
            recovered = await off_loop(self.messages.recover)
        except OSError as error:
            self.trouble.report(f"the messages cannot be looked through: {error.strerror}")
            return
        for found in recovered:
            what = "a message was recovered" if found.delivered else f"a message was set aside as {found.path.name}"
            self.trouble.report(f"mailbox {found.mailbox}: {what}. {found.reason}")

    def _calendar_faults(self, faults: Sequence[str], over: Sequence[str]) -> None:
        for fault in over:
            self.trouble.withdraw(fault)
        for fault in faults:
            self.trouble.report(fault)

    def _tell(self, fault: str, there: bool) -> None:
        (self.trouble.report if there else self.trouble.withdraw)(fault)

    def _ports_dead(self, ports: Sequence[str], dead: bool) -> None:
        """The card of these ports does not work, or works now."""
        for trunk in self.lines.trunks:
            if trunk.port in ports:
                trunk.card_failed(dead)
        for station in self.lines.station_lines:
            if station.port in ports:
                station.connected = not dead
        if not dead:
            self._show_waiting()

    def _report_missing_ports(self) -> None:
        """Tell which ports of the office are missing. These faults are withdrawn when another office is loaded."""
        self._office_faults += self._missing_ports(self.office)
        for fault in self._office_faults:
            self.trouble.report(fault)

    def _missing_ports(self, office: Office, known: Collection[str] = ()) -> list[str]:
        """Tell of the office's lines whose ports no card has; ports in `known` are passed over."""
        ports = {port.name for port in self._rack.fxo} | {port.name for port in self._rack.fxs} | set(known)
        named = [(line.name, line.port) for line in office.trunks]
        named += [(line.name, line.port) for line in office.stations]
        return [f"{name} is on port {port}, which this unit does not have" for name, port in named if port not in ports]

    def _locked(self, person: str) -> None:
        self.trouble.report(f"the mailbox of {person} is locked for an hour: too many wrong PINs")

    def _show_waiting(self) -> None:
        """Light or darken every telephone, by all people it belongs to, and the unit's LED."""
        for name, line in self.lines.stations.items():
            people = [person for person in self.switchboard.office.people if person.station == name]
            line.set_lamp(any(self.mail.new_for(person, self.office) for person in people))
        try:
            self._led.set(self.mail.any_new)
        except LedError as error:
            self.trouble.report(str(error))
        self._changed()

    def _changed(self) -> None:
        if not self._idle.done() and self._is_idle():
            self._idle.set_result(None)
        self.on_change()
