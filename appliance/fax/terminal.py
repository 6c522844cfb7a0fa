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
from appliance.fax.t30causes import cause_of
from hw.audio import FRAME_SECONDS, Frame
from hw.dsp.t30 import DISCONNECT, T30, T30Figures, T30Set, completion_text
from hw.dsp.t30guard import FrameKind

_CONFIRMATIONS = (FrameKind.MCF, FrameKind.RTP)
"""Either says that a page has come."""
_REFUSALS = (FrameKind.RTN, FrameKind.PPR)
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
        self._pages = ArrivingPages(job.into) if isinstance(job, Receiving) else None
        self._most_pages = job.most_pages if isinstance(job, Receiving) else 0
        self._machine = T30(_settings(job, self._pages))
        self._machine.frame_heard = self._frame_heard
        self._machine.frame_to_send = self._frame_to_send
        self._machine.page_over = self._page_over
        self._limits = PhaseLimits(sending=isinstance(job, Sending))
        self._ending: tuple[FaxCause, str] | None = None
        """Why this side ends the fax, and is saying so."""
        self._news = False
        """There may be something to tell."""
        self._bad_rows = self._all_bad_rows = 0
        """Lines with errors of the page that is being answered, and of those that are kept."""
        self._refused = False
        """What the far end answered last was that it could not read a page."""

    def feed(self, frame: Frame) -> Frame:
        """Take 20 ms of the line's sound, and give it 20 ms. Silence once there is a result."""
        if self.result is not None:
            return self._machine.next()
        self._ticks += 1
        self._machine.feed(frame)
        if self._news:
            self._tell()
        answer = self._machine.next()
        if self._ending is not None:
            if self._machine.modems.silent:
                self._finish(*self._ending)
        elif (code := self._machine.completion) is not None:
            self._finish(*self._completed(code))
        elif (overrun := self._limits.passed(self._figures)) is not None:
            self._end(*self._overrun(overrun))
        return answer

    def line_gone(self) -> None:
        """The call has ended: there is a result now."""
        if self.result is None:
            self._finish(*(self._ending or self._settled("the call ended") or (FaxCause.LINE_CUT, "the call ended")))

    def cancel(self) -> None:
        """End the fax. The far end is told so: go on feeding until there is a result."""
        if self.result is None and self._ending is None:
            self._end(FaxCause.CANCELLED, "ended from here")

    def _frame_heard(self, kind: FrameKind, frame: bytes) -> None:
        self._limits.heard(kind, frame)
        if kind in _CONFIRMATIONS or kind in _REFUSALS:
            self._refused = kind in _REFUSALS
        self._news = self._news or kind in _TELLING

    def _frame_to_send(self, kind: FrameKind, frame: bytes) -> bytes:
        if self._ending is None and self._pages is not None and kind in _CONFIRMATIONS:
            try:
                self._pages.keep()
                self._all_bad_rows += self._bad_rows
                self._bad_rows = 0
            except (OSError, PageTooLong) as error:
                cause = FaxCause.STORAGE if isinstance(error, OSError) else FaxCause.FAR_END
                self._ending = (cause, str(error))
                return DISCONNECT
            self._news = True
        self._limits.sent(kind, frame)
        return frame

    def _end(self, cause: FaxCause, detail: str) -> None:
        self._ending = (cause, detail)
        self._machine.disconnect()

    def _overrun(self, overrun: Overrun) -> tuple[FaxCause, str]:
        if overrun is Overrun.AFTER_PAGES:
            return self._settled(overrun.value) or (FaxCause.SILENT, overrun.value)
        return FaxCause.FAR_END, overrun.value

    def _completed(self, code: int) -> tuple[FaxCause, str]:
        detail = completion_text(code)
        if code and (settled := self._settled(detail)) is not None:
            return settled
        cause = cause_of(code, sending=self._pages is None)
        return FaxCause.PAGE_REFUSED if code and self._refused else cause, detail

    def _settled(self, detail: str) -> tuple[FaxCause, str] | None:
        """Complete, where every page is confirmed and both know that it was the last one."""
        figures = self._machine.figures
        if not self._limits.last_page_confirmed:
            return None
        if self._pages is None and figures.pages_sent < figures.pages_to_send:
            return None
        return FaxCause.COMPLETE, f"{detail} (all was confirmed before)"

    def _page_over(self, figures: T30Figures) -> None:
        self._bad_rows = figures.bad_rows

    def _tell(self) -> None:
        self._news = False
        figures = self._machine.figures
        progress = FaxProgress(self._confirmed(), self._machine.far_identity, figures.bit_rate, figures.ecm)
        if progress != self._last_told:
            self._last_told = progress
            self._told(progress)

    def _figures(self) -> T30Figures:
        return self._machine.figures

    def _confirmed(self) -> int:
        return self._machine.figures.pages_sent if self._pages is None else self._pages.kept

    def _finish(self, cause: FaxCause, detail: str) -> None:
        figures = self._machine.figures
        if self._machine.completion is None:
            self._machine.terminate()
        self.result = FaxResult(
            cause,
            self._confirmed(),
            self._machine.far_identity,
            self._machine.far_subaddress,
            figures.bit_rate,
            figures.ecm,
            self._all_bad_rows,
            round(self._ticks * FRAME_SECONDS, 2),
            detail,
        )
        if self._pages is not None:
            self._pages.close()


def _settings(job: Sending | Receiving, pages: ArrivingPages | None) -> T30Set:
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
    assert pages is not None
    return T30Set(
        calling=job.polling,
        identity=job.identity,
        receive_into=pages.scratch,
        send_from="" if job.offered is None else str(job.offered),
        ecm=job.ecm,
    )
