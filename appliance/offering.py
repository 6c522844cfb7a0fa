"""What one unit offers on the control socket: every method and topic, and what works beside the unit for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from appliance.advicewatch import AdviceWatch
from appliance.api.accounts import offer_accounts
from appliance.api.announcement import offer_announcement
from appliance.api.calls import offer_calls
from appliance.api.callsearch import offer_call_search
from appliance.api.card import offer_card
from appliance.api.clock import offer_clock
from appliance.api.contacts import offer_contacts
from appliance.api.desk import offer_desk
from appliance.api.desksheet import offer_desk_sheet
from appliance.api.dialling import offer_dialling
from appliance.api.drafts import offer_drafts
from appliance.api.explaining import offer_explaining
from appliance.api.faxes import offer_faxes
from appliance.api.faxqueue import offer_fax_queue
from appliance.api.figures import FiguresKeeper
from appliance.api.forwarding import offer_forwarding
from appliance.api.greetings import offer_greetings
from appliance.api.hardware import PortTests, offer_hardware
from appliance.api.hearing import offer_hearing
from appliance.api.linetests import offer_line_tests
from appliance.api.livecalls import offer_live_calls
from appliance.api.lost import offer_lost
from appliance.api.mail import offer_mail
from appliance.api.messages import offer_messages
from appliance.api.music import offer_music
from appliance.api.night import offer_night
from appliance.api.office import offer_office
from appliance.api.officechanging import OfficeChanging
from appliance.api.ownsettings import offer_own_settings
from appliance.api.panel import offer_panel
from appliance.api.people import offer_people
from appliance.api.picture import Sheets, offer_picture
from appliance.api.prompts import offer_prompts
from appliance.api.recording import offer_recording
from appliance.api.recovery import Recovery
from appliance.api.schema import offer_schema
from appliance.api.settingup import SettingUp
from appliance.api.setup import offer_setup
from appliance.api.sounds import offer_sounds
from appliance.api.status import offer_status
from appliance.api.versions import offer_versions
from appliance.api.webhooks import Happenings, offer_webhooks
from appliance.calls.ownrecordings import OwnRecordings
from appliance.calls.tasks import Tasks
from appliance.clock import Clock, off_loop
from appliance.control.folder import DataFolder
from appliance.control.server import ControlServer
from appliance.hardware.buttons import Buttons
from appliance.linedoctor.doctor import LineDoctor
from appliance.linedoctor.leftforwardings import LeftForwardings
from appliance.linemodem import LineModem, line_modem
from appliance.machinewatch import MachineWatch
from appliance.office.lamp import Panel
from appliance.office.model import Office
from appliance.prompts.library import PromptLibrary
from appliance.prompts.trying import Trial
from appliance.simulated import simulated_numbers
from appliance.store.accounts import AccountStore
from appliance.store.deliveries import DeliveryStore
from appliance.store.desk import DeskStore
from appliance.store.forwardings import ForwardingFile
from appliance.store.office import OfficeStore
from appliance.store.setupanswers import SetupAnswers
from appliance.store.versions import VersionStore
from appliance.store.webhooks import WebhookStore
from appliance.store.wishes import WishFile
from appliance.unit import Unit
from hw.tones.toneplan import TonePlan


@dataclass(frozen=True, slots=True)
class Outlasting:
    """What outlasts one unit: it may be put together anew while the process goes on."""

    data: DataFolder
    """Where all is that must not be lost."""
    clock: Clock
    """The unit's."""
    prompts: PromptLibrary
    """What is spoken."""
    control: ControlServer
    """The socket on which all is offered."""
    store: OfficeStore
    """The office document."""
    accounts: AccountStore
    """Who may sign in at the local page."""
    versions: VersionStore
    """Earlier offices, and the draft of the next one."""
    modem_model: str = ""
    """The model of a modem that is simulated; empty: modems are those on USB."""

    @property
    def modem_root(self) -> Path:
        """Where the files of the machine's devices are among which modems are found."""
        return self.data.stand_in_modem if self.modem_model else Path("/")


class Offering:
    """Made by `begin`; `close` it before the unit. faults: what was found wrong with its stores, for people."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        plan: TonePlan,
        desk: DeskStore,
        deliveries: DeliveryStore,
        outlasting: Outlasting,
    ) -> None:
        self.faults: list[str] = []
        self._unit = unit
        self._clock = clock
        self._desk = desk
        self._deliveries = deliveries
        self._happenings: Happenings | None = None
        self._recording: Tasks | None = None
        self._buttons: Buttons | None = None
        self._port_tests: PortTests | None = None
        self._line_doctor: LineDoctor | None = None
        self._left_forwardings = LeftForwardings(
            ForwardingFile(outlasting.data.forwardings), unit.services.lines, unit.trouble, plan
        )
        self._figures = FiguresKeeper(unit, clock, plan)
        self._advice_watch = AdviceWatch(unit, outlasting.data.path)
        self._machine_watch = MachineWatch(unit.trouble, unit.advice, clock)
        self._control = outlasting.control
        self._modem: LineModem = line_modem(unit, outlasting.modem_root)

    @classmethod
    async def begin(
        cls,
        unit: Unit,
        clock: Clock,
        plan: TonePlan,
        outlasting: Outlasting,
        *,
        first: Office | None,
        change_led: Callable[[Office], Awaitable[None]],
        make_anew: Callable[[], None],
    ) -> Offering:
        """Put everything on the socket.

        first: the office that the unit was made for; None: it has none. change_led: takes the lamps, buzzer,
        buttons and modem that an office names.
        make_anew: the unit has to be put together anew, by its office.
        """
        data = outlasting.data
        desk = await off_loop(DeskStore.open, data.desk)
        deliveries = await off_loop(DeliveryStore.open, data.deliveries)
        offering = cls(unit, clock, plan, desk, deliveries, outlasting)
        changing = OfficeChanging(
            unit, outlasting.store, outlasting.versions, change_led=change_led, make_anew=make_anew
        )
        offering._offer_calls(outlasting)
        offering._offer_mail(outlasting)
        offering._offer_office(outlasting, changing)
        await offering._offer_accounts(outlasting, changing, first)
        stores = (outlasting.accounts, outlasting.versions, desk, deliveries)
        offering.faults += [store.fault for store in stores if store.fault]
        await offering.take_buttons(unit.office.panel)
        await offering.take_modem(unit.office)
        if offering._happenings is not None:
            await offering._happenings.tidy()
        await offering._left_forwardings.begin()
        offering._advice_watch.start()
        offering._machine_watch.start()
        unit.switchboard.line_watch.start()
        return offering

    async def take_buttons(self, panel: Panel) -> None:
        """Attend to these buttons, and to others no more."""
        if self._buttons is not None:
            await self._buttons.close()
        self._buttons = Buttons(self._unit, panel, self._recovery.button_held)
        offer_panel(self._control, self._buttons)

    async def take_modem(self, office: Office) -> None:
        """Have the modem of this office at work."""
        await self._modem.use(office)

    async def close(self) -> None:
        """Stop what works beside the unit."""
        await self._modem.close()
        for part in (self._buttons, self._port_tests):
            if part is not None:
                await part.close()
        if self._recording is not None:
            await self._recording.close()
        if self._line_doctor is not None:
            await self._line_doctor.close()
        await self._left_forwardings.close()
        await self._figures.close()
        await self._machine_watch.close()
        await self._advice_watch.close()
        await self._unit.switchboard.line_watch.close()
        if self._happenings is not None:
            await self._happenings.close()
        await off_loop(self._desk.close)
        await off_loop(self._deliveries.close)

    def _offer_calls(self, outlasting: Outlasting) -> None:
        """Calls, now and past, callers, and what the office does with them."""
        control, unit, data = outlasting.control, self._unit, outlasting.data
        offer_status(control, unit)
        offer_clock(control, self._clock, self._local)
        self._port_tests = offer_hardware(control, unit, self._modem)
        offer_calls(control, unit.calls, unit.contacts, self._local)
        offer_call_search(control, unit, self._desk)
        self._figures.offer(control)
        offer_dialling(control, unit, WishFile(data.wishes))
        offer_live_calls(control, unit)
        offer_lost(control, unit)
        offer_contacts(control, unit.contacts, unit.calls, self._clock, self._local, data.path)
        offer_night(control, unit)
        offer_announcement(control, unit)
        offer_music(control, unit.services.music, data.music, data.path)
        self._happenings = offer_webhooks(control, unit, WebhookStore(data.webhooks), self._deliveries)

    def _offer_mail(self, outlasting: Outlasting) -> None:
        """Mailboxes, and what is written to people."""
        control, unit, data = outlasting.control, self._unit, outlasting.data
        offer_mail(control, unit)
        offer_people(control, unit)
        offer_messages(control, unit, data.path)
        own = OwnRecordings(unit.mail, unit.switches)
        offer_greetings(control, own, lambda: unit.office, unit.now, data.path)
        offer_recording(control, unit)
        offer_hearing(control, unit)
        offer_faxes(control, unit)
        offer_fax_queue(control, unit, data.path)
        write = offer_forwarding(control, unit)
        offer_desk(control, unit, self._desk)
        offer_desk_sheet(control, unit, self._desk, data.desk_sheet, write)

    def _offer_office(self, outlasting: Outlasting, changing: OfficeChanging) -> None:
        """The office document, its versions, its picture, and what it says."""
        control, unit, data = outlasting.control, self._unit, outlasting.data
        offer_office(control, changing, self._today)
        offer_schema(control)
        offer_own_settings(control, unit, changing)
        offer_card(control, unit, data.path)
        offer_explaining(control, unit)
        self._line_doctor = offer_line_tests(control, unit, changing, data.line_tests, self._left_forwardings)
        self._line_doctor.second_opinion = self._modem.opinion_on
        offer_versions(control, changing, outlasting.versions, self._local)
        sheets = Sheets(self._today)
        offer_picture(control, changing, sheets)
        offer_drafts(control, changing, outlasting.versions, sheets, self._clock, unit.sounds)
        offer_sounds(control, unit.sounds, lambda: unit.places, data.path)
        trial = Trial(outlasting.prompts, data.path)
        self._recording = offer_prompts(control, unit, trial, data.path, outlasting.versions)

    async def _offer_accounts(self, outlasting: Outlasting, changing: OfficeChanging, first: Office | None) -> None:
        """Who may sign in at the local page, and how a new unit gets its first account."""
        control, unit, accounts = outlasting.control, self._unit, outlasting.accounts
        offer_accounts(control, accounts, self._clock, self._local)
        self._recovery = Recovery(unit, accounts, self._clock)
        self._recovery.offer(control)
        await self._recovery.start()
        answers = SetupAnswers(outlasting.data.setup)
        setting_up = SettingUp(unit, outlasting.prompts, accounts, outlasting.store, answers)
        await setting_up.begin()
        offer_setup(control, unit, setting_up, changing.load_made, simulated_numbers(first))

    def _local(self, time: datetime) -> datetime:
        """On the office's own clock, whatever office that is then."""
        return self._unit.office.local(time)

    def _today(self) -> date:
        return self._local(self._clock.now()).date()
