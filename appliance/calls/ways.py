"""The ways to somebody outside for a caller who came in on a line, tried one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from appliance.calls.party import Party
from appliance.calls.reaching import Reached, Target, Unreached, Why

ANOTHER_WAY_HELPS = (Why.NO_LINE, Why.CONGESTION, Why.BUSY)


class FirstOpenWay:
    """Ways that are tried in their order, until one is open to the end, whatever is met there."""

    def __init__(self, ways: Sequence[Target]) -> None:
        self._ways = ways
        self._tried: Target | None = None

    @property
    def asking(self) -> bool:
        return self._tried is not None and self._tried.asking

    async def reach(self, caller: Party) -> Reached:
        reached: Reached = Unreached(Why.NO_LINE)
        for way in self._ways:
            self._tried = way
            reached = await way.reach(caller)
            if not isinstance(reached, Unreached) or reached.cause not in ANOTHER_WAY_HELPS:
                break
        return reached
