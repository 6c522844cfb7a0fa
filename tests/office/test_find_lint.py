"""Warnings about how people are looked for, and whom callers are led to, each with a document that causes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appliance.office.document import parse_office
from appliance.office.lint import lint

Document = dict[str, Any]
Change = Callable[[Document], object]

SALES = {"id": "sales", "name": "Sales", "extension": "200", "members": [{"person": "maria"}, {"person": "tom"}]}
REPAIRS = {"id": "repairs", "name": "Repairs", "extension": "201", "members": [{"person": "ruth"}]}
CELL = "4075550190"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def warned(document: Document) -> list[str]:
    problems = lint(parse_office(document))
    assert [problem for problem in problems if not problem.mend.endswith(".")] == []
    return [str(problem) for problem in problems]


def has(person: int, **fields: object) -> Change:
    return lambda document: document["people"][person].update(fields)


def forward(person: int, when: str, to: str) -> Change:
    return has(person, forwarding={"when": when, "to": to})


def departments(*all_of_them: Document) -> Change:
    return lambda document: document.update(departments=list(all_of_them))


def together(*changes: Change) -> Change:
    return lambda document: [change(document) for change in changes]


def reaching(trunks: int, *ways: str, **further: object) -> Change:
    """Maria is called on her cell phone, by an office with so many lines that have these ways."""

    def change(document: Document) -> None:
        document["trunks"] = [trunk | {"ways": list(ways)} for trunk in document["trunks"][:trunks]]
        document["reaching"] = further
        document["people"][1] |= {"cell": CELL, "forwarding": {"when": "no-answer"}}

    return change


def hours(**spans: list[str]) -> Change:
    return lambda document: document.update(hours={id: {"week": dict.fromkeys(DAYS, spans[id])} for id in spans})


def operators(*turns: Document) -> Change:
    return lambda document: document.update(operators=list(turns))


CASES: list[tuple[str, Change, list[str]]] = [
    ("two who forward on no answer", together(forward(1, "no-answer", "102"), forward(2, "no-answer", "101")), []),
    ("a circle of forwardings", together(
        forward(1, "always", "102"), forward(2, "always", "103"), forward(3, "always", "101")
    ), [
        "people[1].forwarding.to: all calls are forwarded in a circle, and ring nobody: "
        "from Maria Alvarez to Doctor Tom Becker to Ruth Olsen to Maria Alvarez"
    ]),
    ("a department that rings longer than anybody", departments(SALES | {"longest_seconds": 120}), [
        "departments[0].longest_seconds: Sales never rings so long: nobody is looked for longer than 90 s"
    ]),
    ("a circle by a department", together(
        forward(1, "always", "200"), departments(SALES | {"forwarding": {"when": "always", "to": "101"}})
    ), [
        "people[1].forwarding.to: all calls are forwarded in a circle, and ring nobody: "
        "from Maria Alvarez to Sales to Maria Alvarez"
    ]),
    ("a cell phone written with the outside prefix", has(1, cell="94075550190"), [
        "people[1].cell: begins with the 9 for an outside line, which is dialed besides"
    ]),
    ("a forwarding beside a list of steps", has(
        1, cell=CELL, forwarding={"when": "always"}, follow_me=[{"ring": "desk"}]
    ), [
        "people[1].forwarding: is never used: Maria Alvarez has a follow-me list, which says all that rings"
    ]),
    ("a list without a step for the desk", has(1, cell=CELL, follow_me=[{"ring": "cell"}]), []),
    ("forwarding of a telephone that is not there", has(0, forwarding={"when": "busy", "to": "101"}), [
        "people[0].forwarding.when: Riverside Dental has no telephone that could be busy, so no call is ever forwarded"
    ]),
    ("a step for a desk that is not there", has(0, follow_me=[{"ring": "desk"}, {"ring": "number", "number": "101"}]), [
        "people[0].follow_me[0].ring: Riverside Dental has no telephone, so this step rings nobody"
    ]),
    ("a premium number", forward(1, "always", "919005551234"), [
        "people[1].forwarding.to: is not called, and is passed over: "
        "19005551234 costs more than other numbers, and calls are not forwarded to such"
    ]),
    ("a cell phone that is the office's own number", has(1, cell="5550100"), [
        "people[1].cell: is not called, and is passed over: "
        "5550100 is a number of the office itself: the call would come back"
    ]),
    ("a department", departments(SALES, REPAIRS), []),
    ("a department of mailboxes", departments(SALES | {"members": [{"person": "office"}]}), [
        "departments[0].members: callers who want Sales reach nobody: nobody in it has a telephone"
    ]),
    ("a member without a telephone", departments(SALES | {"members": [{"person": "office"}, {"person": "tom"}]}), [
        "departments[0].members[0]: nothing ever rings for Riverside Dental here"
    ]),
    ("a member at a desk that is not there", together(
        has(0, forwarding={"when": "always", "to": "101"}),
        departments(SALES | {"members": [{"person": "office", "desk_only": True}, {"person": "tom"}]}),
    ), ["departments[0].members[0]: nothing ever rings for Riverside Dental here"]),
    ("a member abroad", departments(SALES | {"members": [{"number": "9011442079460000"}]}), [
        "departments[0].members[0].number: is not called, and is passed over: "
        "011442079460000 is a number abroad, and calls are not forwarded to such"
    ]),
    ("a department too short for its steps", departments(
        SALES | {"strategy": "in-turn", "step_seconds": 40, "longest_seconds": 30}
    ), [
        "departments[0].longest_seconds: 30 s are over before the last members of Sales are rung"
    ]),
    ("departments that ring one another", departments(
        SALES | {"members": [{"number": "201"}, {"person": "tom"}]}, REPAIRS | {"members": [{"number": "200"}]}
    ), ["departments[0].members: departments ring one another in a circle, each once: from Sales to Repairs to Sales"]),
    ("departments that lead to one another", departments(
        SALES | {"otherwise": {"action": "department", "department": "repairs"}},
        REPAIRS | {"otherwise": {"action": "department", "department": "sales"}},
    ), ["departments[0].otherwise: callers whom nobody answers are led in a circle: from Sales to Repairs to Sales"]),
    ("a department that leads on to another", departments(
        SALES | {"otherwise": {"action": "department", "department": "repairs"}}, REPAIRS
    ), []),
    ("a mailbox of a department without a PIN", departments(SALES | {"mailbox": True}), [
        "departments[0].pin: without a PIN nobody can hear the messages of Sales by telephone"
    ]),
    ("one line, and nobody is called outside", lambda document: document.update(trunks=document["trunks"][:1]), []),
    ("one line, and somebody is called outside", reaching(1, "two-lines"), [
        "reaching.ways: nobody outside is ever called for a caller: there is one line, and the caller is on it"
    ]),
    ("one line with three-way calls", reaching(1, "two-lines", "three-way", ways=["two-lines", "three-way"]), []),
    ("two lines", reaching(2, "two-lines"), []),
    ("two lines, of which one is kept free", reaching(2, "two-lines", keep_lines_free=1), [
        "reaching.keep_lines_free: nobody outside is ever called for a caller: of 2 lines one is the caller's"
    ]),
    ("three lines, of which one is kept free", reaching(3, "two-lines", keep_lines_free=1), []),
    ("a way that no line has", reaching(4, "two-lines", ways=["transfer", "two-lines"]), [
        "reaching.ways[0]: no line has the way transfer, so it is never tried"
    ]),
    ("operators at all hours", together(hours(main=["08:00-17:00"], noon=["12:00-13:00"]), operators(
        {"person": "maria", "hours": "noon"}, {"person": "tom"}
    )), []),
    ("operators in turn", together(hours(main=["08:00-17:00"], early=["07:00-12:30"], late=["12:00-18:00"]), operators(
        {"person": "maria", "hours": "late"}, {"person": "tom", "hours": "early"}
    )), []),
    ("nobody at noon", together(hours(main=["08:00-17:00"], early=["08:00-12:00"], late=["12:30-17:00"]), operators(
        {"person": "maria", "hours": "early"}, {"person": "tom", "hours": "late"}
    )), [
        "operators: nobody answers 0 on Monday at 12:00, while the office is open: callers who need help meet a mailbox"
    ]),
    ("an operator on a cell phone", together(
        lambda document: document["people"][1].pop("station"), has(1, cell=CELL, forwarding={"when": "always"})
    ), []),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_probably_not_meant_is_warned_of(document, change, told):
    change(document)
    assert sorted(warned(document)) == sorted(told)


TOM_OF_HARBOUR = {"action": "person", "person": "tom"}


def test_whoever_is_not_their_own_is_told_wherever_callers_of_a_company_are_led_there(two_companies):
    document = two_companies
    document["callers"] = {"ranked": TOM_OF_HARBOUR}
    document["announcement"] = {"says": "Snow.", "then": {"action": "mailbox", "person": "tom"}}
    document["hours"] = {"main": {"week": {day: ["08:00-17:00"] for day in DAYS}, "closed": TOM_OF_HARBOUR}}
    theirs = "callers of Bay Title LLC are led to Doctor Tom Becker, who does not work for them"
    assert warned(document) == [
        f"hours.main.closed.person: {theirs}",
        f"announcement.then.person: {theirs}",
        f"callers.ranked.person: {theirs}",
    ]


def test_a_department_or_a_menu_of_another_company_is_told_also_behind_a_department(two_companies):
    document = two_companies
    otherwise = {"action": "menu", "menu": "harbour"}
    sales = SALES | {"companies": ["harbour"], "members": [{"person": "maria"}], "otherwise": otherwise}
    document["departments"] = [sales]
    document["menus"]["title"]["keys"]["2"] = {"action": "department", "department": "sales", "says": "Sales: press 2."}
    not_theirs = "who does not work for them"
    assert warned(document) == [
        "departments[0].otherwise.menu: callers of Bay Title LLC are led to the menu of Harbour Law",
        f"menus.harbour.keys.1.person: callers of Bay Title LLC are led to Doctor Tom Becker, {not_theirs}",
        f"menus.title.keys.2.department: callers of Bay Title LLC are led to Sales, {not_theirs}",
    ]


def test_a_department_that_is_only_dialled_may_lead_to_another_company_and_that_is_told(two_companies):
    document = two_companies
    sales = SALES | {"companies": ["harbour"], "members": [{"person": "tom"}]}
    repairs = REPAIRS | {"companies": ["title"], "otherwise": {"action": "department", "department": "sales"}}
    document["departments"] = [sales, repairs]
    for menu in document["menus"].values():
        menu["extensions"] = True
    assert warned(document) == [
        "departments[1].otherwise.department: callers of Bay Title LLC are led to Sales, who does not work for them"
    ]


def test_a_menu_to_which_only_a_department_leads_is_heard(document):
    document["departments"] = [SALES | {"otherwise": {"action": "menu", "menu": "late"}}]
    document["menus"] = {
        "late": {"greeting": "Nobody is here.", "keys": {"1": {"action": "message", "says": "Press 1."}}}
    }
    document["menu"]["keys"]["4"] = {"action": "department", "department": "sales", "says": "For sales, press 4."}
    assert warned(document) == []
    del document["menu"]["keys"]["4"]
    assert warned(document) == [], "callers may dial the extension of the department"
    document["menu"]["extensions"] = document["menus"]["late"]["extensions"] = False
    assert warned(document) == ["menus.late: no caller ever hears this menu: nothing leads to it"]


def test_a_directory_of_nobody_is_told(two_companies):
    document = two_companies
    document["menus"]["title"]["keys"]["2"] = {"action": "directory", "says": "For a name, press 2."}
    assert warned(document) == []
    for person in document["people"]:
        person["directory"] = person.get("companies") == ["harbour"]
    assert warned(document) == [
        "menus.title.keys.2.action: callers of Bay Title LLC find nobody in the directory: "
        "nobody of Bay Title LLC is in it"
    ]


def test_a_department_of_nobody_helps_no_caller(document):
    document["departments"] = [SALES | {"members": [{"person": "office"}]}]
    document["menu"]["keys"] = {
        "0": {"action": "message", "says": "For a message, press 0."},
        "1": {"action": "department", "department": "sales", "says": "For sales, press 1."},
    }
    assert (
        warned(document)
        == [
            "departments[0].members: callers who want Sales reach nobody: nobody in it has a telephone",
            "menu.keys: callers who need a human find none: no key leads to anybody's telephone, and 0 does not either",
        ][::-1]
    )
