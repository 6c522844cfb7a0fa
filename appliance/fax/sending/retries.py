"""What follows a call for a fax: it is delivered, tried again after some time and perhaps slower, or given up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from appliance.fax.job import FaxCause
from appliance.fax.sending.queued import FaxState, FaxTry, QueuedFax

SLOWER = (14400, 9600, 4800, 2400)
"""bit/s: the first of V.17, V.29 and V.27ter, and what V.27ter falls back to. All are in each machine's rules."""
LONGEST = timedelta(hours=72)
"""So long it may wait in all, as for a line; then it is given up."""
LINE_WAIT = timedelta(minutes=1)
"""Where no line was free, or gave dial tone."""
TAKEN_WAIT = timedelta(minutes=2)
"""Behind an emergency call that took the line."""


@dataclass(frozen=True, slots=True)
class Again:
    """So often is tried again behind this cause, with so much time between. slower: at less speed, as there is one."""

    most: int
    wait: timedelta
    slower: bool = False


RULES = {
    FaxCause.BUSY: Again(5, timedelta(minutes=3)),
    FaxCause.NO_ANSWER: Again(3, timedelta(minutes=15)),
    FaxCause.TRAINING: Again(3, timedelta(minutes=3), slower=True),
    FaxCause.LINE_CUT: Again(3, timedelta(minutes=5)),
    FaxCause.SILENT: Again(3, timedelta(minutes=5)),
    FaxCause.PAGE_REFUSED: Again(3, timedelta(minutes=5), slower=True),
    FaxCause.FAR_END: Again(2, timedelta(minutes=10)),
    FaxCause.ENGINE: Again(3, timedelta(minutes=2)),
    FaxCause.STORAGE: Again(3, timedelta(minutes=15)),
}
"""What is in none of these is given up at once: nobody who answered as a person is rung again by a machine, and what
two machines do not have in common they will not have in five minutes. Equipment that dials by itself may not try a
number more often than 15 times (47 CFR 68.318(b)(1)); these are 5 at the most of one cause."""
MOST_CALLS = 12
"""Of one fax, whatever their causes."""


def after_call(fax: QueuedFax, ended: FaxTry) -> QueuedFax:
    """The fax as it stands behind its last try, which has ended so."""
    now, cause = ended.ended, ended.cause
    assert now is not None
    assert cause is not None
    fax = fax.with_last(ended)
    if cause is FaxCause.COMPLETE:
        return replace(fax, state=FaxState.DELIVERED, confirmed=fax.pages, over=now)
    if fax.confirmed >= fax.pages:
        return replace(fax, state=FaxState.UNSURE, over=now)
    if cause is FaxCause.CANCELLED and ended.counts:
        return replace(fax, state=FaxState.CANCELLED, over=now)
    if not ended.counts:
        waits = TAKEN_WAIT if cause is FaxCause.CANCELLED else LINE_WAIT
        return replace(fax, state=FaxState.WAITING, due=now + waits)
    rule = RULES.get(cause)
    before = sum(one.counts and one.cause is cause for one in fax.tries)
    made = sum(one.counts for one in fax.tries)
    if rule is None or before > rule.most or made >= MOST_CALLS:
        return replace(fax, state=FaxState.FAILED, over=now)
    rate = _slower(fax.most_bit_rate) if rule.slower else fax.most_bit_rate
    return replace(fax, state=FaxState.WAITING, due=now + rule.wait, most_bit_rate=rate)


def _slower(bit_rate: int) -> int:
    return next((rate for rate in SLOWER if rate < bit_rate), SLOWER[-1])


def interrupted(fax: QueuedFax, now: datetime) -> QueuedFax:
    """A fax in whose call the unit was stopped, or lost its power."""
    last = fax.last
    if last is None or last.ended is not None:  # Nothing was dialled yet.
        return replace(fax, state=FaxState.WAITING, due=now)
    ended = replace(last, ended=now, cause=FaxCause.LINE_CUT, detail="the unit was stopped")
    return after_call(fax, ended)
