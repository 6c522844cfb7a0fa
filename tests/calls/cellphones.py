"""An office whose people are called on their cell phones, by the ways a test names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from appliance.office.forwarding import Forwarding, ForwardWhen, Reaching, Way
from appliance.office.model import Office
from appliance.store.calllog import CallRecord
from tests.calls.ownline import connected
from tests.calls.phone import Phone
from tests.calls.world import World

CELL = "4075550150"


def forwarded(*ways: Way, when: ForwardWhen = ForwardWhen.ALWAYS, **ruth: Any) -> Callable[[Office], Office]:
    """Ruth's calls go to her cell phone, by these ways. ruth: more fields of hers."""
    used = ways or (Way.TWO_LINES,)

    def changed(office: Office) -> Office:
        people = tuple(
            replace(person, cell=CELL, forwarding=Forwarding(when), **ruth) if person.id == "ruth" else person
            for person in office.people
        )
        trunks = tuple(replace(trunk, ways=frozenset(used)) for trunk in office.trunks)
        return replace(office, people=people, trunks=trunks, reaching=Reaching(ways=used))

    return changed


async def caller_for_ruth(here: World, name: str = "Anne Abel") -> Phone:
    """A caller who has pressed Ruth's extension and said a name."""
    caller = await here.greeted()
    await caller.presses("103")
    await caller.hears("say-your-name", "beep")
    if name:
        await caller.says(name)
    await caller.hears("trying-to-connect")
    return caller


def hear_each_other(here: World, caller: Phone, callee: Phone) -> bool:
    """Whether they are connected, by the exchange on one line or by us over two."""
    on_one = callee.telephone.name in connected(here, caller) and caller.telephone.name in connected(here, callee)
    legs = [trunk.leg for trunk in here.appliance.lines.trunks if trunk.leg is not None]
    return on_one or (len(legs) == 2 and all(leg.in_conversation for leg in legs))


async def record_of(here: World, caller: Phone) -> CallRecord:
    """The record of the only call, once it is over."""
    caller.hangs_up()
    await here.all_is_free(within=60)
    (record,) = here.appliance.calls.recent(10)
    return record


def steps(record: CallRecord) -> list[str]:
    return [step.what for step in record.steps]
