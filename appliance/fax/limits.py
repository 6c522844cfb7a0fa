"""How long a far end may take for each phase of a fax, whatever it does. The library's own timers are those of T.30:
each begins anew with whatever is heard."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from appliance.fax.arrivingpages import MOST_ROWS
from appliance.fax.pageanswers import CONFIRMATIONS
from hw.audio import FRAME_SECONDS
from hw.dsp.t30 import T30Figures
from hw.dsp.t30guard import FrameKind, after_page

TRAINING_S = 180.0
"""Of one page, in all: at all speeds, each as often as machines try it, it takes 100 s."""
CHECK_S = 12.0
"""From the command that announces a training check (DCS) to the answer: the check itself has 1.5 s."""
PAGE_S = 3600.0
"""From one confirmation to the next: 2 m of dense pattern at 2400 bit/s take 50 minutes."""
AFTER_PAGES_S = 10.0
"""From the last page's confirmation to the end; for a sender, from its question whether the last page has come, or from
the last answer, to the next answer."""
SILENT_S = 90.0
"""Without a frame and without a line of a page, for a receiver. Once a page has begun, the noise of a line can be taken
for its carrier."""
MOST_BAD_ROWS = 3000
"""Of one page: noise that is taken for a page has no other. A page of 2 m at 7.7 lines per mm has 15,400."""
WHOLE_S = 6 * 3600.0
"""A thousand pages at 14400 bit/s take five hours and a half."""
_TICKS_BETWEEN_COUNTS = 25
"""Lines are counted twice a second."""

_LAST = (FrameKind.EOP, FrameKind.PRI_EOP)


class Overrun(Enum):
    """Which limit was passed."""

    TRAINING = "no page was begun in time"
    CHECK = "a training check had no end"
    PAGE = "a page took too long"
    ROWS = "a page had too many lines"
    SILENT = "nothing was understood any more"
    NOISE = "a page had nothing but errors"
    AFTER_PAGES = "nothing was heard after the last page"
    WHOLE = "the fax took too long"


class PhaseLimits:
    """Follows the frames that pass, and says when it is too much."""

    def __init__(self, *, sending: bool) -> None:
        self.last_page_confirmed = False
        """Whoever receives has confirmed the page behind which there is none."""
        self.sending = sending
        """Pages are sent from here: by a sender, and by a receiver who is asked for what it offers (polling)."""
        self._ticks = 0
        self._training = 0
        """Ticks without a page, since the last confirmation."""
        self._page = 0
        """Ticks since the last confirmation."""
        self._check: int | None = None
        """Ticks since a training check was announced to us and not answered."""
        self._after: int | None = None
        """Ticks since the last page, while only its end is to be settled."""
        self._silent = 0
        """Ticks since a frame has come, or a line of a page."""
        self._rows = 0
        """Of this page, when they were counted last."""
        self._in_page = False
        self._last_page = False
        """The sender has said that no page comes behind this one."""

    def heard(self, kind: FrameKind, frame: bytes) -> None:
        """A frame has come."""
        self._silent = 0
        if self.sending and self._after is not None:
            # Any answer is a sign of life. Parts of the page that were wanted again must be sent before it is settled.
            self._after = None if kind is FrameKind.PPR else 0
        if kind is FrameKind.DTC:
            self.sending = True
        if kind is FrameKind.DCS:
            self._check = 0
        self._passed(kind, frame)
        if self.sending and kind in CONFIRMATIONS:
            self._confirmed()

    def sent(self, kind: FrameKind, frame: bytes) -> None:
        """A frame is being sent."""
        if kind in (FrameKind.CFR, FrameKind.FTT):
            self._check = None
        self._passed(kind, frame)
        if self.sending and self._last_page and after_page(frame) is not None and self._after is None:
            self._after = 0
        if not self.sending and kind in CONFIRMATIONS:
            self._confirmed()
            if self._last_page and self._after is None:
                self._after = 0

    def passed(self, figures: Callable[[], T30Figures]) -> Overrun | None:
        """20 ms have passed: the limit that has passed with them. figures: how far the fax is, where that is asked."""
        self._ticks += 1
        self._page += 1
        self._silent += not self.sending
        self._training += not self._in_page
        self._check = None if self._check is None else self._check + 1
        self._after = None if self._after is None else self._after + 1
        for ticks, seconds, overrun in (
            (self._after, AFTER_PAGES_S, Overrun.AFTER_PAGES),
            (self._check, CHECK_S, Overrun.CHECK),
            (self._silent, SILENT_S, Overrun.SILENT),
            (self._training, TRAINING_S, Overrun.TRAINING),
            (self._page, PAGE_S, Overrun.PAGE),
            (self._ticks, WHOLE_S, Overrun.WHOLE),
        ):
            if ticks is not None and ticks * FRAME_SECONDS > seconds:
                return overrun
        return self._counted(figures()) if self._in_page and not self._ticks % _TICKS_BETWEEN_COUNTS else None

    def _counted(self, figures: T30Figures) -> Overrun | None:
        if figures.rows != self._rows:
            self._rows, self._silent = figures.rows, 0
        if figures.rows > MOST_ROWS:
            return Overrun.ROWS
        return Overrun.NOISE if figures.bad_rows > MOST_BAD_ROWS else None

    def _passed(self, kind: FrameKind, frame: bytes) -> None:
        if kind is FrameKind.DCS:
            self._in_page = False
        elif kind is FrameKind.CFR:
            self._in_page = True
        asked = after_page(frame)
        if asked is not None:
            self._last_page = asked in _LAST

    def _confirmed(self) -> None:
        self._page = self._training = 0
        self.last_page_confirmed = self._last_page
