"""Hearing messages: the keys while one plays, and what becomes of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import numpy as np

from appliance.flows.hearing import LONGEST_PAUSE
from appliance.store.messages import Envelope, Message
from appliance.wav.clip import written_clip
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, MORNING, World

LONG_SECONDS = 20.0
HEARD = ["message-number", "from-number", "received", "recording"]


async def left(here: World, mailbox: str = "maria", seconds: float = LONG_SECONDS, **marks: object) -> Message:
    """A message of some length."""
    mail = here.appliance.mail
    envelope = replace(Envelope("4075550123", "", MORNING, seconds), **marks)
    path = await mail.begin(mailbox, envelope)
    path.write_bytes(written_clip(np.full(int(seconds * 8000), 300, np.int16)))
    return await mail.commit(path, envelope)


async def opens(here: World, port: str = "fxs-1", pin: str = "7391#") -> Phone:
    phone = await here.phone(port).dials("8500")
    await phone.presses(pin, at="enter-pin")
    return phone


async def seconds_until(phone: Phone, what: str) -> float:
    began = asyncio.get_running_loop().time()
    await phone.hears(what)
    return asyncio.get_running_loop().time() - began


async def test_one_goes_forward_and_back_in_a_message_pauses_and_hears_it_faster(here: World) -> None:
    await left(here)
    maria = await opens(here)
    await maria.hears("recording")
    await asyncio.sleep(1.0)
    await maria.presses("666", pause_ms=300)
    assert 2.0 < await seconds_until(maria, "message-menu") < 4.0
    await maria.presses("4")
    await maria.hears("recording")
    assert 4.0 < await seconds_until(maria, "message-menu") < 6.0
    await maria.presses("4")
    await maria.hears("recording")
    await maria.presses("5")
    await maria.hears("paused")
    await asyncio.sleep(8.0)
    await maria.presses("5")
    await maria.hears("recording")
    assert 4.0 < await seconds_until(maria, "message-menu") < 6.0
    await maria.presses("9")
    await maria.hears("recording")
    assert 13.0 < await seconds_until(maria, "message-menu") < 14.0
    await maria.presses("7")
    await maria.hears("recording")
    await maria.presses("7")
    await maria.hears("recording")
    assert 25.0 < await seconds_until(maria, "message-menu") < 27.0


async def test_a_key_that_is_pressed_in_a_pause_does_what_it_always_does(here: World) -> None:
    await left(here)
    maria = await opens(here)
    await maria.hears("recording")
    await maria.presses("5")
    await maria.presses("3", at="paused")
    await maria.hears("deleted")
    assert here.appliance.messages.list("maria") == []


async def test_a_pause_is_never_silent_for_long_and_ends_by_itself(here: World) -> None:
    await left(here)
    maria = await opens(here)
    await maria.hears("recording")
    await maria.presses("5")
    await maria.hears(*(LONGEST_PAUSE * ["paused"]), within=30)
    await maria.hears("recording", within=30)


async def test_pound_is_the_next_message_and_one_pressed_twice_the_one_before(here: World) -> None:
    for _ in range(3):
        await left(here)
    maria = await opens(here)
    await maria.hears("recording")
    await asyncio.sleep(3.0)
    await maria.presses("#")
    await maria.hears("recording")
    await asyncio.sleep(3.0)
    await maria.presses("1")
    await maria.hears("from-number")
    await maria.presses("1")
    await maria.hears("recording")
    await maria.presses("8")
    await maria.hears("received", "recording")
    await maria.presses("*")
    await maria.hears("mailbox-menu")
    assert maria.heard == [
        *["enter-pin", "you-have-new"],
        *(2 * HEARD),
        *HEARD[:3],
        *HEARD,
        *["from-number", "received", "recording"],
        "mailbox-menu",
    ]
    ids = await here.appliance.mail.ids("maria")
    assert (ids.new, ids.saved) == (["000003"], ["000001", "000002"])


async def test_a_message_that_is_passed_over_before_it_is_heard_stays_new(here: World) -> None:
    await left(here)
    maria = await opens(here)
    await maria.presses("#", at="from-number")
    await maria.hears("no-more-messages")
    assert here.appliance.mail.counts("maria").new == 1


async def test_urgent_messages_come_first_and_what_must_be_known_of_them_is_said(here: World) -> None:
    await left(here, seconds=2.0)
    await left(here, seconds=2.0, urgent=True, private=True, until=MORNING + timedelta(days=3))
    maria = await opens(here)
    await maria.presses("3", at="message-menu")
    await maria.hears("message-menu")
    assert maria.heard == [
        *["enter-pin", "you-have-new", "urgent-among-them"],
        *["urgent-message-number", "from-number", "received", "message-is-private", "message-ends", "recording"],
        *["message-menu", "deleted", *HEARD, "message-menu"],
    ]


async def test_a_deleted_message_can_be_brought_back_until_the_call_ends(here: World) -> None:
    for _ in range(2):
        await left(here, seconds=2.0)
    maria = await opens(here)
    await maria.presses("3", at="message-menu")
    await maria.presses("1", at="from-number")
    await maria.hears("deleted-message-number")
    await maria.presses("2", at="deleted-message-menu")
    await maria.hears("brought-back")
    await maria.presses("3", at="message-menu")
    await maria.presses("0", at="mailbox-menu")
    await maria.hears("choice-deleted")
    await asyncio.sleep(2.0)  # A # at once behind a key only ends it.
    await maria.presses("#")
    await maria.presses("2", at="deleted-message-menu")
    await maria.hears("brought-back", "mailbox-menu")
    maria.hangs_up()
    await here.ended(("front desk", "messages-heard", "on-hook"))
    assert here.appliance.mail.counts("maria").saved == 2


async def test_a_message_marked_as_new_lights_the_lamp_again(here: World) -> None:
    await left(here, seconds=2.0)
    maria = await opens(here)
    await maria.hears("message-menu")
    assert here.appliance.mail.counts("maria").new == 0
    await maria.presses("0")
    await maria.presses("4", at="message-choices")
    await maria.presses("*", at="listening-keys")
    await maria.presses("0", at="message-menu")
    await maria.presses("3", at="message-choices")
    await maria.hears("marked-new", "no-more-messages")
    maria.hangs_up()
    await until(lambda: maria.lamp)


async def test_a_receiver_laid_beside_the_telephone_hears_one_message_and_no_more(here: World) -> None:
    for _ in range(3):
        await left(here, seconds=2.0)
    maria = await opens(here)
    await maria.hears("goodbye", within=120)
    assert maria.heard.count("recording") == 1
    assert here.appliance.mail.counts("maria").new == 2


async def test_what_is_deleted_from_another_telephone_while_it_is_heard_is_told(here: World) -> None:
    first = await left(here, seconds=5.0)
    await left(here, seconds=2.0)
    maria = await opens(here)
    await maria.hears("recording")
    await here.appliance.mail.delete(first)
    await maria.hears("deleted-elsewhere", "recording", "message-menu")
    second = await here.appliance.mail.message("maria", "000002")
    await here.appliance.mail.delete(second)
    await maria.presses("3")
    await maria.hears("deleted-elsewhere", "no-more-messages")
    assert here.appliance.faults == []


async def test_a_message_whose_sound_is_damaged_is_told_and_lights_no_lamp(here: World) -> None:
    message = await left(here, seconds=2.0)
    message.path.write_bytes(b"RIFF")
    maria = await opens(here)
    await maria.hears("message-unreadable", "no-more-messages")
    assert here.appliance.mail.counts("maria").new == 0
    assert here.appliance.faults == ["message 000001 in the mailbox of maria cannot be played"]


async def test_a_mailbox_opened_by_three_telephones_at_once_is_the_same_for_all(here: World) -> None:
    for _ in range(3):
        await left(here, seconds=3.0)
    phones = [await opens(here)]
    for port in ("fxs-2", "fxs-3"):
        phone = await here.phone(port).dials("8500")
        await phone.presses("*", at="enter-pin")
        await phone.presses("101#", at="enter-mailbox")
        await phone.presses("7391#", at="enter-pin")
        phones.append(phone)
    maria, tom, ruth = phones
    await ruth.presses("3", at="message-menu")
    await tom.presses("2", at="message-menu")
    await tom.hears("deleted-elsewhere", "recording")
    await maria.presses("1", at="mailbox-menu")
    await maria.hears("recording")
    await tom.presses("*", at="message-menu")
    await tom.presses("1", at="mailbox-menu")
    await tom.hears("you-have-new-and-saved", "recording")
    ids = await here.appliance.mail.ids("maria")
    assert (ids.new, ids.saved, ids.deleted) == ([], ["000002", "000003"], ["000001"])


async def test_an_owner_whose_mailbox_is_nearly_full_is_told(here: World) -> None:
    here.appliance.switchboard.office = replace(here.appliance.office, messages_per_mailbox=2)
    await left(here, seconds=2.0)
    maria = await opens(here)
    await maria.presses("1", at="message-menu")
    assert "mailbox-nearly-full" not in maria.heard
    maria.hangs_up()
    await here.all_is_free()
    await left(here, seconds=2.0)
    maria = await opens(here)
    await maria.hears("own-mailbox-full", "recording")


async def test_callers_without_a_message_are_told_of_and_called_back(here: World) -> None:
    jane = here.caller()
    called_back = here.subscriber("14075550123")
    await jane.dials(MAIN)
    await jane.presses("101", at=GREETED)
    await here.phone("fxs-1").rings()
    jane.hangs_up()
    await here.all_is_free()
    maria = await opens(here)
    await maria.hears("you-have-no-messages", "lost-callers-besides", "choice-lost-callers")
    await maria.presses("9")
    await maria.presses("1", at="lost-caller-menu")
    await called_back.rings()


async def test_once_all_callers_without_a_message_are_done_the_menu_does_not_offer_them_any_more(here: World) -> None:
    jane = here.caller()
    await jane.dials(MAIN)
    await jane.presses("101", at=GREETED)
    await here.phone("fxs-1").rings()
    jane.hangs_up()
    await here.all_is_free()
    maria = await opens(here)
    await maria.hears("choice-lost-callers")
    await maria.presses("9")
    await maria.presses("2", at="lost-caller-menu")
    await maria.hears("lost-callers-no-more", "mailbox-menu")
    await asyncio.sleep(14.0)
    assert maria.heard[-2:] == ["mailbox-menu", "mailbox-menu"]
