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

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.scenario.commands import COMMANDS
from appliance.scenario.play import write_stereo
from appliance.scenario.transcript import clock

_ALIVE_S = 10.0
_LAST_WORDS_S = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--inside", metavar="PORT", default="", help="be a telephone of the office instead: fxs-1 …")
    parser.add_argument("--wav", type=Path, metavar="FILE", help="write what was said (left) and heard (right)")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; 1 where the unit does not run, or a command from a pipe could not be done."""
    return asyncio.run(PhoneConsole(DataFolder(args.data).socket, args.inside, args.wav).run())


class PhoneConsole:
    """Reads commands from standard input until it ends, and prints what is heard."""

    def __init__(self, socket: Path, inside: str, wav: Path | None) -> None:
        self._control = ControlClient(socket)
        self._inside = inside
        self._wav = wav
        self._sound: list[bytes] = []
        self._phone = 0
        self._interactive = sys.stdin.isatty()
        self._failed = False

    async def run(self) -> int:
        async with self._control:
            opened = await self._control.call("phone.open", inside=self._inside, sound=self._wav is not None)
            self._phone = opened["phone"]
            print(f"This is telephone {opened['number']}. Type `help` for what it can do.", flush=True)
            tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._keep_alive())]
            try:
                async for line in _typed(self._interactive):
                    if not await self._line(line):
                        break
            finally:
                with suppress(ControlError):
                    await self._control.call("phone.close", phone=self._phone)
                    await asyncio.sleep(_LAST_WORDS_S)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        if self._wav is not None:
            write_stereo(self._wav, np.frombuffer(b"".join(self._sound), "<i2").astype(np.int16))
            print(f"The call is in {self._wav}.")
        return 1 if self._failed and not self._interactive else 0

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
                print("\n".join(f"  {told}" for told in [*COMMANDS.values(), "quit               go away"]))
                return True
        try:
            await self._control.call("phone.do", phone=self._phone, line=_with_full_path(line))
        except ControlError as error:
            if error.code in ("connection-lost", "no-such-phone"):
                raise
            self._failed = True
            print(f"  {error}", flush=True)
        return True

    async def _watch(self) -> None:
        async for event in self._control.watch("phone"):
            self._event(event)

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("phone") != self._phone:
            return
        if "sound" in event:
            self._sound.append(base64.b64decode(event["sound"]))
        else:
            over_prompt = "\r" if self._interactive else ""
            print(f"{over_prompt}  {clock(event['at'])}  {event['what']}", flush=True)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(_ALIVE_S)
            await self._control.call("phone.alive", phone=self._phone)


def _with_full_path(line: str) -> str:
    """The unit looks for a file that is played from another folder than ours."""
    command, _, rest = line.partition(" ")
    if command.lower() != "play" or not rest.strip():
        return line
    return f"play {Path(rest.strip().strip(chr(34))).absolute()}"


async def _typed(interactive: bool) -> AsyncIterator[str]:
    """Lines of standard input as they come, from a terminal, a pipe or a file."""
    if stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode):
        for line in sys.stdin:
            yield line
        return
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while True:
        if interactive:
            print("> ", end="", flush=True)
        line = await reader.readline()
        if not line:
            return
        yield line.decode(errors="replace")
