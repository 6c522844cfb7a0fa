"""`copperdesk hw test PORT` of a board of one's own making, where no unit runs: pin by pin, with a person's hands."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from contextlib import suppress
from dataclasses import asdict

from hw.gpiocard.pinmap import BoardLine
from hw.gpiocard.pintest import try_board


def try_pins(line: BoardLine, *, as_json: bool) -> int:
    """Try every pin of this chip, and print what each did. Exit code 0 where all of them work."""
    return asyncio.run(_tried(line, as_json=as_json))


async def _tried(line: BoardLine, *, as_json: bool) -> int:
    well = True
    async for result in try_board([line], _ask_person):
        well = well and result.works
        mark = "well " if result.works else "WRONG"
        print(json.dumps(asdict(result)) if as_json else f"{mark}  {result.told}", flush=True)
    return 0 if well else 1


async def _ask_person(what: str) -> None:
    """Wait for Enter in a thread that ends with the program: Ctrl-C must not have to wait for Enter, too."""
    print(f"{what} Then press Enter.", file=sys.stderr, flush=True)
    loop, pressed = asyncio.get_running_loop(), asyncio.Event()

    def wait() -> None:
        sys.stdin.readline()
        with suppress(RuntimeError):  # Nobody waits any more, and the loop is closed.
            loop.call_soon_threadsafe(pressed.set)

    threading.Thread(target=wait, name="waits for Enter", daemon=True).start()
    await pressed.wait()
