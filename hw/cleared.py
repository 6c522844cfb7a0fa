"""Why a call over SIP was cleared, in one word."""

from __future__ import annotations

from enum import Enum


class Cleared(Enum):
    """Why a call over SIP ended or did not come about. `hw.sip.causes` makes them of SIP statuses and Q.850 causes."""

    BUSY = "busy"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"
    UNREACHABLE = "unreachable"
    NOT_FOUND = "not-found"
    CONGESTION = "congestion"
    HUNG_UP = "hung-up"
    NO_AUDIO = "no-audio"
    """Nothing was heard of the far end for so long that it must be gone."""
    LINK_LOST = "link-lost"
    """The process or the connection on this unit that carried the call has failed."""
