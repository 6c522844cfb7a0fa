"""A modem that answers commands in virtual time, with verbs for what goes wrong with it, and the bus it is on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace

from hw.modem.bus import FoundModem, ModemLink

FIRST = FoundModem("/dev/ttyACM0", "0baf", "0303", "0001", "1-1.3", "USRobotics USB modem")


class ScriptedModem(ModemLink):
    """A modem with a USRobotics' answers.

    written: the commands it got since the last `clear`. hung: it takes bytes and says nothing, until it is unplugged,
    or what `cured_by` names is done to it: `dtr`, `+++` or `reset`.
    """

    def __init__(self) -> None:
        self.written: list[str] = []
        self.hung = False
        self.cured_by = ""
        self.late_s = 0.05
        self.twice = False
        self.noise = b""
        self.silent_to: set[str] = set()
        self.refuses = re.compile("#|%|\\*")
        self.echo = True
        self.tells_callers = False
        self.on_bytes: Callable[[bytes], None] = lambda _data: None
        self.on_gone: Callable[[], None] = lambda: None

    def says(self, text: str) -> None:
        """It says this by itself."""
        self.on_bytes(f"\r\n{text}\r\n".encode("latin-1"))

    def forgets(self) -> None:
        """It has its factory settings again."""
        self.echo, self.tells_callers = True, False

    def write(self, data: bytes) -> None:
        text = data.decode()
        self.written.append(text.strip())
        if text == "+++" and self.cured_by == "+++":
            self.hung = False
        if self.hung or not text.startswith("AT"):
            return
        answer = self._answer(text[2:].strip())
        echo = text if self.echo else ""
        if text[2:].strip() in self.silent_to:
            return
        loop = asyncio.get_running_loop()
        loop.call_later(self.late_s, lambda: self.on_bytes(echo.encode() + self.noise + answer.encode()))
        if self.twice:
            loop.call_later(self.late_s + 0.05, lambda: self.on_bytes(b"\r\nOK\r\n"))

    async def drop_dtr(self, seconds: float) -> None:
        self.written.append("(DTR)")
        await asyncio.sleep(seconds)
        if self.cured_by == "dtr":
            self.hung = False

    async def close(self) -> None:
        self.on_bytes, self.on_gone = (lambda _data: None), (lambda: None)

    def _answer(self, command: str) -> str:
        if self.refuses.search(command):
            return "\r\nERROR\r\n"
        if command in ("Z", "&F1", "&F"):
            self.forgets()
        if "E0" in command:
            self.echo = False
        if command == "+VCID=1":
            self.tells_callers = True
        texts = {
            "I3": "U.S. Robotics 56K FAX USB V1.2.23",
            "+VCID?": str(int(self.tells_callers)),
            "S3?": "013",
            "-TRV": "48.5",
        }
        text = texts.get(command, "")
        return (f"\r\n{text}\r\n" if text else "") + "\r\nOK\r\n"


class ScriptedBus:
    """One USB socket with that modem in it. plugged: None while it is not. other: another one, that was found first.

    breaks: whoever looks for modems fails in a way that nobody has thought of.
    """

    def __init__(self) -> None:
        self.modem = ScriptedModem()
        self.plugged: FoundModem | None = FIRST
        self.fails: OSError | None = None
        self.other: FoundModem | None = None
        self.breaks = False
        self.opened: list[str] = []
        self.resets = 0

    async def find(self) -> list[FoundModem]:
        if self.breaks:
            raise RuntimeError("what nobody has thought of")
        return [modem for modem in (self.other, self.plugged) if modem is not None]

    async def open(
        self, modem: FoundModem, on_bytes: Callable[[bytes], None], on_gone: Callable[[], None]
    ) -> ScriptedModem:
        if self.fails is not None:
            raise self.fails
        self.opened.append(modem.device)
        self.modem.on_bytes, self.modem.on_gone = on_bytes, on_gone
        return self.modem

    async def reset(self, modem: FoundModem) -> None:
        self.resets += 1
        await self.replug("/dev/ttyACM1", cures=self.modem.cured_by == "reset")

    async def replug(self, device: str, *, cures: bool = True, away_s: float = 3.0) -> None:
        """Take it out and put it in again, where it gets another device file."""
        self.unplug()
        await asyncio.sleep(away_s)
        self.modem.hung = self.modem.hung and not cures
        self.modem.forgets()
        self.plugged = replace(FIRST, device=device)

    def unplug(self) -> None:
        self.plugged = None
        self.modem.on_gone()
