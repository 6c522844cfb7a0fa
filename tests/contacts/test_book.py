"""Contacts and the block list as a unit has them: asked at ring time, and changed."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from appliance.clock import run_virtual
from appliance.contacts.book import AlreadyTaken, Contacts, NotThere
from appliance.office.contact import MOST_CONTACTS, Blocked, Contact, Gets
from appliance.store.contacts import ContactStore
from appliance.store.disk import StoreFull
from hw.callerid.coding import Absence, CallerId
from hw.tones.toneplan import tone_plan

JANE = Contact("4075550142", "Jane Doe", "Doe & Sons")
LAB = Contact("407555*", "The laboratory")
WARD = Contact("40755501*", "The ward")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PRIVATE = CallerId(number_absence=Absence.PRIVATE)
UNAVAILABLE = CallerId(number_absence=Absence.UNAVAILABLE)


def do(*work):
    """Each piece of work, one after another; what the last returns."""

    async def main():
        result = None
        for one in work:
            result = await one
        return result

    return run_virtual(main)


@pytest.fixture
def known(contacts):
    do(contacts.add(JANE), contacts.add(LAB), contacts.add(WARD))
    return contacts


@pytest.mark.parametrize("given", ["4075550142", "14075550142", "+14075550142", "0114075550142"])
def test_a_contact_is_known_by_every_form_of_the_number_but_no_other(known, given):
    assert known.who(given) == (JANE if not given.startswith("011") else None)


def test_the_number_itself_wins_over_patterns_and_the_longer_pattern_over_the_shorter(known):
    assert known.who("+14075550142") == JANE
    assert known.who("4075550143") == WARD
    assert known.who("4075550243") == LAB
    assert known.who("4085550143") is None
    assert known.who("5550142") is None
    assert known.who("") is None


def test_what_is_known_is_known_at_the_next_start(known, again):
    do(known.block(Blocked("private", Gets.RINGING)), known.block(Blocked("1900*")))
    there = again()
    assert len(there) == 3
    assert there.who("4075550142") == JANE
    assert there.block_list() == [Blocked("private", Gets.RINGING), Blocked("1900*")]


def test_a_telephone_shows_the_contact_s_name_where_the_line_gives_none(known):
    assert known.named(CallerId("4075550142")) == CallerId("4075550142", "Jane Doe")
    absent = CallerId("4075550142", name_absence=Absence.UNAVAILABLE)
    assert known.named(absent) == CallerId("4075550142", "Jane Doe")
    told = CallerId("4075550142", "JANE D")
    assert known.named(told) is told
    for caller in (None, PRIVATE, UNAVAILABLE, CallerId("4085550199")):
        assert known.named(caller) is caller


def test_a_number_is_one_contact_s_in_whatever_form(known):
    with pytest.raises(AlreadyTaken, match="14075550142 is the number of Jane Doe already, as 4075550142"):
        do(known.add(Contact("14075550142", "Jim")))
    with pytest.raises(AlreadyTaken, match=r"407555\* is the number of The laboratory already$"):
        do(known.change(JANE, replace(JANE, number="407555*")))
    assert len(known) == 3


def test_a_contact_is_changed_to_another_number_or_form(known, again):
    jane = replace(JANE, number="+14075550142", notes="new")
    do(known.change(JANE, jane))
    assert known.at("4075550142") == jane
    moved = replace(jane, number="4085550142")
    do(known.change(jane, moved))
    assert (known.who("4085550142"), known.who("4075550142")) == (moved, WARD)
    assert (again().who("4085550142"), len(again())) == (moved, 3)


def test_a_removed_contact_is_not_known_any_more(known, again):
    assert do(known.remove("+14075550142")) == JANE
    assert known.who("4075550142") == WARD
    assert len(again()) == 2
    with pytest.raises(NotThere, match="no contact with the number 4075550142; The ward has 40755501"):
        do(known.remove("4075550142"))
    with pytest.raises(NotThere, match=r"no contact with the number 999$"):
        known.at("999")


@pytest.mark.parametrize("caller", ["4075550142", "+14075550142", "14075550142"])
def test_a_blocked_number_is_blocked_in_all_its_forms(contacts, caller):
    entry = Blocked("4075550142", Gets.VOICEMAIL)
    do(contacts.block(entry))
    assert contacts.blocked(CallerId(caller)) == entry
    assert contacts.blocked(CallerId("4075550143")) is None


def test_private_and_unavailable_are_blocked_apart_and_a_line_that_tells_nothing_is_neither(contacts):
    private, unavailable = Blocked("private", Gets.CHALLENGE), Blocked("unavailable", Gets.RINGING)
    do(contacts.block(private), contacts.block(unavailable))
    assert contacts.blocked(PRIVATE) == private
    assert contacts.blocked(UNAVAILABLE) == unavailable
    for caller in (None, CallerId(), CallerId("4075550142")):
        assert contacts.blocked(caller) is None


def test_a_known_contact_is_blocked_by_the_number_itself_but_not_by_a_pattern(known):
    all_of_407 = Blocked("407*")
    do(known.block(all_of_407))
    assert known.blocked(CallerId("4075550142")) is None
    assert known.blocked(CallerId("4075550143")) == all_of_407
    jane = Blocked("4075550142", Gets.CHALLENGE)
    do(known.block(jane))
    assert known.blocked(CallerId("4075550142")) == jane


def test_blocked_calls_are_counted_and_stay_counted_when_the_entry_is_changed(contacts, again):
    do(contacts.block(Blocked("1900*")))
    for hour in (12, 13):
        entry = contacts.blocked(CallerId("19005550142"))
        do(contacts.turned_away(entry, NOON.replace(hour=hour)))
    counted = Blocked("1900*", times=2, last=NOON.replace(hour=13))
    assert contacts.block_list() == again().block_list() == [counted]
    assert do(contacts.block(Blocked("900*", Gets.RINGING))) == replace(counted, gets=Gets.RINGING)
    assert len(contacts.block_list()) == 1
    assert again().block_list() == contacts.block_list()


def test_two_calls_blocked_at_once_are_two(contacts, again):
    do(contacts.block(Blocked("private")))
    entry = contacts.blocked(PRIVATE)

    async def main():
        await asyncio.gather(*(contacts.turned_away(entry, NOON) for _ in range(5)))

    asyncio.run(main())
    assert contacts.block_list() == again().block_list() == [Blocked("private", times=5, last=NOON)]


def test_a_call_that_is_blocked_while_the_entry_is_changed_is_counted(contacts, again):
    do(contacts.block(Blocked("private")))

    async def main():
        changing = asyncio.create_task(contacts.block(Blocked("private", Gets.RINGING)))
        await asyncio.sleep(0)
        await contacts.turned_away(contacts.blocked(PRIVATE), NOON)
        await changing

    asyncio.run(main())
    assert contacts.block_list() == again().block_list() == [Blocked("private", Gets.RINGING, times=1, last=NOON)]


def test_who_is_unblocked_meanwhile_is_not_counted(contacts):
    do(contacts.block(Blocked("private")))
    entry = contacts.blocked(PRIVATE)
    assert do(contacts.unblock("private")) == entry
    do(contacts.turned_away(entry, NOON))
    assert contacts.block_list() == []
    with pytest.raises(NotThere, match="private is not in the block list"):
        do(contacts.unblock("private"))
    with pytest.raises(NotThere, match="4075550142 is not in the block list"):
        do(contacts.unblock("4075550142"))


def test_an_import_brings_known_contacts_up_to_date_and_adds_the_others(known, again):
    file = b"number,name,notes\n+1 407 555 0142,Jane Doe,new\n4085550100,Tom,\nnonsense,X,\n407555*,The laboratory,\n"
    done = do(known.take(io.BytesIO(file)))
    assert (done.added, done.changed, done.unchanged, len(done.refused)) == (1, 1, 1, 1)
    for contacts in (known, again()):
        assert contacts.who("4075550142") == replace(JANE, notes="new")
        assert contacts.who("4085550100") == Contact("4085550100", "Tom")
        assert len(contacts) == 4
    done = do(known.take(io.BytesIO(file)))
    assert (done.added, done.changed, done.unchanged, len(done.refused)) == (0, 0, 3, 1)


class FullStore(ContactStore):
    def put(self, contacts, without=()):
        raise StoreFull(28, "the disk is full: no room for the contacts", "contacts.sqlite")

    def take_in(self):
        raise StoreFull(28, "the disk is full: no room for the contacts", "contacts.sqlite")

    def block(self, blocked):
        raise StoreFull(28, "the disk is full: no room for the contacts", "contacts.sqlite")


def test_what_could_not_be_stored_is_not_known(path):
    contacts = Contacts(FullStore.open(path), tone_plan("us").number_forms)
    for work in (contacts.add(JANE), contacts.take(io.BytesIO(b"number,name\n4075550142,Jane\n"))):
        with pytest.raises(StoreFull):
            do(work)
    with pytest.raises(StoreFull):
        do(contacts.block(Blocked("4075550142")))
    assert (contacts.who("4075550142"), contacts.block_list()) == (None, [])
    contacts.store.close()


def test_a_change_waits_for_an_import_and_nothing_of_either_is_lost(contacts, again):
    rows = "".join(f"407{number:07},Person {number}\n" for number in range(2000))

    async def main():
        importing = asyncio.create_task(contacts.take(io.BytesIO(f"number,name\n{rows}".encode())))
        await asyncio.sleep(0)
        await contacts.add(Contact("4085550142", "Tom"))
        return await importing

    assert asyncio.run(main()).added == 2000
    assert len(contacts) == len(again()) == 2001


def test_there_is_no_room_for_more_contacts_than_an_office_can_have(monkeypatch, contacts):
    monkeypatch.setattr("appliance.contacts.importing.MOST_CONTACTS", 3)
    monkeypatch.setattr("appliance.contacts.book.MOST_CONTACTS", 3)
    rows = "".join(f"407555014{number},Person {number}\n" for number in range(5))
    done = do(contacts.take(io.BytesIO(f"number,name\n{rows}".encode())))
    assert (done.added, [line for line, _ in done.refused]) == (3, [5, 6])
    assert done.refused[0][1] == "Person 3: there is room for 3 contacts, and they are there already"
    with pytest.raises(AlreadyTaken, match="there is room for 3 contacts"):
        do(contacts.add(LAB))
    assert MOST_CONTACTS == 100_000
