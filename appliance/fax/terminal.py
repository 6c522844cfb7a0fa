"""One fax, from the first sound to the last, on frames: whoever has a line gives it what the line says, and the line
what it answers.

    terminal = FaxTerminal(Receiving(into, identity="+43 1 5550100"), told)
    while terminal.result is None:
        line.write(terminal.feed(line.read()))      # every 20 ms

It knows no clock: a frame is 20 ms. It blocks while a page is put on the disk, which happens before the page is
confirmed, and it may take the whole process with it, as all that a stranger sends is decoded by a C library: in real
time it runs in a process of its own (`appliance.fax.worker`).
"""

from __future__ import annotations

from appliance.fax.arrivingpages import ArrivingPages, PageTooLong
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Receiving, Sending
from appliance.fax.limits import Overrun, PhaseLimits
from appliance.fax.pageanswers import CONFIRMATIONS, PageAnswers
from appliance.fax.t30causes import cause_of
from hw.audio import FRAME_SECONDS, Frame
from hw.dsp.t30 import T30, T30Figures, T30Set, completion_text
from hw.dsp.t30guard import FrameKind, kind_of

_REFUSALS = (FrameKind.RTN, FrameKind.PIN, FrameKind.PPR)
_TELLING = (FrameKind.DCS, FrameKind.CFR, FrameKind.MCF, FrameKind.RTP)
"""Behind these there may be something to tell."""


class FaxTerminal:
    """A fax that is received or sent. Raises OSError where the disk or the library fails at once."""

    def __init__(self, job: Sending | Receiving, told: FaxTold) -> None:
        self.result: FaxResult | None = None
        """How the fax ended, once it has."""
        self._told = told
        self._last_told: FaxProgress | None = None
        self._ticks = 0
        if isinstance(job, Sending):
            job.pages.open("rb").close()
        self._answers = PageAnswers(ArrivingPages(job.into)) if isinstance(job, Receiving) else None
        self._most_pages = job.most_pages if isinstance(job, Receiving) else 0
        self.machine = T30(_settings(job, self._answers))
        """The library's end of it."""
        self.machine.frame_heard = self._frame_heard
        self.machine.frame_to_send = self._frame_to_send
        self.machine.page_over = self._page_over
        if self._answers is not None:
            self.machine.page_lost = self._answers.carrier_ended
        self._limits = PhaseLimits(sending=isinstance(job, Sending))
        self._ending: tuple[FaxCause, str] | None = None
        """Why this side ends the fax, and is saying so."""
        self._understood = False
        """The far end is a fax machine: a frame of it has come."""
        self._news = False
        """There may be something to tell."""
        self._confirming = False
        """A confirmation is to be sent, and has not begun."""
        self._failed: tuple[FaxCause, str] | None = None
        """Why a page could not be kept: it is not confirmed, and the fax ends."""
        self._refused = False
        """What the far end answered last was that it could not read a page."""

    def feed(self, frame: Frame) -> Frame:
        """Take 20 ms of the line's sound, and give it 20 ms. Silence once there is a result."""
        if self.result is not None:
            return self.machine.next()
        self._ticks += 1
        self.machine.feed(frame)
        if self._answers is not None:
            self._answers.listen(loud=self.machine.modems.loud)
        if self._news:
            self._tell()
        answer = self.machine.next()
        self._confirming = self._confirming and self.machine.modems.silent
        if self._failed is not None and self._ending is None:
            self._end(*self._failed)
        elif self._ending is not None:
            if self.machine.modems.silent:
                self._finish(*self._ending)
        elif (code := self.machine.completion) is not None:
            self._finish(*self._completed(code))
        elif self._too_many() and self.machine.modems.silent and not self._confirming:
            self._end(FaxCause.CANCELLED, f"more than {self._most_pages} pages")
        elif (overrun := self._limits.passed(self._figures)) is not None:
            self._end(*self._overrun(overrun))
        return answer

    def line_gone(self) -> None:
        """The call has ended: there is a result now."""
        if self.result is None:
            detail = "the call ended"
            # Who receives has all then, and has said so. A sender has not ended the procedure.
            settled = None if self._limits.sending else self._settled(detail)
            self._finish(*(self._ending or settled or (FaxCause.LINE_CUT, detail)))

    def cancel(self) -> None:
        """End the fax. The far end is told so: go on feeding until there is a result."""
        if self.result is None and self._ending is None:
            self._end(FaxCause.CANCELLED, "ended from here")

    def _frame_heard(self, kind: FrameKind, frame: bytes) -> None:
        self._understood = True
        self._limits.heard(kind, frame)
        if self._answers is not None:
            self._answers.heard(frame)
        if kind in CONFIRMATIONS or kind in _REFUSALS:
            self._refused = kind in _REFUSALS
        self._news = self._news or kind in _TELLING

    def _frame_to_send(self, kind: FrameKind, frame: bytes) -> bytes:
        if self._answers is not None and kind in CONFIRMATIONS:
            try:
                frame = self._answers.instead_of(frame, ecm=self.machine.figures.ecm)
            except (OSError, PageTooLong) as error:
                cause = FaxCause.STORAGE if isinstance(error, OSError) else FaxCause.FAR_END
                self._failed = (cause, str(error))
                return b""
            self._news = self._confirming = True
        self._limits.sent(kind_of(frame) or kind, frame)
        return frame

    def _end(self, cause: FaxCause, detail: str) -> None:
        self._ending = (cause, detail)
        self.machine.disconnect()

    def _too_many(self) -> bool:
        """As many pages have come as are wanted, and further ones were announced."""
        if self._answers is None or self._limits.last_page_confirmed:
            return False
        return self._answers.kept >= self._most_pages

    def _overrun(self, overrun: Overrun) -> tuple[FaxCause, str]:
        if overrun is Overrun.AFTER_PAGES:
            return self._settled(overrun.value) or (FaxCause.SILENT, overrun.value)
        return FaxCause.SILENT if overrun is Overrun.SILENT else FaxCause.FAR_END, overrun.value

    def _completed(self, code: int) -> tuple[FaxCause, str]:
        detail = completion_text(code)
        if (settled := self._settled(detail)) is not None:
            return settled
        if self._refused:
            return FaxCause.PAGE_REFUSED, detail
        cause = cause_of(code, sending=self._limits.sending)
        if cause is FaxCause.SILENT and not self._understood:
            return FaxCause.NOT_A_FAX, detail
        # The library is content with a far end that has refused the last page.
        return (FaxCause.FAR_END if cause is FaxCause.COMPLETE else cause), detail

    def _settled(self, detail: str) -> tuple[FaxCause, str] | None:
        """Complete, where every page is confirmed and both know that it was the last one: only DCN may be missing."""
        figures = self.machine.figures
        if not self._limits.last_page_confirmed:
            return None
        if self._limits.sending and figures.pages_sent < figures.pages_to_send:
            return None
        return FaxCause.COMPLETE, detail

    def _page_over(self, figures: T30Figures) -> None:
        if self._answers is not None:
            self._answers.page_over(figures.bad_rows)

    def _tell(self) -> None:
        self._news = False
        figures = self.machine.figures
        progress = FaxProgress(self._confirmed(), self.machine.far_identity, figures.bit_rate, figures.ecm)
        if progress != self._last_told:
            self._last_told = progress
            self._told(progress)

    def _figures(self) -> T30Figures:
        return self.machine.figures

    def _confirmed(self) -> int:
        if self._answers is None or self._limits.sending:
            return self.machine.figures.pages_sent
        return self._answers.kept

    def _finish(self, cause: FaxCause, detail: str) -> None:
        figures = self.machine.figures
        if self.machine.completion is None:
            self.machine.terminate()
        self.result = FaxResult(
            cause,
            self._confirmed(),
            self.machine.far_identity,
            self.machine.far_subaddress,
            figures.bit_rate,
            figures.ecm,
            0 if self._answers is None else self._answers.bad_rows,
            round(self._ticks * FRAME_SECONDS, 2),
            detail,
        )
        if self._answers is not None:
            self._answers.close()


def _settings(job: Sending | Receiving, answers: PageAnswers | None) -> T30Set:
    if isinstance(job, Sending):
        return T30Set(
            calling=True,
            identity=job.identity,
            send_from=str(job.pages),
            header=job.header,
            subaddress=job.subaddress,
            password=job.password,
            ecm=job.ecm,
            most_bit_rate=job.most_bit_rate,
        )
    assert answers is not None
    return T30Set(
        calling=job.polling,
        identity=job.identity,
        receive_into=answers.scratch,
        send_from="" if job.offered is None else str(job.offered),
        ecm=job.ecm,
    )
