"""The lamps, buttons and buzzer of the unit, as an office document has them. `hw` drives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import Id, Limits, Port, TextPattern
from appliance.office.problem import Problem
from hw.nearest import nearest
from hw.said import Said, said

USUAL_GPIO = 17
GpioLine = Annotated[int, Limits(0, 27)]


@dataclass(frozen=True, slots=True)
class MessageLamp:
    """The lamps on the unit."""

    gpio: Annotated[GpioLine, "The GPIO line the message lamp hangs on, by its BCM number."] = USUAL_GPIO
    mailboxes: Annotated[
        dict[Id, GpioLine],
        Limits(0, 27),
        "Further lamps, one for a mailbox: the GPIO line of each, by the id of the person or department.",
    ] = field(default_factory=dict)
    lines: Annotated[
        dict[Port, GpioLine],
        Limits(0, 27),
        "Lamps for lines to the exchange: the GPIO line of each, by the port. Lit: in use; blinking: it rings; "
        "two flashes: it is dead.",
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OtherLamp:
    """Any other lamp that is to show what the message lamp shows."""

    command: Annotated[
        str,
        TextPattern("^([a-z0-9][a-z0-9._-]{0,63})?$", "the name of a program, without a folder"),
        "The name of a program in the folder `commands` of the data folder. It is started at each change of the "
        "message lamp, with one word: off, slow, fast or double.",
    ] = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Buttons and a buzzer on the unit."""

    night_button: Annotated[
        GpioLine | None,
        "The GPIO line of a button that closes or opens the office by hand. Pressed for 2 seconds, it lets the hours "
        "decide again.",
    ] = None
    password_button: Annotated[
        GpioLine | None,
        "The GPIO line of a button to be held for 10 seconds by whoever has forgotten the password of the local page. "
        "It may be the one for night mode.",
    ] = None
    buzzer: Annotated[GpioLine | None, "The GPIO line of a buzzer. It is quiet while the office is closed."] = None
    buzzer_rings: Annotated[
        bool, "The buzzer sounds while a telephone of somebody who answers for the office rings."
    ] = True
    buzzer_faults: Annotated[bool, "The buzzer beeps when something goes wrong."] = True


def rules(office: Draft) -> Iterator[Problem]:
    """Each of them has a GPIO line of its own, each lamp something that it tells of."""
    lamp = office.group("led")
    owners = {id for kind in ("people", "departments") for _, id in office.texts(kind, "id")}
    ports = {port for _, port in office.texts("trunks", "port")}
    for path, id in _unknown(lamp.group("mailboxes"), owners):
        reason = said("there is neither a person nor a department with the id %(id)s", id=id)
        yield Problem(path, reason, nearest(id, owners))
    for path, port in _unknown(lamp.group("lines"), ports):
        yield Problem(path, said("no line to the exchange is at the port %(port)s", port=port), nearest(port, ports))
    used: dict[int, str] = {}
    for path, line in taken(office):
        if line in used:
            yield Problem(path, _in_use(line, used[line]))
        used[line] = path


def taken(office: Draft) -> Iterator[tuple[str, int]]:
    """The GPIO line of each lamp, button and buzzer, with the path of its field. Two that are one button come once."""
    lamp, panel = office.group("led"), office.group("panel")
    night, password = (panel.fields.get(name) for name in ("night_button", "password_button"))
    lines = [(lamp.at("gpio"), lamp.fields.get("gpio", USUAL_GPIO))]
    for group in (lamp.group("mailboxes"), lamp.group("lines")):
        lines += [(group.at(key), line) for key, line in group.fields.items()]
    lines += [(panel.at("night_button"), night), (panel.at("buzzer"), panel.fields.get("buzzer"))]
    if password != night:
        lines.append((panel.at("password_button"), password))
    yield from ((path, line) for path, line in lines if isinstance(line, int))


def _unknown(lamps: Draft, known: set[str]) -> Iterator[tuple[str, str]]:
    """What is named and not known, with its path."""
    return ((lamps.at(key), key) for key in lamps.fields if key not in known)


def _in_use(line: int, by: str) -> Said:
    if by.startswith("led"):
        return said("GPIO %(line)s is the line of the lamp at %(used)s", line=line, used=by)
    return said("GPIO %(line)s is the line of the button or buzzer at %(used)s", line=line, used=by)
