"""Who calls is known from the contacts and the log: on the telephone that rings, to a flow, and to the block list."""

from __future__ import annotations

import asyncio
from pathlib import Path

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.control.folder import DataFolder
from appliance.office.contact import Blocked, Contact
from appliance.office.destination import Destination
from appliance.store.contacts import ContactStore
from hw.callerid.coding import CallerId
from tests.calls.farlines import FarWorld
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, World, world

NUMBER = "4075550177"


async def shown(here: World, caller: Phone) -> CallerId | None:
    """What Maria's telephone shows of a caller who asks for her."""
    maria = here.exchange.telephones["fxs-1"]
    maria.caller_id = None
    await caller.dials(MAIN)
    await caller.presses("101", at=GREETED)
    await until(lambda: maria.caller_id is not None)
    told = maria.caller_id
    caller.hangs_up()
    await asyncio.sleep(15)
    return told


def without_time(told: CallerId | None) -> tuple[str, str]:
    assert told is not None
    return told.number, told.name


async def test_a_telephone_shows_the_contact_s_name_where_the_line_gives_only_a_number(here: World) -> None:
    await here.appliance.contacts.add(Contact("+14075550177", "Jane Roe"))
    assert without_time(await shown(here, here.subscriber(NUMBER))) == (NUMBER, "Jane Roe")
    told = await shown(here, here.subscriber("4075550178", "TOM OLSEN"))
    assert without_time(told) == ("4075550178", "TOM OLSEN")


async def test_a_name_that_no_caller_id_can_hold_rings_the_telephone_all_the_same(here: World) -> None:
    await here.appliance.contacts.add(Contact(NUMBER, "Владимир " * 6))
    assert without_time(await shown(here, here.subscriber(NUMBER))) == (NUMBER, "")


async def test_a_caller_who_is_no_contact_is_shown_as_new_and_then_with_the_number_of_the_call(here: World) -> None:
    caller = here.subscriber(NUMBER)
    names = [without_time(await shown(here, caller)) for _ in range(3)]
    assert names == [(NUMBER, "New caller"), (NUMBER, "Call no. 2"), (NUMBER, "Call no. 3")]


async def test_whoever_keeps_the_number_back_is_neither_new_nor_known(here: World) -> None:
    told = await shown(here, here.subscriber(NUMBER, caller_id="private"))
    assert told is not None
    assert (told.shown, told.name) == ("private", "")


async def test_a_flow_is_told_who_calls_and_how_often(here: World) -> None:
    found: list[object] = []
    laboratory = Contact("407555*", "The laboratory", language="es")
    await here.appliance.contacts.add(laboratory)

    async def route(call: Call, _destination: Destination) -> Outcome:
        history = await call.who.history()
        found.append((call.who.contact, history and history.calls))
        return Outcome.REFUSED

    here.appliance.switchboard.route = route
    known = here.subscriber(NUMBER)
    others = [here.subscriber("4085550100"), here.subscriber("4085550101", caller_id="private")]
    for count, caller in enumerate((known, known, *others), 1):
        await caller.dials(MAIN)
        await until(lambda count=count: len(found) == count, within=20)
        caller.hangs_up()
        await asyncio.sleep(10)
    assert found == [(laboratory, 0), (laboratory, 1), (None, 0), (None, None)]


async def test_nobody_of_ours_is_blocked(here: World) -> None:
    seen: list[Blocked | None] = []

    await here.appliance.contacts.block(Blocked("1*"))
    await here.appliance.contacts.block(Blocked("101"))

    async def route(call: Call, _destination: Destination) -> Outcome:
        seen.append(call.who.blocked)
        return Outcome.NOT_DIALLED

    here.appliance.switchboard.route = route
    maria = await here.phone("fxs-1").dials("102")
    await until(lambda: seen == [None])
    maria.hangs_up()
    await here.all_is_free()


async def test_a_call_over_sip_shows_the_contact_s_name_too(far: FarWorld) -> None:
    await far.here.appliance.contacts.add(Contact("4075550188", "Jane Roe"))
    trunk = far.card.trunk("gate-1")
    trunk.calls(CallerId("+14075550188"))
    await trunk.hears(GREETED)
    trunk.presses("103")
    await far.ruth.rings()
    assert far.ruth.shown == [CallerId("+14075550188", "Jane Roe")]
    trunk.leaves()
    await far.all_is_free()


async def test_contacts_that_cannot_be_used_are_told_and_the_lines_are_answered() -> None:
    def a_folder_in_the_way(data: Path) -> None:
        DataFolder(data).contacts.mkdir()

    async with world(spoil=a_folder_in_the_way) as here:
        (fault,) = [fault for fault in here.appliance.faults if "contacts" in fault]
        assert fault.startswith("the contacts cannot be used, nobody is known by name or blocked until the next start")
        assert without_time(await shown(here, here.subscriber(NUMBER))) == (NUMBER, "New caller")


async def test_damaged_contacts_are_told_and_those_before_are_used() -> None:
    def damaged(data: Path) -> None:
        path = DataFolder(data).contacts
        store = ContactStore.open(path)
        store.put([Contact(NUMBER, "Jane Roe")])
        store.close()
        ContactStore.open(path).close()
        path.write_bytes(b"rubbish" * 1000)

    async with world(spoil=damaged) as here:
        assert [fault for fault in here.appliance.faults if "contacts.sqlite.previous are used" in fault]
        assert here.appliance.contacts.who(NUMBER) == Contact(NUMBER, "Jane Roe")


async def test_a_history_that_cannot_be_read_is_none_and_the_telephone_rings(here: World) -> None:
    here.appliance.calls.close()
    caller = here.subscriber(NUMBER)
    assert without_time(await shown(here, caller)) == (NUMBER, "")
    here.appliance.calls = type(here.appliance.calls).in_memory()
