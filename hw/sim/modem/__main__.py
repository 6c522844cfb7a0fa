"""`python -m hw.sim.modem FOLDER`: modems on lines of one simulated exchange, for programs that want a modem.

Each modem's port is a name in the folder: its number. They call each other, and a telephone calls them; see `--help`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hw.sim.exchange import Exchange
from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from hw.tones.toneplan import tone_plan

LINES = ("5550100=usr5637", "5550199=cx93010")
TELEPHONE = "5550188"
NAME = "JANE ROE"

USAGE = f"""\
What is typed meanwhile:
  call NUMBER        telephone {TELEPHONE}, {NAME}, calls this number
  hang-up            and hangs up
  unplug NUMBER      this modem is pulled out
  plug-in NUMBER     and is plugged in again
  quit
"""


class Modems:
    """The exchange with its modems and its telephone."""

    def __init__(self, folder: Path, country: str, lines: list[str]) -> None:
        plan = tone_plan(country)
        self.exchange = Exchange(plan, datetime.now)
        self.modems: dict[str, StandInModem] = {}
        for line in lines:
            number, _, model = line.partition("=")
            loop = self.exchange.wire_trunk(f"modem {number}", number)
            self.modems[number] = StandInModem(MODELS[model or "usr5637"], loop, plan, folder / number)
        self.telephone = self.exchange.subscriber(TELEPHONE, NAME)
        self._call: asyncio.Task[None] | None = None

    async def call(self, number: str) -> None:
        """Lift the telephone, and call."""
        self.telephone.lift()
        await asyncio.sleep(1)
        await self.telephone.press(number)

    def do(self, line: str) -> None:
        """What was typed. KeyError for a modem that is not there."""
        verb, _, number = line.strip().partition(" ")
        match verb:
            case "call":
                self._call = asyncio.get_running_loop().create_task(self.call(number))
            case "hang-up":
                self.telephone.hang_up()
            case "unplug":
                self.modems[number].unplug()
            case "plug-in":
                if self.modems[number].port is None:
                    self.modems[number].plug_in()
            case _:
                print(USAGE, end="")


async def serve(modems: Modems, lines: Callable[[], str]) -> None:
    """Let the exchange run until `quit`, or the end of what is typed."""
    ended = asyncio.Event()

    def typed() -> None:
        line = lines()
        if not line or line.strip() == "quit":
            ended.set()
            return
        with contextlib.suppress(KeyError):
            modems.do(line)

    await modems.exchange.start()
    for modem in modems.modems.values():
        modem.plug_in()
        print(f"{modem.model.name}: {modem.link}", flush=True)
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin, typed)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(sys.stdin)
        for modem in modems.modems.values():
            modem.unplug()
        await modems.exchange.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m hw.sim.modem",
        description="Modems on lines of a simulated exchange, in real time.",
        epilog=USAGE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where the ports are")
    parser.add_argument("--country", default="us", help="whose tones and caller ID the exchange has (%(default)s)")
    parser.add_argument(
        "--line",
        action="append",
        metavar="NUMBER=MODEL",
        help=f"a modem of this model on a line of this number, any number of times; {', '.join(MODELS)} "
        f"(default: {' '.join(LINES)})",
    )
    args = parser.parse_args()

    async def run() -> None:
        await serve(Modems(args.folder, args.country, args.line or list(LINES)), sys.stdin.readline)

    asyncio.run(run())


if __name__ == "__main__":
    main()
