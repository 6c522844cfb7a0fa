"""The phones that lends telephones of the running unit: what it does with them, and what it tells."""

from __future__ import annotations

import asyncio
import base64
import wave

import numpy as np
import pytest

from appliance.control.errors import ControlError
from appliance.prompts.languages import language


async def do(phones, phone, *acts):
    for act in acts:
        name, _, words = act.partition(": ")
        await phones.do({"phone": phone, "act": name, "words": words})


async def test_a_console_is_told_what_it_needs_to_recognise_what_it_hears(phones, socket, prompts):
    await socket.call("phone.open", inside="")
    state = socket.topics["phone"]()
    clips = state.pop("clips")
    assert state == {"open": [1], "country": "us", "main_number": "5550100"}
    assert clips[str(prompts.path(language("en"), "Please enter your PIN."))] == "Please enter your PIN."
    assert "Good morning, and thank you for calling Riverside Dental." in clips.values()


async def test_events_come_in_the_order_in_which_things_happen(phones, socket):
    await socket.call("phone.open", inside="fxs-2")
    await asyncio.sleep(1)
    await do(phones, 1, "lift", "press: 10", "hang up")
    await phones.close_one({"phone": 1})
    told = [(event["at"], *(key for key in event if key not in ("phone", "at"))) for event in socket.events]
    assert told == [
        (1.0, "off_hook"),
        (1.0, "says", "lasts"),
        (1.0, "sound"),
        (1.2, "sound"),
        (1.4, "sound"),
        (1.4, "on_hook"),
        (2.4, "over"),
    ]


async def test_a_file_is_played_and_the_sound_is_told_in_pieces(phones, socket, tmp_path):
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes((8000 * np.sin(np.arange(8000))).astype("<i2").tobytes())

    await socket.call("phone.open", inside="fxs-2")
    await do(phones, 1, "lift")
    await asyncio.sleep(1)
    await do(phones, 1, f"play: {tmp_path / 'tone.wav'}")
    await asyncio.sleep(1)
    pieces = [base64.b64decode(event["sound"]) for event in socket.events if "sound" in event]
    assert max(len(piece) for piece in pieces) == 10 * 160 * 2 * 2
    said, heard = np.frombuffer(b"".join(pieces), "<i2").reshape(-1, 2).T
    assert 2.5 * 8000 < len(said) < 3.5 * 8000
    assert abs(said).max() > 8000
    assert abs(heard).max() > 1000


async def test_what_cannot_be_done_is_refused_with_a_reason(phones, socket):
    async def refused(phones, phone, act):
        with pytest.raises(ControlError) as caught:
            await do(phones, phone, act)
        return caught.value.code, str(caught.value)

    await socket.call("phone.open", inside="fxs-3")
    assert await refused(phones, 1, "press: 1") == ("cannot-do", "telephone fxs-3 is on hook")
    await do(phones, 1, "lift")
    assert await refused(phones, 1, "press: x") == ("cannot-do", "'x' is not a DTMF digit")
    assert await refused(phones, 1, "dance") == ("not-understood", "no telephone can 'dance'")
    code, reason = await refused(phones, 1, "play: nothing.wav")
    assert code == "cannot-do"
    assert "nothing.wav" in reason
    assert (await refused(phones, 7, "lift"))[0] == "no-such-phone"
    for inside, code in (("fxs-3", "in-use"), ("fxs-9", "no-such-phone")):
        with pytest.raises(ControlError) as caught:
            await socket.call("phone.open", inside=inside)
        assert caught.value.code == code


async def test_a_telephone_whose_console_went_away_is_hung_up_and_free_again(phones, socket):
    await socket.call("phone.open", inside="fxs-1")
    await do(phones, 1, "lift")
    await socket.call("phone.open", inside="")
    for _ in range(4):
        await asyncio.sleep(10)
        await phones.stay({"phone": 2})
    with pytest.raises(ControlError):
        await phones.stay({"phone": 1})
    assert [event["at"] for event in socket.events if event["phone"] == 1 and "over" in event] == [30.0]
    assert await socket.call("phone.open", inside="fxs-1") == {"phone": 3, "number": "fxs-1", "ticket": ""}
    assert socket.topics["phone"]()["open"] == [2, 3]


async def test_a_second_caller_gets_another_number_and_the_first_number_is_lent_again(phones, socket):
    numbers = [(await socket.call("phone.open", inside=""))["number"] for _ in range(2)]
    await phones.close_one({"phone": 1})
    numbers.append((await socket.call("phone.open", inside=""))["number"])
    assert numbers == ["4075550123", "4075550124", "4075550123"]


async def test_no_more_telephones_are_lent_than_there_are(phones, socket):
    for _ in range(8):
        await socket.call("phone.open", inside="")
    with pytest.raises(ControlError) as caught:
        await socket.call("phone.open", inside="")
    assert caught.value.code == "too-many-phones"
