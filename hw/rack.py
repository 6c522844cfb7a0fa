"""Several line cards, as one. What is wrong with one card never stops the lines of another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from traceback import extract_tb
from typing import Any

from hw.linecard import ClockedCard, FxoPort, FxsPort, LineCard
from hw.port.portwatch import PortWatch, watched_fxo, watched_fxs
from hw.said import said, told_by

log = logging.getLogger(__name__)

START_SECONDS = 10.0
"""The unit waits so long for its cards. One that takes longer joins when it is ready."""


class Rack:
    """The cards of a unit: their ports one after another, and what is wrong with them.

    watch: knows what all ports tell.
    aside: cards that are clocked and started like the others, but whose ports are no lines of the office.
    on_fault: told what people should know, and with False when that is over.
    on_dead: told the names of the ports of a card that does not work, and with False when it does after all.
    """

    def __init__(self, cards: Sequence[LineCard], aside: Sequence[LineCard] = ()) -> None:
        self.watch = PortWatch()
        self.fxo: list[FxoPort] = [watched_fxo(port, self.watch) for card in cards for port in card.fxo]
        self.fxs: list[FxsPort] = [watched_fxs(port, self.watch) for card in cards for port in card.fxs]
        self.on_fault: Callable[[str, bool], None] = lambda _fault, _there: None
        self.on_dead: Callable[[Sequence[str], bool], None] = lambda _ports, _dead: None
        self._cards = (*cards, *aside)
        self._listed = cards
        self._clocked = [(card, card) for card in self._cards if isinstance(card, ClockedCard)]
        self._tick_faults: set[str] = set()
        for card in self._cards:
            card.on_fault = lambda fault, there: self.on_fault(fault, there)
        self._starting: dict[asyncio.Task[None], LineCard] = {}

    async def start(self) -> None:
        """Start all cards at once, and return when each works, has failed, or keeps the others waiting."""
        self._starting = {asyncio.create_task(card.start()): card for card in self._cards}
        done, late = await asyncio.wait(self._starting, timeout=START_SECONDS)
        for task in done:
            self._started(task)
        for task in late:
            fault = said(
                "%(lines)s: not ready after %(seconds)s s",
                lines=_lines(self._starting[task]),
                seconds=f"{START_SECONDS:.0f}",
            )
            self.on_fault(fault, True)
            self.on_dead(_names(self._starting[task]), True)
            task.add_done_callback(partial(self._started_late, fault=fault))

    async def close(self) -> None:
        """Close all cards that were started."""
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for card in reversed(self._cards):
            try:
                await card.close()
            except Exception as error:
                log.error("%s could not be closed: %s", _lines(card), type(error).__name__)

    def status(self) -> list[Mapping[str, Any]]:
        """The status of each card, in their order."""
        return [card.status() for card in self._listed]

    def before_tick(self) -> None:
        """Have the cards without a clock of their own deliver what has come in."""
        for card, clocked in self._clocked:
            self._contain(card, clocked.before_tick)

    def after_tick(self) -> None:
        """Have them pass on what was written."""
        for card, clocked in self._clocked:
            self._contain(card, clocked.after_tick)

    def _contain(self, card: LineCard, step: Callable[[], None]) -> None:
        """Do this for a card, and tell a failure as its fault: each kind once, as it may come again in every tick."""
        try:
            step()
        except Exception as error:
            fault = said("%(lines)s: their sound fails (%(kind)s)", lines=_lines(card), kind=type(error).__name__)
            if fault not in self._tick_faults:
                self._tick_faults.add(fault)
                place = extract_tb(error.__traceback__)[-1]
                log.error("%s: %s, line %s", fault, place.filename, place.lineno)
                self.on_fault(fault, True)

    def _started(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or (error := task.exception()) is None:
            return
        card = self._starting[task]
        log.error("%s: %s at the start", _lines(card), type(error).__name__)
        self.on_fault(said("%(lines)s: %(why)s", lines=_lines(card), why=told_by(error) or type(error).__name__), True)
        self.on_dead(_names(card), True)

    def _started_late(self, task: asyncio.Task[None], fault: str) -> None:
        self.on_fault(fault, False)
        if not task.cancelled() and task.exception() is None:
            self.on_dead(_names(self._starting[task]), False)
        self._started(task)


def _names(card: LineCard) -> list[str]:
    return [port.name for port in (*card.fxo, *card.fxs)]


def _lines(card: LineCard) -> str:
    """How a card is called in messages to people: by the names of its lines, which they know."""
    names = _names(card)
    if len(names) > 2:
        return said("lines %(first)s to %(last)s", first=names[0], last=names[-1])
    if len(names) == 2:
        return said("line %(first)s and %(second)s", first=names[0], second=names[1])
    return said("line %(line)s", line=names[0]) if names else said("a card without lines")
