"""What efax tells on its way (efax 0.9a, `-v ewinfc`), line by line, and what became of the fax.

    efax: 10:55 fax call answered
    efax: 10:58 command  "+FRH=3"
    efax: 11:09 received -> page.001

efax says "received …" of a frame that is still in its memory where none has come. So a frame counts only behind
CONNECT, which the modem answers once it hears one. A page that is to be sent was confirmed where MCF was received; one
that is received is confirmed where MCF was sent, and was written into its file before that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from appliance.fax.job import FaxCause

_LINE = re.compile(r"efax: \d\d:\d\d (.*)")
_QUOTED = re.compile(r'(command|response) +"(.*)"')
_SPEED = re.compile(r"session +\S+ +([\d.]+)(k?)bps")
_ROWS = re.compile(r"received (\d+) lines, (\d+) errors")
_WROTE = re.compile(r"wrote (.+) as \d+x(\d+) pixel .*")
_FRAME = re.compile(r"(received|sent) ([A-Z]{3})\b")
_CARRIER = re.compile(r"\+F[RT][HM]=\d+")

_DIALLED = {
    "BUSY": FaxCause.BUSY,
    "NO DIALTONE": FaxCause.NO_LINE,
    "NO ANSWER": FaxCause.NO_ANSWER,
    "NO CARRIER": FaxCause.NO_ANSWER,
    "ERROR": FaxCause.ENGINE,
}
"""Why a number that was dialled gave no fax. NO CARRIER is said of a telephone that nobody answers, and of a person."""

SUCCESS, BUSY_OR_IN_USE, FAILED, WRONG_RESPONSE, NO_MODEM, KILLED = range(6)
"""efax's exit codes."""


@dataclass(frozen=True, slots=True)
class PageWritten:
    """A page that was received is in this file. Its confirmation begins now, and takes 1.1 s."""

    path: str
    last: bool
    """The sender has said that it was the last one."""


@dataclass(frozen=True, slots=True)
class PageMissed:
    """The carrier of a page was not found, and efax listens for what the sender says behind it: whatever that is, it
    would confirm a page of which it has seen nothing."""


@dataclass(frozen=True, slots=True)
class PageConfirmed:
    """Another page was confirmed."""


@dataclass(frozen=True, slots=True)
class FarEndKnown:
    """The far end has told who it is, or how fast it is."""


@dataclass(frozen=True, slots=True)
class ModemOnLine:
    """The modem was told to dial or to answer, which has it go off hook."""


EfaxEvent = PageWritten | PageMissed | PageConfirmed | FarEndKnown | ModemOnLine


class EfaxLog:
    """Follows one fax."""

    def __init__(self) -> None:
        self.pages = 0
        """Those confirmed."""
        self.far_identity = ""
        """What the far end says it is."""
        self.bit_rate = 0
        """bit/s of the session agreed last."""
        self.bad_rows = 0
        """Lines received with errors, on all pages."""
        self.detail = ""
        """The last error that efax told."""
        self._connected = False
        self._command = self._response = ""
        self._dialled = ""
        self._carrier = False
        self._trained = False
        self._trainings = 0
        self._refused = False
        self._farewell = False
        """The far end has said farewell (DCN)."""
        self._farewell_said = False
        """We have. A sender does so behind the last confirmation; a receiver never has to."""
        self._last_page = False
        self._confirmed = False
        """The page that was sent or received last was confirmed."""
        self._page_over = False
        """The sender has said what comes behind the page that was received last."""
        self._page_next = False
        """What comes next at high speed is a page, and no training."""
        self._carrier_missing = False
        """The carrier of that page is waited for, and has not come."""
        self._modem_gone = False
        self._carrier_refused = False
        self._incompatible = False

    def line(self, text: str) -> list[EfaxEvent]:
        """What a line tells."""
        match = _LINE.match(text)
        if match is None:
            return []
        said = match[1].strip()
        if quoted := _QUOTED.match(said):
            return self._dialogue(quoted[1], quoted[2])
        if frame := _FRAME.match(said):
            return self._frame(frame[2], received=frame[1] == "received")
        return self._told(said)

    def cause(self, exit_code: int, *, sending: bool) -> FaxCause:
        """Why the fax ended, once efax has. exit_code: negative for a signal."""
        if exit_code == SUCCESS or (self._last_page and self._confirmed and (self._farewell_said or not sending)):
            return FaxCause.COMPLETE  # What becomes of the modem behind that is no matter of this fax.
        if self._modem_gone or exit_code < 0 or exit_code in (NO_MODEM, KILLED):
            return FaxCause.ENGINE
        if exit_code == BUSY_OR_IN_USE:
            return FaxCause.BUSY if self._dialled == "BUSY" else FaxCause.NO_LINE
        if not self._connected:
            if sending:
                return _DIALLED.get(self._dialled, FaxCause.ENGINE)
            return FaxCause.NOT_A_FAX if self._response == "NO CARRIER" else FaxCause.ENGINE
        return self._broken_off()

    def _broken_off(self) -> FaxCause:
        """Why a fax that had begun did not come to its end."""
        if self._carrier_refused:
            return FaxCause.LINE_CUT  # A modem sends and receives nothing once it has found the call ended.
        if self._refused:
            return FaxCause.PAGE_REFUSED
        if self._farewell:
            return FaxCause.FAR_END
        if self._incompatible:
            return FaxCause.INCOMPATIBLE
        if self._trainings and not self._trained:
            return FaxCause.TRAINING
        return FaxCause.SILENT if self._trained else FaxCause.NOT_A_FAX

    def _dialogue(self, kind: str, text: str) -> list[EfaxEvent]:
        if kind == "command":
            self._command, self._response, self._carrier = text, "", False
            self._carrier_missing = self._carrier_missing or (self._page_next and text.startswith("+FRM="))
            return [ModemOnLine()] if text == "A" or text.startswith("D") else []
        self._response = text
        self._carrier = self._carrier or text == "CONNECT"
        if self._command.startswith("D"):
            self._dialled = text
        if text == "CONNECT" and self._command.startswith("+FRM="):
            self._carrier_missing = False
        if self._connected and text == "ERROR" and _CARRIER.fullmatch(self._command):
            self._carrier_refused = True
        return []

    def _frame(self, name: str, *, received: bool) -> list[EfaxEvent]:
        if received and not self._carrier:
            return []
        if name in ("CFR", "MCF", "RTP", "DCS"):
            self._page_next = not received and name != "DCS"
        match name, received:
            case "MCF" | "RTP", _:
                self.pages += 1
                self._refused, self._confirmed = False, True
                return [PageConfirmed()]
            case "RTN", True:
                self._refused = True
            case "EOP" | "MPS" | "EOM", _:
                self._last_page, self._page_over, self._confirmed = name == "EOP", True, False
            case "CFR", _:
                self._trained = True
            case ("TCF", False) | ("FTT", _):
                self._trainings += 1
            case "DCN", _:
                self._farewell, self._farewell_said = received, not received
        return []

    def _told(self, said: str) -> list[EfaxEvent]:
        if said.startswith(("Error: ", "Warning: ")):
            self.detail = said.partition(": ")[2]
        if "Input/output error" in said:
            self._modem_gone = True
        elif self._carrier_missing and "wrong response to receive-frame" in said:
            return [PageMissed()]
        elif said in ("connected", "fax call answered"):
            self._connected = True
        elif said.startswith("remote ID -> "):
            self.far_identity = said.removeprefix("remote ID -> ").strip()
            return [FarEndKnown()]
        elif speed := _SPEED.match(said):
            self.bit_rate = round(float(speed[1]) * (1000 if speed[2] else 1))
            return [FarEndKnown()]
        elif rows := _ROWS.match(said):
            self.bad_rows += int(rows[2])
        elif (wrote := _WROTE.match(said)) and int(wrote[2]) and self._page_over:
            self._page_over = False  # A page without an end is written, too, once the call is over.
            return [PageWritten(wrote[1], self._last_page)]
        elif "incompatible local and remote" in said or "remote cannot receive" in said:
            self._incompatible = True
        return []
