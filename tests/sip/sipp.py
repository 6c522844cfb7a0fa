"""sipp (Debian: sip-tester) as a device: one scenario, a bounded time, and its own report of what went wrong."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sip.here import until

SCENARIOS = Path(__file__).resolve().parent / "scenarios"
LONGEST_S = 40


@dataclass
class Sipp:
    """A running sipp. `folder`: where it writes and finds files."""

    process: asyncio.subprocess.Process
    folder: Path
    name: str
    here: tuple[str, int]
    _told: int = 0

    async def status(self) -> int:
        """Its exit status, once it has ended: 0 when every call went as the scenario says, 99 when out of time."""
        async with asyncio.timeout(LONGEST_S + 10):
            return await self.process.wait()

    async def done(self) -> None:
        """Wait for its end. AssertionError, with what it says, unless every call went as the scenario says."""
        status = await self.status()
        assert status == 0, f"{self.name} ended with {status}:\n{self.errors()}"

    async def answered(self, calls: int = 1) -> None:
        """Wait until it has acknowledged the answers to so many calls."""
        await until(lambda: len(self.messages("ACK ")) >= calls, f"answer to {self.name}")

    def go_on(self, call: int = 1) -> None:
        """Let a call go on whose scenario waits for a MESSAGE. That one is not answered."""
        self._told += 1
        lines = [
            f"MESSAGE sip:{self.here[0]} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.here[0]};branch=z9hG4bK-go-on-{call}-{self._told}",
            f"From: <sip:test@{self.here[0]}>;tag=1",
            f"To: <sip:test@{self.here[0]}>",
            f"Call-ID: {call}-{_call_id(self.here)}",
            f"CSeq: {self._told} MESSAGE",
            "Content-Length: 0",
        ]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as told:
            told.sendto("\r\n".join([*lines, "", ""]).encode(), self.here)

    def errors(self) -> str:
        return _text(self.folder / f"{self.name}.errors")[-4000:]

    def messages(self, start: str) -> list[str]:
        """The messages sent and received that begin so, such as `SIP/2.0 200`, the oldest first."""
        parts = re.split(r"^-{20,}.*\n", _text(self.folder / f"{self.name}.messages"), flags=re.MULTILINE)
        bodies = [part.partition("\n\n")[2] for part in parts]
        return [body for body in bodies if body.startswith(start)]


@asynccontextmanager
async def sipp(
    scenario: str,
    folder: Path,
    here: str,
    *options: str,
    to: str = "",
    calls: int = 1,
    port: int = 5060,
    media_port: int = 6000,
    **values: object,
) -> AsyncIterator[Sipp]:
    """sipp with this scenario at this address. to: where it calls, host:port; empty: it is called.

    values: what stands for [name] in the scenario. It is ended, whatever happens, when the block is left.
    """
    name = f"{scenario}-{here}-{port}"
    command = ["sipp", "-sf", str(SCENARIOS / f"{scenario}.xml"), "-i", here, "-p", str(port), "-mi", here]
    command += ["-mp", str(media_port), "-m", str(calls), "-timeout", str(LONGEST_S), "-timeout_error", "-nostdin"]
    command += ["-trace_err", "-error_file", f"{name}.errors", "-trace_msg", "-message_file", f"{name}.messages"]
    command += ["-cid_str", f"%u-{_call_id((here, port))}"]
    for key, value in values.items():
        command += ["-key", key, str(value)]
    process = await asyncio.create_subprocess_exec(
        *command,
        *options,
        *([to] if to else []),
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield Sipp(process, folder, name, (here, port))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _call_id(here: tuple[str, int]) -> str:
    return f"{here[1]}@{here[0]}"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n") if path.exists() else ""
