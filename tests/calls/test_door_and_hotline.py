"""Telephones that dial by themselves when they are lifted: a hotline, and a door that is opened from the inside."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.calls.door import LONGEST_SECONDS
from appliance.office.lines import Door
from appliance.office.model import Office, Station
from hw.dsp.dtmf import DtmfReceiver
from tests.calls.farlines import far_world, hear_each_other
from tests.calls.hearing import until
from tests.calls.world import world

HELP_SECONDS = 5.0


def with_hotlines(office: Office) -> Office:
    """The break room's telephone calls Maria at once, the surgery's after some seconds."""
    known = {one.name: one for one in office.stations}
    known["break room"] = replace(known["break room"], hotline="101")
    known["surgery"] = replace(known["surgery"], hotline="101", hotline_after_seconds=HELP_SECONDS)
    return replace(office, stations=tuple(known.values()))


async def test_a_hotline_rings_the_desk_as_soon_as_it_is_lifted() -> None:
    async with world(with_hotlines) as here:
        room = here.phone("fxs-4")
        room.lifts()
        await here.phone("fxs-1").rings(within=5)
        await room.puts_down()
        tom = here.phone("fxs-2")
        tom.lifts()
        await asyncio.sleep(HELP_SECONDS - 0.5)
        assert here.appliance.switchboard.ongoing
        await here.phone("fxs-1").rings()
        await tom.puts_down()


async def test_help_can_be_called_first_where_there_is_time_for_it() -> None:
    async with world(with_hotlines) as here:
        help_desk = here.subscriber("911")
        tom = await here.phone("fxs-2").dials("911")
        await help_desk.rings(within=20)
        await tom.puts_down()
        await here.phone("fxs-2").dials("103")
        await here.phone("fxs-3").rings()
        await tom.puts_down()


async def test_help_can_be_called_where_a_hotline_rings_the_desk_at_once() -> None:
    """It is dialled into the ringing, into a message that is left, and behind wrong keys."""
    for wait, keys in ((2.0, "911"), (27.0, "911"), (2.0, "4911"), (2.0, "9911")):
        async with world(with_hotlines) as here:
            help_desk = here.subscriber("911")
            room = here.phone("fxs-4")
            room.lifts()
            await here.phone("fxs-1").rings(within=5)
            await asyncio.sleep(wait)
            await room.presses(keys)
            await help_desk.rings(within=20)
            await until(lambda: not here.phone("fxs-1").ringing)
            await room.puts_down()


async def test_keys_that_are_pressed_in_a_talk_of_a_hotline_lead_nowhere() -> None:
    async with world(with_hotlines) as here:
        room = here.phone("fxs-4")
        room.lifts()
        await here.phone("fxs-1").answers()
        await room.presses("911")
        await asyncio.sleep(5)
        assert here.trunk_states() == ["idle"] * len(here.trunk_states())
        assert here.phone("fxs-1").off_hook
        await room.puts_down()


async def test_a_sip_telephone_that_has_dialled_for_help_calls_for_help() -> None:
    hot = {"lab": "101"}

    def change(office: Office) -> Office:
        return replace(office, stations=tuple(replace(one, hotline=hot.get(one.name)) for one in office.stations))

    async with far_world(change) as far:
        far.nina.lifts("103")
        await far.maria.rings()
        far.nina.hangs_up()
        await far.all_is_free()
        far.nina.lifts("911")
        await until(lambda: far.card.trunk("gate-2").seized == ["911"])
        far.nina.hangs_up()
        await far.all_is_free()


def with_a_door(office: Office) -> Office:
    """Nina's telephone is at the door."""
    door = Station("lab", "phone-3", door=Door(rings="101", opener="9"))
    stations = (*(one for one in office.stations if one.name != "lab"), door)
    return replace(office, stations=stations, people=tuple(one for one in office.people if one.id != "nina"))


async def test_whoever_answers_the_door_opens_it_by_the_keys_and_hears_a_tone() -> None:
    async with far_world(with_a_door) as far:
        far.nina.lifts()
        await far.maria.answers()
        await hear_each_other(far.nina, far.maria)
        assert far.maria.shown[-1] is not None
        assert far.maria.shown[-1].name == "lab"
        far.maria.presses("5*5")
        await until(lambda: far.nina.pressed == "5*59")
        await until(lambda: not far.maria.is_hearing(far.nina), within=1.0)
        await hear_each_other(far.nina, far.maria)
        far.nina.presses("*5")  # The visitor does not open it.
        await asyncio.sleep(2)
        assert far.nina.pressed == "5*59"
        far.nina.hangs_up()
        await far.all_is_free()


async def test_nobody_in_another_call_opens_the_door() -> None:
    async with far_world(with_a_door) as far:
        far.nina.lifts()
        await far.maria.answers()
        tom = await far.here.phone("fxs-2").dials("103")
        await far.ruth.answers()
        far.ruth.presses("*5")
        await tom.presses("*5")
        await asyncio.sleep(2)
        assert far.nina.pressed == ""
        far.nina.hangs_up()
        far.ruth.hangs_up()
        tom.hangs_up()
        await far.here.all_is_free()


async def test_a_visitor_does_not_talk_for_ever() -> None:
    async with far_world(with_a_door) as far:
        far.nina.lifts()
        await far.maria.answers()
        await asyncio.sleep(LONGEST_SECONDS - 5)
        assert far.nina.off_hook
        await asyncio.sleep(6)
        assert not far.nina.off_hook
        await far.all_is_free()


async def test_a_door_on_a_line_card_hears_the_digits_that_open_it_as_tones() -> None:
    def change(office: Office) -> Office:
        door = replace(office.stations[3], door=Door(rings="101", opener="73", opens_with="*"))
        return replace(office, stations=(*office.stations[:3], door))

    async with world(change) as here:
        visitor, maria = here.phone("fxs-4"), here.phone("fxs-1")
        visitor.lifts()
        await maria.answers()
        await asyncio.sleep(1)
        receiver, heard = DtmfReceiver(), []
        visitor.telephone.listeners.append(lambda frame: heard.extend(receiver.feed(frame)))
        await maria.presses("*")
        await asyncio.sleep(2)
        assert "".join(heard).endswith("73")
        await visitor.puts_down()
        steps = [step.what for step in here.appliance.calls.recent(1)[0].steps]
        assert "opens the door" in steps


async def test_help_that_is_called_at_the_door_is_talked_to_for_as_long_as_it_takes() -> None:
    async with far_world(with_a_door) as far:
        far.nina.lifts("911")
        await until(lambda: far.card.trunk("gate-2").seized == ["911"])
        await asyncio.sleep(LONGEST_SECONDS + 60)
        assert far.nina.off_hook
        assert far.here.appliance.switchboard.ongoing
        far.nina.hangs_up()
        await far.all_is_free()
