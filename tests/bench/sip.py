"""SIP: what a call costs with audio both ways, how many can be set up, and the delays a caller notices.

The load is sipp's (Debian sip-tester), which sends all sound back, on lines of a SIP server. With an Asterisk to
compare with, the unit and it are measured in turn under the same load, and each pair gives one ratio.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from appliance.cli.ask import ask
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from hw.audio import SAMPLE_RATE, Samples
from tests.bench.asterisk import asterisk
from tests.bench.daemon import Daemon, started
from tests.bench.figure import Figure
from tests.bench.sipcaller import Caller, Heard
from tests.calls.world import OFFICE

UNIT, LOAD, CALLER, PEER = "127.12.0.1", "127.12.0.2", "127.12.0.3", "127.12.0.4"
"""Addresses of the loopback that nothing else uses."""
SCENARIO = Path(__file__).parent / "sipp" / "attendant.xml"
LOADS = (4, 16, 32)
"""Calls at the same time."""
MOST = 0.9
"""The target: the unit takes at most this part of the CPU that Asterisk takes for a call."""
MOST_MB = {32: 90}
PAIRS = 3
MENU_SECONDS = 20
SETTLE_SECONDS = 4.0
MEASURED_SECONDS = 12.0
SETUPS_A_SECOND = 20
SETUP_SECONDS = 60
ANSWERED_CALLS = 40
KEYS = 15
KEY = "3"


def figures(versus: Path | None = None) -> list[Figure]:
    """versus: an Asterisk to measure beside the unit."""
    found = [figure for calls in LOADS for figure in (under_load(calls) if versus is None else paired(calls, versus))]
    return [*found, *setups(), *delays()]


@dataclass(frozen=True, slots=True)
class Cost:
    """What calls cost all processes of a server: CPU for each call (% of a core) and memory (PSS, MB)."""

    cpu: float
    megabytes: float


def under_load(calls: int) -> list[Figure]:
    return cost_figures(calls, [unit_cost(calls)])


def paired(calls: int, versus: Path) -> list[Figure]:
    """Measure the unit and Asterisk in turns: the median of each, and the median of the ratios of the pairs."""
    pairs = [(unit_cost(calls), asterisk_cost(calls, versus)) for _ in range(PAIRS)]
    ours, theirs = zip(*pairs, strict=True)
    ratio = median(our.cpu / their.cpu for our, their in pairs)
    return [
        *cost_figures(calls, ours),
        Figure(f"sip: Asterisk's CPU a call, {calls} calls", median(their.cpu for their in theirs), "% of a core"),
        Figure(f"sip: CPU against Asterisk's, {calls} calls", ratio, "x", f"<= {MOST}", ratio <= MOST),
        Figure(f"sip: Asterisk's memory, {calls} calls", median(their.megabytes for their in theirs), "MB"),
    ]


def cost_figures(calls: int, costs: Sequence[Cost]) -> list[Figure]:
    cpu, megabytes = median(cost.cpu for cost in costs), median(cost.megabytes for cost in costs)
    memory = f"sip: memory of all processes, {calls} calls"
    most = MOST_MB.get(calls)
    return [
        Figure(f"sip: CPU a call, {calls} calls", cpu, "% of a core"),
        Figure(memory, megabytes, "MB", *(() if most is None else (f"<= {most}", megabytes <= most))),
    ]


def unit_cost(calls: int) -> Cost:
    """The unit's cost while so many callers listen to the menu."""
    with unit(calls) as running:
        return cost(running.daemon.pid, running.lines, UNIT)


def asterisk_cost(calls: int, binary: Path) -> Cost:
    """Asterisk's cost under the same load."""
    with asterisk(binary, PEER, LOAD, menu()) as pid:
        return cost(pid, {f"line-{number + 1}": 5060 for number in range(calls)}, PEER)


def cost(pid: int, lines: Mapping[str, int], address: str) -> Cost:
    """The cost to this process and its children while somebody listens on each line. lines: UDP ports by user."""
    calls = len(lines)
    listening = round((SETTLE_SECONDS + MEASURED_SECONDS + 3) * 1000)
    sipp = callers(lines, address, listening, ["-m", str(calls), "-r", "50", "-l", str(calls), "-rtp_echo"])
    time.sleep(SETTLE_SECONDS)
    before = {pid: cpu_seconds(pid) for pid in family(pid)}
    began = time.perf_counter()
    time.sleep(MEASURED_SECONDS)
    used = sum(cpu_seconds(pid) - cpu for pid, cpu in before.items())
    each = 100 * used / (time.perf_counter() - began) / calls
    megabytes = sum(proportional_megabytes(pid) for pid in before)
    ended_well(sipp, calls)
    return Cost(each, megabytes)


def menu() -> Samples:
    """Some seconds of the unit's own prompts one after another, for Asterisk to play as the unit plays them."""
    prompts = PromptLibrary(default_cache())
    asyncio.run(prompts.prepare([], [language("en")]))
    clips = prompts.texts(language("en"))
    spoken = np.concatenate([clips[text] for text in sorted(clips)])
    return spoken[: MENU_SECONDS * SAMPLE_RATE]


def setups() -> list[Figure]:
    """Calls set up one after another for a minute, each of half a second, on 32 lines."""
    calls = SETUPS_A_SECOND * SETUP_SECONDS
    with unit(32) as running:
        sipp = callers(running.lines, UNIT, 500, ["-m", str(calls), "-r", str(SETUPS_A_SECOND), "-l", "32"])
        failed = failures(sipp)
    return [Figure(f"sip: failed calls of {calls} at {SETUPS_A_SECOND} a second", failed, "", "0", failed == 0)]


def delays() -> list[Figure]:
    """The delays that one caller notices while the unit has nothing else to do."""
    with unit(4, CALLER):
        caller = Caller(CALLER, (UNIT, 5060), "line-1")
        try:
            answered, spoken = zip(*(answer(caller) for _ in range(ANSWERED_CALLS)), strict=True)
            undisturbed = listened(caller)
            changed = [key_to_change(caller, undisturbed, 1.0 + 0.137 * number) for number in range(KEYS)]
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
    """The sound of the menu when no key is pressed."""
    call = caller.begin()
    caller.listen(6.0)
    caller.end()
    return from_first_sound(call.heard)


def key_to_change(caller: Caller, undisturbed: list[Heard], after: float) -> float:
    """Seconds from the first packet of a key to the first packet of sound that is not the menu's."""
    call = caller.begin()
    caller.listen(after)
    pressed = caller.press(KEY, 1.0)
    caller.end()
    heard = from_first_sound(call.heard)
    return next(
        packet.at - pressed
        for packet, expected in zip(heard, undisturbed, strict=False)
        if packet.at > pressed and not np.array_equal(packet.samples, expected.samples)
    )


def from_first_sound(packets: list[Heard]) -> list[Heard]:
    first = next(number for number, packet in enumerate(packets) if loud(packet))
    return packets[first:]


def loud(packet: Heard) -> bool:
    return bool(np.max(np.abs(packet.samples.astype(np.int32))) > 200)


@dataclass(frozen=True, slots=True)
class Unit:
    """A running unit. `lines`: where a call for each line must go, as UDP ports by user."""

    daemon: Daemon
    lines: Mapping[str, int]


@contextmanager
def unit(calls: int, address: str = LOAD) -> Iterator[Unit]:
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
        data = Path(folder) / "data"
        daemon = started(data, office)
        try:
            time.sleep(1.0)
            lines = ask(data, "status")["sip"]["lines"]
            yield Unit(daemon, {line["port"]: line["unit_port"] for line in lines})
        finally:
            daemon.stop()


def callers(lines: Mapping[str, int], address: str, listening_ms: int, options: list[str]) -> subprocess.Popen[str]:
    """sipp, calling the lines in turn, each at the UDP port it is served at."""
    rows = [f"{user};{port};{listening_ms};{address}" for user, port in lines.items()]
    folder = Path(tempfile.mkdtemp())
    (folder / "lines.csv").write_text("SEQUENTIAL\n" + "\n".join(rows) + "\n", encoding="ascii")
    command = ["sipp", "-sf", str(SCENARIO), "-inf", "lines.csv", "-i", LOAD, "-p", "5060", "-mp", "20000"]
    command += ["-nostdin", "-timeout", "180", "-trace_stat", "-stf", "stat.csv", *options, f"{address}:5060"]
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
    """The memory of a process. What it shares with others is divided among them, so that a sum over processes is
    right (proc(5), Pss)."""
    text = (Path("/proc") / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    return int(next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1]) / 1024
