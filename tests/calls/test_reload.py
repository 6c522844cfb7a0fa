"""Another office put in place of this one while calls go on, and the lamps that follow it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.api.status import unit_status
from appliance.office.destination import ToMailbox
from appliance.office.model import Ending, Key, Office
from tests.calls.around import leave, tones_at
from tests.calls.hearing import spoken, until
from tests.calls.world import World, world

LAMP_TOLD_SECONDS = 3.0
"""By then every lamp shows what it was told."""
PORTS = ("fxs-1", "fxs-2", "fxs-3", "fxs-4")


def lamps(here: World) -> list[bool]:
    return [here.phone(port).lamp for port in PORTS]


def led(here: World) -> bool:
    lit = unit_status(here.appliance)["led"]
    assert isinstance(lit, bool)
    return lit


def moved_around(office: Office) -> Office:
    """Everybody has another extension, key and telephone, and the telephones have other names."""
    stations = tuple(replace(station, name=f"new {station.name}") for station in office.stations)
    people = tuple(
        replace(person, extension=f"2{person.extension[1:]}", station=f"new {person.station}")
        if person.station
        else person
        for person in office.people
    )
    keys = {"1": Key(ToMailbox("office"))}
    return replace(office, stations=stations, people=people, menu=replace(office.menu, keys=keys), operator="ruth")


async def test_a_call_goes_on_by_the_office_it_began_with(here: World) -> None:
    by_extension, by_key, to_operator = [await here.greeted() for _ in range(3)]
    await here.appliance.use(moved_around(here.appliance.office))
    with spoken() as said:
        await by_extension.presses("102")
        await here.phone("fxs-2").rings()
        await by_key.presses("2")
        await here.phone("fxs-3").rings()
        await to_operator.presses("0")
        await here.phone("fxs-1").rings()
    assert said.said == [("main", "one-moment"), ("line 2", "one-moment"), ("line 3", "connecting-operator")]


async def test_the_next_call_goes_by_the_new_office(here: World) -> None:
    await here.appliance.use(moved_around(here.appliance.office))
    caller = await here.greeted()
    await caller.presses("0")
    await here.phone("fxs-3").rings()
    telephone = await here.phone("fxs-4").dials("202")
    await here.phone("fxs-2").rings()
    telephone.hangs_up()
    await until(lambda: len(here.appliance.switchboard.ongoing) == 1)
    assert [line for line, outcome, _cause in here.outcomes() if outcome] == ["new break room"]


async def test_a_telephone_that_was_lifted_before_dials_by_the_office_it_was_lifted_with(here: World) -> None:
    here.phone("fxs-4").lifts()
    await asyncio.sleep(1)
    await here.appliance.use(moved_around(here.appliance.office))
    await here.phone("fxs-4").presses("102")
    await here.phone("fxs-2").rings()


async def test_lamps_and_led_go_out_with_the_person_whose_messages_they_told_of(here: World) -> None:
    await leave(here, "tom")
    await until(lambda: (lamps(here), led(here)) == ([False, True, False, False], True))
    office = here.appliance.office
    without_tom = replace(office, people=tuple(person for person in office.people if person.id != "tom"))
    await here.appliance.use(without_tom)
    await until(lambda: (lamps(here), led(here)) == ([False] * 4, False))
    await here.appliance.use(office)
    await until(lambda: (lamps(here), led(here)) == ([False, True, False, False], True))


async def test_a_lamp_moves_with_its_person_to_another_telephone(here: World) -> None:
    await leave(here, "tom")
    await until(lambda: lamps(here) == [False, True, False, False])
    office = here.appliance.office
    people = tuple(replace(one, station="break room") if one.id == "tom" else one for one in office.people)
    await here.appliance.use(replace(office, people=people))
    await until(lambda: (lamps(here), led(here)) == ([False, False, False, True], True))


def tom_and_ruth_share(office: Office) -> Office:
    people = tuple(replace(one, station="surgery") if one.id == "ruth" else one for one in office.people)
    return replace(office, people=people)


async def test_the_lamp_of_a_telephone_two_people_share_is_lit_for_either() -> None:
    async with world(tom_and_ruth_share) as here:
        mail = here.appliance.mail
        await leave(here, "tom")
        await leave(here, "ruth")
        await until(lambda: lamps(here) == [False, True, False, False])
        for mailbox, lit in (("tom", True), ("ruth", False)):
            for id in (await mail.ids(mailbox)).new:
                await mail.keep(await mail.message(mailbox, id))
            await asyncio.sleep(LAMP_TOLD_SECONDS)
            assert lamps(here) == [False, lit, False, False]
            assert led(here) is lit


async def test_a_lamp_that_is_lit_for_the_second_of_two_people_comes_with_stutter_dial_tone() -> None:
    async with world(tom_and_ruth_share) as here:
        await leave(here, "ruth")
        surgery = here.phone("fxs-2")
        await until(lambda: surgery.lamp)
        heard = tones_at(here, surgery)
        surgery.lifts()
        await until(lambda: heard)
        assert heard[0] == "stutter"


async def test_an_office_that_leaves_out_people_with_messages_or_names_no_port_says_so(here: World) -> None:
    await leave(here, "maria")
    office = here.appliance.office
    others = tuple(person for person in office.people if person.id != "maria")
    moved = (replace(office.trunks[0], port="fxo-99"), *office.trunks[1:])
    told = here.appliance.left_out(replace(office, people=others, trunks=moved))
    assert told[0].startswith("Maria Alvarez is not in it, and has 1 message: they are kept")
    assert told[1:] == ["main is on port fxo-99, which this unit does not have"]
    assert here.appliance.left_out(office) == []


async def test_a_call_ends_by_the_endings_of_the_office_it_began_with(here: World) -> None:
    caller, callee = await here.connected()
    trunks = tuple(
        replace(trunk, name=f"new {trunk.name}", endings=frozenset({Ending.SILENCE}))
        for trunk in here.appliance.office.trunks
    )
    await here.appliance.use(replace(here.appliance.office, trunks=trunks))
    caller.hangs_up()
    await until(lambda: len(here.outcomes()) == 1 and here.outcomes()[0][1] != "", within=5)
    assert here.outcomes() == [("main", "connected", "loop-break")]
    assert here.appliance.lines.trunks[0].facts == trunks[0]
    callee.hangs_up()


async def test_the_owner_of_a_telephone_in_use_is_that_of_the_office_it_was_lifted_with(here: World) -> None:
    station = here.phone("fxs-2")
    station.lifts()
    await asyncio.sleep(1)
    await here.appliance.use(moved_around(here.appliance.office))
    await station.presses("102")
    await until(lambda: bool(here.told.said))
    assert here.told.said == [("surgery", "enter-pin")], "its own extension leads to the messages"
    assert list(here.appliance.lines.stations) == [
        f"new {name}" for name in ("front desk", "surgery", "billing", "break room")
    ]


async def test_the_unit_is_idle_once_no_call_is_on_any_line(here: World) -> None:
    await asyncio.wait_for(here.appliance.until_idle(), 1)
    caller, callee = await here.connected()
    idle = asyncio.ensure_future(here.appliance.until_idle())
    caller.hangs_up()
    await asyncio.sleep(3)
    assert not idle.done(), "a telephone is still off hook, and hears reorder"
    callee.hangs_up()
    await asyncio.sleep(2)
    assert idle.done()
