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
