"""A fax engine for tests of what is around it: it writes pages as an engine does, and ends as it is told to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from appliance.calls.party import Party
from appliance.fax.job import FaxCause, FaxResult, FaxTold, Receiving
from tests.fax.papers import saved, text

SENT = FaxResult(FaxCause.COMPLETE, 2, "+1 407 5550123", bit_rate=14400, ecm=True, seconds=40.0)


@dataclass
class Engine:
    """See `ReceiveFax`. asked: what it was asked for, with the line of each party."""

    result: FaxResult = SENT
    pages: int | None = None
    """How many pages it writes; None: those of the result."""
    fails: Exception | None = None
    """Raised behind the pages."""
    seconds: float = 5.0
    """How long it takes."""
    asked: list[tuple[str, Receiving]] = field(default_factory=list)

    async def __call__(self, party: Party, receiving: Receiving, told: FaxTold) -> FaxResult:
        self.asked.append((party.name, receiving))
        await asyncio.wait([party.leg.gone], timeout=self.seconds)
        pages = self.result.pages if self.pages is None else self.pages
        if pages:
            saved(receiving.into, [text(seed=number) for number in range(pages)])
        if self.fails is not None:
            raise self.fails
        return replace(self.result, pages=pages)
