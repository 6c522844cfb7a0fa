"""Who calls is known from the contacts and the log: on the telephone that rings, to a flow, and to the block list."""

from __future__ import annotations

import asyncio
from pathlib import Path

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.clock import run_virtual
from appliance.control.folder import DataFolder
from appliance.office.contact import Blocked, Contact
from appliance.office.destination import Destination
from appliance.store.contacts import ContactStore
from hw.callerid.coding import CallerId
from hw.sim.telephone import Telephone
from tests.calls.around import until
from tests.calls.farlines import far_world
from tests.calls.world import GREETING_SECONDS, World, world

NUMBER = "4075550177"


async def shown(here: World, caller: Telephone) -> CallerId | None:
    """What Maria's telephone shows of a caller who asks for her."""
    maria = here.exchange.telephones["fxs-1"]
    maria.caller_id = None
    await here.dials(caller)
    await asyncio.sleep(GREETING_SECONDS)
    await caller.press("101")
    await until(lambda: maria.caller_id is not None)
    told = maria.caller_id
    caller.hang_up()
    await asyncio.sleep(15)
    return told


def without_time(told: CallerId | None) -> tuple[str, str]:
    assert told is not None
    return told.number, told.name


def test_a_telephone_shows_the_contact_s_name_where_the_line_gives_only_a_number() -> None:
    async def main() -> None:
        async with world() as here:
            await here.appliance.contacts.add(Contact("+14075550177", "Jane Roe"))
            assert without_time(await shown(here, here.exchange.subscriber(NUMBER))) == (NUMBER, "Jane Roe")
            told = await shown(here, here.exchange.subscriber("4075550178", "TOM OLSEN"))
            assert without_time(told) == ("4075550178", "TOM OLSEN")

    run_virtual(main)


def test_a_name_that_no_caller_id_can_hold_rings_the_telephone_all_the_same() -> None:
    async def main() -> None:
        async with world() as here:
            await here.appliance.contacts.add(Contact(NUMBER, "Владимир " * 6))
            assert without_time(await shown(here, here.exchange.subscriber(NUMBER))) == (NUMBER, "")

    run_virtual(main)


def test_a_caller_who_is_no_contact_is_shown_as_new_and_then_with_the_number_of_the_call() -> None:
    async def main() -> None:
        async with world() as here:
            caller = here.exchange.subscriber(NUMBER)
            names = [without_time(await shown(here, caller)) for _ in range(3)]
            assert names == [(NUMBER, "New caller"), (NUMBER, "Call no. 2"), (NUMBER, "Call no. 3")]

    run_virtual(main)


def test_whoever_keeps_the_number_back_is_neither_new_nor_known() -> None:
    async def main() -> None:
        async with world() as here:
            told = await shown(here, here.exchange.subscriber(NUMBER, caller_id="private"))
            assert told is not None
            assert (told.shown, told.name) == ("private", "")

    run_virtual(main)


async def test_a_flow_is_told_who_calls_and_how_often() -> None:
    found: list[object] = []

    async with world() as here:
        await here.appliance.contacts.add(Contact("407555*", "The laboratory", language="es"))

        async def route(call: Call, _destination: Destination) -> Outcome:
            history = await call.who.history()
            found.append((call.who.contact, history and history.calls))
            return Outcome.REFUSED

        here.appliance.switchboard.route = route
        others = [here.exchange.subscriber("4085550100")]
        others += [here.exchange.subscriber("4085550101", caller_id="private")]
        known = here.exchange.subscriber(NUMBER)
        for caller in (known, known, *others):
            await here.dials(caller)
            await asyncio.sleep(GREETING_SECONDS)
            caller.hang_up()
            await asyncio.sleep(10)
        laboratory = Contact("407555*", "The laboratory", language="es")
        assert found == [(laboratory, 0), (laboratory, 1), (None, 0), (None, None)]


def test_nobody_of_ours_is_blocked() -> None:
    seen: list[Blocked | None] = []

    async def main() -> None:
        async with world() as here:
            await here.appliance.contacts.block(Blocked("1*"))
            await here.appliance.contacts.block(Blocked("101"))

            async def route(call: Call, _destination: Destination) -> Outcome:
                seen.append(call.who.blocked)
                return Outcome.NOT_DIALLED

            here.appliance.switchboard.route = route
            maria = here.exchange.telephones["fxs-1"]
            maria.lift()
            await asyncio.sleep(1)
            await maria.press("102")
            await asyncio.sleep(8)
            maria.hang_up()
            await asyncio.sleep(1)
            assert seen == [None]

    run_virtual(main)


def test_a_call_over_sip_shows_the_contact_s_name_too() -> None:
    async def main() -> None:
        async with far_world() as here:
            await here.here.appliance.contacts.add(Contact("4075550188", "Jane Roe"))
            trunk = here.card.trunk("gate-1")
            trunk.calls(CallerId("+14075550188"))
            await until(lambda: trunk.off_hook)
            await asyncio.sleep(3)
            trunk.presses("103")
            await until(lambda: len(here.ruth.rings) == 1)
            assert here.ruth.rings == [CallerId("+14075550188", "Jane Roe")]
            trunk.leaves()
            await here.all_is_free()

    run_virtual(main)


def test_contacts_that_cannot_be_used_are_told_and_the_lines_are_answered() -> None:
    def a_folder_in_the_way(data: Path) -> None:
        DataFolder(data).contacts.mkdir()

    async def main() -> None:
        async with world(spoil=a_folder_in_the_way) as here:
            (fault,) = [fault for fault in here.appliance.faults if "contacts" in fault]
            assert fault.startswith(
                "the contacts cannot be used, nobody is known by name or blocked until the next start"
            )
            assert without_time(await shown(here, here.exchange.subscriber(NUMBER))) == (NUMBER, "New caller")

    run_virtual(main)


def test_damaged_contacts_are_told_and_those_before_are_used() -> None:
    def damaged(data: Path) -> None:
        path = DataFolder(data).contacts
        store = ContactStore.open(path)
        store.put([Contact(NUMBER, "Jane Roe")])
        store.close()
        ContactStore.open(path).close()
        path.write_bytes(b"rubbish" * 1000)

    async def main() -> None:
        async with world(spoil=damaged) as here:
            assert [fault for fault in here.appliance.faults if "contacts.sqlite.previous are used" in fault]
            assert here.appliance.contacts.who(NUMBER) == Contact(NUMBER, "Jane Roe")

    run_virtual(main)


def test_a_history_that_cannot_be_read_is_none_and_the_telephone_rings() -> None:
    async def main() -> None:
        async with world() as here:
            here.appliance.calls.close()
            caller = here.exchange.subscriber(NUMBER)
            assert without_time(await shown(here, caller)) == (NUMBER, "")
            here.appliance.calls = type(here.appliance.calls).in_memory()

    run_virtual(main)
