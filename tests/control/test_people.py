"""How people are reached, over the control socket: what is changed, what is told, and what is refused."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any
from unittest import mock

import pytest

from appliance.api.people import offer_people, people_status
from appliance.api.status import unit_status
from appliance.control import ControlError
from appliance.control.local import Handler
from appliance.control.params import NONE, Params, check
from appliance.store.switches import StoreFull, SwitchStore
from tests.calls.peopleoffice import CELL, forwarding_of, with_departments
from tests.calls.world import World, world

BOB = "4075550199"
AS_USUAL = {"here": True, "do_not_disturb": False, "until": None, "forwarding": "never", "to": "", "logged_out": []}
MARIA = {"person": "maria", "extension": "101", "name": "Maria Alvarez", **AS_USUAL}
FIVE_O_CLOCK = "2026-03-03T17:00:00-05:00"


class Asked:
    """Takes the methods, as the control server would, and is asked for them."""

    def __init__(self, here: World) -> None:
        self._methods: dict[str, tuple[Handler, Params]] = {}
        offer_people(self, here.appliance)

    def method(self, name: str, handler: Handler, declared: Params = NONE) -> None:
        self._methods[name] = handler, declared

    async def call(self, method: str, **params: Any) -> Any:
        handler, declared = self._methods[f"people.{method}"]
        return await handler(check(declared, params))


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    return world(with_departments)


async def test_everybody_is_listed_and_the_status_names_those_who_are_not_reached_as_usual(here: World) -> None:
    people = await Asked(here).call("list")
    assert [one["person"] for one in people] == ["office", "maria", "tom", "ruth"]
    assert people[1] == MARIA
    ruth = people[3]
    assert (ruth["forwarding"], ruth["to"]) == ("busy", "102"), "the document says so"
    assert unit_status(here.appliance)["people"] == [ruth]


async def test_do_not_disturb_is_switched_on_with_an_end_and_off(here: World) -> None:
    people = Asked(here)
    on = await people.call("do-not-disturb", person="101", on=True, until="17:00")
    assert on == MARIA | {"do_not_disturb": True, "until": FIVE_O_CLOCK}
    assert on in unit_status(here.appliance)["people"]
    assert await people.call("do-not-disturb", person="maria", on=False) == MARIA


async def test_calls_are_forwarded_to_a_number_or_the_cell_phone_and_no_more(here: World) -> None:
    people = Asked(here)
    to_bob = await people.call("forward", person="maria", when="always", to=f"9{BOB}")
    assert to_bob == MARIA | {"forwarding": "always", "to": f"9{BOB}"}
    to_cell = await people.call("forward", person="maria", when="with-desk")
    assert to_cell == MARIA | {"forwarding": "with-desk", "to": f"9{CELL}"}
    assert forwarding_of(here, "maria") == "with-desk"
    assert await people.call("forward", person="maria", when="never") == MARIA
    assert (await people.call("forward", person="ruth", when="never"))["forwarding"] == "never"


async def test_somebody_goes_and_comes_and_logs_out_of_a_department_and_in(here: World) -> None:
    people = Asked(here)
    assert await people.call("presence", person="maria", here=False) == MARIA | {"here": False}
    assert await people.call("presence", person="maria", here=True) == MARIA
    out = await people.call("member", person="maria", department="sales", logged_in=False)
    assert out == MARIA | {"logged_out": ["sales"]}
    assert await people.call("member", person="maria", department="201", logged_in=True) == MARIA


@pytest.mark.parametrize(
    ("method", "params", "told"),
    [
        ("presence", {"person": "mara", "here": True}, "no-such-person: .*'mara'; did you mean 'maria'"),
        ("presence", {"person": "999", "here": True}, "no-such-person: .*'999'$"),
        ("forward", {"person": "201", "when": "always", "to": "101"}, "no-such-person: '201' is a department"),
        ("forward", {"person": "tom", "when": "always", "to": BOB}, "not-forwardable: .*dialed after 9$"),
        ("member", {"person": "ruth", "department": "sales", "logged_in": False}, "not-a-member: Ruth Olsen .* Sales"),
        ("member", {"person": "tom", "department": "saels", "logged_in": False}, "no-such-department: .*'sales'"),
        ("forward", {"person": "tom", "when": "always"}, "not-forwardable: Doctor Tom Becker has no cell phone"),
        ("forward", {"person": "tom", "when": "always", "to": "102"}, "not-forwardable: .*forwarded from"),
        ("forward", {"person": "tom", "when": "always", "to": "9911"}, "not-forwardable: .*911"),
        ("forward", {"person": "tom", "when": "sometimes", "to": "101"}, "not-understood: .*'sometimes'.* no-answer"),
        ("forward", {"person": "tom", "when": "never", "to": "101"}, "not-understood: never forwards nothing"),
        ("do-not-disturb", {"person": "tom", "on": False, "until": "17:00"}, "not-understood: off has no end"),
        ("do-not-disturb", {"person": "tom", "on": True, "until": "noon"}, "not-understood: 'noon' is no time"),
    ],
    ids=str,
)
async def test_what_cannot_be_is_refused_in_words_and_changes_nothing(
    here: World, method: str, params: dict[str, Any], told: str
) -> None:
    before = people_status(here.appliance)
    code, _, words = told.partition(": ")
    with pytest.raises(ControlError, match=words) as caught:
        await Asked(here).call(method, **params)
    assert caught.value.code == code
    assert people_status(here.appliance) == before


async def test_a_full_disk_is_told(here: World) -> None:
    with (
        mock.patch.object(SwitchStore, "save", side_effect=StoreFull(28, "the disk is full")),
        pytest.raises(ControlError, match="the disk is full") as caught,
    ):
        await Asked(here).call("presence", person="maria", here=False)
    assert caught.value.code == "disk-full"


async def test_a_change_is_told_to_whoever_watches(here: World) -> None:
    told = []
    here.appliance.on_change = lambda: told.append([one["person"] for one in unit_status(here.appliance)["people"]])
    await Asked(here).call("presence", person="tom", here=False)
    assert told == [["tom", "ruth"]]
