"""Warnings about keys that callers hear of and that are not there, or that are there and nobody hears of."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.office.document import parse_office
from appliance.office.lint import lint


def warned(document: object) -> list[str]:
    problems = lint(parse_office(document))
    assert [problem for problem in problems if not problem.mend.endswith(".")] == []
    return [str(problem) for problem in problems]


def greets(document: dict[str, Any], more: str) -> None:
    document["menu"]["greeting"] = f"Thank you for calling Riverside Dental. {more}"
    del document["menu"]["greetings"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("For our address press nine.", 'callers hear "press 9", and there is no such key'),
        ("For our address press pound.", 'callers hear "press #", and there is no such key'),
        ("For Maria dial 109.", 'callers hear "press 109", and there is no such number'),
    ],
)
def test_a_key_that_is_spoken_and_not_there_is_warned_of(document, more, told):
    greets(document, more)
    assert warned(document) == [f"menu.greeting: {told}"]


@pytest.mark.parametrize("more", ["For Maria dial 101.", "Nine people work here.", "If you press on, we are glad."])
def test_a_greeting_that_names_no_key_or_an_extension_is_not_warned_of(document, more):
    greets(document, more)
    assert warned(document) == []


def test_a_part_of_the_day_is_looked_at_by_itself(document):
    document["menu"]["greetings"]["evening"] += " For emergencies, press 9."
    assert warned(document) == ['menu.greetings.evening: callers hear "press 9", and there is no such key']
    document["menu"]["keys"]["9"] = {"action": "operator"}
    assert warned(document) == ["menu.keys.9: the menu does not say what this key does"]
    for part in ("morning", "afternoon"):
        document["menu"]["greetings"][part] += " For emergencies, press 9."
    assert warned(document) == []


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("For appointments, press 4.", ['callers hear "press 4" where key 1 is meant, and press the wrong one']),
        ("For appointments, press two.", ['callers hear "press 2" where key 1 is meant, and press the wrong one']),
        ("For appointments, press one or nine.", ['callers hear "press 9", and there is no such key']),
        ("Appointments.", ["callers hear what there is and not which key to press"]),
        ("Appointments are on one.", []),
        ("For appointments, press the one key.", []),
    ],
)
def test_what_is_said_about_a_key_names_that_key(document, says, told):
    document["menu"]["keys"]["1"]["says"] = says
    document["menu"]["keys"]["2"]["says"] = "For questions about a bill, it is 2."
    assert warned(document) == [f"menu.keys.1.says: {problem}" for problem in told]


def test_a_key_that_is_spoken_of_twice_is_warned_of(document):
    document["menu"]["keys"]["3"]["says"] = "To leave a message, press 3 or 2."
    document["menu"]["greetings"]["evening"] += " For help, press 0."
    unsure = "and do not know which is true"
    assert warned(document) == [
        f'menu.keys.3.says: callers hear "press 2" twice, here and at menu.keys.2.says, {unsure}',
        f'menu.greetings.evening: callers hear "press 0" twice, here and in the sentence about the operator, {unsure}',
    ]
    document["menu"]["keys"]["0"] = {"action": "operator"}
    document["menu"]["keys"]["3"]["says"] = "To leave a message, press 3."
    assert warned(document) == ["menu.keys.0: the menu does not say what this key does"]


def test_what_is_told_names_only_the_keys_that_there_are(deep):
    deep["information"]["pay"]["says"] += " To pay now, press 5."
    assert warned(deep) == ['information.pay.says: callers hear "press 5", and there is no such key']
    deep["information"]["pay"]["says"] = "You can pay at the desk. To talk to us, press 0."
    assert warned(deep) == []
