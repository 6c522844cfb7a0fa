"""Why a call over SIP was cleared, in one word: from the response's status and the cause the network gave.

Statuses: RFC 3261, section 21, and their causes in RFC 3398, section 8.2.6. Causes: ITU-T Q.850, table 1, as a
gateway passes them on in a Reason header (RFC 3326).
"""

from __future__ import annotations

import re

from hw.cleared import Cleared

_STATUSES = {
    Cleared.BUSY: (486, 600),
    Cleared.REFUSED: (401, 402, 403, 405, 406, 407, 415, 416, 420, 421, 433, 488, 493, 501, 603, 606, 607, 608),
    Cleared.NO_ANSWER: (480,),
    # 408: RFC 3398 makes it 102 (a timer ran out); a request that nobody answered at all ends as 408 too.
    Cleared.UNREACHABLE: (408, 430, 482, 483, 502, 504, 505),
    Cleared.NOT_FOUND: (404, 410, 414, 484, 485, 604),
    Cleared.CONGESTION: (400, 413, 481, 491, 500, 503, 513, 580),
    Cleared.HUNG_UP: (487,),
}
_BY_STATUS = {status: cleared for cleared, statuses in _STATUSES.items() for status in statuses}

_BY_CLASS = {2: Cleared.HUNG_UP, 3: Cleared.REFUSED, 4: Cleared.CONGESTION, 5: Cleared.CONGESTION, 6: Cleared.BUSY}
"""A status that is not known counts as the x00 of its class (RFC 3261, 8.1.3.2); redirections are not followed."""

_CAUSES = {
    Cleared.BUSY: (17,),
    Cleared.REFUSED: (21, 24, 29, 50, 52, 53, 54, 55, 57, 62, 65, 66, 69, 70, 79, 87, 88),
    Cleared.NO_ANSWER: (18, 19),
    Cleared.UNREACHABLE: (2, 3, 6, 20, 25, 27, 30, 102),
    Cleared.NOT_FOUND: (1, 4, 5, 14, 22, 23, 28),
    Cleared.CONGESTION: (34, 38, 39, 40, 41, 42, 43, 44, 46, 47, 49, 58, 63, 99, 111),
    Cleared.HUNG_UP: (16, 31),
}
_BY_CAUSE = {cause: cleared for cleared, causes in _CAUSES.items() for cause in causes}

_SAYS_NOTHING = (16, 26, 31, 127)
"""Causes that gateways give with every clearing (normal, unspecified): a status of failure says more."""

_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_Q850 = re.compile(r"(?:^|,)\s*Q\.850\s*(?:;[^,;]*)*?;\s*cause\s*=\s*(\d{1,3})\s*(?=[;,]|$)", re.IGNORECASE)


def cause_of(status: int, q850: int | None = None) -> Cleared:
    """Why a call was cleared: by a final response of this status, or, with 200, by a BYE after it was answered.

    q850: the Q.850 cause of the Reason header, if there was one. It is the network's own word, so it counts for more
    than the status, unless it is one that says nothing. What is no final status at all counts as `UNREACHABLE`.
    """
    if q850 in _BY_CAUSE and q850 not in _SAYS_NOTHING:
        return _BY_CAUSE[q850]
    return _BY_STATUS.get(status) or _BY_CLASS.get(status // 100, Cleared.UNREACHABLE)


def q850_of(reason: str) -> int | None:
    """The Q.850 cause in the value of a Reason header, such as `Q.850;cause=17;text="User busy"`; None without one."""
    found = _Q850.search(_QUOTED.sub("", reason))
    return int(found[1]) if found else None
