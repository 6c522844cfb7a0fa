"""A number outside that is called on somebody's account: it counts towards the limits, and is refused beyond them."""

from __future__ import annotations

from collections.abc import Callable

from appliance.calls.party import Party
from appliance.calls.reaching import Reached, Target, Unreached, Why


class CountedTarget:
    """Another target, counted from its try to its end.

    refused: whether a limit has been reached, asked before it is tried. begin: called as it is tried; returns what is
    to be called once it is over. What an exchange goes on with by itself is over with the try.
    """

    def __init__(self, target: Target, refused: Callable[[], bool], begin: Callable[[], Callable[[], None]]) -> None:
        self._target = target
        self._refused = refused
        self._begin = begin

    @property
    def asking(self) -> bool:
        return self._target.asking

    async def reach(self, caller: Party) -> Reached:
        if self._refused():
            return Unreached(Why.NOT_ALLOWED)
        over = self._begin()
        reached: Reached | None = None
        try:
            reached = await self._target.reach(caller)
        finally:
            if not isinstance(reached, Party):
                over()
        if isinstance(reached, Party):
            reached.leg.gone.add_done_callback(lambda _cause: over())
            reached.leg.released.add_done_callback(lambda _done: over())
        return reached
