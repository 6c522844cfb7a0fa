"""SIP: what a call costs with audio both ways, how many can be set up, and the delays a caller notices.

The load is sipp's (Debian sip-tester), which sends all sound back, on lines of a SIP server. The mark is Asterisk
22.10 playing a menu under the same load: 0.65, 0.39 and 0.32 % of a core a call at 4, 16 and 32 calls, and 101 MB.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.daemon import Daemon, started
from tests.bench.figure import Figure
from tests.bench.sipcaller import Caller, Heard
from tests.calls.world import OFFICE

UNIT, LOAD, CALLER = "127.12.0.1", "127.12.0.2", "127.12.0.3"
"""Addresses of the loopback that nothing else uses."""
SCENARIO = Path(__file__).parent / "sipp" / "attendant.xml"
MARKS = {4: 0.65, 16: 0.39, 32: 0.32}
MARK_MB = 101
CALLS_A_WORKER = 4
SETTLE_SECONDS = 4.0
MEASURED_SECONDS = 12.0
SETUPS_A_SECOND = 20
SETUP_SECONDS = 60
ANSWERED_CALLS = 40
KEYS = 15
KEY = "3"


def figures() -> list[Figure]:
    found = [figure for calls in MARKS for figure in under_load(calls)]
    return [*found, *setups(), *delays()]


def under_load(calls: int) -> list[Figure]:
    """CPU of the unit's processes for each call, and their memory, while so many callers listen to the menu."""
    with unit(calls) as daemon:
        listening = round((SETTLE_SECONDS + MEASURED_SECONDS + 3) * 1000)
        sipp = callers(calls, listening, ["-m", str(calls), "-r", "50", "-l", str(calls), "-rtp_echo"])
        time.sleep(SETTLE_SECONDS)
        before = {pid: cpu_seconds(pid) for pid in family(daemon.pid)}
        began = time.perf_counter()
        time.sleep(MEASURED_SECONDS)
        used = sum(cpu_seconds(pid) - cpu for pid, cpu in before.items())
        each = 100 * used / (time.perf_counter() - began) / calls
        megabytes = sum(proportional_megabytes(pid) for pid in before)
        ended_well(sipp, calls)
    mark = MARKS[calls]
    return [
        Figure(f"sip: CPU a call, {calls} calls", each, "% of a core", f"<= {mark}", each <= mark),
        Figure(f"sip: the same against Asterisk's {mark} %", each / mark, "x"),
        Figure(f"sip: memory of all processes, {calls} calls", megabytes, "MB", f"<= {MARK_MB}", megabytes <= MARK_MB),
    ]


def setups() -> list[Figure]:
    """Calls set up one after another for a minute, each of half a second, on 32 lines."""
    calls = SETUPS_A_SECOND * SETUP_SECONDS
    with unit(32):
        sipp = callers(32, 500, ["-m", str(calls), "-r", str(SETUPS_A_SECOND), "-l", "32"])
        failed = failures(sipp)
    return [Figure(f"sip: failed calls of {calls} at {SETUPS_A_SECOND} a second", failed, "", "0", failed == 0)]


def delays() -> list[Figure]:
    """What one caller notices, the unit having nothing else to do."""
    with unit(4, CALLER):
        caller = Caller(CALLER, (UNIT, 5060), "line-1")
        try:
            answered, spoken = zip(*(answer(caller) for _ in range(ANSWERED_CALLS)), strict=True)
            menu = listened(caller)
            changed = [key_to_change(caller, menu, 1.0 + 0.137 * number) for number in range(KEYS)]
        finally:
            caller.close()
    worst_answer, worst_key = 1000 * max(answered), 1000 * max(changed)
    return [
        Figure("sip: INVITE to 200 OK, median", 1000 * float(np.median(answered)), "ms"),
        Figure("sip: INVITE to 200 OK, worst", worst_answer, "ms", "<= 50", worst_answer <= 50),
        Figure("sip: INVITE to the first sound of the prompt, median", 1000 * float(np.median(spoken)), "ms"),
        Figure("sip: keypress to changed sound, median", 1000 * float(np.median(changed)), "ms"),
        Figure("sip: keypress to changed sound, worst", worst_key, "ms", "<= 80", worst_key <= 80),
    ]


def answer(caller: Caller) -> tuple[float, float]:
    """Seconds from INVITE to 200 OK, and to the first sound of the prompt."""
    call = caller.begin()
    caller.listen(1.0)
    caller.end()
    first = next(heard.at for heard in call.heard if loud(heard))
    return call.answered - call.invited, first - call.invited


def listened(caller: Caller) -> list[Heard]:
    """The menu as it is when no key is pressed."""
    call = caller.begin()
    caller.listen(6.0)
    caller.end()
    return from_first_sound(call.heard)


def key_to_change(caller: Caller, menu: list[Heard], after: float) -> float:
    """Seconds from the first packet of a key to the first packet of sound that is not the menu's."""
    call = caller.begin()
    caller.listen(after)
    pressed = caller.press(KEY, 1.0)
    caller.end()
    heard = from_first_sound(call.heard)
    return next(
        packet.at - pressed
        for packet, expected in zip(heard, menu, strict=False)
        if packet.at > pressed and not np.array_equal(packet.samples, expected.samples)
    )


def from_first_sound(packets: list[Heard]) -> list[Heard]:
    first = next(number for number, packet in enumerate(packets) if loud(packet))
    return packets[first:]


def loud(packet: Heard) -> bool:
    return bool(np.max(np.abs(packet.samples.astype(np.int32))) > 200)


@contextmanager
def unit(calls: int, address: str = LOAD) -> Iterator[Daemon]:
    """A unit that has so many lines to a SIP server at this address, answers at once, and has no telephones."""
    document: dict[str, Any] = json.loads(OFFICE.read_text(encoding="utf-8"))
    ports = [f"line-{number + 1}" for number in range(calls)]
    lines = [{"port": port, "user": port} for port in ports]
    document["trunks"] = [{"port": port, "answer_after_rings": 0} for port in ports]
    document["stations"] = []
    for person in document["people"]:
        person.pop("station", None)
    document["sip"] = {
        "address": UNIT,
        "servers": [{"name": "load", "address": address, "outside": True, "lines": lines}],
    }
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office.json"
        office.write_text(json.dumps(document), encoding="utf-8")
        daemon = started(Path(folder) / "data", office)
        try:
            time.sleep(1.0)
            yield daemon
        finally:
            daemon.stop()


def callers(lines: int, listening_ms: int, options: list[str]) -> subprocess.Popen[str]:
    """sipp, calling the lines in turn, each at the UDP port of its worker."""
    rows = [f"line-{n + 1};{5060 + n // CALLS_A_WORKER};{listening_ms};{UNIT}" for n in range(lines)]
    folder = Path(tempfile.mkdtemp())
    (folder / "lines.csv").write_text("SEQUENTIAL\n" + "\n".join(rows) + "\n", encoding="ascii")
    command = ["sipp", "-sf", str(SCENARIO), "-inf", "lines.csv", "-i", LOAD, "-p", "5060", "-mp", "20000"]
    command += ["-nostdin", "-timeout", "180", "-trace_stat", "-stf", "stat.csv", *options, f"{UNIT}:5060"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def failures(sipp: subprocess.Popen[str]) -> int:
    """Calls that failed, once all are over."""
    output, _ = sipp.communicate(timeout=240)
    rows = [line.split("|") for line in output.splitlines() if "Failed call" in line]
    return int(rows[-1][2])


def ended_well(sipp: subprocess.Popen[str], calls: int) -> None:
    failed = failures(sipp)
    if failed:
        raise RuntimeError(f"{failed} of {calls} calls failed under load")


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def cpu_seconds(pid: int) -> float:
    fields = (Path("/proc") / str(pid) / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def proportional_megabytes(pid: int) -> float:
    """Its memory, what it shares with others counted in parts, so that a sum over processes is right."""
    text = (Path("/proc") / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    return int(next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1]) / 1024
