"""Mistakes in where calls are forwarded to, in departments and operators: each is told with its place and reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appliance.office.document import parse_office
from appliance.office.problem import OfficeErrors

Document = dict[str, Any]

SALES = {"id": "sales", "name": "Sales", "extension": "200", "members": [{"person": "maria"}, {"person": "tom"}]}


def said(document: Document) -> list[str]:
    try:
        parse_office(document)
    except OfficeErrors as errors:
        return [str(problem) for problem in errors.problems]
    return []


def forwards(to: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        document["people"][1]["forwarding"] = {"when": "always", "to": to}

    return change


def steps(*numbers: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        document["people"][1]["follow_me"] = [{"ring": "number", "number": number} for number in numbers]

    return change


def has(person: int, **fields: object) -> Callable[[Document], None]:
    return lambda document: document["people"][person].update(fields)


def departments(*changed: Document) -> Callable[[Document], None]:
    return lambda document: document.update(departments=[SALES | one for one in changed])


def members(*members: Document) -> Callable[[Document], None]:
    return departments({"members": list(members)})


EMERGENCY = "calls an emergency number: no call may be forwarded there"

MISTAKES: list[tuple[Callable[[Document], None], list[str]]] = [
    (forwards("911"), [f"people[1].forwarding.to: 911 {EMERGENCY}"]),
    (forwards("9911"), [f"people[1].forwarding.to: 9911 {EMERGENCY}"]),
    (forwards("101"), ["people[1].forwarding.to: 101 is the extension of maria, whose calls these are"]),
    (forwards("109"), [
        "people[1].forwarding.to: leads nowhere: there is no extension 109 in this office (did you mean '103'?)"
    ]),
    (forwards("8500"), ["people[1].forwarding.to: leads nowhere: there is no extension 8500 in this office"]),
    (forwards("5551234"), [
        "people[1].forwarding.to: leads nowhere: numbers outside are dialed after 9 (did you mean '95551234'?)"
    ]),
    (forwards("5"), [
        "people[1].forwarding.to: must be 2 to 24 digits, as they are dialed on a telephone of the office",
        "people[1].forwarding.to: leads nowhere: there is no extension 5 in this office",
    ]),
    (has(1, forwarding={"when": "busy"}), [
        "people[1].forwarding.to: is missing: this person has no cell phone that calls could go to"
    ]),
    (steps("102", "9112"), []),
    (steps("102", "911", "101"), [
        f"people[1].follow_me[1].number: 911 {EMERGENCY}",
        "people[1].follow_me[2].number: 101 is the extension of maria, whose calls these are",
    ]),
    (has(1, follow_me=[{"ring": "cell"}]), ["people[1].follow_me[0].ring: this person has no cell phone"]),
    (has(1, follow_me=[{"ring": "number"}]), ["people[1].follow_me[0].number: is missing: which number is to ring"]),
    (has(1, cell="911"), ["people[1].cell: 911 is an emergency number"]),
    (has(1, cell="11"), ["people[1].cell: behind the 9 for an outside line it is an emergency number"]),
    (has(1, assistant="maria"), ["people[1].assistant: names the person whose assistant it is to be"]),
    (has(1, assistant="tim"), [
        "people[1].assistant: there is nobody with the id tim among the people (did you mean 'tom'?)"
    ]),
    (departments({}), []),
    (departments({"id": "tom"}), ["departments[0].id: the id tom is already given at people[2].id"]),
    (departments({}, {"extension": "201"}), ["departments[1].id: the id sales is already given at departments[0].id"]),
    (departments({"extension": "102"}), [
        "departments[0].extension: the extension 102 is already given at people[2].extension"
    ]),
    (departments({}, {"id": "repairs"}), [
        "departments[1].extension: the extension 200 is already given at departments[0].extension"
    ]),
    (departments({"extension": "1021"}), ["departments[0].extension: 1021 begins with 102 at people[2].extension"]),
    (departments({"extension": "20"}, {"id": "repairs"}), [
        "departments[1].extension: 200 begins with 20 at departments[0].extension"
    ]),
    (departments({"extension": "91"}), ["departments[0].extension: 91 begins with 9, the number for an outside line"]),
    (departments({"members": []}), ["departments[0].members: must not be empty"]),
    (members({"number": "911"}), [f"departments[0].members[0].number: 911 {EMERGENCY}"]),
    (members({"number": "200"}), [
        "departments[0].members[0].number: 200 is the extension of sales, whose calls these are"
    ]),
    (members({"person": "tim"}), [
        "departments[0].members[0].person: there is nobody with the id tim among the people (did you mean 'tom'?)"
    ]),
    (members({}), ["departments[0].members[0]: names neither person nor number"]),
    (members({"person": "tom", "number": "101"}), ["departments[0].members[0]: names one person or one number"]),
    (members({"number": "95551234", "desk_only": True}), [
        "departments[0].members[0].desk_only: a number has no desk telephone; leave this out"
    ]),
    (members({"person": "tom", "hours": "day"}), [
        "departments[0].members[0].hours: there are no hours with the id day"
    ]),
    (departments({"otherwise": {"action": "department", "department": "sale"}}), [
        "departments[0].otherwise.department: there is no department with the id sale (did you mean 'sales'?)"
    ]),
    (lambda document: document.update(operators=[{"person": "marai"}]), [
        "operators[0].person: there is nobody with the id marai among the people (did you mean 'maria'?)"
    ]),
    (lambda document: document.update(operators=[{"person": "maria", "hours": "dya"}]), [
        "operators[0].hours: there are no hours with the id dya"
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), MISTAKES, ids=[" ".join(told) or "right" for _, told in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_reason(document, change, told):
    change(document)
    assert said(document) == told


def test_calls_may_be_forwarded_to_the_extension_of_another_office(document):
    document["sip"] = {
        "servers": [
            {"name": "yard", "address": "192.168.1.5", "reaches": ["6xx"], "lines": [{"port": "y", "user": "1"}]}
        ]
    }
    document["trunks"].append({"name": "yard", "port": "y"})
    forwards("612")(document)
    assert said(document) == []
    forwards("61")(document)
    assert said(document) == ["people[1].forwarding.to: leads nowhere: there is no extension 61 in this office"]
