"""What the words of these tests mean: what was said to whom, since when, and what was not."""

from __future__ import annotations

import pytest

from tests.calls.world import MAIN, World


async def test_what_is_not_said_is_not_heard_and_the_test_is_told_what_was(here: World) -> None:
    surgery = await here.phone("fxs-2").dials("8500")
    with pytest.raises(AssertionError, match=r"message-menu was not heard within 2 s, but \['enter-pin'\]"):
        await surgery.hears("message-menu", within=2)


async def test_nobody_hears_what_is_said_to_another(here: World) -> None:
    first = await here.greeted()
    second = await here.greeted()
    await second.presses("3")
    await second.hears("beep")
    assert (first.line, second.line) == ("main", "line 2")
    assert second.heard == ["greeting-default-general", "leave-message"]
    assert "leave-message" not in first.heard


async def test_what_was_waited_for_does_not_count_again_and_a_new_call_begins_anew(here: World) -> None:
    surgery = await here.phone("fxs-2").dials("8500")
    await surgery.hears("enter-pin")
    with pytest.raises(AssertionError):
        await surgery.hears("enter-pin", within=2)
    surgery.hangs_up()
    await here.all_is_free()
    surgery.lifts()
    assert surgery.heard == []


async def test_who_is_not_connected_yet_has_no_line_and_hears_nothing(here: World) -> None:
    caller = await here.caller().dials(MAIN)
    assert (caller.line, caller.heard) == ("", [])
