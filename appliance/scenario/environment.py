"""What a scenario is played with: the exchange, the appliance on its lines, the parties, the clips they may hear."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import numpy as np

from appliance.clock import LoopClock, off_loop
from appliance.control.folder import DataFolder
from appliance.ear.clipbook import ClipBook
from appliance.hardware.buttons import Buttons
from appliance.lamps import Signs
from appliance.office.model import Office
from appliance.office.phrase import Sayable, Words
from appliance.officewords import office_languages, office_words
from appliance.prompts.language import Language
from appliance.prompts.languages import language
from appliance.prompts.library import Progress, PromptLibrary
from appliance.prompts.wording import fixed_texts, free_texts
from appliance.scenario import actions as act
from appliance.scenario.cutprompts import CutPrompts
from appliance.scenario.officefile import document
from appliance.scenario.parser import Scenario
from appliance.scenario.participant import Participant
from appliance.scenario.settings import Outsider
from appliance.scenario.transcript import Transcript
from appliance.store.office import OfficeStore
from appliance.storedoffice import stored_office
from appliance.unit import Unit
from hw.audio import Samples
from hw.panel.led import LedPattern
from hw.sim.buzzer import SimBuzzer
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.sim.loop import LineQuality
from hw.tones.toneplan import tone_plan


def fixed_clips(prompts: PromptLibrary) -> ClipBook:
    """The clips every office says in the language prepared first. Made once, it serves any number of scenarios."""
    book = ClipBook()
    add_fixed_clips(book, prompts, prompts.languages[0])
    return book


def add_fixed_clips(book: ClipBook, prompts: PromptLibrary, spoken: Language) -> None:
    for text in fixed_texts(spoken):
        book.add(text, prompts.texts(spoken)[text])


def sayables(scenario: Scenario) -> list[Sayable]:
    """What is said in a scenario, by its parties and by the office: its own words, and the names of its contacts."""
    said: list[Sayable] = [Words(step.action.text) for step in scenario.steps if isinstance(step.action, act.Says)]
    said += [Words(contact.name) for contact in scenario.setup.contacts if contact.name]
    said += [Words(_greeting(outsider)) for outsider in scenario.setup.outsiders.values() if _speaks(outsider)]
    return [*said, *office_words(scenario.office)]


async def speak(scenarios: Iterable[Scenario], prompts: PromptLibrary, progress: Progress | None = None) -> None:
    """Have everything spoken that is said in these scenarios, with one run of each language's voice."""
    said: dict[str, list[Sayable]] = {}
    for scenario in scenarios:
        for code in scenario.office.languages:
            said.setdefault(code, []).extend(sayables(scenario))
    for code, words in said.items():
        await prompts.prepare(words, [language(code)], progress)


UNKNOWN_NUMBER = "000000"


class Environment:
    """All that a scenario is played with. To be made on the loop; `await open()` before acting, `await close()` after.

    folder: where the appliance keeps its data. base: the fixed clips. beside: the folder of the scenario's file, where
    the office's file may be. recognises: what the parties hear is looked for, as expectations need it.
    """

    def __init__(
        self,
        scenario: Scenario,
        prompts: PromptLibrary,
        base: ClipBook,
        folder: Path,
        beside: Path,
        *,
        keep_sound: bool = False,
        recognises: bool = True,
    ) -> None:
        setup, office = scenario.setup, scenario.office
        loop = asyncio.get_running_loop()
        self.office = office
        """The office of the scenario."""
        self.transcript = Transcript()
        """What has happened so far."""
        self.clock = LoopClock(loop, setup.at.replace(tzinfo=office.time_zone).astimezone(UTC))
        """The date and time, which follow the loop's clock."""
        self.led = SimLed()
        """The message lamp of the unit."""
        self.buzzer = SimBuzzer()
        """The buzzer of the unit, where the office has one."""
        self.plan = tone_plan(setup.country or office.country)
        """The tone plan of the unit and its exchange."""
        self.prompts = prompts
        """Speaks what the appliance and the parties say."""
        self.book = ClipBook(base)
        """The clips that the parties may hear."""
        self._scenario = scenario
        self._beside = beside
        self._data = folder
        self._folder = folder / "0"
        self._keep_sound = keep_sound
        self._recognises = recognises
        self.powered = False
        """The unit has power: it is `appliance`, and takes calls."""
        self._starts = 0
        exchange_plan = replace(self.plan, dial=setup.dial_tone or self.plan.dial)
        self.exchange = Exchange(exchange_plan, lambda: office.local(self.clock.now()), quality=_quality(scenario))
        """The simulated exchange with all lines and telephones."""
        # A line need not have a number in the document. The exchange gives it one that nobody calls.
        numbers = {trunk.port: trunk.number or f"{UNKNOWN_NUMBER}{place}" for place, trunk in enumerate(office.trunks)}
        for trunk in office.trunks:
            services = setup.services | setup.trunk_services.get(trunk.name, {})
            self.exchange.add_trunk(trunk.port, numbers[trunk.port], **services)
        for group in office.hunt_groups:
            self.exchange.hunt_group(numbers[group[0].port], [numbers[trunk.port] for trunk in group])
        self.parties: dict[str, Participant] = {}
        """Everybody with a telephone, by name."""
        for station in office.stations:
            self._add_party(station.name, self.exchange.add_station(station.port))

    async def open(self) -> None:
        """Make all clips, put the parties on their lines, and start the appliance and the exchange."""
        for file, samples in self._scenario.sounds.items():
            self.book.add(file, samples)
        said = sayables(self._scenario)
        languages = office_languages(self.office)
        await self.prompts.prepare(said, languages)
        for outsider in self._scenario.setup.outsiders.values():
            self._add_outsider(outsider)
        appliance_office, fault = self._appliance_office()
        self.appliance = self._unit(appliance_office, fault)
        await self.exchange.start()
        await self.appliance.start()
        self._take_buttons()
        self.powered = True
        for contact in self._scenario.setup.contacts:
            await self.appliance.contacts.add(contact)
        for switch, at in self._scenario.setup.switches.items():
            await self.appliance.switches.flip(switch, at)
        for blocked in self._scenario.setup.blocked:
            await self.appliance.contacts.block(blocked)
        known = {clip.text for clip in self.book.clips}
        for spoken in languages:
            clips = self.prompts.texts(spoken)
            if not known.issuperset(fixed_texts(spoken)):
                add_fixed_clips(self.book, self.prompts, spoken)
            for text in free_texts([*office_words(self.appliance.office), *said]):
                if text in clips:
                    self.book.add(text, clips[text])

    async def power_fails(self, seconds: float) -> None:
        """The unit loses its power at this moment, and starts again after so long with what is on its disk now.

        What its calls still do in their clean-up reaches neither the lines nor that disk.
        """
        if not self.powered:
            return
        loop = asyncio.get_running_loop()
        back = loop.time() + seconds
        self.powered = False
        self._starts += 1
        lost, kept = self._folder, self._data / str(self._starts)
        await off_loop(shutil.copytree, lost, kept)
        self._folder = kept
        self.led.show(LedPattern.OFF)
        self.buzzer.close()
        self.appliance.use_leds(SimLed(), Signs())
        await self.buttons.close()
        card = self.exchange.lose_card()
        await self.appliance.close()
        await off_loop(shutil.rmtree, lost)
        await asyncio.sleep(max(0.0, back - loop.time()))
        self.exchange.power_card(card)
        self.appliance = self._unit(*self._appliance_office())
        await self.appliance.start()
        self._take_buttons()
        self.exchange.look_at_lines()
        self.powered = True

    def _unit(self, office: Office | None, fault: str) -> Unit:
        longest = self._scenario.setup.longest_prompt_s
        return Unit(
            office=office,
            cards=[self.exchange.card],
            led=self.led,
            signs=Signs(buzzer=self.buzzer if self.office.panel.buzzer is not None else None),
            data=self.data,
            prompts=self.prompts if longest is None else CutPrompts(self.prompts, longest),
            clock=self.clock,
            plan=self.plan,
            fault=fault,
        )

    def _take_buttons(self) -> None:
        """The buttons that the unit has now. A scenario has no accounts, and so nobody who has forgotten a password."""

        async def nothing() -> None:
            return

        self.buttons = Buttons(self.appliance, self.appliance.office.panel, nothing, pins=False)

    async def close(self) -> None:
        await self.buttons.close()
        await self.appliance.close()
        await self.exchange.close()

    @property
    def data(self) -> DataFolder:
        """The disk of the unit, which is another one behind each power cut."""
        return DataFolder(self._folder)

    def words(self, text: str) -> Samples:
        """What somebody says, as sound: everybody speaks the office's language."""
        now = self.office.local(self.clock.now())
        return np.concatenate(self.prompts.clips([Words(text)], now, language(self.office.language)))

    def file(self, name: str) -> Samples:
        return self._scenario.sounds[name]

    def trunk_port(self, name: str) -> str:
        return next(trunk.port for trunk in self.office.trunks if trunk.name == name)

    def _add_outsider(self, outsider: Outsider) -> None:
        behaviour = "circuits-busy" if outsider.behaviour == "circuits-announced" else outsider.behaviour
        options: dict[str, Any] = {"behaviour": behaviour, "caller_id": outsider.presented}
        if _speaks(outsider):
            options["greeting"] = self.words(_greeting(outsider))
        if outsider.after_s is not None:
            options["voicemail_after_s" if outsider.behaviour == "cell" else "answers_after_s"] = outsider.after_s
        telephone = self.exchange.subscriber(outsider.number, outsider.caller_name, **options)
        self._add_party(outsider.name, telephone)

    def _add_party(self, name: str, telephone: Any) -> None:
        self.parties[name] = Participant(
            name,
            telephone,
            self.book,
            self.plan,
            self.transcript.add,
            keep_sound=self._keep_sound,
            recognises=self._recognises,
        )

    def _appliance_office(self) -> tuple[Office | None, str]:
        """The office as the daemon would find it in its data folder."""
        setup = self._scenario.setup
        if not setup.office_is_broken:
            return self.office, ""
        broken = document(self._beside, setup.office_file, setup.overrides)
        del broken["menu"]
        broken["people"] = "spoiled"
        self._folder.mkdir(parents=True, exist_ok=True)
        store = OfficeStore(self.data.office)
        store.save(broken)
        return stored_office(store, None)


GREETINGS = {
    "answers": "Hello, this is {name}.",
    "cell": "This is the voicemail of {name}. Leave a message after the beep.",
    "unreachable": "The subscriber cannot be reached.",
    "pocket": "And then I said to her that we should go there together.",
    "circuits-announced": "All circuits are busy now. Please try your call again later.",
}
"""What is said where somebody outside is called, by those behaviours that say something."""


def _speaks(outsider: Outsider) -> bool:
    return outsider.behaviour in GREETINGS


def _greeting(outsider: Outsider) -> str:
    return GREETINGS[outsider.behaviour].format(name=outsider.name)


def _quality(scenario: Scenario) -> LineQuality:
    setup, usual = scenario.setup, LineQuality()
    values: Iterable[tuple[float | None, float]] = (
        (setup.attenuation_db, usual.attenuation_db),
        (setup.noise_dbm0, usual.noise_dbm0),
        (setup.echo_db, usual.echo_return_loss_db),
    )
    return LineQuality(*(given if given is not None else other for given, other in values))
