"""A telephone in a test, which reads like the transcript of what its holder does and hears."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from hw.sim.telephone import Telephone
from tests.calls.hearing import Hearer, until

if TYPE_CHECKING:
    from tests.calls.world import World

ON_HOOK_SECONDS = 2.0
"""Longer than the longest hook flash, and a break of the battery by which the unit tells that the other has left."""
DIAL_TONE_SECONDS = 1.0
"""For so long people listen before they dial."""


class Phone(Hearer):
    """A telephone of the simulated exchange: one of ours, or one outside that calls us."""

    def __init__(self, world: World, telephone: Telephone) -> None:
        super().__init__()
        self.telephone = telephone
        self._world = world
        self._trunk = ""

    # What its holder does

    def lifts(self) -> None:
        if not self.off_hook:
            self.listens_to(self._world.told)
            self._trunk = ""
        self.telephone.lift()

    def hangs_up(self) -> None:
        self.telephone.hang_up()

    async def puts_down(self) -> None:
        """Hang up for longer than a hook flash, so that it can be lifted again, and until all calls are over."""
        self.hangs_up()
        await self._world.all_is_free()
        await asyncio.sleep(ON_HOOK_SECONDS)

    async def dials(self, number: str) -> Self:
        """Lift it, listen to the dial tone a little, and dial."""
        self.lifts()
        await asyncio.sleep(DIAL_TONE_SECONDS)
        await self.presses(number)
        return self

    async def presses(self, keys: str, *, at: str = "", pause_ms: float = 100) -> None:
        """at: what they hear first; see `hears`. pause_ms: behind each key."""
        if at:
            await self.hears(at)
        await self.telephone.press(keys, off_ms=pause_ms)

    def flashes(self) -> None:
        self.telephone.flash()

    async def puts_down_at_once(self) -> None:
        """The same, whatever goes on elsewhere then."""
        self.hangs_up()
        await asyncio.sleep(ON_HOOK_SECONDS)

    async def says(self, text: str) -> None:
        await self.telephone.speak(await self._world.speech(text))

    async def answers(self, within: float = 10.0) -> None:
        """Wait until it rings, and lift it."""
        await self.rings(within)
        self.lifts()

    # What they notice

    async def rings(self, within: float = 10.0) -> None:
        """Wait until it rings."""
        await until(lambda: self.telephone.ringing, within)

    async def lifted(self, within: float = 15.0) -> None:
        """Wait until it is off hook, where a machine answers it."""
        await until(lambda: self.telephone.off_hook, within)

    @property
    def line(self) -> str:
        if ours := self._world.line_on(self.telephone.name):
            return ours
        for connected in self._world.exchange.lines[self.telephone.name].hears:
            self._trunk = self._world.line_on(connected.loop.name) or self._trunk
        return self._trunk

    @property
    def ringing(self) -> bool:
        return self.telephone.ringing

    @property
    def off_hook(self) -> bool:
        return self.telephone.off_hook

    @property
    def lamp(self) -> bool:
        return self.telephone.lamp
