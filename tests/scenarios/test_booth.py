"""`copperdesk phone`: its commands, and the booth that lends telephones of the running unit."""

from __future__ import annotations

import base64
import wave

import numpy as np
import pytest

from appliance.clock import run_virtual
from appliance.control.errors import ControlError
from appliance.scenario.booth import PhoneBooth
from appliance.scenario.commands import Command, read_command
from appliance.scenario.mistakes import MistakeFound
from appliance.scenario.officefile import office_reader
from appliance.scenario.parser import parse
from appliance.scenario.stage import Stage


class Socket:
    """Stands in for the control socket: keeps what is offered and published."""

    def __init__(self):
        self.methods, self.topics, self.events = {}, {}, []

    def method(self, name, handler, declared=None):
        self.methods[name] = handler

    def topic(self, name, state):
        self.topics[name] = state

    def publish(self, topic, event):
        self.events.append(event)

    def told(self, phone):
        return [event["what"] for event in self.events if event["phone"] == phone and "what" in event]


@pytest.fixture
def in_the_booth(prompts, base, tmp_path):
    """Run a conversation with a booth on a running unit, in virtual time."""

    def run(conversation):
        async def main():
            scene = parse("wait 1s\n", "none", office_reader(tmp_path))
            stage = Stage(scene, prompts, base, tmp_path / "data", tmp_path, keep_sound=False)
            await stage.open()
            socket = Socket()
            booth = PhoneBooth(stage.exchange, prompts, stage.plan)
            booth.offer(socket)
            try:
                await conversation(booth, socket)
            finally:
                await booth.close()
                await stage.close()

        run_virtual(main)

    return run


async def do(booth, phone, *lines):
    for line in lines:
        await booth.do({"phone": phone, "line": line})


def test_a_call_from_the_booth_hears_the_greeting_and_rings_a_telephone(in_the_booth):
    async def conversation(booth, socket):
        opened = await booth.open({"inside": "", "sound": False})
        assert opened == {"phone": 1, "number": "4075550123"}
        inside = await booth.open({"inside": "fxs-1", "sound": False})
        await do(booth, 1, "call", "wait 9", "press 101", "wait 3")
        await do(booth, inside["phone"], "lift", 'say "Please enter your PIN."', "wait 1")
        await do(booth, 1, "hang up", "wait 1")
        assert socket.told(1)[:3] == [
            "hears dial tone",
            "hears ringback",
            'hears "Good morning, and thank you for calling Riverside Dental."',
        ]
        assert 'hears "One moment, please."' in socket.told(1)
        assert 'hears "Please enter your PIN."' in socket.told(1)
        assert socket.told(2)[0] == "rings"
        assert socket.topics["phone"]() == {"open": [1, 2]}

    in_the_booth(conversation)


def test_a_file_is_played_and_the_sound_is_told_in_pieces(in_the_booth, tmp_path):
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes((8000 * np.sin(np.arange(8000))).astype("<i2").tobytes())

    async def conversation(booth, socket):
        await booth.open({"inside": "fxs-2", "sound": True})
        await do(booth, 1, "lift", "wait 1", f"play {tmp_path / 'tone.wav'}", "wait 1")
        pieces = [base64.b64decode(event["sound"]) for event in socket.events if "sound" in event]
        said, heard = np.frombuffer(b"".join(pieces), "<i2").reshape(-1, 2).T
        assert 2.5 * 8000 < len(said) < 3.5 * 8000
        assert abs(said).max() > 8000
        assert abs(heard).max() > 1000

    in_the_booth(conversation)


def test_what_cannot_be_done_is_refused_with_a_reason(in_the_booth):
    async def refused(booth, phone, line):
        with pytest.raises(ControlError) as caught:
            await do(booth, phone, line)
        return caught.value.code, str(caught.value)

    async def conversation(booth, socket):
        await booth.open({"inside": "fxs-3", "sound": False})
        assert await refused(booth, 1, "press 1") == ("cannot-do", "telephone fxs-3 is on hook")
        assert await refused(booth, 1, "prss 1") == (
            "not-understood",
            "there is no command 'prss'; did you mean 'press'?",
        )
        code, reason = await refused(booth, 1, "play nothing.wav")
        assert code == "cannot-do"
        assert "nothing.wav" in reason
        assert (await refused(booth, 7, "lift"))[0] == "no-such-phone"
        for inside, code in (("fxs-3", "in-use"), ("fxs-9", "no-such-phone")):
            with pytest.raises(ControlError) as caught:
                await booth.open({"inside": inside, "sound": False})
            assert caught.value.code == code

    in_the_booth(conversation)


def test_a_telephone_whose_console_went_away_is_hung_up_and_free_again(in_the_booth):
    async def conversation(booth, socket):
        await booth.open({"inside": "fxs-1", "sound": False})
        await do(booth, 1, "lift", "wait 1")
        outside = await booth.open({"inside": "", "sound": False})
        await do(booth, outside["phone"], "wait 40")
        with pytest.raises(ControlError):
            await booth.stay({"phone": 1})
        assert await booth.open({"inside": "fxs-1", "sound": False}) == {"phone": 3, "number": "fxs-1"}

    in_the_booth(conversation)


def test_a_second_caller_gets_another_number_and_the_first_number_is_lent_again(in_the_booth):
    async def conversation(booth, socket):
        numbers = [(await booth.open({"inside": "", "sound": False}))["number"] for _ in range(2)]
        await booth.close_one({"phone": 1})
        numbers.append((await booth.open({"inside": "", "sound": False}))["number"])
        assert numbers == ["4075550123", "4075550124", "4075550123"]

    in_the_booth(conversation)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("call", Command("call")),
        ("CALL 5550100", Command("call", "5550100")),
        ("press 1#", Command("press", "1#")),
        ('say "Hello, you"', Command("say", "Hello, you")),
        ("say Hello, you", Command("say", "Hello, you")),
        ("play my song.wav", Command("play", "my song.wav")),
        ("wait 5", Command("wait", seconds=5)),
        ("wait 300ms", Command("wait", seconds=0.3)),
        ("hang up", Command("hang up")),
    ],
)
def test_commands_are_read(line, command):
    assert read_command(line) == command


@pytest.mark.parametrize("line", ["press", "press x", "say", "wait soon", "hang up now", "hang", "dance"])
def test_a_line_that_is_no_command_is_refused(line):
    with pytest.raises(MistakeFound):
        read_command(line)
