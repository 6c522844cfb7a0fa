"""Setting up a unit that has no administrator yet: the methods `setup.…`, which the local page's first steps use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, TypedDict

from appliance.api.officechanging import Load, revision
from appliance.api.settingup import SettingUp
from appliance.calls.tasks import Tasks
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.flows.trials import telephone_found
from appliance.office.languages import LANGUAGES
from appliance.office.people import MOST_PEOPLE
from appliance.prompts.languages import language
from appliance.starting.answers import FIRST, SECOND, STEPS, TEMPLATES, Answers, usable_extension
from appliance.starting.countries import USUAL, first_extension, free_extensions
from appliance.starting.devices import FoundPorts, StartDevices, gateway_models
from appliance.starting.mistakes import mistakes
from appliance.starting.pasting import pasted
from appliance.starting.proposal import document
from appliance.unit import Unit

RING_S = 20.0
"""How long a telephone rings that is looked for."""
NETWORK = "network"
"""The state of what is set up with the last step, and cannot be seen before."""
NO_PIN = "0000"
"""Stands in the document of a preview, which nobody loads."""


class SetupOpen(TypedDict):
    """open: nobody administers the unit yet, so that the set-up is all that its page shows."""

    open: bool


class Ticket(TypedDict):
    """ticket: what every other method of the set-up asks for."""

    ticket: str


class FoundLine(TypedDict):
    """A line to the exchange. number: what the built-in exchange calls it by; empty for any other.

    caller: who rings now. waits: the call can be answered at the page.
    """

    port: str
    state: str
    number: str
    caller: str
    waits: bool


class FoundTelephone(TypedDict):
    """A telephone of the office."""

    port: str
    state: str


class FoundNow(TypedDict):
    """What the unit has, at this moment."""

    lines: list[FoundLine]
    telephones: list[FoundTelephone]


class SetupState(TypedDict):
    """All that the set-up knows."""

    answers: dict[str, Any]
    """By steps, without the password's hash: `you` has `password`, whether there is one."""
    revisions: dict[str, str]
    """Of each step's answer, for `setup.answer`."""
    mistakes: dict[str, list[dict[str, str]]]
    """Of each step that was answered: field, reason, and whom it meets."""
    found: FoundNow
    """The lines and telephones; behind those of the unit what comes over the network, with the state `network`."""
    gateways: list[tuple[str, str]]
    """The model and the title of every gateway that the unit knows."""
    office: dict[str, Any] | None
    """The name and the people of an office that is there already, and stays; None where there is none."""
    countries: dict[str, tuple[str, str, str]]
    """Of each country with a tone plan: its code in ISO 3166, and the language and time zone that are proposed."""
    languages: list[str]
    """The codes of those that the unit speaks."""


def offer_setup(
    control: ControlServer, unit: Unit, setting_up: SettingUp, load: Load, numbers: Mapping[str, str]
) -> None:
    """Put the methods on the socket. numbers: what the built-in exchange calls each of its lines by, by the port."""
    rings = Tasks(unit.trouble)

    async def state(_params: dict[str, Any]) -> SetupOpen:
        over = await setting_up.over()
        if over:
            await setting_up.begin()
        return SetupOpen(open=not over)

    async def enter(params: dict[str, Any]) -> Ticket:
        return Ticket(ticket=setting_up.enter(params["code"], params["source"]))

    async def get(params: dict[str, Any]) -> SetupState:
        await setting_up.admit(params["ticket"])
        steps = await setting_up.steps()
        mistaken = await off_loop(all_mistakes, steps, setting_up.found)
        shown = {step: dict(answer) for step, answer in steps.items()}
        if "you" in shown:
            shown["you"]["password"] = bool(shown["you"].pop("hash", ""))
        return SetupState(
            answers=shown,
            revisions={step: revision(steps.get(step)) for step in STEPS},
            mistakes=mistaken,
            found=found_now(unit, numbers, Answers.of(steps).devices),
            gateways=await off_loop(gateway_models),
            office=office_there(unit),
            countries={country: (usual.iso, usual.language, usual.time_zone) for country, usual in USUAL.items()},
            languages=list(LANGUAGES),
        )

    async def answer(params: dict[str, Any]) -> dict[str, str]:
        await setting_up.admit(params["ticket"])
        step, given = params["step"], params["answer"]
        if step not in STEPS:
            raise ControlError("wrong-parameters", f"there is no step {step}")
        if step == "you" and not given.get("hash"):
            given["hash"] = (await setting_up.steps()).get("you", {}).get("hash", "")
        return {"revision": await setting_up.answer(step, given, params["revision"])}

    async def lines(params: dict[str, Any]) -> FoundNow:
        await setting_up.admit(params["ticket"])
        if params["wait"]:
            unit.services.line_trials.look()
        return found_now(unit, numbers, Answers.of(await setting_up.steps()).devices)

    async def answer_line(params: dict[str, Any]) -> dict[str, bool]:
        await setting_up.admit(params["ticket"])
        name = next((one.name for one in unit.lines.trunks if one.port == params["line"]), "")
        return {"answered": unit.services.line_trials.answer(name)}

    async def ring(params: dict[str, Any]) -> dict[str, bool]:
        await setting_up.admit(params["ticket"])
        line = next((one for one in unit.lines.station_lines if one.port == params["telephone"]), None)
        if line is None or not line.free:
            return {"rings": False}

        async def called() -> None:
            await unit.switchboard.call_up(line, telephone_found, "looked for in the set-up", seconds=RING_S)

        rings.begin(f"a telephone looked for on {line.port}", called())
        return {"rings": True}

    async def suggest(params: dict[str, Any]) -> list[str]:
        await setting_up.admit(params["ticket"])
        country = Answers.of(await setting_up.steps()).country
        taken = {one for one in params["taken"] if isinstance(one, str) and usable_extension(one)}
        beginning = min(map(int, taken), default=first_extension(country))
        return await off_loop(free_extensions, country, taken, beginning, min(params["count"], MOST_PEOPLE))

    async def paste(params: dict[str, Any]) -> dict[str, Any]:
        await setting_up.admit(params["ticket"])
        rows, bad = await off_loop(pasted, params["text"])
        return {"rows": [asdict(row) for row in rows], "bad": [asdict(one) for one in bad]}

    async def preview(params: dict[str, Any]) -> dict[str, list[str]]:
        await setting_up.admit(params["ticket"])
        return await off_loop(heard, Answers.of(await setting_up.steps()), setting_up.found)

    async def finish(params: dict[str, Any]) -> None:
        await setting_up.admit(params["ticket"])
        await setting_up.finish(load, office_there=office_there(unit) is not None)

    async def progress(params: dict[str, Any]) -> dict[str, Any]:
        await setting_up.admit(params["ticket"])
        return asdict(setting_up.progress)

    text = Param(str)
    ticket = {"ticket": text}
    control.method("setup.state", state)
    control.method("setup.enter", enter, {"code": text, "source": text})
    control.method("setup.get", get, ticket)
    control.method("setup.answer", answer, ticket | {"step": text, "answer": Param(dict), "revision": text})
    control.method("setup.lines", lines, ticket | {"wait": Param(bool)})
    control.method("setup.answer-line", answer_line, ticket | {"line": text})
    control.method("setup.ring", ring, ticket | {"telephone": text})
    control.method("setup.extensions", suggest, ticket | {"taken": Param(list), "count": Param(int)})
    control.method("setup.paste", paste, ticket | {"text": text})
    control.method("setup.preview", preview, ticket)
    control.method("setup.finish", finish, ticket)
    control.method("setup.progress", progress, ticket)


def all_mistakes(steps: Mapping[str, Any], found: FoundPorts) -> dict[str, list[dict[str, str]]]:
    """Those of each step that was answered."""
    answers = Answers.of(steps)
    return {step: [asdict(one) for one in mistakes(step, answers, found)] for step in steps}


def found_now(unit: Unit, numbers: Mapping[str, str], devices: StartDevices) -> FoundNow:
    """The lines and telephones of a unit, as they are at this moment, and what is to come over the network."""
    waiting = unit.services.line_trials.waiting
    network = devices.beside(FoundPorts((), ()))
    return FoundNow(
        lines=[
            FoundLine(
                port=one.port,
                state=one.state.value,
                number=numbers.get(one.port, ""),
                caller=one.caller_number or "",
                waits=one.name in waiting,
            )
            for one in unit.lines.trunks
        ]
        + [FoundLine(port=port, state=NETWORK, number="", caller="", waits=False) for port in network.lines],
        telephones=[FoundTelephone(port=one.port, state=one.state.value) for one in unit.lines.station_lines]
        + [FoundTelephone(port=port, state=NETWORK) for port in network.telephones],
    )


def office_there(unit: Unit) -> dict[str, Any] | None:
    """The office that a unit without an administrator has all the same; None for the built-in attendant's."""
    if unit.switchboard.builtin:
        return None
    people = [{"id": person.id, "name": person.name} for person in unit.office.people]
    return {"name": unit.office.name, "people": people}


def heard(answers: Answers, found: FoundPorts) -> dict[str, list[str]]:
    """What callers hear in the morning, a line each, by template. Nothing while too little is answered."""
    if any(mistakes(step, answers, found) for step in ("company", "lines", "people")):
        return {}
    catalogue = language(answers.language).catalogue
    extensions, operator = (str(catalogue[name]) for name in ("dial-extension-any-time", "for-operator"))
    told: dict[str, list[str]] = {}
    for template in TEMPLATES:
        tried = replace(answers, template=template)
        if template == "companies" and not (tried.staff(FIRST) and tried.staff(SECOND)):
            continue
        menu = document(tried, found, lambda _extension: NO_PIN)["menu"]
        keys = [key["says"] for key in menu["keys"].values()]
        told[template] = [menu.get("greeting") or menu["greetings"]["morning"], extensions, *keys, operator]
    return told
