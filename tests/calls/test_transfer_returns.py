"""A transfer that finds nobody comes back to whoever made it, with a ring of its own."""

from __future__ import annotations

from hw.cleared import Cleared
from hw.ringkind import RingKind, RingStyle
from hw.tones.ringstyle import cadence
from hw.tones.toneplan import tone_plan
from tests.calls.farlines import FarWorld, far_world, hear_each_other
from tests.calls.peopleoffice import with_departments


async def transferred_by_ruth(far: FarWorld, number: str):
    """Ruth, who is no operator, has transferred a caller, whom nobody answers there."""
    caller = await far.greeted()
    caller.presses("103")
    await far.ruth.answers()
    await hear_each_other(caller, far.ruth)
    caller.forgets()
    far.ruth.forgets()
    far.ruth.transfers(number)
    return caller


async def test_it_rings_shows_and_says_whose_call_it_was(far: FarWorld) -> None:
    caller = await transferred_by_ruth(far, "104")
    await far.nina.rings()
    await caller.hears("did-not-answer", within=30)
    await far.ruth.answers()
    shown = far.ruth.shown[-1]
    assert shown is not None
    assert shown.name == "returned: Maria Alvarez: ANNE HILL"
    assert far.ruth.rang[-1] == (cadence(tone_plan("us"), RingStyle.LONG_SHORT), RingKind.RETURNED)
    await far.ruth.hears("did-not-answer")
    await hear_each_other(caller, far.ruth)
    assert far.ruth.heard == ["did-not-answer"]
    assert not far.nina.ringing
    caller.leaves()
    await far.ended(("gate 1", "connected", "hung-up"))
    (record,) = far.here.appliance.calls.recent(1)
    assert record.reached == "ruth"
    assert "returned: Maria Alvarez did not answer" in [step.what for step in record.steps]


async def test_where_the_telephone_is_busy_by_then_the_caller_leaves_the_one_a_message_who_was_wanted(
    far: FarWorld,
) -> None:
    caller = await transferred_by_ruth(far, "104")
    await far.nina.rings()
    far.ruth.lifts()
    await caller.hears("did-not-answer", "one-moment", "not-available", "leave-message", within=60)
    caller.leaves()
    far.ruth.hangs_up()
    await far.all_is_free()
    (record,) = [record for record in far.here.appliance.calls.recent(5) if record.line == "gate 1"]
    assert record.reached == "nina"


async def test_where_nobody_lifts_there_either_it_is_the_mailbox_of_the_one_who_was_wanted(far: FarWorld) -> None:
    caller = await transferred_by_ruth(far, "104")
    far.nina.on_ring = lambda: far.nina.refuses(Cleared.NO_ANSWER)
    await far.ruth.rings(within=30)
    await caller.hears("not-available", "leave-message", within=60)
    caller.leaves()
    await far.all_is_free()
    (record,) = far.here.appliance.calls.recent(1)
    assert record.reached == "nina"


async def test_a_department_in_which_nobody_answers_returns_the_call_too() -> None:
    async with far_world(with_departments) as far:
        caller = await transferred_by_ruth(far, "201")
        await far.maria.rings()
        await far.ruth.rings(within=100)
        far.ruth.lifts()
        await far.ruth.hears("did-not-answer")
        await hear_each_other(caller, far.ruth)
        caller.leaves()
        await far.all_is_free()


async def test_whoever_hangs_up_while_told_whose_call_it_was_leaves_the_caller_to_the_mailbox(far: FarWorld) -> None:
    caller = await transferred_by_ruth(far, "104")
    await far.ruth.rings(within=40)
    far.ruth.lifts()
    await far.ruth.hears("did-not-answer")
    far.ruth.hangs_up()
    await caller.hears("not-available", "leave-message")
    caller.leaves()
    await far.all_is_free()
