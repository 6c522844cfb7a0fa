"""Where the calls of a person go besides the desk: to a cell phone, a colleague, a department, or a list of steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from appliance.office.field import Id, Limits, TextPattern

MOST_STEPS = 10

ForwardNumber = Annotated[
    str, TextPattern("^[0-9]{2,24}$", "2 to 24 digits, as they are dialed on a telephone of the office")
]


class ForwardWhen(Enum):
    """Which calls are forwarded, in the document's words."""

    NEVER = "never"
    ALWAYS = "always"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    UNREACHED = "unreached"
    WITH_DESK = "with-desk"


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Where the calls of a person or a department go besides, or instead."""

    when: Annotated[
        ForwardWhen,
        "Which calls: never any, always all, those that find the telephone busy, those that nobody answers, either of "
        "the two (unreached), or all of them while the telephone rings as well (with-desk).",
    ] = ForwardWhen.NEVER
    to: Annotated[
        ForwardNumber | None,
        "Where to: an extension or an outside number, as it is dialed on a telephone of the office. Without it, to "
        "the person's cell phone.",
    ] = None
    delay_seconds: Annotated[
        float, Limits(0, 30), "How long the telephone rings alone before the other rings as well, for with-desk."
    ] = 0.0
    hours: Annotated[Id | None, "The id of the hours in which calls are forwarded so. Without it, at all hours."] = None


class StepRings(Enum):
    """What one step of a follow-me list rings."""

    DESK = "desk"
    CELL = "cell"
    NUMBER = "number"


class Presence(Enum):
    """Whether somebody has said to be at the office, by a code on the telephone."""

    ANYWHERE = "anywhere"
    AT_OFFICE = "at-office"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class FollowMeStep:
    """One step of a follow-me list."""

    ring: Annotated[StepRings, "What rings: the desk telephone, the cell phone, or a number."]
    number: Annotated[
        ForwardNumber | None, "The number, for the word number, as it is dialed on a telephone of the office."
    ] = None
    seconds: Annotated[float, Limits(5, 60), "How long it rings before the next step, in seconds."] = 20.0
    together: Annotated[bool, "Whether what rang before goes on ringing."] = False
    hours: Annotated[Id | None, "The id of the hours in which the step is taken. Without it, at all hours."] = None
    when: Annotated[
        Presence, "Whether the step is taken wherever the person is, or only at the office, or only while away."
    ] = Presence.ANYWHERE


class Way(Enum):
    """How somebody outside is called for a caller who came in on a line."""

    TWO_LINES = "two-lines"
    TRANSFER = "transfer"
    THREE_WAY = "three-way"


OneWay = Annotated[
    Way,
    "One way: on another line, which is connected to the caller's; by the exchange, which transfers the caller and "
    "frees the line (Centrex); or by a three-way call of the exchange on the caller's own line.",
]


@dataclass(frozen=True, slots=True)
class Reaching:
    """How people are looked for, at their desks and outside."""

    ways: Annotated[
        tuple[OneWay, ...],
        Limits(1, len(Way)),
        "How cell phones and other numbers outside are called, in the order in which the ways are tried.",
    ] = (Way.TWO_LINES,)
    keep_lines_free: Annotated[
        int, Limits(0, 8), "How many lines are left free for calls that come in, when people are called outside."
    ] = 0
    longest_seconds: Annotated[
        float, Limits(20, 300), "The longest time for which somebody is looked for in all, in seconds."
    ] = 90.0
    music: Annotated[bool, "Whether callers hear music instead of ringing while somebody is looked for outside."] = True
