"""One Copperdesk unit: lines, media, stores and switchboard put together for one office.

The daemon builds one over real time and real drivers; scenarios build one in virtual time over the simulated exchange.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from appliance.advice import Advice
from appliance.callcontrol import CallControl
from appliance.callingout import call_out
from appliance.calls.announcer import Announcer, unplayable
from appliance.calls.faults import Faults
from appliance.calls.lines import Lines
from appliance.calls.lostcallers import LostCallers
from appliance.calls.mail import MailRoom
from appliance.calls.mailwatch import MailWatch
from appliance.calls.nightlycleanup import NightlyCleanUp
from appliance.calls.outcome import Outcome
from appliance.calls.outsidecalls import OutsideCalls
from appliance.calls.pins import PinGuard
from appliance.calls.services import Services
from appliance.calls.sounds import Sounds
from appliance.calls.spokencodes import SpokenCodes
from appliance.calls.station import StationLine, StationState
from appliance.calls.switches import Switches
from appliance.calls.tollwatch import TollWatch
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.calls.trunkplan import get_ready_to_listen
from appliance.clock import Clock, off_loop
from appliance.closures.calendars import Calendars
from appliance.control.folder import DataFolder
from appliance.emergencycalls import EmergencyCalls
from appliance.fax.sending.dispatch import FaxDispatch
from appliance.faxdesk import FaxDesk
from appliance.flows.messagecall import message_call
from appliance.lamps import Lamps, Signs
from appliance.leftout import missing_ports, people_left_out
from appliance.logins import Logins
from appliance.media.engine import Engine
from appliance.notify.parcel import Carrier
from appliance.notify.publisher import PublisherMaker
from appliance.office.builtin import builtin_office
from appliance.office.model import Office, Person, Station
from appliance.office.phrase import Words
from appliance.office.places import places
from appliance.officewords import first_words, office_languages, office_names
from appliance.opening import open_call_log, open_contacts, open_music
from appliance.prompts.library import Progress, PromptLibrary
from appliance.prompts.synthesis import SynthesisFailed
from appliance.provisioning.notes import provisioning_fault
from appliance.recovering import recover_lost_callers, recover_messages
from appliance.store.atomic import AtomicFile
from appliance.store.lostcalls import LostStore
from appliance.store.messages import MessageStore
from appliance.store.sounds import SoundStore
from appliance.store.spokencodes import SpokenCodeStore
from appliance.store.switches import SwitchStore
from appliance.store.wrongpins import WrongPinStore
from appliance.switchboard import Switchboard, dead_line
from appliance.telling import Telling
from appliance.transcript.transcripts import SpeechWriter
from appliance.unitcalls import UnitCalls
from appliance.updating.state import programs_folder, running_version
from hw.linecard import LineCard
from hw.panel.led import Led
from hw.rack import Rack
from hw.said import said, told_by
from hw.tones.toneplan import TonePlan


class Unit:
    """Put together by keyword; nothing happens before `start`.

    office: None when its document cannot be used; then `fault` says why, and the built-in attendant answers. aside:
    cards whose ports are no lines of the office. carrier, publisher: tell what happens outside; writer: writes
    messages down; None: nothing does, as in a simulation.
    """

    def __init__(
        self,
        *,
        office: Office | None,
        cards: Sequence[LineCard],
        aside: Sequence[LineCard] = (),
        led: Led,
        signs: Signs | None = None,
        carrier: Carrier | None = None,
        publisher: PublisherMaker | None = None,
        writer: SpeechWriter | None = None,
        data: DataFolder,
        prompts: PromptLibrary,
        clock: Clock,
        plan: TonePlan,
        fault: str = "",
    ) -> None:
        self.rack = Rack(cards, aside)
        """The cards."""
        trunk_ports = [port.name for port in self.rack.fxo]
        station_ports = [port.name for port in self.rack.fxs]
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
        self.lamps = Lamps(self.trouble, led, signs)
        """What can be seen and heard at the unit itself."""
        self._data = data
        self.prompts = prompts
        """What it says."""
        self._clock = clock
        self._plan = plan
        self.telling = Telling(data.mail, carrier, publisher, writer, clock, self.trouble, lambda: self.office)
        """What is told outside the telephones."""
        self.advice = Advice(AtomicFile(data.path / "advice.json"), clock)
        """What somebody should see to at leisure."""
        self.started = clock.now()
        """When it was put together, in UTC."""
        self._office_faults = [fault] if fault else []
        self._idle: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done while nobody waits for the unit to be idle."""
        self._idle.set_result(None)

    async def start(self) -> None:
        """Get ready for calls: speak the prompts, repair the messages, attach the lines, start engine and cards."""
        voice_fault = await self._prepared()
        self.calls, log_fault = await off_loop(open_call_log, self._data.calls)
        switches_fault = await self.switches.open()
        sounds_fault = await self.sounds.open()
        self.contacts, contacts_fault = await off_loop(open_contacts, self._data.contacts, self._plan)
        lost_store = await off_loop(LostStore.open, self._data.lost_callers)
        self.lost_callers = LostCallers(
            lost_store, self.contacts.numbers, self._clock, self.trouble, self.telling.post_office
        )
        self.mail = MailRoom(self.messages, self._clock)
        self._mail_watch = MailWatch(self.mail, self._data.messages, self.trouble)
        post, office = self.telling.post_office, lambda: self.office
        self.fax_desk = await off_loop(FaxDesk, self._data, self._clock, self.trouble, post, office)
        self.fax_desk.on_change = self._show_waiting
        await self.fax_desk.open()
        self._clean_up = NightlyCleanUp(self.mail, self.fax_desk.room, self._clock)
        pins = PinGuard(WrongPinStore(self._data.wrong_pins), self._clock, self.trouble.report_anew)
        pins_fault = await pins.open()
        self.spoken_codes = SpokenCodes(SpokenCodeStore(self._data.spoken_codes), self._clock)
        spoken_codes_fault = await self.spoken_codes.open()
        await self.engine.start()
        self.lines = Lines(trunks=self._trunks(), stations=self._stations())
        self.outside = OutsideCalls(self.calls, self._clock, self.trouble)
        await self.outside.open()
        sheet_fault = await off_loop(provisioning_fault, self._data.path)
        self.services = Services(
            lines=self.lines,
            announcer=Announcer(self.prompts, self.sounds, self.trouble),
            mail=self.mail,
            switches=self.switches,
            calendars=self.calendars,
            pins=pins,
            faults=self.trouble,
            clock=self._clock,
            tones=self._plan,
            music=await off_loop(open_music, self._data.music),
            contacts=self.contacts,
            sounds=self.sounds,
            lost_callers=self.lost_callers,
            outside=self.outside,
            spoken_codes=self.spoken_codes,
            version=partial(off_loop, running_version, programs_folder()),
            sheet_has_mistakes=bool(sheet_fault),
            outbox=self.telling.post_office,
            faxes=self.fax_desk.room,
            receive_fax=self.fax_desk.carriers.receive,
        )
        self.switchboard = Switchboard(self.services, self.office, self.calls, builtin=self._builtin)
        self.mail.on_heard = self.switchboard.records.message_heard
        self.unit_calls = UnitCalls(self.services, self.switchboard)
        kept, via = (self._data.fax_queue, self._data.faxes_sent), self.fax_desk.carriers
        self.faxes_out = FaxDispatch(*kept, self.services, self.switchboard, self.engine, post.keep, via)
        self.call_control = CallControl(self.services, self.switchboard)
        self._emergency_calls = EmergencyCalls(self.services, self.switchboard)
        self._toll_watch = TollWatch(self.services, lambda: self.switchboard.office)
        self.switchboard.on_change = self._changed
        self.trouble.on_change = self._faults_changed
        self._logins = Logins(self.switchboard, self.lines, self.switches, self._clock, self._show_waiting)
        self.switches.changed.subscribe(lambda _name: self._changed())
        self.sounds.changed.subscribe(lambda place: self.trouble.withdraw(unplayable(place)))
        self.calendars.on_faults = self.trouble.change
        self.calendars.change(self.office.hours, self.office.time_zone)
        for changed in (self.services.parking.changed, self.lost_callers.changed):
            changed.subscribe(self._changed)
        self.advice.on_change = self._changed
        watched: list[TrunkLine | StationLine] = [*self.lines.trunks, *self.lines.station_lines]
        for line in watched:
            line.on_change = self._changed
        found = [voice_fault, log_fault, switches_fault, sounds_fault, contacts_fault, pins_fault, sheet_fault]
        self.trouble.change(filter(None, (*found, spoken_codes_fault, lost_store.fault)), ())
        self._report_missing_ports()
        await self._number_places()
        await recover_messages(self.messages, self.calls, self.trouble)
        await self.telling.start(self.mail, self.fax_desk.room, self._call_about_messages)
        await recover_lost_callers(self.lost_callers, self.calls, self._clock.now(), self.office)
        self.engine.before_tick, self.engine.after_tick = self.rack.before_tick, self.rack.after_tick
        self.rack.on_fault, self.rack.on_dead = self.trouble.stands, self._ports_dead
        await self.rack.start()
        self.mail.on_change = self._show_waiting
        await self._mail_watch.start()
        await self._open_mailboxes()
        await self.fax_desk.use(self.office)
        self.unit_calls.open()
        await self.faxes_out.start()
        await self._clean_up.use(self.office)
        await self.telling.office_changed(self.lamps.pattern)

    async def close(self) -> None:
        """End all calls, then stop the lines and the media."""
        await self.switchboard.close()
        await self.unit_calls.close()
        await self.faxes_out.close()
        await self.call_control.close()
        await self._emergency_calls.close()
        await self._mail_watch.close()
        await self.fax_desk.close()
        await self.telling.close()
        await self.services.farewells.close()
        await self.mail.close()
        await self._toll_watch.close()
        await self.outside.close()
        self._logins.close()
        await self.services.announcer.close()
        await self.calendars.close()
        await self._clean_up.close()
        await self.rack.close()
        await self.engine.close()
        await off_loop(self.calls.close)
        await off_loop(self.contacts.store.close)
        await off_loop(self.lost_callers.close)

    def now(self) -> datetime:
        """This moment (UTC)."""
        return self._clock.now()

    @property
    def faults(self) -> list[str]:
        """What is wrong now, in sentences for people, the newest last."""
        return self.trouble.now

    @property
    def places(self) -> Mapping[str, Words]:
        """Where the office says something; the built-in attendant's office has no such places."""
        return {} if self.switchboard.builtin else places(self.office)

    @property
    def led_lit(self) -> bool:
        return self.lamps.lit

    def use_leds(self, led: Led, signs: Signs) -> None:
        """Light other LEDs from now on, in place of these, which are closed already."""
        self.lamps.use(led, signs)
        self._show_waiting()

    async def until_idle(self) -> None:
        """Return as soon as no call is on any line, at once where that is so. A telephone left off hook has no call."""
        while not self._is_idle():  # Another call may begin before whoever waits goes on.
            if self._idle.done():
                self._idle = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._idle)  # Somebody else may wait, too.

    def _is_idle(self) -> bool:
        stations = [line for line in self.lines.station_lines if line.state is not StationState.LOCKED_OUT]
        in_use = any(trunk.leg for trunk in self.lines.trunks) or any(line.legs for line in stations)
        return not self.switchboard.ongoing and not in_use

    async def prepare(self, office: Office, progress: Progress | None = None) -> None:
        """Have everything spoken that this office says, or begun to be. Raises SynthesisFailed."""
        await off_loop(get_ready_to_listen, self._plan, office)
        await self.prompts.prepare(first_words(office), office_languages(office), progress, later=office_names(office))

    @property
    def ports(self) -> set[str]:
        """Those of all cards, by their names."""
        return {port.name for port in (*self.rack.fxo, *self.rack.fxs)}

    def left_out(self, office: Office) -> list[str]:
        """What whoever loads an office should know of what it leaves out, and what this unit does not have for it."""
        known = self.ports | office.carded_ports
        return people_left_out(self.office, office, self.mail, self.fax_desk.room) + missing_ports(office, known)

    async def use(self, office: Office) -> None:
        """Put another office in place of this one; `prepare` it first. Calls going on end by the old one's rules.

        Its country and its cards are those the unit was made with: another country, or other lines over SIP, need
        another unit.
        """
        self.office = office
        self._logins.use(office)
        self.switchboard.builtin = False
        for trunk in self.lines.trunks:
            self.trouble.withdraw(dead_line(trunk))
            self.trouble.withdraw(trunk.flashes.failed_because)
            trunk.use(self.office.trunk_on(trunk.port))
            if trunk.flashes.failed_because:
                self.trouble.report(trunk.flashes.failed_because)
            if trunk.state is State.LOST:
                self.trouble.report(dead_line(trunk))
        facts = {line.port: self._station_facts(line.port) for line in self.lines.stations.values()}
        for line in self.lines.stations.values():
            line.use(facts[line.port])
        self.lines.stations = {facts[line.port].name: line for line in self.lines.stations.values()}
        self.trouble.change((), self._office_faults)
        self._office_faults.clear()
        self._report_missing_ports()
        self.calendars.change(office.hours, office.time_zone)
        await self._number_places()
        await self._open_mailboxes()
        await self.fax_desk.use(office)
        await self._clean_up.use(office)
        self.faxes_out.office_changed()
        await self.telling.office_changed(self.lamps.pattern)

    def _station_facts(self, port: str) -> Station:
        return self.office.station_on(port) or Station(port, port)

    def _trunks(self) -> list[TrunkLine]:
        return [TrunkLine(self.office.trunk_on(port.name), port, self._plan, self.engine) for port in self.rack.fxo]

    def _stations(self) -> dict[str, StationLine]:
        lines = [StationLine(self._station_facts(port.name), port, self._plan, self.engine) for port in self.rack.fxs]
        return {line.name: line for line in lines}

    async def _prepared(self) -> str:
        """Have everything spoken. Returns why that is not possible; callers then hear only what could be spoken."""
        try:
            await self.prepare(self.office)
        except SynthesisFailed as error:
            return said("not all prompts can be spoken, callers do not hear those: %(why)s", why=told_by(error))
        return ""

    async def _number_places(self) -> None:
        """The built-in attendant's office has none: recordings stay with the numbers they have."""
        if self.switchboard.builtin:
            return
        try:
            await self.sounds.allot(self.places)
        except OSError as error:
            self.trouble.report(said("what callers hear cannot be recorded: %(why)s", why=told_by(error)))

    async def _open_mailboxes(self) -> None:
        try:
            await self.mail.open(owner.id for owner in self.office.mailboxes)
        except OSError as error:
            self.trouble.report(said("the mailboxes cannot be read: %(why)s", why=told_by(error)))

    def _ports_dead(self, ports: Sequence[str], dead: bool) -> None:
        """The card of these ports does not work, or works now."""
        self.lines.card_failed(ports, dead)
        if not dead:
            self._show_waiting()

    def _report_missing_ports(self) -> None:
        """Tell which ports of the office are missing. These faults are withdrawn when another office is loaded."""
        self._office_faults += missing_ports(self.office, self.ports)
        self.trouble.change(self._office_faults, ())

    def _show_waiting(self) -> None:
        self.lamps.show(self.switchboard.office, self.mail, self.fax_desk.room, self.lines)
        self.telling.mail_changed(self.lamps.pattern)
        self._changed()

    async def _call_about_messages(self, person: Person, number: str) -> Outcome:
        told = partial(message_call, person=person)
        return await call_out(self.switchboard, self.services, self.engine, number, person, told)

    def _faults_changed(self) -> None:
        self.lamps.show_leds(self.mail, self.fax_desk.room)
        self.telling.faults_changed(self.lamps.pattern)
        self._changed()

    def _changed(self) -> None:
        if not self._idle.done() and self._is_idle():
            self._idle.set_result(None)
        self.unit_calls.look()
        self.faxes_out.queue.look()
        self.lamps.follow(self.services, self.office)
        self.on_change()
