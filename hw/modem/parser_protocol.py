"""Makes events of what a modem sends: results, rings, and who calls. Sans I/O.

Whole lines are looked at: `NAME = SPRING DENTAL` is no ring. Who calls comes in several lines, formatted or as
hexadecimal digits, before or after the first RING:

    RING
    DATE = 1122
    TIME=0453
    NMBR = 4075550000
    NAME = JOHN DOE

Nothing tells that a block is complete. It is, when it begins again, when the line rings, when a result comes, or when
nothing more has come for `BLOCK_S`. Whoever feeds the parser calls `due` when its `deadline` has come; all times are in
seconds, of any clock.
"""

from __future__ import annotations

import re

from hw.modem.callerblock_protocol import CallerBlock, caller_id_item
from hw.modem.events import CallerTold, InformationText, ModemEvent, ModemRang, ResultCode
from hw.modem.text_protocol import ModemLineSplitter, text_of
from hw.tones.ringpattern import LONGEST_GAP_S

BLOCK_S = 0.6
"""A block is complete when nothing more has come for so long. At 1200 bit/s the whole message takes 0.8 s, and modems
print its lines one behind the other when it has been checked."""

_RESULTS = (
    *("OK", "ERROR", "NO CARRIER", "NO DIALTONE", "NO DIAL TONE", "BUSY", "NO ANSWER", "+FCERROR"),
    *("DATA", "FAX", "VCON", "DELAYED", "BLACKLISTED", "LINE IN USE", "LINE-IN-USE", "+FRH:3"),
)
"""Result codes of ITU-T V.250, V.253 and T.31, and those of modems that see other telephones on their line."""
_RESULT = re.compile(rf"({'|'.join(map(re.escape, _RESULTS))})|(CONNECT) ?(.*)")
_RING = re.compile(r"RING(?: ?([A-E1-5]))?")
_BURST = re.compile(r"(DRON|DROF) *= *(\d{1,3})")
_TENTH_S = 0.1
_MOST_BURSTS = 16


class ModemParser:
    """What one opened port tells."""

    def __init__(self) -> None:
        self.deadline: float | None = None
        """When `due` is to be called; None: nothing is waited for."""
        self._splitter = ModemLineSplitter()
        self._block = CallerBlock()
        self._bursts: list[float] = []

    def feed(self, data: bytes, now: float) -> list[ModemEvent]:
        """What these bytes tell."""
        events: list[ModemEvent] = []
        for line in self._splitter.feed(data):
            events += self._line(text_of(line), now)
        return events

    def due(self, now: float) -> list[ModemEvent]:
        """The deadline has come: whoever was being told is told completely."""
        return self._block_over() if self.deadline is not None and now >= self.deadline else []

    def _line(self, line: str, now: float) -> list[ModemEvent]:
        item = caller_id_item(line) or self._block.hexadecimal(line)
        if item is not None:
            before = self._block_over() if self._block.begins_anew(item) else []
            self._block.add(item)
            self.deadline = now + BLOCK_S
            return before
        if burst := _BURST.fullmatch(line):
            return self._burst(on=burst[1] == "DRON", seconds=int(burst[2]) * _TENTH_S)
        if ring := _RING.fullmatch(line):
            return [*self._block_over(), self._rang(ring[1] or "")]
        if result := _RESULT.fullmatch(line):
            return [*self._block_over(), ResultCode(result[1] or result[2], result[3] or "")]
        return [InformationText(line)]

    def _burst(self, *, on: bool, seconds: float) -> list[ModemEvent]:
        """The silence in front of a ring's first burst is no part of it.

        Some modems tell bursts in place of RING: there a pause that is too long for a ring ends the one before.
        """
        if not on and seconds >= LONGEST_GAP_S:
            return [self._rang("")] if self._bursts else []
        if (on or self._bursts) and len(self._bursts) < _MOST_BURSTS:
            self._bursts.append(round(seconds, 1))
        return []

    def _rang(self, pattern: str) -> ModemRang:
        bursts, self._bursts = tuple(self._bursts), []
        return ModemRang(pattern, bursts)

    def _block_over(self) -> list[ModemEvent]:
        if self.deadline is None:
            return []
        self.deadline = None
        block, self._block = self._block, CallerBlock()
        caller_id = block.caller_id()
        return [] if caller_id is None else [CallerTold(caller_id)]
