"""Everything that is put together for one office: the built-in exchange, the cards, the unit and the test telephones.

The process, its control socket and its spoken prompts outlast it: where an office is loaded that needs other cards, or
another country's tones, it is put together anew as soon as no call is on any line.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from appliance.advicewatch import AdviceWatch
from appliance.api.accounts import offer_accounts
from appliance.api.announcement import offer_announcement
from appliance.api.calls import offer_calls
from appliance.api.callsearch import offer_call_search
from appliance.api.card import offer_card
from appliance.api.contacts import offer_contacts
from appliance.api.desk import offer_desk
from appliance.api.desksheet import offer_desk_sheet
from appliance.api.dialling import offer_dialling
from appliance.api.drafts import offer_drafts
from appliance.api.explaining import offer_explaining
from appliance.api.figures import FiguresKeeper
from appliance.api.forwarding import offer_forwarding
from appliance.api.greetings import offer_greetings
from appliance.api.hearing import offer_hearing
from appliance.api.livecalls import offer_live_calls
from appliance.api.lost import offer_lost
from appliance.api.mail import offer_mail
from appliance.api.messages import offer_messages
from appliance.api.music import offer_music
from appliance.api.night import offer_night
from appliance.api.office import offer_office
from appliance.api.officechanging import OfficeChanging
from appliance.api.ownsettings import offer_own_settings
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
from appliance.api.webhooks import offer_webhooks
from appliance.calls.ownrecordings import OwnRecordings
from appliance.calls.tasks import Tasks
from appliance.cards import message_leds, office_cards
from appliance.clock import RealClock, off_loop
from appliance.control.folder import DataFolder
from appliance.control.server import ControlServer
from appliance.faultlog import kind_and_place
from appliance.notify.process import ProcessCarrier
from appliance.notify.publisher import MqttPublisher
from appliance.office.model import MessageLamp, Office
from appliance.prompts.library import PromptLibrary
from appliance.prompts.trying import Trial
from appliance.simulated import FIRST_NUMBER, simulated_exchange, simulated_numbers
from appliance.store.accounts import AccountStore
from appliance.store.desk import DeskStore
from appliance.store.office import OfficeStore
from appliance.store.setupanswers import SetupAnswers
from appliance.store.versions import VersionStore
from appliance.store.webhooks import WebhookStore
from appliance.testphone.service import TestPhones
from appliance.testphone.soundsocket import SoundSocket
from appliance.testphone.testline import TestLine
from appliance.transcript.transcripts import Transcripts
from appliance.unit import Unit
from hw.tones.toneplan import tone_plan

log = logging.getLogger(__name__)

DEFAULT_COUNTRY = "us"


class Assembly:
    """Made by `put_together`. outdated: set once it is to be put together anew and no call is on any line."""

    def __init__(self, office: Office | None, fault: str, data: DataFolder, prompts: PromptLibrary) -> None:
        self._clock = clock = RealClock()
        self._plan = plan = tone_plan(office.country if office else DEFAULT_COUNTRY)

        def wall() -> datetime:
            return office.local(clock.now()) if office else clock.now()

        self.outdated = asyncio.Event()
        self._exchange = simulated_exchange(office, plan, wall)
        self._made = office_cards(office, plan, self._exchange)
        self._led, self._mailbox_leds = message_leds(office.led if office else MessageLamp())
        self._waiting: asyncio.Task[None] | None = None
        self._recording: Tasks | None = None
        self._figures: FiguresKeeper | None = None
        self._desk: DeskStore | None = None
        self._test_line = TestLine(plan)
        self._sound = SoundSocket(data.sound_socket)
        self.unit = Unit(
            office=office,
            cards=self._made.cards,
            aside=[self._test_line.card],
            led=self._led,
            mailbox_leds=self._mailbox_leds,
            carrier=ProcessCarrier(),
            publisher=MqttPublisher,
            writer=Transcripts(),
            data=data,
            prompts=prompts,
            clock=clock,
            plan=plan,
            fault=fault,
        )
        self._advice_watch = AdviceWatch(self.unit, data.path)
        self._phones = TestPhones(
            self._exchange,
            prompts,
            plan,
            main_number(self.unit.office),
            lambda: self.unit.office,
            self._sound,
            self._test_line,
        )

    @classmethod
    async def put_together(
        cls,
        office: Office | None,
        fault: str,
        voice_faults: Sequence[str],
        data: DataFolder,
        prompts: PromptLibrary,
        control: ControlServer,
        store: OfficeStore,
        accounts: AccountStore,
        versions: VersionStore,
    ) -> Assembly:
        """Start it all and offer it on the control socket.

        fault: why there is no office; voice_faults: why it is not the best voice that speaks; for people.
        """
        made = cls(office, fault, data, prompts)
        await made._exchange.start()
        await made.unit.start()
        made._test_line.join(made.unit)
        await made._sound.start()
        made._phones.offer(control)
        offer_status(control, made.unit)
        offer_accounts(control, accounts, made._clock, made._local)
        recovery = Recovery(made.unit, accounts, made._clock)
        recovery.offer(control)
        await recovery.start()
        offer_calls(control, made.unit.calls, made.unit.contacts, made._local)
        offer_call_search(control, made.unit)
        offer_dialling(control, made.unit)
        offer_webhooks(control, made.unit, WebhookStore(data.webhooks))
        made._figures = FiguresKeeper(made.unit, made._clock, made._plan)
        made._figures.offer(control)
        offer_contacts(control, made.unit.contacts, made.unit.calls, made._clock, made._local, data.path)
        offer_card(control, data.path)
        offer_night(control, made.unit)
        offer_music(control, made.unit.services.music, data.music, data.path)
        offer_lost(control, made.unit)
        offer_live_calls(control, made.unit)
        offer_mail(control, made.unit)
        offer_people(control, made.unit)
        offer_schema(control)
        offer_messages(control, made.unit, data.path)
        offer_announcement(control, made.unit)
        offer_sounds(control, made.unit.sounds, lambda: made.unit.places, data.path)
        own = OwnRecordings(made.unit.mail, made.unit.switches)
        offer_greetings(control, own, lambda: made.unit.office, made.unit.now, data.path)
        changing = OfficeChanging(made.unit, store, versions, change_led=made._change_led, make_anew=made._make_anew)
        offer_office(control, changing, made._today)
        offer_explaining(control, made.unit)
        offer_versions(control, changing, versions, made._local)
        setting_up = SettingUp(made.unit, prompts, accounts, store, SetupAnswers(data.setup))
        await setting_up.begin()
        offer_setup(control, made.unit, setting_up, changing.load_made, simulated_numbers(office))
        sheets = Sheets(made._today)
        offer_picture(control, changing, sheets)
        made._recording = offer_prompts(control, made.unit, Trial(prompts, data.path), data.path)
        offer_drafts(control, changing, versions, sheets, made._clock)
        offer_recording(control, made.unit)
        offer_hearing(control, made.unit)
        write = offer_forwarding(control, made.unit)
        made._desk = desk = await off_loop(DeskStore.open, data.desk)
        offer_desk(control, made.unit, desk)
        offer_desk_sheet(control, made.unit, desk, data.desk_sheet, write)
        offer_own_settings(control, made.unit, changing)
        made._advice_watch.start()
        for found in (*voice_faults, *made._made.faults, *filter(None, [versions.fault, desk.fault])):
            made.unit.trouble.report(found)
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: unexpected(made.unit, context))
        return made

    async def close(self) -> None:
        """End all calls and stop all lines."""
        if self._waiting is not None:
            self._waiting.cancel()
        if self._recording is not None:
            await self._recording.close()
        if self._figures is not None:
            await self._figures.close()
        await self._advice_watch.close()
        await self._phones.close()
        await self._sound.close()
        await self.unit.close()
        await self._exchange.close()
        if self._desk is not None:
            await off_loop(self._desk.close)
        self._close_leds()

    def _local(self, time: datetime) -> datetime:
        """On the office's own clock, whatever office that is then."""
        return self.unit.office.local(time)

    def _today(self) -> date:
        return self._local(self._clock.now()).date()

    def _change_led(self, office: Office) -> None:
        self._close_leds()
        self._led, self._mailbox_leds = message_leds(office.led)
        self.unit.use_leds(self._led, self._mailbox_leds)

    def _close_leds(self) -> None:
        for led in (self._led, *self._mailbox_leds.values()):
            led.close()

    def _make_anew(self) -> None:
        if self._waiting is None:
            self._waiting = asyncio.create_task(self._when_idle(), name="waits for the last call to end")

    async def _when_idle(self) -> None:
        await self.unit.until_idle()
        self.outdated.set()


def main_number(office: Office) -> str:
    """What the public dials for the office."""
    return next((trunk.number for trunk in office.trunks if trunk.number), str(FIRST_NUMBER))


def unexpected(unit: Unit, context: dict[str, Any]) -> None:
    """Something failed outside any call. The lines go on; people are told."""
    error = context.get("exception")
    log.error("%s: %s", context.get("message"), kind_and_place(error) if error else "")
    unit.trouble.report(f"an inner fault: {type(error).__name__ if error else context.get('message')}")
