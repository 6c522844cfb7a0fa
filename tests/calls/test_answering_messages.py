"""What is done with a message besides keeping it: it is answered, forwarded, and sent to many."""

from __future__ import annotations

import asyncio
import errno
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from appliance.office.destination import ToMessages
from appliance.office.menus import Key
from appliance.office.model import Office
from appliance.store.messages import Message, MessageStore, StoreFull
from appliance.wav.clip import read_clip
from tests.calls.hearing import until
from tests.calls.peopleoffice import with_departments
from tests.calls.phone import Phone
from tests.calls.test_hearing_messages import left, opens
from tests.calls.test_mailbox import with_manager
from tests.calls.world import World, world

INTRODUCTION = "Tom, could you please call this patient today?"


async def recorded(here: World) -> Phone:
    """Maria has recorded a message in her mailbox, and is asked who gets it."""
    maria = await opens(here)
    await maria.presses("8", at="mailbox-menu")
    await maria.hears("beep")
    await maria.says(INTRODUCTION)
    await maria.presses("#")
    await maria.presses("1", at="send-review-menu")
    return maria


async def at_choices(here: World, port: str = "fxs-1", pin: str = "7391#") -> Phone:
    """Somebody has heard a message and pressed 0."""
    phone = await opens(here, port, pin)
    await phone.presses("0", at="message-menu")
    await phone.hears("message-choices")
    return phone


def drafts(message: Message) -> list[Path]:
    """What is still being recorded, or was left behind, in any mailbox."""
    return [draft for box in message.path.parents[3].iterdir() for draft in (box / "tmp").iterdir()]


async def test_a_message_from_outside_is_answered_by_calling_back(here: World) -> None:
    jane = here.subscriber("14075550123", "JANE ROE")
    await left(here, seconds=2.0)
    maria = await at_choices(here)
    await maria.presses("1")
    await maria.presses("1", at="call-back-menu")
    await jane.answers()
    await asyncio.sleep(2.0)
    maria.hangs_up()
    await until(lambda: not here.appliance.switchboard.ongoing)
    ((line, outcome, _cause),) = here.outcomes()
    assert (line, outcome) == ("front desk", "dialled-out")


async def test_a_colleagues_message_is_answered_by_telephone_or_into_the_mailbox(here: World) -> None:
    await left(here, seconds=2.0, caller_number="102")
    maria = await at_choices(here)
    await maria.presses("1")
    await maria.presses("2", at="answer-menu")
    await maria.hears("record-prompt-after-tone", "beep")
    await maria.says("Thank you, Tom. I will do that.")
    await maria.presses("#")
    await maria.presses("1", at="send-review-menu")
    await maria.hears("message-sent", "message-menu")
    (answer,) = here.appliance.messages.list("tom")
    assert (answer.caller_number, answer.caller_name, drafts(answer)) == ("101", "Maria Alvarez", [])
    await maria.presses("0")
    await maria.presses("1", at="message-choices")
    await maria.presses("1", at="answer-menu")
    await here.phone("fxs-2").rings()


@pytest.mark.parametrize(
    ("number", "told"), [("private", "no-number-to-answer"), ("", "no-number-to-answer"), ("911", "may-not-call-back")]
)
async def test_what_cannot_be_called_back_is_told(here: World, number: str, told: str) -> None:
    await left(here, seconds=2.0, caller_number=number)
    maria = await at_choices(here)
    await maria.presses("1")
    await maria.hears(told, "message-menu")


async def test_a_message_is_forwarded_behind_an_introduction_to_several_people(here: World) -> None:
    message = await left(here, seconds=4.0, urgent=True)
    maria = await at_choices(here)
    await maria.presses("2")
    await maria.hears("record-introduction", "beep")
    await maria.says(INTRODUCTION)
    await maria.presses("#")
    await maria.presses("102", at="enter-recipient")
    await maria.presses("199", at="recipient-added")
    await maria.presses("103", at="no-such-recipient")
    await maria.hears("recipient-added")
    await asyncio.sleep(2.0)
    await maria.presses("#")
    await maria.hears("message-sent", "message-menu")
    maria.hangs_up()
    await here.all_is_free()
    assert drafts(message) == []
    sound = read_clip((await here.appliance.mail.message("maria", message.id)).path)
    for mailbox in ("tom", "ruth"):
        (there,) = here.appliance.messages.list(mailbox)
        assert (there.caller_number, there.forwarded_by, there.urgent) == ("4075550123", "maria", True)
        assert read_clip(there.path)[-len(sound) :].tolist() == sound.tolist()
        assert there.seconds == pytest.approx(len(read_clip(there.path)) / 8000)
        assert there.seconds > 4.0 + 1.0 + 1.0
    tom = await opens(here, "fxs-2", "4062#")
    await tom.hears("urgent-message-number", "from-number")
    await tom.presses("8", at="recording")
    await tom.hears("forwarded-by")


async def test_a_message_is_forwarded_as_it_is_where_no_introduction_is_spoken(here: World) -> None:
    message = await left(here, seconds=4.0)
    maria = await at_choices(here)
    await maria.presses("2")
    await maria.presses("#", at="beep")
    await maria.presses("102", at="enter-recipient")
    await maria.hears("recipient-added")
    await asyncio.sleep(2.0)
    await maria.presses("#")
    await maria.hears("message-sent")
    (there,) = here.appliance.messages.list("tom")
    sound = read_clip((await here.appliance.mail.message("maria", message.id)).path)
    assert read_clip(there.path).tolist() == sound.tolist()


async def test_a_private_message_is_not_forwarded(here: World) -> None:
    await left(here, seconds=2.0, private=True)
    maria = await at_choices(here)
    await maria.presses("2")
    await maria.hears("private-not-forwarded", "message-choices")


@pytest.mark.parametrize("wrong", [OSError(28, "No space left on device"), ValueError("audio.wav")])
async def test_a_message_that_cannot_be_forwarded_does_not_end_the_call(here: World, wrong: Exception) -> None:
    message = await left(here, seconds=2.0)
    maria = await at_choices(here)
    await maria.presses("2")
    await maria.presses("#", at="beep")
    with mock.patch.object(here.appliance.mail, "join", side_effect=wrong):
        await maria.presses("102", at="enter-recipient")
        await maria.hears("recipient-added")
        await asyncio.sleep(2.0)
        await maria.presses("#")
        await maria.hears("message-not-sent", "message-menu")
    assert (here.appliance.messages.list("tom"), drafts(message)) == ([], [])


async def test_whoever_enters_the_own_extension_gets_a_reminder(here: World) -> None:
    maria = await recorded(here)
    await maria.presses("101", at="enter-recipient")
    await maria.hears("recipient-added")
    await asyncio.sleep(2.0)
    await maria.presses("#")
    await maria.hears("message-sent", "mailbox-menu")
    assert here.appliance.mail.counts("maria").new == 1


@pytest.mark.parametrize("moment", ["record-introduction", "beep", "enter-recipient", "recipient-added"])
async def test_whoever_hangs_up_before_the_end_has_forwarded_nothing(here: World, moment: str) -> None:
    message = await left(here, seconds=2.0)
    maria = await at_choices(here)
    await maria.presses("2")
    if moment in ("enter-recipient", "recipient-added"):
        await maria.presses("#", at="beep")
    if moment == "recipient-added":
        await maria.presses("102", at="enter-recipient")
    await maria.hears(moment)
    maria.hangs_up()
    await here.ended(("front desk", "messages-heard", "on-hook"))
    assert (here.appliance.messages.list("tom"), drafts(message)) == ([], [])


async def test_a_full_mailbox_gets_nothing_and_the_sender_is_told(here: World) -> None:
    here.appliance.switchboard.office = replace(here.appliance.office, messages_per_mailbox=2)
    for _ in range(2):
        await left(here, "tom", seconds=2.0)
    maria = await recorded(here)
    await maria.presses("102", at="enter-recipient")
    await maria.hears("recipient-added")
    await asyncio.sleep(2.0)
    await maria.presses("#")
    await maria.hears("recipients-mailbox-full", "message-not-sent", "mailbox-menu")
    there = here.appliance.messages.list("tom")
    assert (len(there), drafts(there[0])) == (2, [])


async def test_a_manager_sends_everybody_a_message_that_ends_by_itself() -> None:
    async with world(with_manager) as here:
        maria = await recorded(here)
        await maria.presses("0", at="everybody-gets-it")
        await maria.presses("3#", at="days-until-deleted")
        await maria.hears("message-ends", "message-sent")
        maria.hangs_up()
        others = {person.id for person in here.appliance.office.people if person.mailbox} - {"maria"}
        mail = here.appliance.mail
        assert {mailbox for mailbox in others if mail.counts(mailbox).new} == others
        await until(lambda: here.phone("fxs-2").lamp)
        await asyncio.sleep(timedelta(days=3).total_seconds())
        await until(lambda: not here.phone("fxs-2").lamp)
        assert [mailbox for mailbox in others if mail.counts(mailbox).new] == []


async def test_the_number_of_a_list_sends_a_message_to_all_on_it(here: World) -> None:
    voicemail = replace(here.appliance.office.voicemail, lists={"70": ("maria", "tom", "ruth")})
    here.appliance.switchboard.office = replace(here.appliance.office, voicemail=voicemail)
    maria = await recorded(here)
    await maria.presses("70", at="enter-recipient")
    await maria.hears("recipient-added")
    await asyncio.sleep(2.0)
    await maria.presses("#")
    await maria.hears("message-sent")
    assert [here.appliance.mail.counts(mailbox).new for mailbox in ("maria", "tom", "ruth")] == [0, 1, 1]


async def test_who_is_no_manager_cannot_send_everybody_a_message(here: World) -> None:
    maria = await recorded(here)
    await maria.presses("0", at="enter-recipient")
    await maria.presses("*", at="no-such-recipient")
    await maria.hears("message-not-sent", "mailbox-menu")
    assert drafts(await left(here)) == []


async def test_a_department_hears_a_message_once_and_knows_who_has_heard_it() -> None:
    async with world(with_departments) as here:
        await left(here, "sales", seconds=2.0)
        for port, told in (("fxs-2", "you-have-new"), ("fxs-1", "you-have-saved")):
            phone = await here.phone(port).dials("8500")
            await phone.presses("*", at="enter-pin")
            await phone.presses("201#", at="enter-mailbox")
            await phone.presses("5823#", at="enter-pin")
            await phone.hears(told)
            if told == "you-have-new":
                await phone.hears("message-menu")
                phone.hangs_up()
                await here.all_is_free()
        maria = phone
        await maria.presses("2", at="mailbox-menu")
        await maria.presses("8", at="recording")
        await maria.hears("heard-by")
        await maria.presses("3", at="message-menu")
        await maria.hears("deleted")
        (id,) = (await here.appliance.mail.ids("sales")).deleted
        deleted = await here.appliance.mail.message("sales", id)
        assert (deleted.heard_by, deleted.deleted_by) == ("tom", "maria")


def with_a_key_to_messages(office: Office) -> Office:
    keys = office.menu.keys | {"7": Key(ToMessages(), "")}
    return replace(office, menu=replace(office.menu, keys=keys))


async def test_from_outside_messages_are_heard_by_a_key_of_the_menu_and_nobody_is_called_back() -> None:
    async with world(with_a_key_to_messages) as here:
        await left(here, seconds=2.0)
        caller = await here.greeted()
        await caller.presses("7")
        await caller.presses("101#", at="enter-mailbox")
        await caller.presses("7391#", at="enter-pin")
        await caller.presses("0", at="message-menu")
        await caller.presses("1", at="message-choices")
        await caller.hears("may-not-call-back")
        await caller.presses("3", at="message-menu")
        await caller.hears("deleted")
        caller.hangs_up()
        await here.ended(("main", "messages-heard", "loop-break"))


async def test_a_message_that_the_disk_has_no_room_to_forward_is_told_and_stays(here: World) -> None:
    message = await left(here, seconds=4.0)
    maria = await at_choices(here)
    await maria.presses("2")
    await maria.presses("#", at="beep")
    await maria.presses("102", at="enter-recipient")
    await maria.hears("recipient-added")
    await asyncio.sleep(2.0)
    full = StoreFull(errno.ENOSPC, "the disk is full: no room for a message")
    with mock.patch.object(MessageStore, "record_anew", side_effect=full):
        await maria.presses("#")
        await maria.hears("message-not-sent", "message-menu")
    assert (drafts(message), here.appliance.messages.list("tom")) == ([], [])
