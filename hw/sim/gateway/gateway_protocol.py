"""What a gateway decides from its line: when to call the unit, whom to name as the caller, when the far end has gone.

Sans I/O. Rings, caller ID, reversals, tones and silence are told to it, and what it returns says what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from hw.audio import FRAME_SECONDS
from hw.callerid.coding import Absence, CallerId
from hw.sip.message import quoted
from hw.tones.cadence import CadenceReport
from hw.tones.toneplan import REFUSAL_TONES

CallerIdBy = Literal["From", "P-Asserted-Identity", "Remote-Party-ID"]

_ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>'


class Alerting:
    """One call that comes in on a line. The unit is called once, however long the line goes on ringing.

    rings: after how many it is called at the latest. waits_for_caller_id: it is called as soon as caller ID has come.
    """

    def __init__(self, rings: int, waits_for_caller_id: bool) -> None:
        self.caller_id: CallerId | None = None
        self.rings = 0
        self._enough = rings
        self._waits = waits_for_caller_id
        self._called = False

    def ring(self) -> bool:
        """A ring has begun. True: call the unit now."""
        self.rings += 1
        return self._due()

    def told(self, caller_id: CallerId) -> bool:
        """Caller ID has come, before the first ring or after it. True: call the unit now."""
        self.caller_id = caller_id
        return self._due()

    def _due(self) -> bool:
        known = self._waits and self.caller_id is not None
        due = not self._called and self.rings > 0 and (known or self.rings >= self._enough)
        self._called = self._called or due
        return due


@dataclass(frozen=True, slots=True)
class Caller:
    """What an INVITE says of the caller: the From address, and further headers."""

    address: str
    headers: Mapping[str, str]


def caller_of(caller_id: CallerId | None, user: str, address: str, by: CallerIdBy = "From") -> Caller:
    """How a caller is named to the unit; where the line has told none, by the line's own user.

    address: the gateway's. by: the header that has number and name; if it is another than From, From has the line's
    user. A private caller is named as RFC 3323 says.
    """
    own = f"<sip:{user}@{address}>"
    if caller_id is not None and caller_id.number_absence is Absence.PRIVATE:
        return Caller(_ANONYMOUS, {"Privacy": "id"})
    if caller_id is None or not caller_id.number:
        name = caller_id.name if caller_id is not None else ""
        return Caller(f"{quoted(name)} {own}" if name else own, {})
    told = f"<sip:{quote(caller_id.number, safe='*+')}@{address}>"
    if caller_id.name:
        told = f"{quoted(caller_id.name)} {told}"
    return Caller(told, {}) if by == "From" else Caller(own, {by: told})


class FarEnd:
    """Whether the party at the far end of the line is still there.

    tone_cycles: after so many cycles of busy or reorder tone it has gone; 0: tones mean nothing. silence_seconds: after
    so long a silence of both parties it has gone; 0: silence means nothing. reversals: a reversal of the line tells
    that it has gone; in a call that the gateway made (`outgoing`) the first one tells that it has answered.
    """

    def __init__(self, tone_cycles: int, silence_seconds: float, reversals: bool, outgoing: bool) -> None:
        self._tone_cycles = tone_cycles
        self._longest_silence = round(silence_seconds / FRAME_SECONDS)
        self._reversals = reversals
        self._unanswered = outgoing
        self._silent_frames = 0

    def reversed(self) -> bool:
        """The line is reversed, or back to normal. True: it has gone."""
        unanswered, self._unanswered = self._unanswered, False
        return self._reversals and not unanswered

    def tone(self, report: CadenceReport) -> bool:
        """A tone is heard, for so many cycles now. True: it has gone."""
        name, cycles = report
        return name in REFUSAL_TONES and 0 < self._tone_cycles <= cycles

    def frame(self, speaking: bool) -> bool:
        """Another 20 ms; whether somebody speaks. True: it must have gone."""
        self._silent_frames = 0 if speaking else self._silent_frames + 1
        return 0 < self._longest_silence <= self._silent_frames
