"""`copperdesk hw test PORT` of a board of one's own making, where no unit runs: pin by pin, with a person's hands."""

from __future__ import annotations

import asyncio
import json
import sys
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
    print(f"{what} Then press Enter.", file=sys.stderr, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
