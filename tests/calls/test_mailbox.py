"""The mailbox: PINs, tries, other people's mailboxes, messages that go away, and greetings."""

from __future__ import annotations

import asyncio

from appliance.calls.mail import OwnRecording
from hw.sim.telephone import Telephone
from tests.calls.around import dials_inside, leave, spoken, station_at, until
from tests.calls.world import GREETING_SECONDS, World, world

NO_MESSAGES = ["enter-pin", "you-have-no-messages", "mailbox-menu"]
MESSAGE = ["message-number", "from-number", "received", "recording"]


async def presses(telephone: Telephone, *keys: str, pause: float = 2.0) -> None:
    """Each of these, with time to listen a little behind it."""
    for key in keys:
        await telephone.press(key)
        await asyncio.sleep(pause)


async def in_mailbox(here: World) -> Telephone:
    """Maria at the front desk has given her PIN."""
    maria = await dials_inside(here, "fxs-1", "8500")
    await asyncio.sleep(1)
    await presses(maria, "7391#")
    return maria


async def test_star_at_the_pin_prompt_opens_another_mailbox() -> None:
    async with world() as here:
        await leave(here, "tom")
        with spoken() as said:
            maria = await dials_inside(here, "fxs-1", "8500")
            await asyncio.sleep(1)
            await presses(maria, "*", "102#", "4062#", pause=3.0)
            await asyncio.sleep(10)
        assert said.on("front desk") == [
            "enter-pin",
            "enter-mailbox",
            "enter-pin",
            "you-have-new",
            *MESSAGE,
            "message-menu",
        ]
        maria.hang_up()
        await asyncio.sleep(2)
        (record,) = here.appliance.calls.recent(10)
        assert (record.reached, record.outcome) == ("tom", "messages-heard")


async def test_silence_at_the_pin_prompt_is_no_wrong_pin() -> None:
    async with world() as here:
        with spoken() as said:
            maria = await dials_inside(here, "fxs-1", "8500")
            await asyncio.sleep(20)
            await presses(maria, "1111#", pause=4.0)
            await presses(maria, "2222#", pause=4.0)
            await presses(maria, "7391#", pause=4.0)
        assert said.on("front desk") == [
            *(2 * ["enter-pin"]),
            *(2 * ["enter-pin", "wrong-pin"]),
            *NO_MESSAGES,
        ]


async def test_three_silent_tries_at_the_pin_prompt_end_the_call() -> None:
    async with world() as here:
        with spoken() as said:
            await dials_inside(here, "fxs-1", "8500")
            await asyncio.sleep(40)
        assert said.on("front desk") == ["enter-pin"] * 3 + ["goodbye"]
        assert here.outcomes() == [("front desk", "refused", "released")]


async def three_wrong_pins(here: World) -> None:
    maria = await dials_inside(here, "fxs-1", "8500")
    await asyncio.sleep(1)
    await presses(maria, "1111#", "2222#", "3333#", pause=4.0)
    maria.hang_up()
    await asyncio.sleep(2)


async def test_three_wrong_pins_end_the_call_and_ten_in_an_hour_lock_the_mailbox_for_an_hour() -> None:
    async with world() as here:
        with spoken() as said:
            await three_wrong_pins(here)
        assert said.on("front desk") == 3 * ["enter-pin", "wrong-pin"] + ["goodbye"]
        assert here.outcomes() == [("front desk", "refused", "released")]
        await three_wrong_pins(here)
        await three_wrong_pins(here)
        assert here.appliance.faults == []
        with spoken() as said:
            await three_wrong_pins(here)
            maria = await in_mailbox(here)
            await asyncio.sleep(4)
        assert said.on("front desk") == 2 * ["enter-pin", "locked", "goodbye"]
        assert here.appliance.faults == ["the mailbox of maria is locked for an hour: too many wrong PINs"]
        maria.hang_up()
        await asyncio.sleep(3600)
        with spoken() as said:
            await in_mailbox(here)
            await asyncio.sleep(3)
        assert said.on("front desk") == NO_MESSAGES


async def test_valid_choices_use_up_no_tries() -> None:
    async with world() as here:
        with spoken() as said:
            maria = await in_mailbox(here)
            await presses(maria, "1", "2", "1", "2", "1", "3", "1", "1", "3", "1", "3", "*", "2")
        chosen = ["you-have-no-messages", "mailbox-menu"]
        assert said.on("front desk") == [
            *NO_MESSAGES,
            *(5 * chosen),
            *(2 * ["greeting-menu", "no-greeting"]),
            *["greeting-menu", "greeting-removed", "greeting-menu", "no-greeting"],
            *["greeting-menu", "greeting-removed", "greeting-menu"],
            "mailbox-menu",
            *chosen,
        ]


async def test_three_silent_tries_end_the_visit() -> None:
    async with world() as here:
        with spoken() as said:
            await in_mailbox(here)
            await asyncio.sleep(60)
        assert said.on("front desk") == [*NO_MESSAGES, "mailbox-menu", "mailbox-menu", "goodbye"]
        assert here.outcomes() == [("front desk", "messages-heard", "released")]


async def test_a_right_key_after_wrong_ones_works() -> None:
    async with world() as here:
        with spoken() as said:
            maria = await in_mailbox(here)
            await presses(maria, "7", "9", pause=4.0)
            await presses(maria, "1")
        assert said.on("front desk") == [
            *NO_MESSAGES,
            *(2 * ["not-valid", "mailbox-menu"]),
            *["you-have-no-messages", "mailbox-menu"],
        ]


async def test_three_wrong_keys_end_the_visit() -> None:
    async with world() as here:
        with spoken() as said:
            maria = await in_mailbox(here)
            await presses(maria, "7", "9", "8", pause=4.0)
        assert said.on("front desk") == [
            *NO_MESSAGES,
            *(2 * ["not-valid", "mailbox-menu"]),
            *["not-valid", "goodbye"],
        ]


async def test_a_message_that_another_telephone_deletes_while_it_is_heard_is_passed_over() -> None:
    async with world() as here:
        await leave(here, "maria", "4075550123")
        await leave(here, "maria", "private")
        with spoken() as said:
            maria = await in_mailbox(here)
            first, _second = here.appliance.messages.list("maria")
            await here.appliance.mail.delete(first)
            await asyncio.sleep(8)
            await until(lambda: said.on("front desk")[-1] == "message-menu", within=20)
            await presses(maria, "3")
            await asyncio.sleep(3)
        private = ["message-number", "from-private", "received", "recording"]
        assert said.on("front desk")[:-1] == [
            *["enter-pin", "you-have-new", *MESSAGE, *private, "message-menu"],
            *["deleted", "no-more-messages"],
        ]
        assert here.appliance.messages.list("maria") == []
        assert here.appliance.faults == []


async def test_a_message_that_another_telephone_deletes_before_a_key_is_pressed_is_passed_over() -> None:
    async with world() as here:
        await leave(here, "maria")
        await leave(here, "maria")
        with spoken() as said:
            maria = await in_mailbox(here)
            await until(lambda: said.on("front desk")[-1] == "message-menu", within=20)
            _second, first = here.appliance.messages.list("maria")
            assert not first.new
            await here.appliance.mail.delete(first)
            await presses(maria, "3")
            await until(lambda: said.on("front desk")[-1] == "message-menu", within=20)
        assert said.on("front desk") == [
            *["enter-pin", "you-have-new"],
            *(2 * [*MESSAGE, "message-menu"]),
        ]
        assert here.appliance.faults == []


async def test_a_private_callers_message_is_from_a_private_number() -> None:
    async with world() as here:
        caller = here.exchange.subscriber("4075550177", "JANE ROE", caller_id="private")
        await here.dials(caller)
        await asyncio.sleep(GREETING_SECONDS)
        await caller.press("3")
        await asyncio.sleep(12)
        await here.says(caller, "This is Jane. Please call me back.")
        caller.hang_up()
        await asyncio.sleep(2)
        with spoken() as said:
            maria = await dials_inside(here, "fxs-1", "8500")
            await asyncio.sleep(1)
            await presses(maria, "*", "100#", "2846#")
            await asyncio.sleep(3)
        assert said.on("front desk")[-4:] == ["message-number", "from-private", "received", "recording"]


async def _recording_a_greeting(here: World) -> Telephone:
    maria = await in_mailbox(here)
    await presses(maria, "3", "2")
    await asyncio.sleep(6)
    await here.says(maria, "This is Maria. I am out to lunch.")
    await presses(maria, "#")
    return maria


async def test_hanging_up_in_the_review_of_a_greeting_leaves_nothing_behind() -> None:
    async with world() as here:
        with spoken() as said:
            maria = await _recording_a_greeting(here)
            assert said.on("front desk")[-1] == "greeting-review-menu"
            maria.hang_up()
            await asyncio.sleep(2)
        assert await here.appliance.mail.own("maria", OwnRecording.GREETING) is None
        box = await here.appliance.mail.begin_own("maria")
        assert [item for item in box.parent.parent.iterdir() if item != box.parent] == []
        assert here.outcomes() == [("front desk", "messages-heard", "on-hook")]
        assert here.appliance.messages.list("maria") == []


async def test_a_greeting_that_is_not_kept_leaves_the_one_in_use() -> None:
    async with world() as here:
        maria = await _recording_a_greeting(here)
        await presses(maria, "1", pause=4.0)
        own = await here.appliance.mail.own("maria", OwnRecording.GREETING)
        assert own is not None
        before = own.read_bytes()
        maria.hang_up()
        await asyncio.sleep(2)
        maria = await _recording_a_greeting(here)
        maria.hang_up()
        await asyncio.sleep(2)
        assert own.read_bytes() == before


async def test_the_operators_lamp_and_dial_tone_tell_of_the_offices_messages_too() -> None:
    async with world() as here:
        await leave(here, "office")
        await asyncio.sleep(3)
        assert [station_at(here, f"fxs-{n}").lamp for n in (1, 2, 3, 4)] == [True, False, False, False]
        maria = await dials_inside(here, "fxs-1", "8500")
        await asyncio.sleep(1)
        await presses(maria, "*", "100#", "2846#", pause=3.0)
        await asyncio.sleep(8)
        maria.hang_up()
        await asyncio.sleep(4)
        assert [station_at(here, f"fxs-{n}").lamp for n in (1, 2, 3, 4)] == [False] * 4
