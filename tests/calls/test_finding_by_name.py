"""The directory: spelling, choosing, going back and giving up; whose names are offered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from appliance.office.companies import Company
from appliance.office.destination import MAIN_MENU, MenuBefore, ToDirectory, ToMenu
from appliance.office.model import Key, Menu, Office, Person
from tests.calls.around import lines_off_hook
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import MAIN, World, world

NINE = [f"{first} Smith" for first in ("Al", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida")]

SPELL = "directory-spell"
CHOICE = "directory-choice"
ENDING = ["directory-another", "for-operator"]


def listing(*names: str, **facts: object) -> Callable[[Office], Office]:
    """The example office with a key 4 for the directory, and with these people besides, who have mailboxes only."""

    def change(office: Office) -> Office:
        more = [Person(f"p{n}", name, f"{200 + n}") for n, name in enumerate(names, start=1)]
        people = (*office.people, *(replace(person, **facts) for person in more))
        keys = office.menu.keys | {"4": Key(ToDirectory(), "To find somebody by name, press 4.")}
        return replace(office, people=people, menu=replace(office.menu, keys=keys))

    return change


async def presses(telephone: Phone, *keys: str, pause: float = 2.0) -> None:
    for key in keys:
        await telephone.presses(key)
        await asyncio.sleep(pause)


async def steps(here: World) -> list[str]:
    """What happened in the call that has ended last, or ends soon."""
    await until(lambda: here.outcomes() and not here.appliance.switchboard.ongoing)
    (record,) = here.appliance.calls.recent(1)
    return [step.what for step in record.steps if not step.what.startswith(("rings ", "the telephone of "))]


def since_spelling(caller: Phone) -> list[str]:
    """Everything said to a caller since they came to the directory."""
    return caller.heard[caller.heard.index(SPELL) :]


async def test_somebody_is_found_by_three_letters_and_rung_by_the_key_offered():
    async with world(listing()) as here:
        caller = await here.greeted()
        await presses(caller, "4")
        await presses(caller, "258", pause=8.0)
        assert since_spelling(caller) == [SPELL, CHOICE, *ENDING]
        await presses(caller, "1")
        await here.phone("fxs-1").rings()
        caller.hangs_up()
        assert await steps(here) == ["to the menu", "to the directory", "to maria"]


async def test_a_unique_name_is_read_at_once():
    async with world(listing()) as here:
        caller = await here.greeted()
        await presses(caller, "4")
        await caller.presses("258")
        await asyncio.sleep(0.3)
        assert since_spelling(caller) == [SPELL, CHOICE]


async def test_all_keys_may_be_pressed_ahead():
    async with world(listing()) as here:
        caller = await here.greeted()
        await caller.presses("42581")
        await here.phone("fxs-1").rings()


@pytest.mark.parametrize("keys", ["2582739", "258273962742", "2582739#", "258#", "25#", "2582731"])
async def test_whoever_spells_on_or_ends_by_pound_is_offered_the_same_and_chooses_nothing_by_it(keys):
    async with world(listing("Bo Quist")) as here:
        caller = await here.greeted()
        await presses(caller, "4")
        await presses(caller, keys, pause=8.0)
        assert since_spelling(caller)[-3:] == [CHOICE, *ENDING]
        assert "not-valid" not in caller.heard
        await caller.presses("1")
        await here.phone("fxs-1").rings()


async def test_old_keypads_have_q_on_1():
    async with world(listing("Bo Quist", station="surgery")) as here:
        caller = await here.greeted()
        await presses(caller, "4")
        await presses(caller, "184", pause=8.0)
        await caller.presses("1")
        await here.phone("fxs-2").rings()


async def test_letters_spelled_while_the_first_name_is_read_leave_fewer_people():
    async with world(listing("Ann Smith", "Carl Smith", "Bob Smithers")) as here:
        caller = await here.greeted()
        await presses(caller, "4", "764", pause=1.0)
        await presses(caller, "842", pause=12.0)  # Behind SMI: TH, and the A of Ann, which is no second choice.
        assert since_spelling(caller)[-4:] == [CHOICE, CHOICE, *ENDING]
        await presses(caller, "1", pause=0.5)
        caller.hangs_up()
        assert (await steps(here))[-1] == "to p1"


async def test_a_key_is_a_choice_as_soon_as_it_is_offered():
    async with world(listing("Ann Smith", "Anton Smith", "Carl Smith")) as here:
        caller = await here.greeted()
        await presses(caller, "4", "764", pause=1.0)
        await until(lambda: caller.heard.count(CHOICE) == 2, within=6.0)
        await caller.presses("2")  # Not the A of Ann, which is on 2 as well.
        await asyncio.sleep(3)
        caller.hangs_up()
        assert "to p2" in await steps(here)


@pytest.mark.parametrize("keys", ["7642", "764#2", "7649"])
async def test_what_was_not_offered_yet_is_no_choice(keys):
    async with world(listing("Bob Smith", "Dan Smith")) as here:
        caller = await here.greeted()
        await presses(caller, "4")
        await presses(caller, keys, pause=5.0)
        assert since_spelling(caller) == [SPELL, CHOICE, "directory-nobody", CHOICE]
        caller.hangs_up()
        assert await steps(here) == ["to the menu", "to the directory"]


async def test_eight_people_of_one_name_are_read_at_once():
    async with world(listing(*["John Smith"] * 8)) as here:
        caller = await here.greeted()
        await presses(caller, "4", "764", pause=1.0)
        await asyncio.sleep(48)
        assert since_spelling(caller)[:12] == [SPELL, *[CHOICE] * 8, *ENDING, "did-not-hear"]
        await caller.presses("8")
        await asyncio.sleep(3)
        caller.hangs_up()
        assert "to p8" in await steps(here)


async def test_nine_people_of_one_name_are_read_in_two_parts_once_nothing_can_be_spelled_further():
    async with world(listing(*["John Smith"] * 9)) as here:
        caller = await here.greeted()
        await presses(caller, "4", "764", pause=4.0)
        assert since_spelling(caller) == [SPELL, "directory-several"]
        await presses(caller, "845646", pause=36.0)
        assert since_spelling(caller)[2:] == [*[CHOICE] * 8, "directory-more", *ENDING]
        await presses(caller, "9", pause=8.0)
        assert since_spelling(caller)[13:] == [CHOICE, *ENDING]
        await caller.presses("1")
        await asyncio.sleep(3)
        caller.hangs_up()
        assert "to p9" in await steps(here)


async def test_a_caller_who_cannot_spell_further_hears_the_first_eight():
    async with world(listing(*NINE)) as here:
        caller = await here.greeted()
        await presses(caller, "4", "764#", pause=1.0)
        await asyncio.sleep(45)
        assert since_spelling(caller)[:13] == [SPELL, "directory-several", *[CHOICE] * 8, "directory-more", *ENDING]


async def test_letters_that_come_quickly_are_asked_for_no_further():
    async with world(listing(*NINE)) as here:
        caller = await here.greeted()
        await presses(caller, "4")
        await presses(caller, "764844", pause=18.0)
        assert since_spelling(caller) == [SPELL, CHOICE, CHOICE, CHOICE, *ENDING]


async def test_three_names_that_nobody_has_lead_to_the_operator():
    async with world(listing()) as here:
        caller = await here.greeted()
        await presses(caller, "4", "999", "9998877", "999", pause=4.0)
        await here.phone("fxs-1").rings()
        nobody = ["directory-nobody", SPELL]
        assert since_spelling(caller) == [SPELL, *nobody, *nobody, "connecting-operator"]
        caller.hangs_up()
        assert await steps(here) == ["to the menu", "to the directory", "to the operator"]


@pytest.mark.parametrize("names", [[], NINE])
async def test_three_silences_lead_to_the_operator(names):
    async with world(listing(*names)) as here:
        caller = await here.greeted()
        await presses(caller, "4")
        await here.phone("fxs-1").rings(within=60)
        silent = ["did-not-hear", SPELL]
        assert since_spelling(caller) == [SPELL, *silent, *silent, "connecting-operator"]


async def test_three_tries_without_a_choice_lead_to_the_operator():
    async with world(listing()) as here:
        caller = await here.greeted()
        await presses(caller, "4", "258", pause=1.0)
        await asyncio.sleep(8)
        await caller.presses("5")
        await here.phone("fxs-1").rings(within=60)
        choices = [CHOICE, *ENDING]
        assert since_spelling(caller) == [
            *[SPELL, *choices, "not-valid"],
            *[*choices, "did-not-hear"],
            *[*choices, "connecting-operator"],
        ]


@pytest.mark.parametrize(("before", "pause"), [((), 1.0), (("258",), 1.0), (("764",), 4.0)])
async def test_0_calls_the_operator_at_each_question(before, pause):
    async with world(listing(*NINE)) as here:
        caller = await here.greeted()
        await presses(caller, "4", *before, pause=pause)
        await caller.presses("0")
        await here.phone("fxs-1").rings(within=4)
        caller.hangs_up()
        assert (await steps(here))[-1] == "to the operator"


async def test_nobody_spells_names_without_end():
    async with world(listing()) as here:
        caller = await here.greeted()
        await presses(caller, "4", *["25*"] * 19)
        assert caller.heard[-1] == SPELL
        await presses(caller, "25*")
        assert caller.heard[-1] == "connecting-operator"


async def test_star_leads_from_the_names_to_the_letters_and_from_there_back_to_the_menu():
    def in_a_second_menu(office: Office) -> Office:
        keys = {"1": Key(ToDirectory(), "By name, press 1."), "2": Key(MenuBefore(), "To go back, press 2.")}
        keys_of_first = office.menu.keys | {"4": Key(ToMenu("names"), "For our people, press 4.")}
        menus = {"names": Menu(keys=keys, greeting="Our people.", extensions=False)}
        return replace(office, menus=menus, menu=replace(office.menu, keys=keys_of_first))

    async with world(in_a_second_menu) as here:
        caller = await here.greeted()
        await presses(caller, "4", "1")
        await presses(caller, "258", pause=8.0)
        await presses(caller, "*", "25*", "*", pause=4.0)
        assert since_spelling(caller) == [SPELL, CHOICE, *ENDING, SPELL, SPELL, "for-operator"]
        await presses(caller, "2")
        assert since_spelling(caller)[-2:] == ["dial-extension-any-time", "for-operator"]
        caller.hangs_up()
        assert await steps(here) == ["to the menu", "to the menu names", "to the directory"]


async def test_whoever_comes_from_no_menu_can_leave_a_message_and_does_not_come_into_the_menu_of_the_day():
    async with world(listing()) as here:
        here.appliance.switchboard.route = through_the_directory(here)
        caller = here.caller()
        await caller.dials(MAIN)
        await until(lambda: SPELL in caller.heard, within=15)
        await presses(caller, "*", pause=8.0)
        assert caller.heard[:2] == [SPELL, "greeting-default-general"]
        caller.hangs_up()
        assert await steps(here) == ["to the menu", "to the menu before"]


def through_the_directory(here: World) -> Callable[..., object]:
    """What follows destinations, only that the first one is the directory, as a schedule might have it."""
    follow = here.appliance.switchboard.route

    async def route(call, destination):
        return await follow(call, ToDirectory() if destination == ToMenu(MAIN_MENU) else destination)

    return route


async def test_a_directory_of_nobody_is_the_operator():
    def nobody_listed(office: Office) -> Office:
        office = listing()(office)
        return replace(office, people=tuple(replace(person, directory=False) for person in office.people))

    async with world(nobody_listed) as here:
        caller = await here.greeted()
        await caller.presses("4")
        await here.phone("fxs-1").rings()
        assert caller.heard[-1] == "connecting-operator"
        assert SPELL not in caller.heard


async def test_nobody_is_offered_who_opted_out_or_can_not_be_reached():
    def of_smiths(office: Office) -> Office:
        office = listing("Ann Smith", "Bob Smith", "Cy Smith")(office)
        facts = {"p1": {"directory": False}, "p2": {"mailbox": False}}
        return replace(office, people=tuple(replace(one, **facts.get(one.id, {})) for one in office.people))

    async with world(of_smiths) as here:
        caller = await here.greeted()
        await presses(caller, "4", "764", pause=1.0)
        await presses(caller, "", "1", pause=8.0)
        assert since_spelling(caller)[: 2 + len(ENDING)] == [SPELL, CHOICE, *ENDING]
        caller.hangs_up()
        assert "to p3" in await steps(here)


async def test_each_company_has_its_own_directory():
    def two_companies(office: Office) -> Office:
        office = listing("Ann Smith", "Bob Smith")(office)
        companies = (Company("law", "Law", frozenset({"5550100"})), Company("title", "Title", frozenset({"5550101"})))
        of = {"p1": frozenset({"law"}), "p2": frozenset({"title"})}
        people = tuple(replace(one, companies=of.get(one.id, frozenset())) for one in office.people)
        return replace(office, people=people, companies=companies)

    async with world(two_companies) as here:
        for number, person in (("5550100", "p1"), ("5550101", "p2")):
            caller = here.caller()
            await caller.dials(number)
            await asyncio.sleep(6)
            await presses(caller, "4", "764", pause=1.0)
            await asyncio.sleep(8)
            assert caller.heard[-4:] == [SPELL, CHOICE, *ENDING]
            await presses(caller, "1")
            caller.hangs_up()
            assert f"to {person}" in await steps(here)


async def test_people_of_a_newly_loaded_office_are_there_for_the_next_call():
    async with world(listing("Ann Smith")) as here:
        during = await here.greeted()
        others = [person for person in here.appliance.office.people if person.id != "p1"]
        loaded = replace(here.appliance.office, people=(*others, Person("new", "Eve Stone", "301")))
        await here.appliance.prepare(loaded)
        await here.appliance.use(loaded)
        await presses(during, "4", "764", pause=8.0)
        assert during.heard[-3:] == [CHOICE, *ENDING]
        during.hangs_up()
        await asyncio.sleep(3)
        after = await here.greeted()
        await presses(after, "4", "764", pause=3.0)
        assert after.heard[-2:] == ["directory-nobody", SPELL]
        await presses(after, "786", pause=8.0)
        await presses(after, "1")
        after.hangs_up()
        assert "to new" in await steps(here)
        assert here.appliance.faults == []


@pytest.mark.parametrize(
    ("keys", "waited"),
    [
        ((), 1.0),  # The question is heard,
        ((), 14.0),  # has been heard,
        (("2",), 1.0),  # further letters are waited for,
        (("99",), 3.5),  # there is nobody,
        (("764",), 4.0),  # more letters are asked for,
        (("764", "842"), 1.0),  # a name is read,
        (("764", "842"), 17.0),  # and all are.
    ],
)
async def test_a_caller_may_hang_up_at_any_time_and_no_line_stays_seized(keys, waited):
    async with world(listing(*NINE)) as here:
        caller = await here.greeted()
        await presses(caller, "4", *keys[:-1], pause=4.0 if len(keys) > 1 else 0.3)
        await presses(caller, *keys[-1:], pause=0)
        await asyncio.sleep(waited)
        assert lines_off_hook(here) == ["fxo-1"]
        caller.hangs_up()
        await until(lambda: lines_off_hook(here) == [], within=4)
        await until(lambda: here.outcomes() == [("main", "abandoned", "loop-break")])
        assert here.appliance.faults == []
