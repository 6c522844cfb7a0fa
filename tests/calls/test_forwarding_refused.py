"""Where calls may not be forwarded to, neither by code nor by a document that says so: no line is taken for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appliance.office.forwarding import FollowMeStep, Forwarding, ForwardWhen, StepRings
from appliance.office.model import Office
from tests.calls.around import lines_off_hook
from tests.calls.peopleoffice import forwarding_of
from tests.calls.world import World, world

PREMIUM = "919005551234"
REFUSED = {"premium": PREMIUM, "emergency": "911", "emergency behind the prefix": "9911", "oneself": "103"}


async def test_a_premium_number_is_refused_by_code(here: World) -> None:
    tom = await here.phone("fxs-2").dials("*72")
    await tom.presses(f"{PREMIUM}#", at="enter-forward-number")
    await tom.hears("forward-refused")
    tom.hangs_up()
    await here.all_is_free()
    assert forwarding_of(here, "tom") == ""


@pytest.mark.parametrize("follow_me", [False, True], ids=["forwarding", "follow-me"])
@pytest.mark.parametrize("kind", REFUSED)
async def test_what_a_document_says_against_the_rules_is_not_called(kind: str, follow_me: bool) -> None:
    def changed(office: Office) -> Office:
        said = (
            {"follow_me": (FollowMeStep(StepRings.NUMBER, REFUSED[kind]),)}
            if follow_me
            else {"forwarding": Forwarding(ForwardWhen.ALWAYS, REFUSED[kind])}
        )
        people = [replace(person, **said) if person.id == "ruth" else person for person in office.people]
        return replace(office, people=tuple(people))

    async with world(changed) as here:
        caller = await here.greeted()
        seized: set[str] = set()
        caller.telephone.listeners.append(lambda _frame: seized.update(lines_off_hook(here)))
        await caller.presses("103")
        await caller.hears("leave-message", within=60)
        caller.hangs_up()
        await here.all_is_free()
        assert seized == {"fxo-1"}
        (record,) = here.appliance.calls.recent(10)
        assert not any("rings 9" in step.what for step in record.steps)
