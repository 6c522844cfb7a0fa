"""Debian's Kamailio as the server between units, with the configuration of examples/kamailio at addresses of a test's
own."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tests.hw.signals import program

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples/kamailio"
SERVER, UNIT_A, UNIT_B = "192.168.1.10", "192.168.1.21", "192.168.1.22"
"""The addresses in the examples."""

SOONER = ('"max_expires", 300', '"max_expires", 12')
"""Units register every 7 s, where it would be every 25 s: a server that has started anew knows them so soon."""

_START_S = 5.0
_END_S = 3.0
_hosts = itertools.count(1)


def own_address() -> str:
    """A loopback address in 127.32.0.0/11 that no other test has: by the test process and a counter."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"127.{32 + worker % 32}.{os.getpid() % 256}.{next(_hosts) % 254 + 1}"


def placed(name: str, addresses: Mapping[str, str]) -> str:
    """The example of this name with other addresses in it."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    for shown, real in addresses.items():
        text = text.replace(shown, real)
    return text


class Kamailio:
    """The server, in `folder`. addresses: those of the examples, with what stands for each here."""

    def __init__(self, folder: Path, addresses: Mapping[str, str]) -> None:
        self.address = addresses[SERVER]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        for name in ("kamailio.cfg", "offices.cfg"):
            (folder / name).write_text(placed(name, addresses).replace(*SOONER), encoding="utf-8")

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")

    async def start(self) -> None:
        """Start it, and wait until it takes connections. AssertionError with its log where it does not."""
        self._process = self._launched()
        last = time.monotonic() + _START_S
        while True:
            assert self._process.poll() is None, self.log
            assert time.monotonic() < last, self.log
            with suppress(OSError):
                _, writer = await asyncio.open_connection(self.address, 5060)
                writer.close()
                return
            await asyncio.sleep(0.02)

    def _launched(self) -> subprocess.Popen[bytes]:
        folder = str(self._folder)
        command = [program("kamailio", "kamailio"), "-DD", "-E", "-f", str(self._folder / "kamailio.cfg")]
        command += ["-Y", folder, "-w", folder, "-m", "32", "-M", "4"]
        with (self._folder / "log").open("ab") as log:
            # A group of its own, as it has a process for every purpose.
            return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    async def accounts(self) -> set[str]:
        """Who is registered, as the server tells its owner."""
        control = f"unix:{self._folder / 'kamailio_ctl'}"
        asked = await asyncio.create_subprocess_exec(
            program("kamcmd", "kamailio"), "-s", control, "ul.dump", stdout=asyncio.subprocess.PIPE
        )
        said, _ = await asked.communicate()
        return set(re.findall(r"AoR: (\S+)", said.decode()))

    def stop(self) -> None:
        """End it with all its processes. Harmless when it does not run."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_END_S)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
