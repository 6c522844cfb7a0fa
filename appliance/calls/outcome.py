"""How calls end: the outcome a flow returns, the cause a party left by, and the exception that says so."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """What became of a call. Goes into the call record and is what tests assert."""

    CONNECTED = "connected"
    OPERATOR = "operator"
    FORWARDED = "forwarded"
    """Connected with somebody at a number outside."""
    MESSAGE_LEFT = "message-left"
    MESSAGES_HEARD = "messages-heard"
    CALLBACK_BOOKED = "callback-booked"
    """The caller wants to be called back, and that is noted."""
    CHANGED = "changed"
    """Something was changed by a code: the night mode, a prompt."""
    TOLD = "told"
    """Somebody was told of an emergency call, or listened to it."""
    WOKEN = "woken"
    """Somebody has taken a wake-up call."""
    PAGED = "paged"
    """Others have listened to a telephone's user who spoke to all of them."""
    DIALLED_OUT = "dialled-out"
    FAX_RECEIVED = "fax-received"
    """Pages have come, whether it was complete or not: the call's last step tells."""
    FAX_FAILED = "fax-failed"
    """A fax machine called, and not one page has come."""
    FAX_NOT_ACCEPTED = "fax-not-accepted"
    FAX_SENT = "fax-sent"
    """The far end has confirmed every page."""
    FAX_NOT_SENT = "fax-not-sent"
    """A fax was to be sent, and was not, or not all of it."""
    NO_ANSWER = "no-answer"
    NOT_DIALLED = "not-dialled"
    """A station was lifted and nothing sensible was dialled."""
    REFUSED = "refused"
    """A wrong PIN, or an outside number nobody allowed."""
    NO_LINE = "no-line"
    BLOCKED = "blocked"
    """The caller is on the block list."""
    ABANDONED = "abandoned"
    GOODBYE = "goodbye"
    """The caller chose to end the call."""
    INTERRUPTED = "interrupted"
    """The unit was stopped, or lost power, during the call."""
    FAULT = "fault"


class Cause(Enum):
    """How the system knew that a party had left."""

    ON_HOOK = "on-hook"
    LEFT_HOLDING = "on-hook-holding"
    """A telephone was hung up, or left off hook for long, with this call on hold."""
    HOOK_FLASH = "hook-flash"
    """A telephone left this call by a hook flash, for the one it held."""
    LOOP_BREAK = "loop-break"
    POLARITY = "polarity"
    BUSY_TONE = "busy-tone"
    REORDER_TONE = "reorder-tone"
    DIAL_TONE = "dial-tone"
    UNKNOWN_TONE = "unknown-tone"
    """A tone of no plan, but regular or without end."""
    SILENCE = "silence"
    RINGING_STOPPED = "ringing-stopped"
    LINE_LOST = "line-lost"
    BUSY = "busy"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"
    UNREACHABLE = "unreachable"
    NOT_FOUND = "not-found"
    CONGESTION = "congestion"
    HUNG_UP = "hung-up"
    NO_AUDIO = "no-audio"
    LINK_LOST = "link-lost"
    """These, from BUSY on, are told over SIP (`hw.cleared`)."""
    FAX = "fax"
    """A fax machine answered."""
    LEFT_ON_HOLD = "left-on-hold"
    """It left while the exchange held it for us; a tone was heard in its place."""
    RELEASED = "released"
    """We hung up."""
    TAKEN = "taken-for-emergency"
    TRANSFERRED = "transferred"
    """The party was taken over by another call, or joined by the exchange with whom we had called for it."""


TOLD_BY_TONE = frozenset({Cause.BUSY_TONE, Cause.REORDER_TONE, Cause.DIAL_TONE, Cause.UNKNOWN_TONE, Cause.LEFT_ON_HOLD})
"""Causes whose sound was on the line behind the party's last word."""


class CallEnded(Exception):
    """The party a flow talks to has left. Raised by the next operation of the call."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.value)
        self.cause = cause


class FaxCalling(Exception):
    """The caller is a fax machine. Raised by the next operation while the call watches for one."""
