"""`python -m tests.sip.fuzz [--seconds S] [--seed N]`: malformed SIP and RTP against a unit that goes on answering.

Two served devices gone mad and a stranger send it to all SIP ports, and to the sound of their own calls and of others'.
Meanwhile a well-behaved gateway calls every second, and must be answered and hear the unit each time.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hw.sip.card import UNKNOWN_SENDERS_FAULT
from tests.sip.device import Device, answered, invite, sdp
from tests.sip.enemy import Enemy
from tests.sip.here import RunningUnit, document, own_address, unit, until
from tests.sip.malformed import Malice, Place
from tests.sip.rtp import Listener, Sound, stream

SECONDS = 600
BURST, PAUSE_S = 6, 0.05
"""Some twenty calls a second. The library as it comes ready-made aborts at about a hundred in one worker: it has 64
sockets, and keeps those of a call for half a second after it is over."""
CALL_EVERY_S = 1.0
LIVES_S = 2.0
"""How long a call of an enemy's goes on, at most."""
SOUND = 7000
KEPT = 3000
"""Packets that are written to a file when a worker does not survive them."""
LONGEST_CALL_S = 180.0
"""A device that acknowledges its last call and says nothing more hears the menu three times (some 20 s each), ringback
for 20 s and a mailbox, which gives up after 8 s of silence. One never acknowledged is given up after 32 s (RFC 3261,
timer H)."""


@dataclass
class Found:
    """What came of it. megabytes: of each worker, once it was under fire for a quarter of the time, and in the end.

    faults: all that people were told, but that strangers knock.
    """

    seed: int
    sent: int = 0
    answered: int = 0
    dropped: int = 0
    lost: list[str] = field(default_factory=list)
    faults: set[str] = field(default_factory=set)
    megabytes: tuple[list[float], list[float]] = ([], [])


class Battle:
    """Everybody who takes part. foreign: where a proper call receives sound now, for others to send to."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.found = Found(seed)
        self.unit: RunningUnit
        self.address, self._proper, self._stranger = own_address(), own_address(), own_address()
        self._gateway, self._telephone = own_address(), own_address()
        self._malice = Malice(seed)
        self._folder = folder
        self._foreign: tuple[str, int] | None = None
        self._sent: deque[tuple[str, tuple[str, int], bytes]] = deque(maxlen=KEPT)

    def document(self) -> dict[str, Any]:
        gateways = [
            {"name": name, "model": "generic-gateway", "address": address, "trunks": [{"port": port} for port in ports]}
            for name, address, ports in (("proper", self._proper, ["proper"]), ("mad", self._gateway, ["mad", "mad-2"]))
        ]
        telephone = {"port": "tom", "address": self._telephone}
        sip = {"address": self.address, "gateways": gateways, "telephones": [telephone]}
        return document(sip, {"proper": {}, "mad": {}, "mad-2": {}}, {"surgery": "tom"})

    async def fight(self, seconds: float, tell: Callable[[str], None]) -> None:
        """Until the time is over and all lines are free again."""
        loop = asyncio.get_running_loop()
        end, quarter = loop.time() + seconds, loop.time() + seconds / 4
        self._listen_to_faults()
        at = [(self.address, port) for port in sorted(set(self.unit.sip.endpoint.ports.values()))]
        workers, first = self._workers(), list[float]()
        with (
            Enemy(self._gateway, "mad", list(at)) as gateway,
            Enemy(self._telephone, "tom", list(at)) as telephone,
            await Device.open(self._proper) as device,
            await Sound.open(self._proper, SOUND, Listener({}, self.unit.plan)) as sound,
        ):
            enemies = [gateway, telephone]
            firing = loop.create_task(self._fire(enemies, end))
            try:
                for number in itertools.count():
                    began = loop.time()
                    try:
                        await self._proper_call(device, sound, number)
                    except AssertionError:
                        # A call of a worker that is lost is lost with it; the next one must be answered.
                        if self._workers() == workers:
                            raise
                    if self._workers() != workers:
                        workers = await self._note_loss()
                    if began > quarter:
                        first = first or self._megabytes()
                    found = self.found
                    tell(f"\r{found.sent:,} packets, {found.answered} calls answered, {len(found.lost)} workers lost")
                    if firing.done() and began > end:
                        break
                    await asyncio.sleep(began + CALL_EVERY_S - loop.time())
                await firing
                firing = loop.create_task(_calm(enemies))
                await self.unit.all_idle(LONGEST_CALL_S)
            finally:
                firing.cancel()
                await asyncio.gather(firing, return_exceptions=True)
        self.found.megabytes = first, self._megabytes()
        self.found.dropped = self.unit.sip.unknown_senders.packets
        self.found.faults |= set(self.unit.appliance.faults) - {UNKNOWN_SENDERS_FAULT}

    async def _fire(self, enemies: list[Enemy], end: float) -> None:
        loop = asyncio.get_running_loop()
        there = (self.address, 5060)
        cut = iter(self._malice.every_length(Place((self._gateway, 5060), there, "mad")))
        calls_from = loop.time()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.bind((self._stranger, 5060))
            while loop.time() < end:
                for enemy in enemies:
                    for _ in range(BURST // len(enemies)):
                        for sender, data, to in enemy.fires(self._malice):
                            self._send(sender, data, to)
                    enemy.reads()
                for data in itertools.islice(cut, 2 * BURST):
                    self._send(enemies[0].any_socket, data, there)
                self._send(stranger, self._malice.sip(Place((self._stranger, 5060), there, "mad")), there)
                if self._foreign is not None:
                    self._send(stranger, self._malice.rtp(), self._foreign)
                    self._send(enemies[0].any_socket, self._malice.rtp(), self._foreign)
                if loop.time() > calls_from + LIVES_S:
                    calls_from = loop.time()
                    for enemy in enemies:
                        enemy.hangs_up()
                await asyncio.sleep(PAUSE_S)

    def _send(self, sender: socket.socket, data: bytes, to: tuple[str, int]) -> None:
        with suppress(OSError):  # Nobody is there at the moment.
            sender.sendto(data, to)
            self.found.sent += 1
            self._sent.append((":".join(map(str, sender.getsockname())), to, data))

    async def _proper_call(self, device: Device, sound: Sound, number: int) -> None:
        """Answered, heard, ended, and logged as it was."""
        caller, frames = str(4075551000 + number), sound.listener.frames
        host, _, port = self.unit.at("proper").partition(":")
        sound.far = None
        call = invite(device, (host, int(port)), "proper", caller, sdp(self._proper, SOUND))
        answer = await answered(call)
        self._foreign = (host, int(answer.body.partition("m=audio ")[2].split()[0]))
        await until(lambda: sound.listener.frames > frames + 10, "sound of the unit")
        await sound.send(stream(np.zeros(800, np.int16)))
        self._foreign = None
        await call.hang_up()
        record = await self.unit.record(caller)
        assert (record.outcome, record.cause) == ("abandoned", "hung-up"), record
        self.found.answered += 1

    def _listen_to_faults(self) -> None:
        sip, found = self.unit.sip, self.found
        forward = sip.on_fault

        def reported(fault: str, there: bool) -> None:
            if there and fault != UNKNOWN_SENDERS_FAULT:
                found.faults.add(fault)
            forward(fault, there)

        sip.on_fault = reported

    async def _note_loss(self) -> list[int | None]:
        """Keep what was sent last, and wait for the worker that comes after."""
        path = self._folder / f"lost-{len(self.found.lost)}.txt"
        path.write_text("".join(f"{who} {to} {data!r}\n" for who, to, data in self._sent), encoding="ascii")
        self.found.lost.append(f"after {self.found.sent} packets; the last of them are in {path}")
        await until(lambda: all(worker.serving for worker in self.unit.sip.endpoint.workers), "worker that is back")
        return self._workers()

    def _workers(self) -> list[int | None]:
        return [worker.pid for worker in self.unit.sip.endpoint.workers]

    def _megabytes(self) -> list[float]:
        return [_megabytes(pid) for pid in self._workers() if pid is not None]


async def fuzz(seconds: float, seed: int, folder: Path, tell: Callable[[str], None] = lambda _line: None) -> Found:
    """Send nonsense for so long. AssertionError when a proper call is not answered meanwhile, or a line stays busy."""
    battle = Battle(seed, folder)
    async with unit(battle.document(), folder / "data") as battle.unit:
        await battle.fight(seconds, tell)
    return battle.found


async def _calm(enemies: list[Enemy]) -> None:
    """They go on answering, and end what is left of their calls."""
    while True:
        for enemy in enemies:
            enemy.hangs_up()
            enemy.reads()
        await asyncio.sleep(PAUSE_S)


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="copperdesk-fuzz-"))
    found = asyncio.run(fuzz(args.seconds, args.seed, folder, lambda line: print(line, end="", flush=True)))
    print(f"\n{found.dropped:,} packets of the stranger were dropped")
    print(f"workers' memory in MB: {found.megabytes[0]} under fire, {found.megabytes[1]} in the end")
    for trouble in (*(f"a worker was lost {lost}" for lost in found.lost), *sorted(found.faults)):
        print(trouble)
    return 1 if found.lost or found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
