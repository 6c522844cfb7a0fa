"""What a trunk tells of its far end by its current and by tones: that it has answered, and that it has left."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Collection

from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.progress import AnsweredBy, CallProgress
from appliance.calls.toneending import ToneEnding
from appliance.media.events import ToneHeard
from appliance.office.model import Ending

POLARITY_GUARD_SECONDS = 0.6
"""A reversal this soon after our own seizure or hook flash means nothing (docs/lines.md)."""


class Supervision:
    """Answer supervision and disconnect supervision of one trunk, through all its calls.

    tones: what its tones have told. progress: of the number dialled last in this call; None while none is.
    """

    def __init__(self) -> None:
        self.tones = ToneEnding()
        self.progress: CallProgress | None = None
        self._loop = asyncio.get_running_loop()
        self._closed_at = -math.inf
        self._reversal_is_answer = False

    def loop_closed(self, after: float = 0.0) -> None:
        """We close the loop, now or after so many seconds: reversals in the next moments come from that."""
        self._closed_at = self._loop.time() + after

    def begin(self, *, dials: bool) -> None:
        """A call begins. dials: it goes out, so that the first reversal tells an answer."""
        self.tones.begin()
        self.progress = None
        self._reversal_is_answer = dials

    def dialled(self, leg: Leg, *, told: bool) -> CallProgress:
        """A number has been dialled, whose party is heard on this leg. told: the line will tell of its answer."""
        self.progress = CallProgress(leg, told=told)
        return self.progress

    def answered(self) -> None:
        """The line tells that the far end has answered."""
        if self.progress is not None:
            self.progress.answer(AnsweredBy.TOLD)

    def refused(self, cause: Cause) -> None:
        """The line tells that the call does not come about."""
        if self.progress is not None:
            self.progress.refuse(cause)

    def loop_broken(self, endings: Collection[Ending]) -> Cause | None:
        """The exchange has opened the loop. Why the far end has gone; None where that tells nothing on this line."""
        if Ending.LOOP_BREAK not in endings:
            return None
        self.tones.told_by_current = True
        return Cause.LOOP_BREAK

    def reversed(self, endings: Collection[Ending]) -> Cause | None:
        """The exchange has reversed the battery. The same."""
        if Ending.POLARITY not in endings or self._loop.time() - self._closed_at < POLARITY_GUARD_SECONDS:
            return None
        if self._reversal_is_answer:
            self._reversal_is_answer = False
            if self.progress is not None:
                self.progress.answer(AnsweredBy.POLARITY)
            return None
        self.tones.told_by_current = True
        return Cause.POLARITY

    def heard(self, tone: ToneHeard, leg: Leg, endings: Collection[Ending]) -> Cause | None:
        """A tone is heard by this leg. The same."""
        return self.tones.far_end_gone(tone, leg, self._loop.time()) if Ending.TONE in endings else None
