"""Takes orders inside the guest: `tests.image.addition` puts this file there, for a trial only; no image has it.

It runs with the guest's own Python and imports nothing of the project. Each line from the virtual serial port is an
order {id, run, given, seconds}: a command as a list, its standard input, and its time-out in seconds. Each line back
is {id, code, out, err}; the code is 124 where time ran out, as with timeout(1), and 127 where there is no such command.
The first line tells {"up": seconds since the kernel started}.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO

OUT_OF_TIME = 124
NO_SUCH_COMMAND = 127


def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    """Do one order, and give its answer."""
    try:
        done = subprocess.run(
            order["run"],
            input=order["given"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=order["seconds"],
        )
    except subprocess.TimeoutExpired as error:
        out = error.stdout or b""
        return {"id": order["id"], "code": OUT_OF_TIME, "out": out.decode(errors="replace"), "err": str(error)}
    except OSError as error:
        return {"id": order["id"], "code": NO_SUCH_COMMAND, "out": "", "err": str(error)}
    return {"id": order["id"], "code": done.returncode, "out": done.stdout, "err": done.stderr}


def serve(orders: BinaryIO, answers: BinaryIO, up: float) -> None:
    """Carry out orders, one after the other, until there are no more."""
    _tell(answers, {"up": up})
    while line := orders.readline():
        _tell(answers, carry_out(json.loads(line)))


def _tell(answers: BinaryIO, told: dict[str, Any]) -> None:
    answers.write(json.dumps(told).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    with Path(sys.argv[1]).open("r+b", buffering=0) as port:
        since_start = float(Path("/proc/uptime").read_text().split()[0])
        serve(io.BufferedReader(port), io.BufferedWriter(port), since_start)
