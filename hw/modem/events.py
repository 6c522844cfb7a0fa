"""What a modem tells."""

from __future__ import annotations

from dataclasses import dataclass

from hw.callerid.coding import CallerId


@dataclass(frozen=True, slots=True)
class ModemRang:
    """The line rings, or has just rung: modems tell it during a burst or at its end.

    pattern: the letter that the modem gives the pattern of distinctive ring, or empty. bursts: how long ring voltage
    was on, off, on… since the ring before, in seconds, where the modem tells that.
    """

    pattern: str = ""
    bursts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class CallerTold:
    """The line has told who calls."""

    caller_id: CallerId


@dataclass(frozen=True, slots=True)
class ResultCode:
    """The modem has done a command, or cannot. code: `OK`, `ERROR`, `NO CARRIER` and so on (ITU-T V.250), in capitals.

    rest: what stands behind it, such as the speed behind CONNECT.
    """

    code: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class InformationText:
    """Any other line: an answer to a question, the echo of a command, or noise."""

    text: str


ModemEvent = ModemRang | CallerTold | ResultCode | InformationText
