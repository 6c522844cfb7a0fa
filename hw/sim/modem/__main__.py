"""`python -m hw.sim.modem FOLDER`: modems on lines of one simulated exchange, for programs that want a modem.

Each modem's port is a name in the folder: its number. They call each other, and a telephone calls them; see `--help`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hw.sim.exchange import Exchange
from hw.sim.modem.model import MODELS, ModemModel
from hw.sim.modem.standin import StandInModem
from hw.tones.toneplan import TonePlan, UnknownCountry, tone_plan

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

    def __init__(self, folder: Path, plan: TonePlan, lines: list[tuple[str, ModemModel]]) -> None:
        self.exchange = Exchange(plan, datetime.now)
        self.modems: dict[str, StandInModem] = {}
        for number, model in lines:
            loop = self.exchange.wire_trunk(f"modem {number}", number)
            self.modems[number] = StandInModem(model, loop, plan, folder / number)
        self.telephone = self.exchange.subscriber(TELEPHONE, NAME)
        self._call: asyncio.Task[None] | None = None

    async def call(self, number: str) -> None:
        """Lift the telephone, and call."""
        self.telephone.lift()
        await asyncio.sleep(1)
        await self.telephone.press(number)

    def do(self, line: str) -> None:
        """What was typed. What is not understood is answered by what there is."""
        verb, _, number = line.strip().partition(" ")
        match verb:
            case "call" if number.isdecimal() and number.isascii():
                self._call = asyncio.get_running_loop().create_task(self.call(number))
            case "hang-up":
                self.telephone.hang_up()
            case "unplug" if number in self.modems:
                self.modems[number].unplug()
            case "plug-in" if number in self.modems:
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


def wired(line: str) -> tuple[str, ModemModel]:
    """A number and its modem, as written in a command. ArgumentTypeError where it is none."""
    number, _, model = line.partition("=")
    if not number.isdecimal() or not number.isascii() or number == TELEPHONE:
        raise argparse.ArgumentTypeError(f"{number!r} is no number for a line of its own, such as 5550100")
    if (model or "usr5637") not in MODELS:
        raise argparse.ArgumentTypeError(f"there is no model {model!r}; there are {', '.join(MODELS)}")
    return number, MODELS[model or "usr5637"]


def plan_of(country: str) -> TonePlan:
    """The tones of a country. ArgumentTypeError where none are known."""
    try:
        return tone_plan(country)
    except UnknownCountry as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hw.sim.modem",
        description="Modems on lines of a simulated exchange, in real time.",
        epilog=USAGE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where the ports are")
    parser.add_argument(
        "--country", type=plan_of, default="us", help="whose tones and caller ID the exchange has (%(default)s)"
    )
    parser.add_argument(
        "--line",
        action="append",
        type=wired,
        metavar="NUMBER=MODEL",
        help=f"a modem of this model on a line of this number, any number of times; {', '.join(MODELS)} "
        f"(default: {' '.join(LINES)})",
    )
    return parser


def main() -> None:
    args = arguments().parse_args()
    lines = dict(args.line or map(wired, LINES))

    async def run() -> None:
        await serve(Modems(args.folder, args.country, list(lines.items())), sys.stdin.readline)

    asyncio.run(run())


if __name__ == "__main__":
    main()
