"""All that tells people and programs outside the telephones what happens: letters, events, MQTT, and calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.faxroom import FaxRoom
from appliance.calls.mail import MailRoom
from appliance.clock import Clock, off_loop
from appliance.notify.messagecalls import MessageCalls, PlaceCall
from appliance.notify.messagetexts import MessageTexts
from appliance.notify.news import News
from appliance.notify.parcel import Carrier
from appliance.notify.parcels import ParcelStore
from appliance.notify.postoffice import PostOffice
from appliance.notify.publisher import Publisher, PublisherMaker
from appliance.notify.recording import RecordingCarrier
from appliance.office.faxbox import boxes
from appliance.office.model import Office
from appliance.office.notifying import MqttBroker
from appliance.transcript.transcripts import SpeechWriter
from hw.panel.led import LedPattern
from hw.said import said


class Telling:
    """post_office: takes letters, from the moment it is made.

    folder: where it keeps what is not sent yet. carrier, publisher: what sends it; None: nothing does. writer: writes
    messages down; None: nothing does. office: the one in use.
    """

    def __init__(
        self,
        folder: Path,
        carrier: Carrier | None,
        publisher: PublisherMaker | None,
        writer: SpeechWriter | None,
        clock: Clock,
        faults: Faults,
        office: Callable[[], Office],
    ) -> None:
        self.post_office = PostOffice(ParcelStore(folder), carrier or RecordingCarrier(), clock, faults, office)
        self._folder = folder
        self._make_publisher = publisher
        self._writer = writer
        self._clock = clock
        self._faults = faults
        self._office = office
        self._publisher: Publisher | None = None
        self._broker = MqttBroker()
        self._mail: MailRoom | None = None
        self._faxes: FaxRoom | None = None
        self._news: News | None = None
        self._texts: MessageTexts | None = None
        self._calls: MessageCalls | None = None

    async def start(self, mail: MailRoom, faxes: FaxRoom, place: PlaceCall) -> None:
        """Before anybody can leave a message. place: calls a person; see `MessageCalls`."""
        self._mail, self._faxes = mail, faxes
        self._texts = texts = MessageTexts(self._writer, mail, self.post_office, self._faults, self._office)
        seen = self._folder / "seen.json"
        self._news = News(self.post_office, mail, self._faults, self._clock, self._office, seen, texts)
        self._calls = MessageCalls(place, mail, self._clock, self._office)
        await self.post_office.start()
        await self._news.start()
        self._calls.start()

    async def close(self) -> None:
        if self._calls is not None:
            await self._calls.close()
        if self._news is not None:
            await self._news.close()
        if self._texts is not None:
            await self._texts.close()
        await self.post_office.close()
        await self._publish_to(MqttBroker())

    def mail_changed(self, lamp: LedPattern) -> None:
        """The mailboxes hold something else. lamp: what the unit's LED shows."""
        if self._news is not None and self._texts is not None and self._calls is not None:
            self._news.look()
            self._texts.look()
            self._calls.look()
        self._publish(lamp)

    def faults_changed(self, lamp: LedPattern) -> None:
        if self._news is not None:
            self._news.faults_changed()
        self._publish(lamp)

    async def office_changed(self, lamp: LedPattern) -> None:
        """Another office is in use, or the first one."""
        await self._publish_to(self._office().notifying.mqtt)
        self.mail_changed(lamp)

    async def _publish_to(self, broker: MqttBroker) -> None:
        if self._make_publisher is None or broker == self._broker:
            return
        if self._publisher is not None:
            await off_loop(self._publisher.close)
            self._faults.withdraw(self._publisher.fault)
            self._publisher = None
        self._broker = broker
        if broker.host:
            try:
                self._publisher = self._make_publisher(broker, self._faults)
            except ModuleNotFoundError:
                self._faults.report(
                    said("the MQTT broker is not told anything: the Python package paho-mqtt is missing")
                )

    def _publish(self, lamp: LedPattern) -> None:
        if self._publisher is None or self._mail is None or self._faxes is None:
            return
        state = {"lamp": lamp.name.lower(), "faults": json.dumps(self._faults.now)}
        for owner in self._office().mailboxes:
            counts = self._mail.counts(owner.id)
            state[f"messages/{owner.id}/new"] = str(counts.new)
            state[f"messages/{owner.id}/urgent"] = str(counts.urgent)
        for box in boxes(self._office()):
            state[f"faxes/{box.removeprefix('@')}/new"] = str(self._faxes.counts(box).new)
        self._publisher.publish(state)
