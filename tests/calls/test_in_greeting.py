"""What a caller may press in a greeting: 0, an extension, 9 to be called back, * for the owner; and what is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from unittest import mock

import pytest

from appliance.calls.lostcallers import LostCallers
from appliance.calls.mail import OwnRecording
from appliance.office.availability import ON, do_not_disturb_switch
from appliance.office.contact import Blocked, Gets
from appliance.office.model import Office
from appliance.office.voicemail import ZeroLeadsTo
from tests.calls.around import leave
from tests.calls.mailboxes import WORDS, in_marias_greeting, recorded, voicemail_of_maria
from tests.calls.world import MAIN, World, world


async def booked(here: World) -> list[tuple[str, str, bool]]:
    """Who is to be called back: whose caller, the number, and whether the caller has asked for it."""
    waiting = await here.appliance.lost_callers.waiting_for(None, here.appliance.office)
    return [(caller.last.wanted, caller.number, caller.call_back) for caller in waiting]


async def test_0_leads_to_the_operator_and_a_recorded_greeting_tells_what_its_owner_wants_told() -> None:
    async with world(voicemail_of_maria()) as here:
        await recorded(here, OwnRecording.GREETING)
        caller = await in_marias_greeting(here)
        await caller.hears("leave-message")
        assert caller.heard == ["recording", "leave-message"]
        await caller.presses("0")
        await caller.hears("connecting-operator")
        await here.phone("fxs-3").rings()


async def test_0_leads_to_the_assistant_where_the_owner_wants_that() -> None:
    def assisted(office: Office) -> Office:
        office = voicemail_of_maria(zero=ZeroLeadsTo.ASSISTANT)(office)
        people = [replace(person, assistant="tom") if person.id == "maria" else person for person in office.people]
        return replace(office, people=tuple(people))

    async with world(assisted) as here:
        caller = await in_marias_greeting(here)
        await caller.presses("0", at="for-person-press-zero")
        await here.phone("fxs-2").rings()


async def test_0_and_star_mean_nothing_where_the_owner_does_not_want_them() -> None:
    async with world(voicemail_of_maria(zero=ZeroLeadsTo.NOBODY, log_in=False)) as here:
        for key in "0*":
            caller = await in_marias_greeting(here)
            await caller.presses(key, at="greeting-default")
            await caller.hears("beep")
            assert caller.heard == ["greeting-default", "leave-message"]
            caller.hangs_up()
            await here.all_is_free()
            await asyncio.sleep(3)


async def test_star_lets_the_owner_in_by_the_pin() -> None:
    async with world(voicemail_of_maria()) as here:
        maria = await in_marias_greeting(here)
        await maria.presses("*", at="greeting-default")
        await maria.presses("7391#", at="enter-pin")
        await maria.hears("you-have-no-messages")
        maria.hangs_up()
        await here.ended(("main", "messages-heard", "loop-break"))


async def test_another_extension_is_reached_where_the_owner_wants_that() -> None:
    async with world(voicemail_of_maria(extensions=True)) as here:
        caller = await in_marias_greeting(here)
        await caller.presses("102", at="dial-another-extension")
        await here.phone("fxs-2").rings()


async def test_a_caller_who_presses_9_is_noted_with_the_number_that_the_line_told() -> None:
    async with world(voicemail_of_maria(call_back=True)) as here:
        caller = await in_marias_greeting(here)
        await caller.presses("9", at="for-call-back-press-nine")
        await caller.presses("1", at="call-back-at")
        await caller.hears("call-back-booked", "goodbye")
        await here.ended(("main", "callback-booked", "released"))
        assert await booked(here) == [("maria", caller.telephone.name, True)]


async def test_another_number_can_be_given_to_be_called_back_at() -> None:
    async with world(voicemail_of_maria(call_back=True)) as here:
        caller = await in_marias_greeting(here)
        await caller.presses("9", at="for-call-back-press-nine")
        await caller.presses("2", at="call-back-at")
        await caller.presses("123#", at="enter-your-number")
        await caller.hears("not-valid")
        await caller.presses("4075550199#", at="enter-your-number")
        await caller.hears("call-back-booked")
        assert await booked(here) == [("maria", "4075550199", True)]


async def test_who_hangs_up_over_the_number_is_called_back_at_the_one_that_is_known() -> None:
    async with world(voicemail_of_maria(call_back=True)) as here:
        caller = await in_marias_greeting(here)
        await caller.presses("9", at="for-call-back-press-nine")
        await caller.hears("call-back-at")
        caller.hangs_up()
        await here.ended(("main", "callback-booked", "loop-break"))
        assert await booked(here) == [("maria", caller.telephone.name, True)]


async def test_a_caller_without_a_number_who_gives_none_can_leave_a_message() -> None:
    async with world(voicemail_of_maria(call_back=True)) as here:
        caller = await here.subscriber("4075550155", caller_id="private").dials(MAIN)
        await caller.presses("5", at="dial-extension-any-time")
        await caller.presses("9", at="for-call-back-press-nine")
        await caller.hears("enter-your-number", "enter-your-number", "enter-your-number")
        await caller.hears("call-back-without-number", "beep")
        await caller.says(WORDS)
        caller.hangs_up()
        await here.ended(("main", "message-left", "loop-break"))


async def test_where_the_disk_takes_no_booking_the_caller_can_leave_a_message() -> None:
    async def refused(*_args: object) -> bool:
        return False

    async with world(voicemail_of_maria(call_back=True)) as here:
        caller = await in_marias_greeting(here)
        await caller.presses("9", at="for-call-back-press-nine")
        with mock.patch.object(LostCallers, "book", refused):
            await caller.presses("1", at="call-back-at")
            await caller.hears("call-back-not-noted", "beep")


async def test_a_caller_on_the_block_list_reaches_nobody_by_any_key() -> None:
    async with world(lambda office: replace(office, codes=office.codes)) as here:
        await here.appliance.contacts.block(Blocked("407*", Gets.VOICEMAIL))
        caller = await here.caller().dials(MAIN)
        await caller.presses("*", at="greeting-default-general")
        await caller.hears("beep")
        assert caller.heard == ["nobody-available", "greeting-default-general", "leave-message"]


@pytest.mark.parametrize("key", ["", "5"])
async def test_a_mailbox_for_announcements_alone_says_goodbye_behind_the_greeting(key: str) -> None:
    async with world(voicemail_of_maria(takes_messages=False)) as here:
        caller = await in_marias_greeting(here)
        await caller.hears("greeting-default")
        if key:
            await caller.presses(key)
        await here.ended(("main", "goodbye", "released"))
        assert caller.heard == ["greeting-default", "for-operator", "goodbye"]
        assert here.appliance.messages.list("maria") == []


async def test_0_works_where_the_mailbox_is_full_or_takes_no_messages() -> None:
    for own in ({"messages": 1}, {"takes_messages": False}):
        async with world(voicemail_of_maria(**own)) as here:
            await leave(here, "maria")
            caller = await in_marias_greeting(here)
            await caller.presses("0", at="goodbye")
            await caller.hears("connecting-operator")


async def test_who_finds_the_mailbox_full_is_told_how_to_be_called_back() -> None:
    async with world(voicemail_of_maria(messages=1, call_back=True)) as here:
        await leave(here, "maria")
        caller = await in_marias_greeting(here)
        await caller.presses("9", at="for-call-back-press-nine")
        await caller.hears("call-back-at")
        assert caller.heard[:3] == ["mailbox-full", "for-operator", "for-call-back-press-nine"]


async def test_an_assistant_is_told_of_and_0_leads_to_the_operator_while_the_owner_is_not_to_be_disturbed() -> None:
    def assisted(office: Office) -> Office:
        office = voicemail_of_maria(zero=ZeroLeadsTo.NOBODY)(office)
        people = [replace(person, assistant="tom") if person.id == "maria" else person for person in office.people]
        return replace(office, people=tuple(people))

    async with world(assisted) as here:
        await here.appliance.switches.flip(do_not_disturb_switch("maria"), ON)
        caller = await in_marias_greeting(here)
        await caller.presses("0", at="for-help-dial")
        await here.phone("fxs-3").rings()
