"""What a scenario can do and expect: one frozen fact for each verb. Times are in seconds unless named otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal

PATIENCE = 10.0
"""How long `hears` and `rings` wait without a `within`."""

SETTLING = 5.0
"""How long every other expectation waits without a `within`."""

WATCH = 3.0
"""How long something must not happen without a `for`."""

FaultKind = Literal["cut", "restore", "break", "noise", "in-use", "free"]
Presented = Literal["shown", "private", "unavailable", "none"]
ToneName = Literal[
    "dial tone",
    "stutter dial tone",
    "recall dial tone",
    "ringback",
    "busy tone",
    "reorder tone",
    "special information tone",
    "howler",
    "beep",
    "fax calling tone",
    "fax answer tone",
    "speech",
    "an echo",
]
"""The names of sounds a party can hear; `speech` is anything spoken that is not known, `an echo` its own words."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are heard, compared without punctuation and capitals."""

    text: str


@dataclass(frozen=True, slots=True)
class Tone:
    name: ToneName


@dataclass(frozen=True, slots=True)
class DigitsHeard:
    digits: str


Sound = Words | Tone | DigitsHeard


# Acts


@dataclass(frozen=True, slots=True)
class Calls:
    party: str
    number: str


@dataclass(frozen=True, slots=True)
class Lifts:
    party: str


@dataclass(frozen=True, slots=True)
class HangsUp:
    party: str


@dataclass(frozen=True, slots=True)
class Flashes:
    party: str
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class Presses:
    """echo_ms: after this pause each digit comes once more, as cellular networks do; None: it does not."""

    party: str
    digits: str
    on_ms: float = 100
    off_ms: float = 100
    echo_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Dials:
    party: str
    digits: str
    by_pulse: bool


@dataclass(frozen=True, slots=True)
class Says:
    party: str
    text: str


@dataclass(frozen=True, slots=True)
class Plays:
    party: str
    file: str


@dataclass(frozen=True, slots=True)
class SendsFaxTone:
    party: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Waits:
    seconds: float


@dataclass(frozen=True, slots=True)
class WaitsUntil:
    """The next time the office's clock shows this."""

    at: time


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls a line: `break` and `noise` pass by themselves."""

    trunk: str
    kind: FaultKind


# Expectations


@dataclass(frozen=True, slots=True)
class Hears:
    """whole: words must have been said to their end; otherwise it is enough that they have begun."""

    party: str
    sound: Sound
    within: float
    whole: bool = True


@dataclass(frozen=True, slots=True)
class HearsNot:
    party: str
    sound: Sound
    seconds: float


@dataclass(frozen=True, slots=True)
class HearsSilence:
    party: str
    seconds: float
    within: float


@dataclass(frozen=True, slots=True)
class CallerShown:
    """What a telephone must show: a number, a name, that they are withheld, or nothing at all."""

    number: str = ""
    name: str = ""
    presented: Presented = "shown"


@dataclass(frozen=True, slots=True)
class Rings:
    telephone: str
    within: float
    showing: CallerShown | None


@dataclass(frozen=True, slots=True)
class RingsNot:
    telephone: str
    seconds: float


@dataclass(frozen=True, slots=True)
class StopsRinging:
    telephone: str
    within: float


@dataclass(frozen=True, slots=True)
class SeesLoopBreak:
    telephone: str
    within: float


@dataclass(frozen=True, slots=True)
class TrunkIs:
    trunk: str
    off_hook: bool
    within: float


@dataclass(frozen=True, slots=True)
class LedIs:
    lit: bool
    within: float


@dataclass(frozen=True, slots=True)
class LampIs:
    telephone: str
    lit: bool
    within: float


@dataclass(frozen=True, slots=True)
class MailboxHas:
    """length: shortest and longest, for each of the messages. caller: a number, `private` or `unknown`, or None."""

    person: str
    count: int
    new: bool
    length: tuple[float, float] | None
    caller: str | None
    within: float


@dataclass(frozen=True, slots=True)
class LogShows:
    """A record that says all of this: field of the call record and its value."""

    facts: tuple[tuple[str, str], ...]
    within: float


@dataclass(frozen=True, slots=True)
class LogCounts:
    calls: int
    within: float


@dataclass(frozen=True, slots=True)
class FaultShown:
    text: str
    within: float


@dataclass(frozen=True, slots=True)
class EverythingIdle:
    within: float


Act = Calls | Lifts | HangsUp | Flashes | Presses | Dials | Says | Plays | SendsFaxTone | Waits | WaitsUntil | Fault
Expectation = (
    Hears
    | HearsNot
    | HearsSilence
    | Rings
    | RingsNot
    | StopsRinging
    | SeesLoopBreak
    | TrunkIs
    | LedIs
    | LampIs
    | MailboxHas
    | LogShows
    | LogCounts
    | FaultShown
    | EverythingIdle
)
Action = Act | Expectation
