"""`copperdesk phone`: be a caller, in a second terminal, while the unit runs on the built-in telephone exchange."""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.ear.heard import Heard
from appliance.ear.hearing import Hearing
from appliance.scenario.mistakes import MistakeFound
from appliance.scenario.participant import DIAL_TONE_S, REACTION_S
from appliance.scenario.transcript import clock
from appliance.testphone.commands import CONSOLE_COMMANDS, ConsoleCommand, read_command
from appliance.wav.clip import write_stereo
from appliance.wav.target import cannot_write
from hw.tones.toneplan import tone_plan

_ALIVE_S = 10.0
_LAST_WORDS_S = 5.0
"""How long the recogniser may take, after hanging up, to end with what was heard until then."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--inside", metavar="PORT", default="", help="be a telephone of the office: fxs-1, or its name")
    parser.add_argument("--wav", type=Path, metavar="FILE", help="write what was said (left) and heard (right)")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; 1 where the unit does not run, or a command from a pipe could not be done."""
    if args.wav is not None and (refused := cannot_write(args.wav)):
        print(f"copperdesk: {refused}", file=sys.stderr)
        return 1
    interactive = sys.stdin.isatty()
    console = PhoneConsole(ControlClient(DataFolder(args.data).socket), args.inside, args.wav, interactive)
    try:
        return asyncio.run(console.run(typed(interactive)))
    except KeyboardInterrupt:
        print("\nGoodbye.")
        return 0


class PhoneConsole:
    """Does commands line by line and prints what is heard. The daemon sends the sound; it is recognised here."""

    def __init__(self, control: ControlClient, inside: str, wav: Path | None, interactive: bool) -> None:
        self._control = control
        self._inside = inside
        self._wav = wav
        self._interactive = interactive
        self._sound: list[bytes] = []
        self._phone = 0
        self._main_number = ""
        self._off_hook = False
        self._acted_at = 0.0
        self._call_began_at = 0.0
        self._rings = False
        self._failed = False
        self._hearing: Hearing
        self._watching: asyncio.Task[None]

    async def run(self, lines: AsyncIterator[str]) -> int:
        async with self._control:
            events = self._control.watch("phone")
            state = await anext(events)
            self._main_number = state["main_number"]
            self._hearing = Hearing(tone_plan(state["country"]), self._show_heard)
            await self._hearing.learn(state["clips"])
            opened = await self._control.call("phone.open", inside=self._inside)
            self._phone = opened["phone"]
            print(f"This is telephone {opened['number']}. Type `help` for what it can do.", flush=True)
            self._watching = asyncio.create_task(self._watch(events))
            alive = asyncio.create_task(self._keep_alive())
            try:
                async for line in lines:
                    if not await self._line(line):
                        break
            finally:
                with suppress(ControlError):
                    await self._control.call("phone.close", phone=self._phone)
                    await asyncio.wait({self._watching}, timeout=_LAST_WORDS_S)
                for task in (self._watching, alive):
                    task.cancel()
                await asyncio.gather(self._watching, alive, return_exceptions=True)
                self._keep_sound()
        return 1 if self._failed and not self._interactive else 0

    def _keep_sound(self) -> None:
        """Write what was heard to the file, also where the call was cut off by the daemon or by Ctrl-C."""
        if self._wav is not None:
            write_stereo(self._wav, np.frombuffer(b"".join(self._sound), "<i2").astype(np.int16))
            print(f"The call is in {self._wav}.")

    async def _line(self, typed: str) -> bool:
        """Do one line; False when it was the last."""
        line = typed.strip()
        if not line or line.startswith("#"):
            return True
        if not self._interactive:
            print(f"> {line}", flush=True)
        match line.lower():
            case "quit" | "exit":
                return False
            case "help" | "?":
                print("\n".join(f"  {told}" for told in [*CONSOLE_COMMANDS.values(), "quit               go away"]))
                return True
        try:
            await self._carry_out(read_command(line))
        except MistakeFound as found:
            meant = f"; did you mean {found.mistake.suggestion!r}?" if found.mistake.suggestion else ""
            self._fail(f"{found.mistake.reason}{meant}")
        except ControlError as error:
            if error.code in ("connection-lost", "fell-behind", "no-such-phone"):
                raise
            self._fail(str(error))
        return True

    def _fail(self, reason: str) -> None:
        self._failed = True
        self._tell(reason)

    async def _carry_out(self, command: ConsoleCommand) -> None:
        """Do a command. ControlError if it cannot be done, or if the unit, the telephone or its sound is lost."""
        match command.name:
            case "call":
                await self._call(command.words or self._main_number)
            case "dial":
                await self._do("press", command.words)
            case "play":
                await self._do("play", _whole_path(command.words))
            case "send fax":
                await self._do("send fax", _whole_path(command.words))
                self._tell("the other machine has confirmed every page")
            case "receive fax":
                await self._receive_fax(Path(command.words))
            case "wait":
                await asyncio.wait({self._watching}, timeout=command.seconds)
            case _:
                await self._do(command.name, command.words)
        if self._watching.done():
            self._watching.result()
            await self._control.call("phone.alive", phone=self._phone)

    async def _receive_fax(self, file: Path) -> None:
        """The unit hands the pages over: it writes into no folder of ours."""
        if refused := cannot_write(file):
            self._fail(refused)
            return
        done = await self._do("receive fax")
        await asyncio.to_thread(file.write_bytes, base64.b64decode(done["fax"]))
        self._tell(f"the fax is in {file}")

    async def _do(self, act: str, words: str = "") -> dict[str, Any]:
        done: dict[str, Any] = await self._control.call("phone.do", phone=self._phone, act=act, words=words)
        self._off_hook, self._acted_at = done["off_hook"], done["acted_at"]
        return done

    def _tell(self, what: str) -> None:
        print(f"  {what}", flush=True)

    async def _call(self, number: str) -> None:
        """Lift and dial as `Participant.call` does: without dial tone, if it has not come after a while."""
        if not self._off_hook:
            await self._do("lift")
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hearing.dial_tone(self._acted_at), DIAL_TONE_S)
        await asyncio.sleep(REACTION_S)
        await self._do("press", number)

    async def _watch(self, events: AsyncIterator[dict[str, Any]]) -> None:
        """Take the telephone's events until it is given back."""
        async for event in events:
            if "clips" in event:
                await self._hearing.learn(event["clips"])
            elif event["phone"] == self._phone:
                await self._event(event)
                if "over" in event:
                    return

    async def _event(self, event: dict[str, Any]) -> None:
        at = event["at"]
        match event:
            case {"sound": data}:
                sound = base64.b64decode(data)
                if self._wav is not None:
                    self._sound.append(sound)
                await self._hearing.feed(np.frombuffer(sound, "<i2").astype(np.int16)[1::2], at)
            case {"says": words, "lasts": seconds}:
                self._hearing.own_words(at, words, seconds)
            case {"off_hook": True}:
                if not self._rings:
                    self._call_began_at = at
            case {"on_hook": True}:
                await self._hearing.finish()
            case {"sees": what}:
                if what == "rings":
                    self._call_began_at = at
                self._rings = what == "rings" or (self._rings and what != "stops ringing")
                self._show(at, what)

    def _show_heard(self, heard: Heard) -> None:
        self._show(heard.start_s, f"hears {heard}")

    def _show(self, at_s: float, what: str) -> None:
        """Print a line. Times count from the beginning of the call, when the telephone rang or was lifted."""
        print(f"  {clock(at_s - self._call_began_at)}  {what}", flush=True)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(_ALIVE_S)
            await self._control.call("phone.alive", phone=self._phone)


def _whole_path(file: str) -> str:
    """The absolute path of a file to be played, as the unit's current folder is not ours."""
    return str(Path(file).absolute())


async def typed(interactive: bool) -> AsyncIterator[str]:
    """Lines of standard input as they come, from a terminal, a pipe or a file."""
    if interactive:
        async for line in _prompted():
            yield line
        return
    mode = os.fstat(sys.stdin.fileno()).st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):  # a file, or /dev/null, is never waited for
        for line in sys.stdin:
            yield line
        return
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while read := await reader.readline():
        yield read.decode(errors="replace")


async def _prompted() -> AsyncIterator[str]:
    """Lines typed at a prompt. What is heard meanwhile is printed above it, and what was typed so far stays."""
    session: PromptSession[str] = PromptSession()
    with patch_stdout(raw=True), suppress(EOFError):
        while True:
            yield await session.prompt_async("> ")
