"""`python -m tests.sip.fuzz [--seconds S] [--seed N]`: malformed SIP and RTP against a unit that goes on answering.

While one served device, and one that is not, send nonsense to all SIP ports and to the sound of a running call, a
well-behaved gateway calls again and again and must be answered each time.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.sip.device import Device, Dialogue, answered, invite, sdp
from tests.sip.here import Unit, document, own_address, unit, until
from tests.sip.malformed import Malformed

PACKETS_A_ROUND = 40
ROUND_SECONDS = 0.1
CALL_EVERY_SECONDS = 1.0
MINUTES = 10
LINES = 3
SOUND = 7000
CALLERS = ("4075550123", "4075550199")
"""The well-behaved ones."""


@dataclass
class Found:
    """What came of it: datagrams sent, proper calls answered, calls that came of the nonsense, packets the kernel
    dropped, workers lost, and the memory of all workers, in MB, at first and in the end."""

    seed: int
    sent: int = 0
    answered: int = 0
    taken: int = 0
    dropped: int = 0
    lost: list[str] = field(default_factory=list)
    megabytes: tuple[float, float] = (0.0, 0.0)


async def fuzz(
    seconds: float, seed: int, folder: Path, tell: Callable[[str], None] = lambda _line: None, *, to_the_end: bool
) -> Found:
    """Send nonsense for so long. AssertionError when a proper call is not answered meanwhile.

    to_the_end: wait until all lines are free again, too, which takes half a minute.
    """
    found = Found(seed)
    here, good, bad, stranger = (own_address() for _ in range(4))
    gateways = [
        {"name": name, "model": "generic-gateway", "address": address, "trunks": [{"port": port} for port in ports]}
        for name, address, ports in (("good", good, ["good"]), ("bad", bad, [f"bad-{n}" for n in range(LINES)]))
    ]
    trunks = {name: {"answer_after_rings": 0} for name in ("good", *(f"bad-{n}" for n in range(LINES)))}
    office = document({"address": here, "gateways": gateways}, trunks, {})
    async with unit(office, folder) as there:
        pids = [worker.pid for worker in there.sip.endpoint.workers]
        first = resident_megabytes(pids)
        with await Device.open(good) as device, await Device.open(bad) as behaved:
            loop = asyncio.get_running_loop()
            end = loop.time() + seconds
            attack = loop.create_task(nonsense(there, behaved, bad, stranger, end, found))
            while loop.time() < end and not attack.done():
                await proper_call(there, device, found)
                tell(f"\r{found.sent:,} datagrams, {found.answered} calls answered, {len(found.lost)} workers lost")
                now = [worker.pid for worker in there.sip.endpoint.workers]
                if now != pids:
                    found.lost.append(f"after {found.sent} datagrams")
                    await until(lambda: all(one.serving for one in there.sip.endpoint.workers), "worker that is back")
                    pids = [worker.pid for worker in there.sip.endpoint.workers]
                await asyncio.sleep(CALL_EVERY_SECONDS)
            await attack
            await proper_call(there, device, found)
            found.megabytes = first, resident_megabytes(pids)
            if to_the_end:
                # An INVITE answered and never acknowledged is given up after 32 s (RFC 3261, timer H).
                await there.all_idle(60)
            found.taken = sum(record.caller_number not in CALLERS for record in there.appliance.calls.recent(10_000))
            await until(lambda: there.sip.strangers.packets, "count of strangers' packets")
            found.dropped = there.sip.strangers.packets
    return found


async def proper_call(there: Unit, device: Device, found: Found) -> None:
    call = invite(device, tuple_of(there.at("good")), "good", CALLERS[0], sdp(device.here[0], SOUND))
    await answered(call)
    await call.hang_up()
    found.answered += 1


async def nonsense(there: Unit, behaved: Device, bad: str, stranger: str, end: float, found: Found) -> None:
    """From a served address and from another one, to every SIP port; and to the sound of a call that was answered."""
    loop = asyncio.get_running_loop()
    chance = random.Random(found.seed)
    target = tuple_of(there.at("good"))
    makers = {host: Malformed(found.seed + n, host, target, "bad-0") for n, host in enumerate((bad, stranger))}
    sockets = {host: bound(host) for host in makers}
    ports = sorted(set(there.sip.endpoint.ports.values()))
    call, sound = await call_with_sound(there, behaved)
    try:
        while loop.time() < end:
            for _ in range(PACKETS_A_ROUND):
                host = chance.choice(tuple(makers))
                if chance.random() < 0.3:
                    data, port = makers[host].rtp(), sound + chance.randrange(2)
                else:
                    data, port = makers[host].sip(), chance.choice(ports)
                sockets[host].sendto(data, (target[0], port))
                found.sent += 1
            await asyncio.sleep(ROUND_SECONDS)
    finally:
        for one in sockets.values():
            one.close()
    await call.hang_up()


async def call_with_sound(there: Unit, behaved: Device) -> tuple[Dialogue, int]:
    """A call on the device's last line, and the unit's port for its sound."""
    user = f"bad-{LINES - 1}"
    call = invite(behaved, tuple_of(there.at(user)), user, CALLERS[1], sdp(behaved.here[0], SOUND + 2))
    answer = await answered(call)
    media = next(line for line in answer.body.splitlines() if line.startswith("m=audio"))
    return call, int(media.split()[1])


def bound(host: str) -> socket.socket:
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind((host, 5070))
    one.setblocking(False)
    return one


def tuple_of(address: str) -> tuple[str, int]:
    host, _, port = address.partition(":")
    return host, int(port)


def resident_megabytes(pids: list[int | None]) -> float:
    total = 0
    for pid in pids:
        lines = (Path("/proc") / str(pid) / "status").read_text(encoding="ascii").splitlines()
        total += int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])
    return total / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60 * MINUTES)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(
            fuzz(args.seconds, args.seed, Path(folder), lambda line: print(line, end="", flush=True), to_the_end=True)
        )
    print(f"\n{found.taken} calls came of the nonsense, {found.dropped:,} packets of the stranger were dropped")
    print(f"workers' memory: {found.megabytes[0]:.1f} MB at first, {found.megabytes[1]:.1f} MB in the end")
    for lost in found.lost:
        print(f"a worker was lost {lost}")
    return 1 if found.lost else 0


if __name__ == "__main__":
    sys.exit(main())
