"""The office that is simulated, and everybody around it, as the first part of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appliance.office.model import Office
from appliance.scenario.officefile import office_reader
from appliance.scenario.parser import Scenario, parse
from appliance.scenario.settings import WEEKDAYS
from hw.tones.toneplan import tone_plan

USUAL_OFFICE = """\
office: riverside-dental
office people.maria.manager = true
office people.maria.cell = "4075550150"
office people.maria.forwarding = {"when": "no-answer"}
office people.tom.cell = "4075550151"
office people.tom.forwarding = {"when": "always"}
office people.tom.ask_name = false
office people.ruth.cell = "4075550152"
office people.ruth.forwarding = {"when": "unreached"}
office people.ruth.ask_name = false
office people.maria.voicemail = {"call_back": true, "extensions": true}
office people.ruth.voicemail = {"call_back": true, "zero": "assistant"}
office people.ruth.assistant = "maria"
office emergency = {"place": "12 Mill Street, first floor", "told": ["maria", "ruth"]}
office departments = [{"id": "desk", "name": "Desk", "extension": "200", \
"members": [{"person": "maria"}, {"person": "ruth"}]}]
office reaching = {"ways": ["transfer", "three-way", "two-lines"]}
office trunks.fxo-1.ways = ["two-lines", "transfer"]
office trunks.fxo-2.ways = ["two-lines", "three-way"]
"""
"""An office in which people are called outside by all three ways, each line having its own."""

CALLERS = ("Alice", "Boris", "Clara", "David", "Emma", "Frank", "Grace", "Henry")
"""Who calls from outside, again and again. The last withholds the number."""
FIRST_CALLER = 4075550170
HELP = "Help"
"""Who answers emergency calls."""


@dataclass(frozen=True, slots=True)
class SimulatedOffice:
    """What is simulated, as text of the scenario language. beside: the folder where the office's file is looked for."""

    office: str
    beside: Path
    prompts: str = ""
    """The line that breaks prompts off, or nothing."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The scenario of a simulation, and who is who in it."""

    scenario: Scenario
    callers: tuple[str, ...]
    cells: tuple[str, ...]
    """The cell phones of people of the office."""
    text: str
    """The settings of the scenario."""

    @property
    def office(self) -> Office:
        return self.scenario.office


def setting_of(office_file: Path | None, longest_prompt_s: float | None) -> SimulatedOffice:
    """The usual office, or that of a file."""
    prompts = "" if longest_prompt_s is None else f"prompts cut off after {round(longest_prompt_s * 1000)}ms\n"
    if office_file is None:
        return SimulatedOffice(USUAL_OFFICE, Path(), prompts)
    return SimulatedOffice(f"office: {office_file.name}\n", office_file.parent, prompts)


def cast(setting: SimulatedOffice, at: datetime, switches: Sequence[str] = ()) -> Cast:
    """Everybody, at this moment of the office's clock. Raises `ScenarioErrors` for an office that cannot be used."""
    beginning = f"at: {WEEKDAYS[at.weekday()].capitalize()} {at:%Y-%m-%d %H:%M}\n"
    office = parse(f"{setting.office}wait 1s\n", "the office", office_reader(setting.beside)).office
    outside = [
        f'outside {name} {FIRST_CALLER + place} "{name.upper()}"{" private" if name == CALLERS[-1] else ""}'
        for place, name in enumerate(CALLERS)
    ]
    cells = {f"{person.id.capitalize()}Cell": person.cell for person in office.people if person.cell}
    outside += [f"outside {name} {number}" for name, number in cells.items()]
    outside.append(f"outside {HELP} {tone_plan(office.country).emergency[0]}")
    text = setting.office + setting.prompts + beginning + "".join(f"{line}\n" for line in [*switches, *outside])
    scenario = parse(f"{text}wait 1s\n", "the simulation", office_reader(setting.beside))
    return Cast(scenario, CALLERS, tuple(cells), text)
