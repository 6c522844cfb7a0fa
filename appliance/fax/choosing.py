"""Which engine has the next try at a number: a modem, or the line's own sound.

Some far ends come through with one of the two alone: an old machine that trips over error correction is reached by the
modem, which has none; and one that this modem cannot train with is reached by sound. So it is remembered, for each
number, which engine failed there in a way that may be its own fault. Two such fails in a row have the other one go
first, until that fails as often, or a month has passed. Whatever comes through is first again.

An engine that fails by itself, such as a modem that hangs, waits for an hour, whoever is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Literal

from appliance.fax.job import FaxCause, Receiving, Sending

FAILS_FOR_CHANGE = 2
"""One may be the line's fault."""
REMEMBERED = timedelta(days=30)
"""How long what failed counts: machines and lines are replaced."""
OUT_OF_ORDER = timedelta(hours=1)
"""How long an engine that has failed by itself is left alone where there is another."""

ANY_NUMBER = ""
"""What an engine does whoever is called is remembered under this number."""

BLAMES_ENGINE = frozenset(
    {
        FaxCause.TRAINING,
        FaxCause.INCOMPATIBLE,
        FaxCause.SILENT,
        FaxCause.PAGE_REFUSED,
        FaxCause.FAR_END,
    }
)
"""After these another engine may do better. Not after a number that is busy, or a person who answers."""


class FaxCarrier(Enum):
    """What carries a fax."""

    SOUND = "sound"
    """The sound of the line itself (`appliance.calls.faxing`)."""
    MODEM = "modem"
    """A USB modem (`appliance.fax.modemfax`)."""


@dataclass(frozen=True, slots=True)
class CarrierRecord:
    """How an engine did at a number, or at any."""

    fails: int
    """In a row, the last one at `at`."""
    at: datetime


def takes_sound(job: Sending | Receiving) -> bool:
    """Whether only the line's sound can carry this: efax has no sub-addresses, no passwords and no polling here."""
    if isinstance(job, Sending):
        return bool(job.subaddress or job.password)
    return job.polling or job.offered is not None


Memory = Mapping[FaxCarrier, CarrierRecord]


def in_order(carriers: Sequence[FaxCarrier], here: Memory, anywhere: Memory, now: datetime) -> list[FaxCarrier]:
    """These engines, the one to try first. carriers: those there are, the usual one first. here: what is remembered of
    the number. anywhere: what is remembered of the engines themselves.
    """

    def reluctance(carrier: FaxCarrier) -> tuple[bool, int]:
        broken = anywhere.get(carrier)
        failed = here.get(carrier)
        fails = failed.fails if failed is not None and now - failed.at < REMEMBERED else 0
        return broken is not None and now - broken.at < OUT_OF_ORDER, fails // FAILS_FOR_CHANGE

    return sorted(carriers, key=reluctance)


def whose_fault(cause: FaxCause) -> Literal["number", "any"] | None:
    """What a fax's end counts against: the engine at this number, the engine at any number, or nothing."""
    if cause in BLAMES_ENGINE:
        return "number"
    return "any" if cause is FaxCause.ENGINE else None
