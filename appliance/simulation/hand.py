"""Somebody with a telephone: does what a scenario can say, and notices what people do.

They understand no words. They notice that it rings, that a beep comes, that nobody says anything, that somebody talks
to them, and that the line has gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from appliance.scenario import actions as act
from appliance.simulation.sound import HandsetSound

if TYPE_CHECKING:
    from appliance.simulation.town import Town

LOOK_S = 0.2
"""How often people look whether what they wait for has come."""
LIFTED_S = 0.8
"""How long they listen before they dial."""


class Hand:
    """The holder of one telephone."""

    def __init__(self, town: Town, name: str) -> None:
        self.town = town
        """Where they live."""
        self.name = name
        """What scenarios call the telephone."""
        self.busy = False
        """They do something with it now."""
        self.telephone = town.environment.parties[name].telephone
        """The telephone itself."""
        self.sound = HandsetSound(self.telephone, town.environment.plan)
        """What it hears."""
        self.gone = False
        """The line has told that the far end has gone, since it was lifted."""
        self.telephone.observers.append(self._told)

    # What they do

    def lifts(self) -> None:
        self.gone = False
        self.sound.forget()
        self.town.act(act.Lifts(self.name))

    def hangs_up(self) -> None:
        if self.off_hook:
            self.town.act(act.HangsUp(self.name))

    def flashes(self) -> None:
        if self.off_hook:
            self.town.act(act.Flashes(self.name, None))

    async def dials(self, number: str) -> None:
        """Lifts, listens for a moment, dials."""
        self.lifts()
        await self.waits(LIFTED_S)
        await self.presses(number)

    async def presses(self, digits: str, on_ms: float = 100, off_ms: float = 100) -> None:
        """The pace is one that the scenario language has: 100 and 100 ms, 50 and 50, or 300 and 600."""
        if self.off_hook:
            await self.town.do(act.Presses(self.name, digits, on_ms, off_ms))

    async def says(self, text: str) -> None:
        if self.off_hook:
            await self.town.do(act.Says(self.name, text))

    async def sends_fax_tone(self, seconds: float) -> None:
        if self.off_hook:
            await self.town.do(act.SendsFaxTone(self.name, seconds))

    async def waits(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    # What they notice

    @property
    def off_hook(self) -> bool:
        return self.telephone.off_hook

    @property
    def ringing(self) -> bool:
        return self.telephone.ringing

    @property
    def talks(self) -> bool:
        """Somebody is there who talks to them."""
        return self.town.talks(self.telephone.name)

    async def until(self, condition: Callable[[], bool], within_s: float) -> bool:
        """Waits until this is so, for at most so long, and not once the line has gone. Whether it is."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + within_s
        while not condition():
            if loop.time() >= ends or self.gone:
                return False
            await asyncio.sleep(LOOK_S)
        return True

    def _told(self, what: str) -> None:
        if what == "loop-break":
            self.gone = True
        elif what == "ringing":
            self.town.rings(self)
