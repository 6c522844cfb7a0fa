"""`copperdesk phone`: its commands, and the console on a phones's telephone, which recognises what it is sent."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import subprocess
import sys
import wave

import numpy as np
import pytest

from appliance.control.errors import ControlError
from appliance.fax.shortpages import short_pages
from appliance.scenario.mistakes import MistakeFound
from appliance.testphone.commands import ConsoleCommand, read_command
from appliance.testphone.console import PhoneConsole
from tests.calls.hearing import until
from tests.fax.papers import pages_of, same


async def phone(socket, *lines, inside="", wav=None, interactive=False):
    async def typed():
        for line in lines:
            yield line + "\n"

    return await PhoneConsole(socket, inside, wav, interactive).run(typed())


async def test_a_caller_hears_the_greeting_and_the_words_of_who_answers(phones, socket, capsys):
    front_desk = (await socket.call("phone.open", inside="fxs-1"))["phone"]
    calling = asyncio.create_task(phone(socket, "call", "wait 9", "press 101", "wait 8", "hang up"))
    await until(lambda: any(event.get("sees") == "rings" for event in socket.events), within=20)
    await asyncio.sleep(3)
    await phones.do({"phone": front_desk, "act": "lift", "words": ""})
    await phones.do({"phone": front_desk, "act": "say", "words": "Are you free?"})
    assert await calling == 0
    assert any("clips" in event and "Are you free?" in event["clips"].values() for event in socket.events)
    assert capsys.readouterr().out.splitlines() == [
        "This is telephone 4075550123. Type `help` for what it can do.",
        "> call",
        "   0:00.06  hears dial tone",
        "> wait 9",
        "   0:03.06  hears ringback",
        '   0:06.78  hears "Good morning, and thank you for calling Riverside Dental."',
        "> press 101",
        '   0:09.60  hears "If you know your party\'s extension, you may dial i-"',
        "> wait 8",
        '   0:12.41  hears "One moment, please."',
        "   0:13.74  hears ringback",
        '   0:16.76  hears "Are you free?"',
        "> hang up",
    ]


async def test_an_echo_of_ones_own_words_and_keys_is_not_told(phones, socket, capsys):
    await phone(socket, "lift", "wait 1", "press 101", 'say "Are you free?"', "wait 1", inside="fxs-2")
    assert capsys.readouterr().out.splitlines() == [
        "This is telephone fxs-2. Type `help` for what it can do.",
        "> lift",
        "> wait 1",
        "> press 101",
        "   0:00.06  hears dial tone",
        '> say "Are you free?"',
        "> wait 1",
        '   0:01.53  hears "One moment, please."',
    ]


async def test_the_clock_counts_from_the_beginning_of_each_call(phones, socket, capsys):
    lines = ("wait 7", "lift", "wait 3", "hang up", "wait 20", "lift", "wait 3", "hang up")
    await phone(socket, *lines, inside="fxs-2")
    heard = [line for line in capsys.readouterr().out.splitlines() if "hears" in line]
    assert heard == ["   0:00.06  hears dial tone"] * 2


async def test_the_clock_of_a_call_that_comes_in_counts_from_its_first_ring(phones, socket, capsys):
    desk = asyncio.create_task(phone(socket, "wait 12", "lift", "wait 3", inside="fxs-1"))
    await asyncio.sleep(2)
    caller = (await socket.call("phone.open", inside="fxs-2"))["phone"]
    await phones.do({"phone": caller, "act": "lift", "words": ""})
    await asyncio.sleep(1)
    await phones.do({"phone": caller, "act": "press", "words": "101"})
    await desk
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("   ")]
    assert told == [
        "   0:00.00  rings",
        '   0:02.21  shows 102 "Doctor Tom Beck"',
        "   0:07.21  stops ringing",
    ]


async def test_a_console_is_a_fax_machine_on_both_ends(phones, socket, capsys, tmp_path):
    sent = short_pages(tmp_path / "out.tif", 1)
    answering = asyncio.create_task(phone(socket, "wait 6", "lift", f"receive fax {tmp_path / 'in.tif'}"))
    await asyncio.sleep(1)
    assert await phone(socket, "call 4075550123", f"send fax {sent}") == 0
    assert await answering == 0
    told = capsys.readouterr().out
    assert "  the other machine has confirmed every page\n" in told
    assert f"  the fax is in {tmp_path / 'in.tif'}\n" in told
    assert same(tmp_path / "in.tif", pages_of(sent))


async def test_a_telephone_that_is_given_back_ends_its_fax(phones, socket, tmp_path):
    opened = await socket.call("phone.open", inside="")
    await phones.do({"phone": opened["phone"], "act": "lift", "words": ""})
    fax = asyncio.create_task(phones.do({"phone": opened["phone"], "act": "receive fax", "words": ""}))
    await asyncio.sleep(1)
    await phones.close_one({"phone": opened["phone"]})
    with pytest.raises(ControlError, match="did not go through"):
        await fax


async def test_no_fax_is_sent_on_hook_or_of_no_file(phones, socket, capsys, tmp_path):
    assert await phone(socket, f"send fax {tmp_path / 'none.tif'}", "lift", f"send fax {tmp_path / 'none.tif'}") == 1
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ") and "hears" not in line]
    assert told == [
        "  the telephone is on hook: call, or lift, first",
        f"  {tmp_path / 'none.tif'}: No such file or directory",
    ]


CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TYPING = """
import asyncio, sys
from appliance.testphone.console import typed

async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), open(int(sys.argv[1]), "rb"))

    async def hear():
        while await reader.readline():
            print("hears busy tone", flush=True)

    hearing = asyncio.create_task(hear())
    async for line in typed(True):
        print("typed:", line, flush=True)
        break

asyncio.run(main())
"""


def test_what_is_heard_is_printed_above_what_is_being_typed():
    screen, terminal = pty.openpty()
    heard, tell = os.pipe()
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(heard)],
        stdin=terminal,
        stdout=terminal,
        pass_fds=(heard,),
        env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
    )
    os.close(terminal)
    seen = ""

    def until(text: str) -> None:
        nonlocal seen
        while text not in seen:
            seen = CONTROL.sub("", seen + os.read(screen, 4096).decode())
        seen = seen.partition(text)[2]

    try:
        until(">")
        os.write(screen, b"press 1")
        until("press 1")
        os.write(tell, b"\n")
        until("hears busy tone")
        until("press 1")
        os.write(screen, b"01\r")
        until("typed: press 101")
    finally:
        for end in (screen, heard, tell):
            os.close(end)
        typist.wait(10)


async def test_what_was_said_and_heard_is_written_to_a_file(phones, socket, tmp_path, capsys):
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes((8000 * np.sin(np.arange(8000))).astype("<i2").tobytes())

    lines = ("lift", "wait 1", f"play {tmp_path / 'tone.wav'}", "wait 1")
    assert await phone(socket, *lines, inside="fxs-2", wav=tmp_path / "call.wav") == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"The call is in {tmp_path / 'call.wav'}."
    with wave.open(str(tmp_path / "call.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 8000)
        said, heard = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2).T
    assert 3 * 8000 <= len(said) < 3.2 * 8000
    assert abs(said).max() > 8000
    assert abs(heard).max() > 1000


async def test_a_line_that_cannot_be_done_is_answered_with_a_reason_and_the_next_one_is_done(phones, socket, capsys):
    lines = ("# a remark", "prss 1", "press 1", "play none.wav", "lift", "wait 2", "quit", "dance")
    assert await phone(socket, *lines, inside="fxs-3") == 1
    assert await phone(socket, "dance", inside="fxs-3", interactive=True) == 0
    assert capsys.readouterr().out.splitlines() == [
        "This is telephone fxs-3. Type `help` for what it can do.",
        "> prss 1",
        "  there is no command 'prss'; did you mean 'press'?",
        "> press 1",
        "  telephone fxs-3 is on hook",
        "> play none.wav",
        "  none.wav cannot be read (No such file or directory): check that it exists",
        "> lift",
        "> wait 2",
        "> quit",
        "   0:00.06  hears dial tone",
        "This is telephone fxs-3. Type `help` for what it can do.",
        "  there is no command 'dance'",
    ]


async def test_a_caller_without_dial_tone_dials_after_a_while(phones, socket, capsys):
    loop = asyncio.get_running_loop()
    socket.deaf = True
    began = loop.time()
    await phone(socket, "call 5550100")
    keys = [event for event in socket.events if event.get("says") == "5550100"]
    assert [round(event["at"], 1) for event in keys] == [5.3]
    assert loop.time() - began > 5.3 + 1.4


async def test_a_console_is_told_that_the_unit_stopped_while_it_waits(phones, socket):
    loop = asyncio.get_running_loop()
    loop.call_later(3.0, socket.cut)
    with pytest.raises(ControlError) as caught:
        await phone(socket, "lift", "wait 60")
    assert caught.value.code == "connection-lost"
    assert loop.time() < 10


async def test_a_console_keeps_its_telephone_as_long_as_it_is_there(phones, socket, capsys):
    assert await phone(socket, "wait 100", "lift", "wait 2") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "   0:00.06  hears dial tone"


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("call", ConsoleCommand("call")),
        ("CALL 5550100", ConsoleCommand("call", "5550100")),
        ("press 1#", ConsoleCommand("press", "1#")),
        ('say "Hello, you"', ConsoleCommand("say", "Hello, you")),
        ("say Hello, you", ConsoleCommand("say", "Hello, you")),
        ("play my song.wav", ConsoleCommand("play", "my song.wav")),
        ("wait 5", ConsoleCommand("wait", seconds=5)),
        ("wait 300ms", ConsoleCommand("wait", seconds=0.3)),
        ("hang up", ConsoleCommand("hang up")),
    ],
)
def test_commands_are_read(line, command):
    assert read_command(line) == command


@pytest.mark.parametrize("line", ["press", "press x", "say", "wait soon", "hang up now", "hang", "dance"])
def test_a_line_that_is_no_command_is_refused(line):
    with pytest.raises(MistakeFound):
        read_command(line)
