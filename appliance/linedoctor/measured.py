"""All that was measured of one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from appliance.linedoctor.measuring.callerids import CallerIdMeasured
from appliance.linedoctor.measuring.country import CallerIdSeen, CountryFound, find_country
from appliance.linedoctor.measuring.echo import EchoMeasured
from appliance.linedoctor.measuring.endings import EndingMeasured
from appliance.linedoctor.measuring.flashes import FlashWindow, Reaction
from appliance.linedoctor.measuring.tone import MeasuredTone
from hw.audio import Samples
from hw.noise import NoiseMeasured


@dataclass(slots=True)
class CodeForwarding:
    """What came of having the line's calls forwarded by a code."""

    dialled: str
    """The code with the number."""
    off: str
    """The code that ends it."""
    confirmed: bool = False
    """The exchange told that it is done: by a tone, or by calling the number for its agreement."""
    works: bool = False
    """A call to the line came to the number."""
    ended: bool = False
    """Behind the other code a call came to the line again."""


@dataclass(slots=True)
class LineMeasured:
    """What is None, or empty, was not measured, or is not there; `unfinished` says why the test ended early."""

    line: str
    """The name of the line."""
    alive: bool = True
    """There is line voltage."""
    dead_because: str = ""
    """Why there is none, where the line was known to be dead before, for people."""
    volts: float | None = None
    """The battery on hook, where the card can tell."""
    milliamps: float | None = None
    """The current off hook, where the card can tell."""
    tones: dict[str, MeasuredTone] = field(default_factory=dict)
    """The exchange's tones by their names in the tone plan."""
    hunts: bool = False
    """A call to the second line while it is off hook rings another one."""
    dial_tone_after_s: float | None = None
    """From lifting to dial tone."""
    digits_taken: bool | None = None
    """Whether dial tone stopped at the first digit."""
    noise: NoiseMeasured | None = None
    """Of the quiet line."""
    echo: EchoMeasured | None = None
    """Of what we send."""
    loss_db: float | None = None
    """What a call to another line of ours loses, both lines together."""
    ring: tuple[float, ...] = ()
    """Seconds on, off and so on of one cycle of the bell."""
    caller_id: CallerIdMeasured | None = None
    """How callers are told."""
    gateway_told: str = ""
    """The caller, as a gateway told it."""
    endings: dict[str, EndingMeasured] = field(default_factory=dict)
    """How the far end's leaving is told, by who had called: `called` (we were), `calling` (we had)."""
    kept_s: float = 0.0
    """How long a call to this line is kept by the exchange when we hang up."""
    window: FlashWindow | None = None
    """Which hook flashes the exchange takes."""
    flashes: tuple[tuple[int, Reaction], ...] = ()
    """All that were tried, in ms."""
    recall_after_s: float | None = None
    """From the end of a flash to recall dial tone."""
    three_way: bool | None = None
    """Whether a flash joins a caller and somebody called on the same line."""
    transfer: bool | None = None
    """Whether the two go on when we hang up then."""
    code_forwarding: CodeForwarding | None = None
    """Whether the exchange forwards the line's calls by a code."""
    other_country: bool = False
    """That was not tried, because the office's country, whose codes they would be, is not the line's."""
    recordings: dict[str, Samples] = field(default_factory=dict)
    """What was heard, by what it is."""
    unfinished: str = ""
    """Why not everything was measured."""

    @property
    def country(self) -> CountryFound | None:
        """Which countries' exchange it is; None where no tone was heard."""
        if not self.tones:
            return None
        seen = None
        if self.caller_id is not None:
            seen = CallerIdSeen(self.caller_id.method, self.caller_id.place, self.caller_id.alert)
        return find_country(self.tones, self.ring, seen)

    def known_tones(self) -> Iterator[tuple[str, MeasuredTone]]:
        """Those by which another one is recognised."""
        for name in ("busy", "reorder", "dial", "recall"):
            if name in self.tones:
                yield name, self.tones[name]
