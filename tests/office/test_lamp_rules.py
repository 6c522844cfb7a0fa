"""Lamps of mailboxes: each on a line of its own, and each somebody's."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.office.document import load_document, parse_office
from appliance.office.problem import OfficeErrors
from tests.calls.world import OFFICE


def office_with(led: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = load_document(OFFICE.read_text())
    return document | {"led": led}


def test_a_mailbox_has_a_lamp_of_its_own() -> None:
    office = parse_office(office_with({"gpio": 17, "mailboxes": {"maria": 22, "tom": 23}}))
    assert office.led.mailboxes == {"maria": 22, "tom": 23}


@pytest.mark.parametrize(
    ("led", "problem"),
    [
        (
            {"mailboxes": {"mara": 22}},
            "led.mailboxes.mara: there is neither a person nor a department with the id mara",
        ),
        ({"gpio": 22, "mailboxes": {"maria": 22}}, "GPIO 22 is the line of the lamp at led.gpio"),
        ({"mailboxes": {"maria": 17}}, "GPIO 17 is the line of the lamp at led.gpio"),
        ({"mailboxes": {"maria": 5, "tom": 5}}, "GPIO 5 is the line of the lamp at led.mailboxes.maria"),
    ],
)
def test_two_lamps_on_a_line_and_a_lamp_of_nobody_are_told(led: dict[str, Any], problem: str) -> None:
    with pytest.raises(OfficeErrors) as caught:
        parse_office(office_with(led))
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("groups", "problem"),
    [
        ({"led": {"lines": {"fxo-9": 5}}}, "led.lines.fxo-9: no line to the exchange is at the port fxo-9"),
        ({"led": {"lines": {"fxo-1": 17}}}, "GPIO 17 is the line of the lamp at led.gpio"),
        ({"panel": {"night_button": 17}}, "GPIO 17 is the line of the lamp at led.gpio"),
        (
            {"panel": {"buzzer": 12, "password_button": 12}},
            "GPIO 12 is the line of the button or buzzer at panel.buzzer",
        ),
        ({"lamp": {"command": "../../bin/sh"}}, "lamp.command"),
        ({"lamp": {"command": "/bin/sh"}}, "lamp.command"),
        ({"lamp": {"command": "sh -c true"}}, "lamp.command"),
    ],
)
def test_a_line_that_is_taken_and_a_program_elsewhere_are_told(groups: dict[str, Any], problem: str) -> None:
    document: dict[str, Any] = load_document(OFFICE.read_text())
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document | groups)
    assert problem in str(caught.value)


def test_night_mode_and_the_password_may_have_one_button() -> None:
    document: dict[str, Any] = load_document(OFFICE.read_text())
    office = parse_office(document | {"panel": {"night_button": 4, "password_button": 4}})
    assert office.panel.night_button == office.panel.password_button == 4
