"""The sound of a call while what works beside the calls runs away: takes all processors, and all memory it gets."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from appliance.cli.ask import ask
from tests.bench.daemon import started
from tests.bench.figure import Figure

SECONDS = 20.0
"""How long the call lasts."""
UNIT_NICE = -10
"""Of the daemon, as copperdesk.service has it. Only root may set it."""
AS_STARTED = f"""
import os
try: os.setpriority(os.PRIO_PROCESS, 0, {UNIT_NICE})
except PermissionError: pass
"""
BURNS = "from appliance.besidecalls import make_way; {limits}\nwhile True: pass"
TAKES = """
from appliance.besidecalls import stay_beside_calls
stay_beside_calls(memory=300 << 20)
while True:
    taken = []
    try:
        while True:
            taken.append(bytearray(b"x" * (10 << 20)))
    except MemoryError:
        pass
"""
WORKERS = {
    "nothing": [],
    "a voice that burns each processor": [BURNS.format(limits="make_way()")] * (os.cpu_count() or 1),
    "the same without limits": [BURNS.format(limits="")] * (os.cpu_count() or 1),
    "a voice that takes all memory": [TAKES],
}


def figures() -> list[Figure]:
    found = []
    for what, programs in WORKERS.items():
        late, overruns = measured(programs)
        found.append(Figure(f"runaway: beside the call {what}, 99.9 % of ticks", late, "ms late"))
        found.append(Figure(f"runaway: beside the call {what}, ticks a frame late", overruns, "ticks"))
    return found


def measured(programs: list[str]) -> tuple[float, int]:
    """How late 99.9 % of the ticks of a call are at the most, in ms, and how many were 20 ms late and more."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        daemon = started(Path(folder))
        ending.callback(daemon.stop)
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, daemon.pid, UNIT_NICE)
        for program in programs:
            ending.enter_context(running(program))
        caller = [sys.executable, "-m", "appliance.cli", "phone", "--data", folder]
        with subprocess.Popen(caller, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as phone:
            assert phone.stdin is not None
            print("call", file=phone.stdin, flush=True)
            while ask(Path(folder), "status")["ticks"]["made"] == 0:
                time.sleep(0.1)
            time.sleep(SECONDS)
            ticks = ask(Path(folder), "status")["ticks"]
            print("quit", file=phone.stdin, flush=True)
        return ticks["late_ms"]["p99.9"], ticks["overruns"]


@contextmanager
def running(program: str) -> Iterator[None]:
    """A Python program with the nice that the unit gives to what it starts."""
    command = [sys.executable, "-c", f"{AS_STARTED}\n{program}"]
    with subprocess.Popen(command) as process:
        try:
            yield
        finally:
            process.kill()
