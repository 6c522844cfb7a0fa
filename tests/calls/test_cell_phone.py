"""People are called on their cell phones, by each of the three ways, and press a key before they are connected."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from dataclasses import replace
from unittest import mock

import pytest

from appliance.calls.party import Party
from appliance.office.companies import Company
from appliance.office.contact import Contact
from appliance.office.departments import Department, Member
from appliance.office.forwarding import Forwarding, ForwardWhen, Way
from appliance.office.model import Office
from appliance.office.phrase import Sayable
from appliance.store.messages import MessageStore
from hw.audio import Samples
from tests.calls.cellphones import CELL, caller_for_ruth, forwarded, hear_each_other, record_of, steps
from tests.calls.hearing import until
from tests.calls.world import MAIN, world

WAYS = pytest.mark.parametrize("way", Way, ids=lambda way: way.value)


@WAYS
async def test_whoever_presses_1_is_connected_and_all_lines_are_free_afterwards(way: Way) -> None:
    async with world(forwarded(way)) as here:
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        await cell.rings(within=20)
        await asyncio.sleep(5)
        cell.lifts()
        await asyncio.sleep(4)
        assert not hear_each_other(here, caller, cell)
        await cell.presses("1")
        await until(lambda: hear_each_other(here, caller, cell), within=5)
        await asyncio.sleep(5)
        assert hear_each_other(here, caller, cell)
        cell.hangs_up()
        record = await record_of(here, caller)
        assert (record.outcome, record.reached) == ("forwarded", "ruth")
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=60)


@WAYS
async def test_without_a_key_the_caller_is_back_and_leaves_a_message(way: Way) -> None:
    async with world(forwarded(way)) as here:
        cell = here.subscriber(CELL)
        caller = await caller_for_ruth(here)
        await cell.answers() if way is Way.TWO_LINES else await cell.rings(within=20)
        cell.lifts()
        await cell.says("Hello? Who is there?")
        await caller.hears("leave-message", within=90)
        assert not hear_each_other(here, caller, cell)
        cell.hangs_up()
        record = await record_of(here, caller)
        assert record.outcome in ("abandoned", "message-left")
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=60)


def on_swedish_lines(office: Office) -> Office:
    office = forwarded()(office)
    return replace(office, trunks=tuple(replace(trunk, language="sv") for trunk in office.trunks))


async def test_whoever_is_called_hears_their_own_language_and_not_the_caller_s() -> None:
    async with world(on_swedish_lines) as here:
        spoken: set[tuple[str, str]] = set()
        clips = Party.clips

        async def noted(party: Party, *said: Sayable) -> list[Samples]:
            spoken.add((party.name, party.language))
            return await clips(party, *said)

        with mock.patch.object(Party, "clips", noted):
            cell = here.subscriber(CELL)
            caller = await caller_for_ruth(here, name="")
            await cell.rings(within=20)
            cell.lifts()
            await cell.hears("call-for-from-number")
            caller.hangs_up()
            await here.all_is_free()
        assert spoken == {("main", "sv"), (cell.line, "en")}


async def test_a_caller_whom_the_operator_transferred_leaves_a_message_where_2_is_pressed() -> None:
    """Somebody has decided so: it is nothing for the operator to deal with again."""
    async with world(forwarded()) as here:
        cell, maria = here.subscriber(CELL), here.phone("fxs-1")
        caller, _ = await here.connected()
        maria.flashes()
        await asyncio.sleep(2)
        await maria.presses("103")
        await asyncio.sleep(0.3)
        maria.hangs_up()
        await caller.hears("say-your-name", "beep", "trying-to-connect")
        await cell.answers()
        await cell.says("Hello?")
        await asyncio.sleep(5)
        await cell.presses("2")
        await caller.hears("not-available", "leave-message", within=20)
        assert not maria.ringing
        cell.hangs_up()
        caller.hangs_up()
        await here.all_is_free(within=60)
        reached = [call.reached for call in here.appliance.calls.recent(10) if call.line == "main"]
        assert reached == ["ruth"]


async def test_the_record_tells_who_pressed_no_key_before_somebody_else_took_the_call() -> None:
    sales = Department("sales", "Sales", "200", (Member("ruth"), Member("tom"), Member("maria")))
    async with world(lambda office: replace(forwarded(ask_name=False)(office), departments=(sales,))) as here:
        cell, tom = here.subscriber(CELL), here.phone("fxs-2")
        caller = await here.greeted()
        await caller.presses("200")
        await cell.answers()
        await cell.says("Hello?")
        await asyncio.sleep(5)
        tom.lifts()
        await asyncio.sleep(2)
        tom.hangs_up()
        cell.hangs_up()
        record = await record_of(here, caller)
        assert record.reached == "tom"
        tried = [f"{CELL} for Ruth Olsen: no-key", "the telephone of Maria Alvarez: no-answer"]
        assert sorted(steps(record)[-2:]) == tried


async def test_a_name_with_keys_in_it_is_not_played_to_a_cell_phone() -> None:
    """Its voicemail would heed them, and a line that returns a 1 would seem to accept the call."""
    async with world(forwarded()) as here:
        cell = here.subscriber(CELL)
        caller = await here.greeted()
        await caller.presses("103")
        await caller.hears("say-your-name", "beep")
        await caller.says("Anne")
        await caller.presses("1*1")
        await caller.hears("trying-to-connect")
        await cell.rings(within=20)
        cell.lifts()
        await cell.hears("call-for-from-number")
        caller.hangs_up()
        await here.all_is_free()


async def test_whoever_wants_a_message_taken_gets_one_from_a_caller_whom_the_operator_has_put_through() -> None:
    """The caller does not come back to the operator, who would be told that nobody answered."""
    async with world(forwarded(ask_name=False)) as here:
        cell = here.subscriber(CELL)
        caller, maria = await here.connected()
        maria.flashes()
        await asyncio.sleep(2)
        await maria.presses("103")
        await cell.rings(within=20)
        maria.hangs_up()
        await asyncio.sleep(10)
        await cell.answers()
        await cell.presses("2", at="call-for-from-number")
        await caller.hears("leave-message", within=20)
        assert "connecting-operator-again" not in caller.heard
        caller.hangs_up()
        await here.all_is_free()


async def test_the_name_of_a_contact_is_said_in_the_language_of_whoever_is_called() -> None:
    async with world(forwarded(language="sv")) as here:
        await here.appliance.contacts.add(Contact("4075550123", "Karin Ek"))
        cell = here.subscriber(CELL)
        caller = await here.greeted()
        await caller.presses("103")
        await cell.rings(within=20)
        await asyncio.sleep(4)
        cell.lifts()
        await cell.hears("call-for-from")
        assert not [fault for fault in here.appliance.faults if "voice" in fault]
        caller.hangs_up()
        await here.all_is_free()


def of_two_companies(office: Office) -> Office:
    """Maria's calls go to Ruth, of another company, whose calls go to her cell phone."""
    office = forwarded(ask_name=False, companies=frozenset({"bay"}))(office)
    maria = {"forwarding": Forwarding(ForwardWhen.ALWAYS, "103"), "companies": frozenset({"river"})}
    people = tuple(replace(person, **maria) if person.id == "maria" else person for person in office.people)
    companies = (Company("river", "River Law", frozenset({MAIN})), Company("bay", "Bay Title"))
    return replace(office, people=people, companies=companies)


@pytest.mark.parametrize(
    ("office", "extension", "told"),
    [(forwarded(ask_name=False), "103", True), (of_two_companies, "101", False)],
    ids=["one company", "two"],
)
async def test_callers_hear_who_is_coming_where_they_may_know_that_person(
    office: Callable[[Office], Office], extension: str, told: bool
) -> None:
    async with world(office) as here:
        cell = here.subscriber(CELL)
        caller = await here.greeted()
        await caller.presses(extension)
        await cell.answers()
        await cell.says("Hello? Who is there?")
        await cell.presses("5", at="screening-menu")
        await cell.hears("caller-waits")
        await asyncio.sleep(3)
        await cell.presses("1")
        await until(lambda: hear_each_other(here, caller, cell), within=5)
        assert ("is-coming" in caller.heard) is told
        caller.hangs_up()
        await here.all_is_free()


@pytest.mark.parametrize("breaks", ["begin_own", "discard"])
async def test_a_disk_that_fails_keeps_nobody_from_being_connected(breaks: str) -> None:
    async with world(forwarded()) as here:
        with mock.patch.object(MessageStore, breaks, side_effect=OSError(errno.EIO, "it is broken")):
            cell = here.subscriber(CELL)
            caller = await here.greeted()
            await caller.presses("103")
            await caller.hears("say-your-name")
            await caller.says("Anne Abel")
            await cell.rings(within=20)
            cell.lifts()
            await cell.says("Hello? Who is there?")
            await cell.presses("1", at="screening-menu")
            await until(lambda: hear_each_other(here, caller, cell), within=5)
            await asyncio.sleep(2)
            assert hear_each_other(here, caller, cell)
            record = await record_of(here, caller)
        assert (record.outcome, record.fault) == ("forwarded", "")
