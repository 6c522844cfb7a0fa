"""What a receiver answers to a page: the library says that it may be confirmed, and this says whether it is."""

from __future__ import annotations

from appliance.fax.arrivingpages import ArrivingPages
from hw.audio import FRAME_SECONDS
from hw.dsp.t30guard import FrameKind, after_page

CONFIRMATIONS = (FrameKind.MCF, FrameKind.RTP, FrameKind.PIP)
"""Each says that a page has come; RTP that the training is to be repeated, PIP that the operator is wanted."""

_QUESTION_S = 1.9
"""A question by V.21 alone, which was asked before, has 1.3 s of sound, up to 1.6 s. With a page before it, it has
more."""
_TURN = 0x01
"""The bit of a frame's third byte that says whose turn it is."""


class PageAnswers:
    """Keeps the pages of a fax, and confirms those that are kept.

    Where the library has not noticed a page, as its modem did not get through the training, it confirms what the
    sender asks about that page as if it were asked again about the one before. So a question without a new page is
    looked at: one that was asked before, with nothing but silence in between, is confirmed again. Any other is
    answered by RTN, and the sender sends the page once more. So is a page whose carrier was lost before its end, which
    the library takes for a short page.
    """

    def __init__(self, pages: ArrivingPages) -> None:
        self.bad_rows = 0
        """Lines with errors, of all pages that are kept."""
        self._pages = pages
        self._asked: FrameKind | None = None
        """What the sender has asked last: whether the page has come, and which comes behind it."""
        self._answered: FrameKind | None = None
        """What was confirmed last."""
        self._loud_since_answer = 0
        """Ticks with a carrier since then."""
        self._loud_since_page = 0
        """Ticks with a carrier since that of a page has ended."""
        self._page_bad_rows = 0

    @property
    def kept(self) -> int:
        """Pages on the disk."""
        return self._pages.kept

    @property
    def scratch(self) -> str:
        """The path that the library writes to."""
        return self._pages.scratch

    def listen(self, *, loud: bool) -> None:
        """20 ms have passed, with a carrier or without."""
        self._loud_since_answer += loud
        self._loud_since_page += loud

    def heard(self, frame: bytes) -> None:
        """The sender has said this."""
        self._asked = after_page(frame) or self._asked

    def carrier_ended(self) -> None:
        """The carrier of a page, or of a training check, is no longer heard."""
        self._loud_since_page = 0

    def page_over(self, bad_rows: int) -> None:
        """The library is done with a page, which has so many lines with errors."""
        self._page_bad_rows = bad_rows

    def instead_of(self, confirmation: bytes, *, ecm: bool) -> bytes:
        """What is answered where the library confirms. ecm: it corrects errors, and so knows which page it is.

        Raises OSError where the page cannot be put on the disk, PageTooLong where it is too long.
        """
        before = self.kept
        self._pages.keep(whole=ecm or _a_question(self._loud_since_page))
        if self.kept > before:
            self.bad_rows += self._page_bad_rows
        elif not ecm and not (self._asked is self._answered and _a_question(self._loud_since_answer)):
            return bytes((*confirmation[:2], FrameKind.RTN | confirmation[2] & _TURN))
        self._answered = self._asked
        self._loud_since_answer = 0
        return confirmation

    def close(self) -> None:
        self._pages.close()


def _a_question(ticks: int) -> bool:
    """Whether so many ticks with a carrier are a question, and no page besides."""
    return ticks * FRAME_SECONDS < _QUESTION_S
