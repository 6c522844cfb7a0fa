"""The mailbox: PINs, tries, other people's mailboxes, messages that go away, and greetings."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from appliance.calls.mail import OwnRecording
from appliance.office.model import Office
from tests.calls.around import leave
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, World

NO_MESSAGES = ["enter-pin", "you-have-no-messages", "mailbox-menu"]
MESSAGE = ["message-number", "from-number", "received", "recording"]
LOCKED_SECONDS = 3600
LONGER_THAN_A_FLASH = 2.0


async def to_the_mailbox(here: World) -> Phone:
    """Maria at the front desk is asked for her PIN."""
    maria = await here.phone("fxs-1").dials("8500")
    await maria.hears("enter-pin")
    return maria


async def in_mailbox(here: World) -> Phone:
    """She has given it."""
    maria = await to_the_mailbox(here)
    await maria.presses("7391#")
    return maria


async def test_star_at_the_pin_prompt_opens_another_mailbox(here: World) -> None:
    await leave(here, "tom")
    maria = await to_the_mailbox(here)
    await maria.presses("*")
    await maria.presses("102#", at="enter-mailbox")
    await maria.presses("4062#", at="enter-pin")
    await maria.hears("message-menu")
    assert maria.heard == [
        "enter-pin",
        "enter-mailbox",
        "enter-pin",
        "you-have-new",
        *MESSAGE,
        "message-menu",
    ]
    maria.hangs_up()
    await here.ended(("front desk", "messages-heard", "on-hook"))
    (record,) = here.appliance.calls.recent(10)
    assert record.reached == "tom"


async def test_silence_at_the_pin_prompt_is_no_wrong_pin(here: World) -> None:
    maria = await to_the_mailbox(here)
    await maria.presses("1111#", at="enter-pin")
    await maria.hears("wrong-pin")
    await maria.presses("2222#", at="enter-pin")
    await maria.hears("wrong-pin")
    await maria.presses("7391#", at="enter-pin")
    await maria.hears("mailbox-menu")
    assert maria.heard == [
        *["enter-pin"],
        *(2 * ["enter-pin", "wrong-pin"]),
        *NO_MESSAGES,
    ]


async def test_three_silent_tries_at_the_pin_prompt_end_the_call(here: World) -> None:
    maria = await to_the_mailbox(here)
    await maria.hears("goodbye")
    await here.ended(("front desk", "refused", "released"))
    assert maria.heard == ["enter-pin"] * 3 + ["goodbye"]


async def refused(here: World, *pins: str) -> list[str]:
    """What Maria hears in a call in which none of these PINs is right."""
    maria = await to_the_mailbox(here)
    await maria.presses(pins[0])
    for pin in pins[1:]:
        await maria.presses(pin, at="enter-pin")
    await maria.hears("goodbye")
    heard = maria.heard
    await here.all_is_free()
    maria.hangs_up()
    await asyncio.sleep(LONGER_THAN_A_FLASH)
    return heard


async def test_three_wrong_pins_end_the_call_and_never_lock_the_owners_own_telephone(here: World) -> None:
    for _ in range(3):
        assert await refused(here, "1111#", "2222#", "3333#") == 3 * ["enter-pin", "wrong-pin"] + ["goodbye"]
    assert here.outcomes() == 3 * [("front desk", "refused", "released")]
    assert here.appliance.faults == []
    for _ in range(2):
        assert await refused(here, "4444#") == ["enter-pin", "wrong-pin", "goodbye"]
    assert here.appliance.faults == ["there were too many wrong PINs on front desk: somebody may be guessing"]
    maria = await in_mailbox(here)
    await maria.hears("mailbox-menu")
    assert maria.heard == NO_MESSAGES


def with_manager(office: Office) -> Office:
    """Maria manages the office."""
    people = [replace(person, manager=person.id == "maria") for person in office.people]
    return replace(office, people=people)


async def guessed(here: World, *pins: str) -> list[str]:
    """What Tom hears at the surgery in a call in which he tries these as Maria's PIN."""
    tom = await here.phone("fxs-2").dials("8500")
    await tom.presses("*", at="enter-pin")
    for pin in pins:
        await tom.presses("101#", at="enter-mailbox")
        await tom.presses(pin, at="enter-pin")
    await tom.hears("goodbye")
    heard = tom.heard
    await here.all_is_free()
    tom.hangs_up()
    await asyncio.sleep(LONGER_THAN_A_FLASH)
    return heard


async def test_who_guesses_anothers_pin_ten_times_has_to_wait_and_is_told_how_long(here: World) -> None:
    for _ in range(3):
        await guessed(here, "1111#", "2222#", "3333#")
    waiting = ["enter-pin", "enter-mailbox", "enter-pin", "try-again-in", "goodbye"]
    assert await guessed(here, "4444#") == waiting
    assert await guessed(here, "7391#") == waiting
    guessing = "there were too many wrong PINs {}: somebody may be guessing"
    faults = [guessing.format(where) for where in ("on surgery", "for the mailbox of maria")]
    assert here.appliance.faults == faults
    maria = await in_mailbox(here)
    await maria.hears("mailbox-menu")
    maria.hangs_up()
    await asyncio.sleep(LOCKED_SECONDS)
    tom = await here.phone("fxs-2").dials("8500")
    await tom.presses("*", at="enter-pin")
    await tom.presses("101#", at="enter-mailbox")
    await tom.presses("7391#", at="enter-pin")
    await tom.hears("you-have-no-messages")


async def test_valid_choices_use_up_no_tries(here: World) -> None:
    maria = await in_mailbox(here)
    chosen = ["you-have-no-messages", "mailbox-menu"]
    for key in ("1", "2", "1", "2", "1"):
        await maria.presses(key, at="mailbox-menu")
    await maria.presses("3", at="mailbox-menu")
    await maria.presses("1", at="greetings-menu")
    for key in ("1", "1", "3", "1", "3", "*"):
        await maria.presses(key, at="greeting-menu")
    await maria.presses("*", at="greetings-menu")
    await maria.presses("2", at="mailbox-menu")
    await maria.hears("mailbox-menu")
    assert maria.heard == [
        *NO_MESSAGES,
        *(5 * chosen),
        "greetings-menu",
        *(2 * ["greeting-menu", "no-greeting"]),
        *["greeting-menu", "greeting-removed", "greeting-menu", "no-greeting"],
        *["greeting-menu", "greeting-removed", "greeting-menu", "greetings-menu"],
        "mailbox-menu",
        *chosen,
    ]


async def test_three_silent_tries_end_the_visit(here: World) -> None:
    maria = await in_mailbox(here)
    await maria.hears("goodbye", within=120)
    await here.ended(("front desk", "messages-heard", "released"))
    assert maria.heard == [*NO_MESSAGES, "mailbox-menu", "mailbox-menu", "goodbye"]


async def test_a_right_key_after_wrong_ones_works(here: World) -> None:
    maria = await in_mailbox(here)
    for key in ("*", "#", "1"):
        await maria.presses(key, at="mailbox-menu")
    await maria.hears("mailbox-menu")
    assert maria.heard == [
        *NO_MESSAGES,
        *(2 * ["not-valid", "mailbox-menu"]),
        *["you-have-no-messages", "mailbox-menu"],
    ]


async def test_three_wrong_keys_end_the_visit(here: World) -> None:
    maria = await in_mailbox(here)
    for key in ("*", "#", "*"):
        await maria.presses(key, at="mailbox-menu")
    await maria.hears("goodbye")
    assert maria.heard == [
        *NO_MESSAGES,
        *(2 * ["not-valid", "mailbox-menu"]),
        *["not-valid", "goodbye"],
    ]


async def test_a_private_callers_message_is_from_a_private_number(here: World) -> None:
    caller = await here.subscriber("4075550177", "JANE ROE", caller_id="private").dials(MAIN)
    await caller.presses("3", at=GREETED)
    await caller.hears("beep")
    await caller.says("This is Jane. Please call me back.")
    caller.hangs_up()
    await here.ended(("main", "message-left", "loop-break"))
    maria = await to_the_mailbox(here)
    await maria.presses("*")
    await maria.presses("100#", at="enter-mailbox")
    await maria.presses("2846#", at="enter-pin")
    await maria.hears("recording")
    assert maria.heard[-4:] == ["message-number", "from-private", "received", "recording"]


async def recording_a_greeting(here: World) -> Phone:
    maria = await in_mailbox(here)
    await maria.presses("3", at="mailbox-menu")
    await maria.presses("1", at="greetings-menu")
    await maria.presses("2", at="greeting-menu")
    await maria.hears("beep")
    await maria.says("This is Maria. I am out to lunch.")
    await maria.presses("#")
    await maria.hears("greeting-review-menu")
    return maria


async def test_hanging_up_in_the_review_of_a_greeting_leaves_nothing_behind(here: World) -> None:
    maria = await recording_a_greeting(here)
    maria.hangs_up()
    await here.ended(("front desk", "messages-heard", "on-hook"))
    assert await here.appliance.mail.own("maria", OwnRecording.GREETING) is None
    box = await here.appliance.mail.begin_own("maria")
    assert [item for item in box.parent.parent.iterdir() if item != box.parent] == []
    assert here.appliance.messages.list("maria") == []


async def test_a_greeting_that_is_not_kept_leaves_the_one_in_use(here: World) -> None:
    maria = await recording_a_greeting(here)
    await maria.presses("1")
    await maria.hears("greeting-menu")
    own = await here.appliance.mail.own("maria", OwnRecording.GREETING)
    assert own is not None
    before = own.read_bytes()
    maria.hangs_up()
    await here.all_is_free()
    maria = await recording_a_greeting(here)
    maria.hangs_up()
    await here.all_is_free()
    assert own.read_bytes() == before


async def test_the_operators_lamp_and_dial_tone_tell_of_the_offices_messages_too(here: World) -> None:
    telephones = [here.phone(f"fxs-{n}") for n in (1, 2, 3, 4)]
    await leave(here, "office")
    await until(lambda: [one.lamp for one in telephones] == [True, False, False, False])
    maria = await to_the_mailbox(here)
    await maria.presses("*")
    await maria.presses("100#", at="enter-mailbox")
    await maria.presses("2846#", at="enter-pin")
    await maria.hears("message-menu")
    maria.hangs_up()
    await until(lambda: [one.lamp for one in telephones] == [False] * 4)
