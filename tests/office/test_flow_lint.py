"""Warnings about where callers are led, each with a document that causes it and one that does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appliance.office.document import parse_office
from appliance.office.lint import lint

Document = dict[str, Any]


def warned(document: Document) -> list[str]:
    problems = lint(parse_office(document))
    assert [problem for problem in problems if not problem.mend.endswith(".")] == []
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("office", ["deep", "two_companies"])
def test_menus_within_menus_and_two_companies_give_no_warning(office, request):
    assert warned(request.getfixturevalue(office)) == []


def leaves_only_ways_back(deep: Document) -> None:
    deep["menus"]["billing"]["keys"] = {
        "*": {"action": "back", "says": "To go back, press star."},
        "0": {"action": "hang-up", "says": "To end this call, press 0."},
    }
    del deep["information"]


def leads_nowhere_but_is_helped_by_0(deep: Document) -> None:
    leaves_only_ways_back(deep)
    del deep["menus"]["billing"]["keys"]["0"]


def goes_round(deep: Document) -> None:
    """Main and billing lead to each other, and 0 to a goodbye."""
    goodbye = {"action": "hang-up", "says": "To end this call, press 0."}
    deep["menu"]["keys"] = {"4": deep["menu"]["keys"]["4"], "0": goodbye}
    deep["menus"]["billing"]["keys"] = {"*": {"action": "back", "says": "To go back, press star."}, "0": goodbye}
    deep["menus"]["billing"]["keys"]["2"] = {"action": "information", "information": "pay", "says": "To pay, press 2."}


def goes_round_with_a_mailbox(deep: Document) -> None:
    goes_round(deep)
    deep["menus"]["billing"]["keys"]["1"] = {"action": "person", "person": "ruth", "says": "For Ruth, press 1."}


def only_takes_messages(deep: Document) -> None:
    deep["menu"]["keys"] = {
        "0": {"action": "message", "says": "To leave a message, press 0."},
        "4": {"action": "menu", "menu": "billing", "says": "For billing, press 4."},
    }
    deep["menus"]["billing"]["keys"] = {"0": {"action": "mailbox", "person": "ruth", "says": "For a message, press 0."}}
    del deep["information"]


def takes_messages_and_calls(deep: Document) -> None:
    only_takes_messages(deep)
    deep["menu"]["keys"]["1"] = {"action": "outside", "number": "5550199", "says": "For the clinic, press 1."}
    deep["menus"]["billing"]["keys"]["*"] = {"action": "back", "says": "To go back, press star."}


def hangs_up(deep: Document) -> None:
    deep["menus"]["billing"]["waits"] = {"action": "hang-up"}


def waits_in_a_circle(deep: Document) -> None:
    deep["menu"]["waits"] = {"action": "menu", "menu": "billing"}
    deep["menus"]["billing"]["waits"] = {"action": "menu", "menu": "main"}


def waits_in_a_row(deep: Document) -> None:
    deep["menu"]["waits"] = {"action": "menu", "menu": "billing"}


def is_led_to_by_nothing(deep: Document) -> None:
    del deep["menu"]["keys"]["4"]


def is_led_to_by_a_line(deep: Document) -> None:
    del deep["menu"]["keys"]["4"]
    deep["menus"]["billing"]["greeting"] = "Riverside Dental, billing."
    deep["trunks"][3]["menu"] = "billing"


def has_left(deep: Document) -> None:
    deep["people"][3] |= {"mailbox": False}
    del deep["people"][3]["station"], deep["people"][3]["pin"], deep["menu"]["keys"]["2"]
    del deep["menus"]["billing"]["waits"]


def takes_messages_still(deep: Document) -> None:
    del deep["people"][3]["station"], deep["menu"]["keys"]["2"]
    deep["menus"]["billing"]["keys"]["1"]["action"] = "mailbox"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            leaves_only_ways_back,
            [
                "menus.billing.keys: callers come to a dead end: every key only reads the menu again, goes back or "
                "ends the call"
            ],
        ),
        (leads_nowhere_but_is_helped_by_0, []),
        (
            goes_round,
            [
                "menu.keys: callers go round in circles: the keys of main and billing lead from one to another and "
                "nowhere else"
            ],
        ),
        (goes_round_with_a_mailbox, []),
        (
            only_takes_messages,
            [
                f"{path}.keys: callers who need a human find none: no key leads to anybody's telephone, and 0 does "
                "not either"
                for path in ("menu", "menus.billing")
            ],
        ),
        (takes_messages_and_calls, []),
        (
            hangs_up,
            ["menus.billing.waits: callers who press nothing, as those without a keypad do, are hung up on"],
        ),
        (
            waits_in_a_circle,
            [
                "menu.waits: callers who press nothing wait in main and billing in turn before the operator is called",
            ],
        ),
        (waits_in_a_row, []),
        (
            is_led_to_by_nothing,
            [
                "menus.billing: no caller ever hears this menu: nothing leads to it",
                "information.pay: no caller ever hears this: nothing leads to it",
            ],
        ),
        (is_led_to_by_a_line, []),
        (
            has_left,
            [
                "people[3]: Ruth Olsen has neither a station nor a mailbox: calls for them reach nobody",
                "menus.billing.keys.1.person: callers who want Ruth Olsen reach neither a telephone nor a mailbox",
            ],
        ),
        (takes_messages_still, []),
    ],
)
def test_a_menu_is_warned_of(deep: Document, change: Callable[[Document], None], told: list[str]):
    change(deep)
    assert warned(deep) == told


def test_a_person_who_does_not_work_for_the_company_that_was_called_is_warned_of(two_companies):
    two_companies["menus"]["harbour"]["keys"]["2"] = {
        "action": "mailbox",
        "person": "ruth",
        "says": "For Ruth, press 2.",
    }
    assert warned(two_companies) == [
        "menus.harbour.keys.2.person: callers of Harbour Law are led to Ruth Olsen, who does not work for them"
    ]
    two_companies["people"][3]["companies"].append("harbour")
    assert warned(two_companies) == []


def test_a_company_nobody_can_call_is_warned_of(two_companies):
    two_companies["companies"].append({"id": "boats", "name": "Bay Boats"})
    assert warned(two_companies) == ["companies[2]: nobody can call Bay Boats: no line and no number leads to it"]
    two_companies["trunks"][3]["company"] = "boats"
    two_companies["trunks"][3]["menu"] = "boats"
    two_companies["menus"]["boats"] = {
        "greeting": "Bay Boats.",
        "keys": {"1": {"action": "operator", "says": "To talk to us, press 1."}},
    }
    assert warned(two_companies) == []


def test_the_operator_of_a_company_is_somebody_who_answers_its_callers(two_companies):
    two_companies["companies"][0]["operator"] = "office"
    two_companies["companies"][1]["operator"] = "tom"
    assert warned(two_companies) == [
        "companies[0].operator: Riverside Dental has no station: callers who need help meet a mailbox",
        "companies[1].operator: callers of Bay Title LLC who need help reach Doctor Tom Becker, who does not work "
        "for them",
    ]
    two_companies["companies"][0]["operator"] = "tom"
    two_companies["companies"][1]["operator"] = "ruth"
    assert warned(two_companies) == []


def test_a_greeting_without_the_name_of_whom_one_has_called_is_warned_of(two_companies):
    two_companies["menus"]["harbour"]["greeting"] = "Good day."
    two_companies["menu"]["greetings"]["evening"] = "Good evening, Riverside."
    assert warned(two_companies) == [
        "menu.greetings.evening: callers of Riverside Dental do not hear whom they have called",
        "menus.harbour.greeting: callers of Harbour Law do not hear whom they have called",
    ]


def test_two_companies_with_one_greeting_are_warned_of(two_companies):
    two_companies["companies"][1]["menu"] = "harbour"
    del two_companies["menus"]["title"], two_companies["people"][2]["companies"]
    (problem,) = lint(parse_office(two_companies))
    assert str(problem) == "menus.harbour.greeting: callers of Bay Title LLC do not hear whom they have called"
    assert problem.mend == "Give each company a menu of its own."
