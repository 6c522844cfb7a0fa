"""Several line cards, as one."""

from __future__ import annotations

from collections.abc import Sequence

from hw.linecard import FxoPort, FxsPort, LineCard


class Rack:
    """See `hw.linecard.LineCard`. The ports of the cards one after another."""

    def __init__(self, cards: Sequence[LineCard]) -> None:
        self.fxo: list[FxoPort] = [port for card in cards for port in card.fxo]
        self.fxs: list[FxsPort] = [port for card in cards for port in card.fxs]
        self._cards = cards

    async def start(self) -> None:
        for card in self._cards:
            await card.start()

    async def close(self) -> None:
        for card in reversed(self._cards):
            await card.close()
