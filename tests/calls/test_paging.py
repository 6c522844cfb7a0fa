"""One telephone speaks to all others, or to a group: they answer by themselves or ring, and are not heard."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.calls.paging import LONGEST_SECONDS, RING_SECONDS
from appliance.office.availability import ON, do_not_disturb_switch
from appliance.office.model import Office
from appliance.office.shortcuts import Shortcuts
from tests.calls.farlines import FarWorld, far_world
from tests.calls.hearing import until
from tests.calls.world import World


def with_groups(office: Office) -> Office:
    return replace(office, shortcuts=Shortcuts(page_groups={"1": ("billing", "surgery"), "2": ("lab",)}))


async def test_telephones_that_answer_by_themselves_hear_the_pager_and_are_not_heard(far: FarWorld) -> None:
    for phone in (far.ruth, far.nina):
        phone.on_ring = phone.lifts
    far.maria.lifts("*61")
    await until(lambda: far.ruth.is_hearing(far.maria) and far.nina.is_hearing(far.maria))
    assert far.ruth.shown[-1] is not None
    assert far.ruth.shown[-1].name == "Page: Maria Alvarez"
    await asyncio.sleep(1.0)
    silent = [frame for frame in far.maria.frames[-25:] if not frame.any()]
    assert len(silent) == 25, "the pager hears nobody"
    await far.here.phone("fxs-2").rings()
    far.maria.hangs_up()
    await far.ended(("front desk", "paged", "on-hook"))


async def test_a_telephone_that_rings_listens_once_lifted_and_others_stop_ringing_in_time(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*610")
    ruth, tom = here.phone("fxs-3"), here.phone("fxs-2")
    await ruth.answers()
    await asyncio.sleep(RING_SECONDS + 7)
    assert not tom.ringing
    ruth.hangs_up()
    await maria.hears("goodbye")
    await maria.puts_down()
    assert here.outcomes()[-1][:2] == ("front desk", "paged")


async def test_a_group_is_paged_without_whoever_talks_or_does_not_want_to_be_disturbed() -> None:
    async with far_world(with_groups) as far:
        await far.here.appliance.switches.flip(do_not_disturb_switch("tom"), ON)
        far.ruth.lifts("104")
        await far.nina.answers()
        far.maria.lifts("*611")
        await far.maria.hears("page-nobody")
        far.maria.hangs_up()
        far.ruth.hangs_up()
        await far.all_is_free()
        far.maria.lifts("*619")
        await far.maria.hears("no-such-group", "goodbye")
        far.maria.hangs_up()
        far.nina.on_ring = far.nina.lifts
        far.maria.lifts("*612")
        await until(lambda: far.nina.is_hearing(far.maria))
        await asyncio.sleep(LONGEST_SECONDS)
        await far.maria.hears("goodbye")
        assert not far.nina.off_hook
        far.maria.hangs_up()
        await far.all_is_free()


async def test_a_pager_who_hangs_up_at_once_leaves_no_telephone_ringing(far: FarWorld) -> None:
    far.maria.lifts("*61")
    await far.ruth.rings()
    far.maria.hangs_up()
    await until(lambda: not far.ruth.ringing and not far.nina.ringing)
    await far.ended(("front desk", "no-answer", "on-hook"))
