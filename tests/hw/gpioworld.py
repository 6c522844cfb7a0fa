"""A simulated board of one's own making at the simulated exchange, with its card: for the card's tests."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from hw.gpiocard.card import GpioCard
from hw.gpiocard.pace import MakePace
from hw.gpiocard.pinmap import BoardLine, DaaPins, SlicPins
from hw.sim.exchange import Exchange
from hw.sim.gpioboard import SimBoard
from hw.sim.telephone import Telephone
from hw.tones.toneplan import tone_plan

TRUNK = "5550100"
FXO, FXS = "gpio-fxo-1", "gpio-fxs-1"
CODEC = "codec0"
LINES = (BoardLine(FXS, SlicPins(), CODEC, "left"), BoardLine(FXO, DaaPins(), CODEC, "right"))


class GpioWorld:
    """The exchange, the board, the card on it, its faults that are there, and the telephone on its FXS port."""

    def __init__(
        self,
        country: str,
        board: SimBoard,
        exchange: Exchange,
        lines: tuple[BoardLine, ...],
        pace: MakePace,
        guarded: bool,
    ) -> None:
        self.exchange = exchange
        self.board = board
        self.card = GpioCard(lines, tone_plan(country), make_pace=pace, guarded=guarded)
        self.faults: list[str] = []
        self.card.on_fault = self._fault
        self.telephone: Telephone = exchange.telephones[FXS]

    def _fault(self, fault: str, there: bool) -> None:
        if there:
            self.faults.append(fault)
        elif fault in self.faults:
            self.faults.remove(fault)


@asynccontextmanager
async def gpio_world(
    country: str = "us",
    lines: tuple[BoardLine, ...] = LINES,
    before: Callable[[SimBoard], None] = lambda board: None,
    pace: Callable[[SimBoard], MakePace] = lambda board: board.pace,
    *,
    guarded: bool = False,
) -> AsyncIterator[GpioWorld]:
    """before: done to the board before the card starts. pace: what calls the card's steps. guarded: a process ends the
    ringing when this one dies."""
    exchange = Exchange(tone_plan(country), lambda: datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder, SimBoard(exchange, lines, Path(folder), {FXO: TRUNK}) as board:
        before(board)
        world = GpioWorld(country, board, exchange, lines, pace(board), guarded)
        await exchange.start()
        board.start()
        await world.card.start()
        try:
            yield world
        finally:
            await world.card.close()
            board.stop()
            await exchange.close()
