"""The town: a whole unit on the simulated exchange, everybody with a telephone, and the record of what they do."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from appliance.calls.leg import Leg
from appliance.ear.clipbook import ClipBook
from appliance.office.phrase import Words
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.scenario.actions import Act, Flashes, HangsUp, Presses, Says, SendsFaxTone
from appliance.scenario.environment import Environment
from appliance.scenario.performing import perform
from appliance.simulation.hand import Hand
from appliance.simulation.office import HELP, Cast
from appliance.simulation.trace import GRID_S, Done
from appliance.simulation.words import SAYINGS
from hw.linecard import LineError

OFF_HOOK_ACTS = (Presses, Says, Flashes, SendsFaxTone, HangsUp)


class Town:
    """Made by `town`. Everything that people and chance do goes through `act` and `do`, which write it down."""

    def __init__(self, cast: Cast, environment: Environment) -> None:
        self.cast = cast
        """Who is who."""
        self.environment = environment
        """The unit and the exchange."""
        self.done: list[Done] = []
        """What was done since it was last cleared."""
        self.on_act: Callable[[Act], None] = lambda _action: None
        """Told of everything that is done, before it is."""
        self.on_ringing: Callable[[Hand], None] = lambda _hand: None
        """Told of each telephone that begins to ring."""
        self._began_s = asyncio.get_running_loop().time()
        self.hands = {name: Hand(self, name) for name in environment.parties}
        """Everybody, by the names of their telephones."""
        self.tasks: set[asyncio.Task[Any]] = set()
        """What people are about to do, or do now."""
        self.failed: list[str] = []
        """What went wrong in callbacks and tasks, whoever's."""
        asyncio.get_running_loop().set_exception_handler(self._inner_fault)

    @property
    def now_s(self) -> float:
        """Seconds since the town began."""
        return asyncio.get_running_loop().time() - self._began_s

    @property
    def quiet(self) -> bool:
        """Nobody does anything or has a telephone off hook, none rings, and the unit has no call."""
        if self.tasks or not self.environment.powered or self.environment.appliance.switchboard.ongoing:
            return False
        return not any(hand.off_hook or hand.ringing for hand in self.hands.values())

    def act(self, action: Act) -> None:
        """Do something that takes no time, at the next hundredth of a second."""
        self.begins(self.do(action), f"{action}")

    async def do(self, action: Act) -> None:
        """Do something at the next hundredth of a second, and return when it is done, or the telephone is hung up.

        What can be done only off hook is left out once the telephone is on hook.
        """
        at_s = math.ceil(round(self.now_s / GRID_S, 6)) * GRID_S
        await asyncio.sleep(max(0.0, at_s - self.now_s))
        if isinstance(action, OFF_HOOK_ACTS) and not self.hands[action.party].off_hook:
            return
        self.done.append(Done(at_s, action))
        self.on_act(action)
        await perform(self.environment, action)

    async def waits(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def begins(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Somebody begins to do something."""
        task = asyncio.create_task(work, name=name)
        self.tasks.add(task)
        task.add_done_callback(self._ended)

    def rings(self, hand: Hand) -> None:
        self.on_ringing(hand)

    def talks(self, telephone: str) -> bool:
        """Whether the holder of this telephone talks to a person, by the unit or by the exchange alone."""
        lines = self.environment.exchange.lines
        if telephone not in lines:
            station = next(one for one in self.environment.appliance.lines.station_lines if one.port == telephone)
            return any(leg.in_conversation for leg in station.legs)
        trunks = {trunk.port: trunk.leg for trunk in self.environment.appliance.lines.trunks}
        for line in lines[telephone].hears:
            leg: Leg | None = trunks.get(line.loop.name)
            if line.loop.name not in trunks or (leg is not None and leg.in_conversation):
                return True
        return False

    def trunk_of(self, number: str) -> str:
        """The port of ours that whoever has this number is connected to; empty for none."""
        trunks = {trunk.port for trunk in self.environment.office.trunks}
        hears = self.environment.exchange.lines[number].hears
        return next((line.loop.name for line in hears if line.loop.name in trunks), "")

    def trunk_answered(self, number: str) -> str:
        """The same, once the unit has answered."""
        port = self.trunk_of(number)
        return port if any(one.name == port and one.off_hook for one in self.environment.exchange.card.fxo) else ""

    @property
    def help_number(self) -> str:
        return self.hands[HELP].telephone.name

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, LineError):
            self.failed.append(f"{task.get_name()}: {type(error).__name__}: {error}")

    def _inner_fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.failed.append(f"{context.get('message')}: {type(error).__name__ if error else ''} {error or ''}".strip())


@asynccontextmanager
async def town(cast: Cast, prompts: PromptLibrary, folder: Path, beside: Path) -> AsyncIterator[Town]:
    """Put it up and start the unit, on a loop of virtual time. folder: for what the unit keeps."""
    await prompts.prepare([Words(text) for text in SAYINGS], [language(cast.office.language)])
    environment = Environment(cast.scenario, prompts, ClipBook(), folder, beside, recognises=False)
    await environment.open()
    here = Town(cast, environment)
    try:
        yield here
    finally:
        for task in list(here.tasks):
            task.cancel()
        await asyncio.gather(*here.tasks, return_exceptions=True)
        await environment.close()
