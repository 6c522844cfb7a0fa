"""What a scenario can do and expect: a frozen class for each verb. Times are in seconds unless named otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal

from appliance.scenario.panelactions import BuzzerTells, LampIs, NightButton

PATIENCE = 10.0
"""How long `hears` and `rings` wait where no `within` is written."""

SETTLING = 5.0
"""How long every other expectation waits where no `within` is written."""

WATCH = 3.0
"""How long something must not happen where no `for` is written."""

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
    """Keys that are heard one after the other; others may be heard before and after them."""

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
    """Takes the telephone off hook, to call or to answer."""

    party: str


@dataclass(frozen=True, slots=True)
class HangsUp:
    """Puts the telephone on hook; whatever was heard is over then."""

    party: str


@dataclass(frozen=True, slots=True)
class Flashes:
    """Makes a hook flash; None: as long as the flash key of the country's telephones does."""

    party: str
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class Presses:
    """Presses keys."""

    party: str
    """Who does."""
    digits: str
    """The keys."""
    on_ms: float = 100
    """How long each tone lasts."""
    off_ms: float = 100
    """How long the pause behind it."""
    echo_ms: float | None = None
    """After this pause each digit comes once more, as from some cellular networks; None: it does not."""
    cellular: bool = False
    """A cellular network is on the way, which makes short, unequal, coded and echoed tones of them."""


@dataclass(frozen=True, slots=True)
class Dials:
    """Dials, with keys of 100 ms or by pulses of the hook."""

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
class SendsFax:
    """Is a fax machine that sends so many pages, and hangs up. subaddress: for whom, as the machine tells; or empty."""

    party: str
    pages: int
    subaddress: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Does nothing for so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class WaitsUntil:
    """Does nothing until the office's clock shows this the next time."""

    at: time


@dataclass(frozen=True, slots=True)
class Fault:
    """Does this to a line; `break` and `noise` are over by themselves."""

    trunk: str
    kind: FaultKind


@dataclass(frozen=True, slots=True)
class PowerFails:
    """The unit loses its power at this moment, and is started again so many seconds later with what is on its disk."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Circuits:
    """All circuits to the numbers that begin like this are busy from now on, or free again."""

    prefix: str
    busy: bool


# Expectations


@dataclass(frozen=True, slots=True)
class Hears:
    """Hears this. whole: words must have been said to their end; otherwise it is enough that they have begun."""

    party: str
    sound: Audible
    within: float
    whole: bool = True


@dataclass(frozen=True, slots=True)
class HearsNot:
    """Hears nothing like this begin within so many seconds from now; what was heard before does not count."""

    party: str
    sound: Audible
    seconds: float


@dataclass(frozen=True, slots=True)
class IsNotLeftInSilence:
    """Hears something above the line's noise within every so many seconds, for so long."""

    party: str
    longest: float
    seconds: float


@dataclass(frozen=True, slots=True)
class HearsSilence:
    """Hears nothing above the line's noise for so many seconds, which must be over after `within` more."""

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
    """Its bell rings. showing: what its display must show meanwhile; None: anything."""

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
    """Its bell stops: it was answered, or has not rung for 6 s."""

    telephone: str
    within: float


@dataclass(frozen=True, slots=True)
class SeesLoopBreak:
    """The battery was removed since the telephone's last act, which tells it that the far end has gone."""

    telephone: str
    within: float


@dataclass(frozen=True, slots=True)
class TrunkIs:
    """The unit has this trunk off hook, or on hook."""

    trunk: str
    off_hook: bool
    within: float


@dataclass(frozen=True, slots=True)
class LedIs:
    """The message lamp of the unit is lit, or dark."""

    lit: bool
    within: float


@dataclass(frozen=True, slots=True)
class MailboxHas:
    """A mailbox has so many messages of this kind."""

    person: str
    """The id of the person whose mailbox it is."""
    count: int
    """How many there must be."""
    new: bool
    """New messages are meant, or else saved ones."""
    length: tuple[float, float] | None
    """The shortest and the longest length that each may have; None: any."""
    caller: str | None
    """Who must have left them: a number, `private` or `unknown`; None: anybody."""
    within: float
    """How long to wait for it."""


@dataclass(frozen=True, slots=True)
class FaxBoxHas:
    """A fax box has so many faxes, new ones or else those that were seen, each of so many whole pages (None: any).

    owner: the id of the person or department whose box it is; of whoever has the office's mailbox: the office's.
    """

    owner: str
    count: int
    new: bool
    pages: int | None
    within: float


@dataclass(frozen=True, slots=True)
class LogShows:
    """The call log has a record of which these fields have these values."""

    facts: tuple[tuple[str, str], ...]
    within: float


@dataclass(frozen=True, slots=True)
class LogCounts:
    """The call log has so many finished calls."""

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


Act = (
    Calls
    | Lifts
    | HangsUp
    | Flashes
    | Presses
    | Dials
    | Says
    | Plays
    | SendsFaxTone
    | SendsFax
    | Waits
    | WaitsUntil
    | Fault
    | PowerFails
    | Circuits
    | NightButton
)
Expectation = (
    Hears
    | HearsNot
    | HearsSilence
    | IsNotLeftInSilence
    | Rings
    | RingsNot
    | StopsRinging
    | SeesLoopBreak
    | TrunkIs
    | LedIs
    | LampIs
    | BuzzerTells
    | MailboxHas
    | FaxBoxHas
    | LogShows
    | LogCounts
    | FaultShown
    | EverythingIdle
)
StepAction = Act | Expectation
