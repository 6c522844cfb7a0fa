"""Forwarding by code: which numbers, which calls, and how it ends."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from unittest import mock

import pytest

from appliance.office.availability import forwarding_switch
from appliance.store.switches import StoreFull, SwitchStore
from tests.calls.peopleoffice import CELL, forwarding_of, with_departments
from tests.calls.phone import Phone
from tests.calls.test_do_not_disturb import dial_tone, dials_from_outside
from tests.calls.world import World, world

BOB = "4075550199"


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    """The office in which Maria has a cell phone, and Tom has none."""
    return world(with_departments)


async def forwards(telephone: Phone, number: str, which: str) -> None:
    await telephone.presses(number, at="enter-forward-number")
    await telephone.presses(which, at="forward-menu")
    await telephone.hears("forwarded-to", "goodbye")
    telephone.hangs_up()


@pytest.mark.parametrize(
    ("key", "when"), [("1", "always"), ("2", "no-answer"), ("3", "busy"), ("4", "with-desk")], ids=str
)
async def test_the_number_is_asked_for_and_then_which_calls(here: World, key: str, when: str) -> None:
    maria = await here.phone("fxs-1").dials("*72")
    await forwards(maria, f"9{BOB}#", key)
    await here.ended(("front desk", "changed", "released"))
    assert forwarding_of(here, "maria") == f"{when} 9{BOB}"
    assert await dial_tone(here, "fxs-1") == ("stutter" if when == "always" else "dial")


async def test_star_is_the_cell_phone_whichever_that_will_be(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*72")
    await forwards(maria, "*", "1")
    assert forwarding_of(here, "maria") == "always"
    (now,) = [one for one in here.appliance.office.people if one.id == "maria"]
    assert now.cell == CELL


async def test_a_colleague_and_a_department_may_be_called_instead(here: World) -> None:
    for number in ("102", "202"):
        maria = await here.phone("fxs-1").dials("*72")
        await forwards(maria, f"{number}#", "2")
        await here.all_is_free()
        assert forwarding_of(here, "maria") == f"no-answer {number}"


async def test_what_calls_cannot_be_forwarded_to_is_refused_three_times(here: World) -> None:
    tom = await here.phone("fxs-2").dials("*72")
    for number in ("911#", "102#", "*"):  # For help, to himself, and to the cell phone that he has not.
        await tom.presses(number, at="enter-forward-number")
        await tom.hears("forward-refused")
    await tom.hears("goodbye")
    await here.ended(("surgery", "abandoned", "released"))
    assert forwarding_of(here, "tom") == ""


async def test_a_refused_number_can_be_mended(here: World) -> None:
    tom = await here.phone("fxs-2").dials("*72")
    await tom.presses("9911#", at="enter-forward-number")
    await tom.hears("forward-refused")
    await forwards(tom, f"9{BOB}#", "1")
    assert forwarding_of(here, "tom") == f"always 9{BOB}"


async def test_whoever_hangs_up_before_all_is_said_has_changed_nothing(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*72")
    await maria.presses(f"9{BOB}#", at="enter-forward-number")
    await maria.hears("forward-menu")
    maria.hangs_up()
    await here.ended(("front desk", "abandoned", "on-hook"))
    assert forwarding_of(here, "maria") == ""


async def test_nothing_pressed_changes_nothing(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*72")
    await maria.hears("goodbye", within=120)
    await here.ended(("front desk", "abandoned", "released"))
    assert maria.heard == 3 * ["enter-forward-number"] + ["goodbye"]


async def test_the_other_code_ends_it_whether_a_code_or_the_document_had_said_it(here: World) -> None:
    await here.appliance.switches.flip(forwarding_switch("maria"), f"always 9{BOB}")
    for port in ("fxs-1", "fxs-3"):
        telephone = await here.phone(port).dials("*73")
        await telephone.hears("forwarded-no-more", "goodbye")
        telephone.hangs_up()
        await here.all_is_free()
    assert forwarding_of(here, "maria") == "", "the document says nothing of her calls"
    assert forwarding_of(here, "ruth") == "never", "it would forward hers"


async def test_from_outside_it_takes_extension_and_pin(here: World) -> None:
    maria = await dials_from_outside(here, "*72")
    await maria.presses("101#", at="enter-mailbox")
    await maria.presses("7391#", at="enter-pin")
    await forwards(maria, "*", "1")
    assert forwarding_of(here, "maria") == "always"


async def test_a_full_disk_changes_nothing_and_says_so(here: World) -> None:
    with mock.patch.object(SwitchStore, "save", side_effect=StoreFull(28, "the disk is full")):
        maria = await here.phone("fxs-1").dials("*73")
        await maria.hears("not-changed", "goodbye")
        await here.ended(("front desk", "fault", "released"))
