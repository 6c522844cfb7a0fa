"""Everything that is put together for one office: the built-in exchange, the cards, the unit and the test telephones.

The process, its control socket and its spoken prompts outlast it: where an office is loaded that needs other cards, or
another country's tones, it is put together anew as soon as no call is on any line.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from appliance.cards import lamps_and_signs, office_cards
from appliance.clock import Clock
from appliance.control.folder import DataFolder
from appliance.faultlog import kind_and_place
from appliance.notify.process import ProcessCarrier
from appliance.notify.publisher import MqttPublisher
from appliance.offering import Offering, Outlasting
from appliance.office.lamp import Panel
from appliance.office.model import Office
from appliance.prompts.library import PromptLibrary
from appliance.simulated import FIRST_NUMBER, simulated_exchange, simulated_modem
from appliance.testphone.service import TestPhones
from appliance.testphone.soundsocket import SoundSocket
from appliance.testphone.testline import TestLine
from appliance.transcript.transcripts import Transcripts
from appliance.unit import Unit
from hw.said import said
from hw.tones.toneplan import tone_plan

log = logging.getLogger(__name__)

DEFAULT_COUNTRY = "us"


class Assembly:
    """Made by `put_together`. outdated: set once it is to be put together anew and no call is on any line."""

    def __init__(
        self,
        office: Office | None,
        fault: str,
        data: DataFolder,
        clock: Clock,
        prompts: PromptLibrary,
        modem: str = "",
    ) -> None:
        self._clock = clock
        self._plan = plan = tone_plan(office.country if office else DEFAULT_COUNTRY)

        def wall() -> datetime:
            return office.local(clock.now()) if office else clock.now()

        self.outdated = asyncio.Event()
        self._exchange = simulated_exchange(office, plan, wall)
        self._made = office_cards(office, plan, self._exchange)
        self._modem = simulated_modem(modem, office, self._exchange, data.stand_in_modem) if modem else None
        self._commands = data.commands
        self._led, self._signs = lamps_and_signs(office, self._commands)
        self._waiting: asyncio.Task[None] | None = None
        self._offering: Offering | None = None
        self._test_line = TestLine(plan)
        self._sound = SoundSocket(data.sound_socket)
        self.unit = Unit(
            office=office,
            cards=self._made.cards,
            aside=[self._test_line.card],
            led=self._led,
            signs=self._signs,
            carrier=ProcessCarrier(),
            publisher=MqttPublisher,
            writer=Transcripts(),
            data=data,
            prompts=prompts,
            clock=clock,
            plan=plan,
            fault=fault,
        )
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
        outlasting: Outlasting,
    ) -> Assembly:
        """Start it all and offer it on the control socket.

        fault: why there is no office; voice_faults: why it is not the best voice that speaks; for people.
        """
        made = cls(office, fault, outlasting.data, outlasting.clock, outlasting.prompts, outlasting.modem_model)
        await made._exchange.start()
        if made._modem is not None:
            made._modem.plug_in()
        await made.unit.start()
        made._test_line.join(made.unit)
        await made._sound.start()
        made._phones.offer(outlasting.control)
        made._offering = await Offering.begin(
            made.unit,
            made._clock,
            made._plan,
            outlasting,
            first=office,
            change_led=made._change_led,
            make_anew=made._make_anew,
        )
        for found in (*voice_faults, *made._made.faults, *made._offering.faults):
            made.unit.trouble.report(found)
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: unexpected(made.unit, context))
        return made

    async def close(self) -> None:
        """End all calls and stop all lines."""
        if self._waiting is not None:
            self._waiting.cancel()
        if self._offering is not None:
            await self._offering.close()
        await self._phones.close()
        await self._sound.close()
        await self.unit.close()
        if self._modem is not None:
            self._modem.unplug()
        await self._exchange.close()
        self._close_leds()

    async def _change_led(self, office: Office) -> None:
        if self._offering is not None:
            await self._offering.take_buttons(Panel())  # A lamp may be on a line that was a button's.
        self._close_leds()
        self._led, self._signs = lamps_and_signs(office, self._commands)
        self.unit.use_leds(self._led, self._signs)
        if self._offering is not None:
            await self._offering.take_buttons(office.panel)
            await self._offering.take_modem(office)

    def _close_leds(self) -> None:
        self._led.close()
        self._signs.close()

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
    unit.trouble.report(
        said("an inner fault: %(what)s", what=type(error).__name__ if error else str(context.get("message")))
    )
