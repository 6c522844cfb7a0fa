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
class SpokenWords:
    """Words that are heard, compared without punctuation and capitals."""

    text: str


@dataclass(frozen=True, slots=True)
class NamedTone:
    """A tone, or another sound without words."""

    name: ToneName


@dataclass(frozen=True, slots=True)
class DigitsHeard:
    """Keys as they sound, one after the other; others may be heard before and behind them."""

    digits: str


Audible = SpokenWords | NamedTone | DigitsHeard


# Acts


@dataclass(frozen=True, slots=True)
class Calls:
    """Somebody outside lifts, waits for dial tone and dials."""

    party: str
    number: str


@dataclass(frozen=True, slots=True)
class Lifts:
    """Takes the telephone off hook, to call, to answer, or for nothing."""

    party: str


@dataclass(frozen=True, slots=True)
class HangsUp:
    """Puts the telephone on hook; what it heard ends here."""

    party: str


@dataclass(frozen=True, slots=True)
class Flashes:
    """Opens the loop for a moment; None: as long as the flash key of the country's telephones does."""

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
    """Keys of 100 ms, or pulses of the hook."""

    party: str
    digits: str
    by_pulse: bool


@dataclass(frozen=True, slots=True)
class Says:
    """Speaks these words in the voice the prompts have, and takes as long as they do."""

    party: str
    text: str


@dataclass(frozen=True, slots=True)
class Plays:
    """Plays a sound file into the telephone. file: its name as written, a key of `Scenario.sounds`."""

    party: str
    file: str


@dataclass(frozen=True, slots=True)
class SendsFaxTone:
    """CNG, as a calling fax machine sends it."""

    party: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Waits:
    """Nothing is done for so long."""

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
    sound: Audible
    within: float
    whole: bool = True


@dataclass(frozen=True, slots=True)
class HearsNot:
    """Nothing like this begins in so many seconds from now; what was heard before does not count."""

    party: str
    sound: Audible
    seconds: float


@dataclass(frozen=True, slots=True)
class HearsSilence:
    """So many seconds with nothing above the line's noise, begun and over within `within` more."""

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
    """showing: what its display must show in this alerting; None: anything."""

    telephone: str
    within: float
    showing: CallerShown | None


@dataclass(frozen=True, slots=True)
class RingsNot:
    """Its bell stays quiet from now for so long."""

    telephone: str
    seconds: float


@dataclass(frozen=True, slots=True)
class StopsRinging:
    """A bell counts as ringing until no ring came for 6 s, or it was answered."""

    telephone: str
    within: float


@dataclass(frozen=True, slots=True)
class SeesLoopBreak:
    """Battery was away since its last act: how a telephone is told that the far end has gone."""

    telephone: str
    within: float


@dataclass(frozen=True, slots=True)
class TrunkIs:
    """Whether the unit holds this trunk, seen at the line card's relay."""

    trunk: str
    off_hook: bool
    within: float


@dataclass(frozen=True, slots=True)
class LedIs:
    """The message lamp of the unit."""

    lit: bool
    within: float


@dataclass(frozen=True, slots=True)
class LampIs:
    """The message lamp of a telephone, lit by what came over its line."""

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
    """How many finished calls the log holds."""

    calls: int
    within: float


@dataclass(frozen=True, slots=True)
class FaultShown:
    """One of the faults shown to the owner has this text in it, in any case."""

    text: str
    within: float


@dataclass(frozen=True, slots=True)
class EverythingIdle:
    """All trunks are on hook, nothing rings, and the unit knows of no call."""

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
StepAction = Act | Expectation
