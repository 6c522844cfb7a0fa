"""Messages over the control socket as the page needs them: heard in pieces, marked, forwarded, and written."""

from __future__ import annotations

import asyncio
import base64
import tempfile
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import numpy as np
import pytest

from appliance.api.forwarding import LONGEST_WORDS, offer_forwarding
from appliance.api.hearing import PIECE_BYTES, offer_hearing
from appliance.api.messages import offer_messages
from appliance.notify.recording import RecordingCarrier
from appliance.wav.clip import read_clip
from tests.calls.hearing import until
from tests.calls.peopleoffice import with_departments
from tests.calls.test_hearing_messages import left
from tests.calls.world import World, world
from tests.control.offered import Offered
from tests.notify.test_message_texts import Dictation, texts


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    return world(with_departments)


def offered(here: World) -> Offered:
    made = Offered()
    offer_messages(made, here.appliance, Path(tempfile.gettempdir()))
    offer_hearing(made, here.appliance)
    offer_forwarding(made, here.appliance)
    return made


async def test_the_operator_may_open_the_offices_mailbox_and_a_member_the_departments(here: World) -> None:
    await left(here, "sales")
    methods = offered(here)
    assert [one["mailbox"] for one in await methods.ask("messages.mailboxes", person="maria")] == [
        "maria",
        "sales",
        "office",
    ]
    ruth = await methods.ask("messages.mailboxes", person="ruth")
    assert [(one["mailbox"], one["own"]) for one in ruth] == [("ruth", True)]
    assert await methods.ask("messages.mailboxes", person="nobody") == []


async def test_a_message_comes_in_pieces_of_64_kilobytes_though_it_is_moved_meanwhile(here: World) -> None:
    message, methods = await left(here, seconds=10.0), offered(here)
    content, sound = message.path.read_bytes(), b""
    while len(sound) < len(content):
        told = await methods.ask("messages.sound", person="maria", id=message.id, at=len(sound))
        sound += base64.b64decode(told["piece"])
        assert len(base64.b64decode(told["piece"])) <= PIECE_BYTES
        await methods.ask("messages.heard", person="maria", id=message.id, by="maria")
    assert sound == content
    assert (await methods.ask("messages.sound", person="maria", id=message.id, at=10**9))["piece"] == ""
    assert await methods.refused("messages.sound", person="maria", id=message.id, at=-1) == "not-understood"


async def test_who_has_heard_it_is_noted_in_a_mailbox_of_several_alone(here: World) -> None:
    shared, own, methods = await left(here, "sales"), await left(here), offered(here)
    assert here.appliance.led_lit
    told = await methods.ask("messages.heard", person="sales", id=shared.id, by="maria")
    assert (told["state"], told["heard_by"]) == ("saved", "Maria Alvarez")
    told = await methods.ask("messages.heard", person="maria", id=own.id, by="maria")
    assert (told["state"], told["heard_by"]) == ("saved", "")
    assert not here.appliance.led_lit
    assert (await methods.ask("messages.unheard", person="maria", id=own.id))["state"] == "new"
    assert here.appliance.led_lit


async def test_a_message_is_forwarded_with_words_and_a_private_or_deleted_one_is_not(here: World) -> None:
    message, private, methods = await left(here, seconds=2.0), await left(here, private=True), offered(here)
    sent = await methods.ask(
        "messages.forward", person="maria", id=message.id, by="maria", to=["102", "tom"], words="?"
    )
    assert sent == {"sent": ["tom"], "full": []}
    (got,) = await here.appliance.mail.new_messages("tom")
    assert (got.words, got.forwarded_by, got.caller_number) == ("?", "maria", message.caller_number)
    assert np.array_equal(read_clip(got.path), read_clip(message.path))
    whose = {"person": "maria", "to": ["tom"]}
    assert await methods.refused("messages.forward", id=private.id, **whose) == "message-private"
    await methods.ask("messages.delete", person="maria", id=message.id)
    assert await methods.refused("messages.forward", id=message.id, **whose) == "no-such-message"


async def test_a_written_message_lights_the_lamp_and_by_telephone_says_that_it_is_to_be_read(here: World) -> None:
    methods = offered(here)
    await methods.ask("messages.write", to=["maria"], words="Call\x07 back\r\nsoon", number="(407) 555-0123", name="J")
    (got,) = await here.appliance.mail.new_messages("maria")
    assert (got.words, got.caller_number, got.caller_name, got.written) == ("Call back\nsoon", "4075550123", "J", True)
    assert here.appliance.led_lit
    maria = await here.phone("fxs-1").dials("8500")
    await maria.presses("7391#", at="enter-pin")
    await maria.hears("recording", "message-menu")
    assert here.appliance.mail.counts("maria").new == 0


async def test_a_written_message_is_mailed_with_its_words_at_once_and_never_written_down_by_a_machine() -> None:
    carrier, dictation = RecordingCarrier(), Dictation()
    async with world(texts, carrier=carrier, writer=dictation) as here:
        await offered(here).ask("messages.write", to=["maria"], words="Call back\nsoon", name="Jane", urgent=True)
        await until(lambda: bool(carrier.carried))
        assert carrier.carried[0].subject == "Message for you from Jane"
        assert carrier.carried[0].text.splitlines()[-3:] == ["The caller marked it as urgent.", "", "Call back soon"]
        assert carrier.carried[0].sound == ""
        await asyncio.sleep(60)
        assert dictation.begun == []


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"to": []}, "not-understood"),
        ({"to": [7]}, "not-understood"),
        ({"to": ["nobody"]}, "no-such-mailbox"),
        ({"to": ["tom"], "words": " \n "}, "words-missing"),
        ({"to": ["tom"], "words": "x" * (LONGEST_WORDS + 1)}, "words-too-long"),
        ({"to": ["tom"], "number": "call me"}, "not-a-number"),
    ],
    ids=str,
)
async def test_what_cannot_be_sent_is_refused(here: World, params: dict[str, object], code: str) -> None:
    assert await offered(here).refused("messages.write", **{"words": "Hello", **params}) == code
    assert here.appliance.mail.counts("tom").new == 0
