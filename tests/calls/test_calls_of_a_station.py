"""Which calls a telephone has is one answer, whether a hook flash or a SIP telephone made the second one."""

from __future__ import annotations

import asyncio
from typing import Any

from appliance.api.status import StationStatus, offer_status, unit_status
from appliance.calls.station import StationLine
from tests.calls.farlines import FarWorld
from tests.calls.hearing import until
from tests.calls.plainlines import PlainWorld, hear_each_other, on_hold
from tests.calls.test_status import Socket

MARIAS: Any = {"person": "maria", "connected": True}


def front_desk(here: FarWorld) -> StationLine:
    return here.here.appliance.lines.stations["front desk"]


def shown(here: FarWorld) -> StationStatus:
    status = unit_status(here.here.appliance)
    return next(station for station in status["stations"] if station["name"] == "front desk")


def call_on(here: FarWorld, line: str) -> str:
    """The id of the call that began on this line."""
    return next(one.id for one in here.here.appliance.switchboard.ongoing.values() if one.line == line)


def names(line: StationLine) -> tuple[str | None, list[str]]:
    """The active leg and the held ones, by their names."""
    return (line.active.name if line.active else None, [leg.name for leg in line.held])


async def test_a_plain_telephone_has_an_active_and_a_held_call_after_a_flash(plain: PlainWorld) -> None:
    line = front_desk(plain)
    assert names(line) == (None, [])
    caller, maria = await plain.talking()
    first = call_on(plain, "gate 1")
    assert names(line) == ("phone-1", [])
    assert shown(plain) == {"name": "front desk", "state": "off-hook", "active": first, "held": [], **MARIAS}
    maria.flashes()
    await on_hold(caller)
    second = call_on(plain, "front desk")
    assert names(line) == ("phone-1, second call", ["phone-1"])
    assert shown(plain) == {"name": "front desk", "state": "off-hook", "active": second, "held": [first], **MARIAS}
    maria.presses("103")
    await plain.ruth.answers()
    await hear_each_other(maria, plain.ruth)
    maria.flashes()
    await hear_each_other(caller, maria, plain.ruth)
    assert names(line) == ("phone-1", [])
    assert shown(plain) == {"name": "front desk", "state": "off-hook", "active": first, "held": [], **MARIAS}
    maria.hangs_up()
    await hear_each_other(caller, plain.ruth)
    assert shown(plain) == {"name": "front desk", "state": "on-hook", "active": "", "held": [], **MARIAS}
    plain.ruth.hangs_up()
    await plain.all_is_free()


async def test_a_sip_telephone_has_the_same_after_holding_and_calling_somebody_besides(far: FarWorld) -> None:
    line = front_desk(far)
    caller, maria = await far.talking()
    first = call_on(far, "gate 1")
    maria.holds(True)
    assert names(line) == (None, ["phone-1"])
    assert shown(far) == {"name": "front desk", "state": "off-hook", "active": "", "held": [first], **MARIAS}
    assert maria.second is not None
    maria.second.lifts("103")
    await far.ruth.answers()
    await hear_each_other(maria.second, far.ruth)
    second = call_on(far, "front desk")
    assert names(line) == ("phone-1-second", ["phone-1"])
    assert shown(far) == {"name": "front desk", "state": "off-hook", "active": second, "held": [first], **MARIAS}
    maria.second.holds(True)
    maria.holds(False)
    assert names(line) == ("phone-1", ["phone-1-second"])
    assert shown(far) == {"name": "front desk", "state": "off-hook", "active": first, "held": [second], **MARIAS}
    maria.transfers(to=maria.second.name)
    await hear_each_other(caller, far.ruth)
    assert names(line) == (None, [])
    assert shown(far) == {"name": "front desk", "state": "on-hook", "active": "", "held": [], **MARIAS}
    caller.leaves()
    await far.all_is_free()
    (record,) = [one for one in far.here.appliance.calls.recent(9) if one.line == "gate 1"]
    assert [step.what for step in record.steps][3:] == [
        "held by front desk",
        "no longer held by front desk",
        "transferred",
    ]
    (record,) = [one for one in far.here.appliance.calls.recent(9) if one.line == "front desk"]
    assert [step.what for step in record.steps] == [
        "consultation",
        "to ruth",
        "rings the telephone of Ruth Olsen",
        "held by front desk",
    ]


async def test_a_sip_telephone_is_busy_as_long_as_it_has_any_call(far: FarWorld) -> None:
    caller, maria = await far.talking()
    assert maria.second is not None
    maria.second.lifts("103")
    await far.ruth.answers()
    caller.leaves()
    await until(lambda: not maria.off_hook)
    assert not front_desk(far).free
    far.nina.lifts("101")
    await asyncio.sleep(1)
    assert not maria.ringing
    maria.second.hangs_up()
    await until(lambda: front_desk(far).free)
    far.nina.hangs_up()
    await far.all_is_free()


async def test_a_sip_telephone_that_rings_can_make_its_own_call_and_is_answered_after_it(far: FarWorld) -> None:
    caller = await far.greeted()
    caller.presses("101")
    await far.maria.rings()
    assert far.maria.second is not None
    far.maria.second.lifts("103")
    await far.ruth.answers()
    await hear_each_other(far.maria.second, far.ruth)
    assert front_desk(far).state.value == "ringing"
    far.maria.second.hangs_up()
    assert front_desk(far).state.value == "ringing"
    far.maria.lifts()
    await hear_each_other(caller, far.maria)
    caller.leaves()
    await far.all_is_free()


async def test_a_telephone_that_says_twice_that_it_holds_has_held_once(far: FarWorld) -> None:
    caller, maria = await far.talking()
    maria.holds(True)
    maria.holds(True)
    maria.holds(False)
    await hear_each_other(caller, maria)
    caller.leaves()
    await far.all_is_free()
    (record,) = far.here.appliance.calls.recent(9)
    assert len([step for step in record.steps if "held" in step.what]) == 2


async def test_whoever_watches_the_unit_is_told_of_every_change_of_a_telephones_calls(plain: PlainWorld) -> None:
    socket: Any = Socket()
    offer_status(socket, plain.here.appliance)
    state = dict(socket.topics["status"]())

    def as_told() -> bool:
        for event in socket.events:
            state.update(event)
        socket.events.clear()
        return bool(state["stations"] == unit_status(plain.here.appliance)["stations"])

    caller, maria = await plain.talking()
    await until(as_told)
    maria.flashes()
    await on_hold(caller)
    await until(as_told)
    maria.presses("103")
    await plain.ruth.answers()
    await hear_each_other(maria, plain.ruth)
    await until(as_told)
    maria.flashes()
    await hear_each_other(caller, maria, plain.ruth)
    await until(as_told)
    maria.flashes()
    await hear_each_other(caller, maria)
    await until(as_told)
    maria.flashes()
    await on_hold(caller)
    maria.flashes()
    await hear_each_other(caller, maria)
    await until(as_told)
    caller.leaves()
    plain.ruth.hangs_up()
    maria.hangs_up()
    await plain.all_is_free()
    await until(as_told)
