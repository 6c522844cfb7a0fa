"""baresip (Debian: baresip-core) as a SIP telephone: what it says is a WAV file, what it hears is another."""

from __future__ import annotations

import asyncio
import json
import tempfile
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from hw.audio import SAMPLE_RATE, Samples
from tests.sip.here import PATIENCE_S, free_port, until

ADDRESS = "127.0.0.1"
"""Its sound comes from no other address of this machine."""
_TIMES_SAID = 30
_MODULES = ("g711", "aufile", "aubridge", "sndfile")
_APPLICATIONS = ("account", "menu", "ctrl_tcp", "mwi")


class Baresip:
    """A running baresip. events: all that it has told, the oldest first."""

    def __init__(self, folder: Path, process: asyncio.subprocess.Process) -> None:
        self.events: list[dict[str, Any]] = []
        self._folder = folder
        self._process = process
        self._answers: list[dict[str, Any]] = []
        self._writer: asyncio.StreamWriter
        self._reading: asyncio.Task[None]

    async def connect(self, port: int) -> None:
        """Reach its control port, which opens some time after it has started."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                assert self._process.returncode is None, self.trace
                with suppress(OSError):
                    reader, self._writer = await asyncio.open_connection(ADDRESS, port)
                    break
                await asyncio.sleep(0.02)
        self._reading = asyncio.create_task(self._read(reader))

    async def does(self, command: str, parameters: str = "") -> str:
        """Have it do this, such as `dial` or `hold`; what it says to it."""
        said = len(self._answers)
        text = json.dumps({"command": command, "params": parameters, "token": command})
        self._writer.write(f"{len(text)}:{text},".encode())
        await until(lambda: len(self._answers) > said, f"answer to {command}")
        answer = self._answers[said]
        # Version 1.1.0 resumes a call, and then says that there was no other one to be held instead.
        assert answer["ok"] or (command, answer["data"]) == ("resume", "Invalid argument"), answer
        return str(answer["data"])

    async def told(self, kind: str) -> dict[str, Any]:
        """The next event of this type, such as CALL_INCOMING; those before it are forgotten."""

        def found() -> int:
            return next((n + 1 for n, event in enumerate(self.events) if event["type"] == kind), 0)

        try:
            place = int(await until(found, kind))
        except AssertionError:
            raise AssertionError(f"no {kind}: {self.events}\n{self.trace}") from None
        event = self.events[place - 1]
        del self.events[:place]
        return event

    @property
    def trace(self) -> str:
        """What it printed, with every SIP message."""
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def heard(self) -> Samples:
        """What it has heard in its one call, once this is over."""
        (heard,) = self._folder.glob("*dec.wav")
        with wave.open(str(heard)) as file:
            return np.frombuffer(file.readframes(file.getnframes()), np.int16)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while length := await reader.readuntil(b":"):
            message = json.loads((await reader.readexactly(int(length[:-1]) + 1))[:-1])
            (self.events if message.get("event") else self._answers).append(message)

    async def close(self) -> None:
        if hasattr(self, "_reading"):
            self._reading.cancel()
            self._writer.close()
            await asyncio.gather(self._reading, return_exceptions=True)
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


@asynccontextmanager
async def baresip(sip_port: int, user: str, unit: str, says: Samples) -> AsyncIterator[Baresip]:
    """A telephone at this port of ADDRESS, without registration, whose calls go by way of the unit's host:port."""
    control_port = free_port()
    # It records nothing in a folder whose name is long.
    with tempfile.TemporaryDirectory(prefix="baresip-") as name:
        folder = Path(name)
        _write_files(folder, (sip_port, control_port), user, unit, says)
        with (folder / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                "baresip", "-s", "-f", name, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
            )
        telephone = Baresip(folder, process)
        try:
            await telephone.connect(control_port)
            yield telephone
        finally:
            await telephone.close()


def _write_files(folder: Path, ports: tuple[int, int], user: str, unit: str, says: Samples) -> None:
    sip_port, control_port = ports
    with wave.open(str(folder / "says.wav"), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        # It hangs up at the file's end.
        file.writeframes(np.concatenate([np.zeros(SAMPLE_RATE // 2, np.int16), says]).tobytes() * _TIMES_SAID)
    config = ["module_path /usr/lib/baresip/modules", *(f"module {name}.so" for name in _MODULES)]
    config += [f"module_app {name}.so" for name in _APPLICATIONS]
    config += [f"sip_listen {ADDRESS}:{sip_port}", f"ctrl_tcp_listen {ADDRESS}:{control_port}"]
    config += [f"net_interface {ADDRESS}"]
    config += [f"audio_source aufile,{folder}/says.wav", "audio_player aubridge,nowhere", f"snd_path {folder}"]
    config += ["audio_alert nothing,nothing", "call_max_calls 2", "rtp_ports 40000-49999"]
    (folder / "config").write_text("\n".join([*config, ""]), encoding="utf-8")
    account = f'<sip:{user}@{unit}>;regint=0;outbound="sip:{unit}";audio_codecs=pcmu'
    (folder / "accounts").write_text(account + "\n", encoding="utf-8")
    (folder / "contacts").write_text("", encoding="utf-8")
