"""Whether what a modem tells belongs to the call that rings on the line beside it. Sans I/O.

The modem and a card's port are on the same pair of wires, but know nothing of each other: the port sees bursts of
ringing, the modem tells RING and who calls, each with a delay of its own. Who calls is sent in the pause behind a
burst, or, in some countries, right before the first. So a caller is believed who is told

    up to `BEHIND_S` behind the end of a burst, or
    up to `BEFORE_S` before the first burst, where the country sends it there.

A wrong name is worse than none. A burst that comes later than the country's exchanges ring again is another call's, and
who called before is nobody any more. And where the modem tells of ringing that the line does not have, it is beside
another line than the office says: it is believed no more, until it has rung with its line in `TOGETHER_AGAIN` calls.

All times are in seconds, of any clock.
"""

from __future__ import annotations

from hw.callerid.coding import CallerId

BEHIND_S = 4.5
"""The exchange ends sending 3.5 s behind the burst at the latest (docs/lines.md), and the modem takes a second."""
BEFORE_S = 2.5
"""Sending ends 2 s before the first burst at the earliest (ETSI EN 300 659-1), and ports tell a burst late."""
APART_S = 1.5
"""A modem tells RING from the beginning of a burst until a second behind its end."""
UNEVEN_S = 0.8
"""The pause between two bursts may seem so much longer than it is: a port tells an end early, or a beginning late."""
ALONE_WITHIN_S = 15.0
"""Two rings of the modem in this time that the line has not had: the first may have been a splash."""
TOGETHER_AGAIN = 3
DEAF_CALLS = 3


class BesideLine:
    """One modem beside one line.

    before_ring: the country sends who calls before the first burst, too. longest_pause: between two rings of a call.
    believed: the modem has not rung for another line. deaf: it has not told any ring of the last calls.
    """

    def __init__(self, *, before_ring: bool, longest_pause: float) -> None:
        self.believed = True
        self._before_ring = before_ring
        self._same_call_s = longest_pause + UNEVEN_S
        self._ringing = False
        self._ended: float | None = None
        self._bursts = 0
        self._with_modem = False
        self._told = False
        self._held: tuple[CallerId, float] | None = None
        self._unmatched: list[float] = []
        self._alone: float | None = None
        self._together = self._unheard = 0

    @property
    def deaf(self) -> bool:
        return self._unheard >= DEAF_CALLS

    def burst_began(self, now: float) -> CallerId | None:
        """The line rings. Who calls, where that was told right before; nobody, where another call's caller was told."""
        self.look(now)
        another = self._ended is None or now - self._ended > self._same_call_s
        overdue = another and self._told
        if another:
            self._call_over()
        self._ringing, self._bursts = True, self._bursts + 1
        if self._unmatched:
            self._rang_together()
        self._unmatched.clear()
        held, self._held = self._held, None
        if held is not None and another and self._before_ring and now - held[1] <= BEFORE_S:
            return self._believed(held[0])
        return CallerId() if overdue else None

    def burst_ended(self, now: float) -> None:
        """The burst is over."""
        self._ringing, self._ended = False, now

    def rang(self, now: float) -> None:
        """The modem tells a ring."""
        self.look(now)
        if self._in_burst(now, APART_S):
            self._rang_together()
        else:
            self._unmatched.append(now)

    def told(self, caller_id: CallerId, now: float) -> CallerId | None:
        """The modem tells who calls. The same, where it belongs to the call that rings now."""
        self.look(now)
        if self._in_burst(now, BEHIND_S):
            return self._believed(caller_id)
        self._held = caller_id, now
        return None

    def look(self, now: float) -> None:
        """Time has passed. A ring of the modem's that the line has not had until now, it has not had at all."""
        for at in [at for at in self._unmatched if now - at > APART_S]:
            self._unmatched.remove(at)
            if self._alone is not None and at - self._alone <= ALONE_WITHIN_S:
                self.believed, self._together = False, 0
            self._alone = at

    def _in_burst(self, now: float, behind: float) -> bool:
        return self._ringing or (self._ended is not None and now - self._ended <= behind)

    def _believed(self, caller_id: CallerId) -> CallerId | None:
        self._told = self.believed
        return caller_id if self.believed else None

    def _rang_together(self) -> None:
        self._alone = None
        if not self._with_modem:
            self._with_modem = True
            self._unheard, self._together = 0, self._together + 1
            self.believed = self.believed or self._together >= TOGETHER_AGAIN

    def _call_over(self) -> None:
        """A single burst may be a splash, which a modem need not tell."""
        if self._bursts > 1 and not self._with_modem:
            self._unheard += 1
        self._bursts, self._with_modem, self._told = 0, False, False
