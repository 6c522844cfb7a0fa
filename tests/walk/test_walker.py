"""One caller walks on a whole unit, by audio, in virtual time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from appliance.calls.call import Call, Route
from appliance.calls.outcome import Outcome
from appliance.clock import run_virtual
from appliance.flows.route import go
from appliance.office.destination import Destination, EndCall, ToDepartment, ToMenu, ToPerson
from appliance.officewords import office_languages
from appliance.walk.ground import Ground, ground
from appliance.walk.judging import Judge
from appliance.walk.path import WalkPath, paths
from appliance.walk.walker import Walked, Walker
from tests import offices

MORNING = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)
"""A quarter past nine in New York."""

Change = Callable[[Any], Any]


def as_it_is(thing: Any) -> Any:
    return thing


@pytest.fixture
def walks(prepared, tmp_path):
    """Walk the path with these keys; what came of it, where it led in words, and what is wrong with it."""

    def walk(
        document: dict[str, Any],
        keys: str,
        spoil: Callable[[Ground], object] = as_it_is,
        path: Change = as_it_is,
        line: str = "main",
    ) -> tuple[Walked, str, str]:
        office, prompts = prepared(document)

        async def walking() -> tuple[Walked, str, str]:
            async with ground(office, prompts, MORNING, tmp_path) as here:
                spoil(here)
                wanted: WalkPath = next(
                    one for one in paths(here.flow) if (one.entrance.name, one.keys) == (line, keys)
                )
                walked = await Walker(here).walk(path(wanted))
                judge = Judge(here.flow, office_languages(office), office.local(MORNING))
                return walked, judge.reached(walked), str(judge.finding(walked) or "")

        return run_virtual(walking)

    return walk


@pytest.mark.parametrize(
    ("keys", "reached", "heard"),
    [
        ("1", "Maria Alvarez: front desk rings", "One moment, please."),
        ("3", "the mailbox of Riverside Dental", "You have reached our general mailbox."),
        ("0", "Maria Alvarez: front desk rings", "I'm connecting you to the operator."),
        ("9", "the menu", "I'm sorry, that is not a valid choice."),
        ("101", "Maria Alvarez: front desk rings", "One moment, please."),
        ("4", "the menu billing", "Billing."),
        ("4 1", "Ruth Olsen: billing rings", "One moment, please."),
        ("4 2", "hears pay", "You can pay by card"),
        ("4 *", "the menu", "If you know your party's extension"),
        ("4 102", "Doctor Tom Becker: surgery rings", "One moment, please."),
        ("4 9", "the menu billing", "I'm sorry, that is not a valid choice."),
    ],
)
def test_a_path_tells_what_it_reached_and_what_was_heard(walks, keys, reached, heard):
    walked, led, wrong = walks(offices.with_a_menu_behind(), keys)
    assert (led, wrong) == (reached, "")
    assert walked.heard[0].text.startswith(heard)


def test_a_caller_who_waits_hears_the_whole_menu_and_comes_where_it_leads(walks):
    walked, reached, wrong = walks(offices.with_a_menu_behind(), "4 …")
    assert (reached, wrong) == ("the mailbox of Ruth Olsen", "")
    assert [one.text for one in walked.read][:5] == [
        "Billing.",
        "For a question about a bill, press 1.",
        "For ways to pay, press 2.",
        "To go back, press star.",
        "For the operator, press 0.",
    ]
    assert " ".join(one.text for one in walked.heard).startswith("You have reached the mailbox of Ruth Olsen.")
    assert walked.seconds > 3 * 12


def test_no_message_is_left_behind(walks):
    seen: list[Ground] = []
    walked, _, _ = walks(offices.example(), "3", seen.append)
    assert (walked.outcome, seen[0].unit.messages.list("office")) == ("abandoned", [])


def test_a_number_outside_rings(walks):
    document = offices.example()
    document["menu"]["keys"]["4"] = {"action": "outside", "number": "5550199", "says": "For the clinic, press 4."}
    _, reached, wrong = walks(document, "4")
    assert (reached, wrong) == ("5550199 rings", "")


def test_a_company_that_has_only_a_number_is_walked_on_a_line_of_its_own(walks):
    document = offices.of_two_companies()
    document["companies"][0]["numbers"] = ["5550190"]
    _, reached, wrong = walks(document, "1", line="Harbour Law")
    assert (reached, wrong) == ("Doctor Tom Becker: surgery rings", "")


async def says_goodbye(call: Call, destination: Destination) -> Outcome:
    """In this unit every key of a menu leads to a goodbye."""
    return await go(call, destination if isinstance(destination, ToMenu) else EndCall())


async def fails(call: Call, destination: Destination) -> Outcome:
    if isinstance(destination, ToMenu):
        return await go(call, destination)
    raise ZeroDivisionError


def spoiled(route: Route) -> Callable[[Ground], object]:
    return lambda here: setattr(here.unit.switchboard, "route", route)


def does_not_answer(here: Ground) -> None:
    for trunk in here.unit.lines.trunks:
        trunk.on_ring = lambda _trunk: None


@pytest.mark.parametrize(
    ("spoil", "path", "found"),
    [
        (as_it_is, lambda path: replace(path, target=ToPerson("tom")), "do not make surgery ring; they reach Maria"),
        (as_it_is, lambda path: replace(path, target=ToMenu("billing")), "do not come to the menu billing; they reach"),
        (spoiled(says_goodbye), as_it_is, "do not make front desk ring"),
        (spoiled(fails), as_it_is, "meet a fault of the unit: ZeroDivisionError"),
        (does_not_answer, as_it_is, "are not answered"),
    ],
)
def test_a_path_that_leads_elsewhere_is_a_finding(walks, spoil, path, found):
    _, _, wrong = walks(offices.with_a_menu_behind(), "1", spoil, path)
    assert wrong.startswith(f"menu.keys.1: callers who press 1 on main {found}")


def test_a_wrong_key_that_does_something_is_a_finding(walks):
    _, _, wrong = walks(offices.example(), "9", path=lambda path: replace(path, pressed="1"))
    assert "callers who press 1, the last a wrong key, on main do not hear that it is one" in wrong


def test_a_caller_who_waits_and_comes_elsewhere_is_a_finding(walks):
    document = offices.example()
    document["menu"] |= {"silent_tries": 1, "first_digit_seconds": 0.5}
    _, _, wrong = walks(document, "…", spoiled(fails))
    assert "callers who press nothing on main meet a fault of the unit" in wrong


def test_all_telephones_of_a_department_ring_and_then_what_it_says_is_reached(walks):
    walked, led, wrong = walks(offices.with_a_department(), "4")
    assert (led, wrong) == ("Maria Alvarez: front desk rings and Doctor Tom Becker: surgery rings", "")
    walked, led, wrong = walks(offices.with_a_department(), "4 …")
    assert (walked.rang, led, wrong) == ((), "the menu late", "")
    assert 10 <= walked.seconds < 40
    walked, led, wrong = walks(offices.with_a_department(), "4 … 1")
    assert (led, wrong) == ("the mailbox of Ruth Olsen", "")


def test_a_department_whose_members_take_turns_makes_one_of_them_ring(walks):
    document = offices.with_a_department()
    document["departments"][0]["strategy"] = "round-robin"
    _, led, wrong = walks(document, "4")
    assert (led, wrong) == ("Maria Alvarez: front desk rings", "")


def test_a_telephone_of_a_department_that_does_not_ring_is_a_finding(walks):
    document = offices.with_a_department()
    elsewhere = replace_target(ToDepartment("care"))
    _, _, wrong = walks(document, "1", path=elsewhere)
    assert wrong.startswith(
        "menu.keys.1: callers who press 1 on main do not make surgery ring; they reach Maria Alvarez: front desk rings"
    )


def replace_target(target: Destination) -> Change:
    return lambda path: replace(path, target=target)


def test_a_cell_phone_that_calls_are_forwarded_to_is_called_on_another_line(walks):
    document = offices.example()
    document["people"][1] |= {"cell": "4075550190", "forwarding": {"when": "always"}}
    _, led, wrong = walks(document, "1")
    assert (led, wrong) == ("4075550190 rings", "")
