"""Recognises tones by their cadence: from sounds and silences with their lengths to names and cycles.

No audio here: a stretch of line is a `HeardStretch` (what it sounded like, how long, how loud). Every pattern that
still explains the last stretches is followed. One that explains more of them wins over one that explains fewer, and
nothing is reported while two tones of different names explain as much.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

CadenceReport = tuple[str, int]
"""A tone's name and its cycles so far (a steady tone: whole seconds); 0 cycles: it is over."""

SLACK_S = 0.015
"""A stretch may be off by this many seconds more than the pattern's tolerance and its own slack allow."""

PAIR_SLACK_S = 0.010
"""The same for two stretches together, such as from the beginning of one burst to the beginning of the next."""

LEAD_SLACK_S = 0.03
"""For the bursts of a lead, which need only be counted."""

LEVEL_DB = 5.0
"""Bursts of a tone may differ from the level they should have, against the burst before, by this much."""

SETTLED_S = 0.08
"""A burst this long is seen to be of the expected sound."""

PAUSED_S = 1.0
"""Where the pause of a cadence is longer than this, its first cycle counts after this much of the pause."""

STEADY_S = 1.0
RINGBACK_STEADY_S = 1.6
"""A steady tone is heard for this long before it counts; the longer one where ringback has the same frequencies."""

LOOK_AGAIN_S = 0.4
"""After a steady sound turned out to be none of the plan's, the time until the next close look at it."""

_HISTORY = 64


@dataclass(frozen=True, slots=True)
class HeardStretch:
    """A stretch of the line's signal that sounds the same all along.

    sounds: bit mask of the sounds it may be, 0 for silence and for anything else. level: in dB, of any reference.
    silent: it is a pause.
    """

    sounds: int
    seconds: float
    level: float = 0.0
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of a pattern. sound: one bit, 0 for silence. level: dB against the pattern's other steps."""

    sound: int
    seconds: float
    level: float = 0.0


@dataclass(frozen=True, slots=True)
class Form:
    """A name for a pattern, given when `lead` was heard before it."""

    name: str
    lead: tuple[Step, ...] = ()

    @property
    def bursts(self) -> int:
        return sum(1 for step in self.lead if step.sound)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps repeated for ever, or one steady sound, with the names it goes by."""

    forms: tuple[Form, ...]
    """Its names; where there are several, what was heard before it decides between them."""
    steps: tuple[Step, ...] = ()
    """One cycle; empty for a steady sound."""
    steady: int = 0
    """The bit of the steady sound; 0 where there are steps."""
    steady_after_s: float = STEADY_S
    """How long the steady sound must last before it is reported."""
    tolerance: float = 0.1
    """How far each step's length may be off, as a part of it."""
    slack_s: float = 0.0
    """How many seconds more the ends of a burst may be off because they are hard to see."""
    at_once: bool = False
    """The first cycle counts as soon as its last burst has ended."""
    not_before: int = 0
    """Stretches that must match before anything is reported, because fewer could be another tone's lead."""


@dataclass(slots=True, eq=False)
class _Run:
    """A pattern that has explained all stretches since one of them."""

    pattern: Pattern
    """What is being followed."""
    start: int
    """The pattern's step that the first of the stretches was."""
    begun: int
    """The number of that stretch, counted since the receiver began."""
    matched: int = 0
    """How many stretches it has explained."""
    last: HeardStretch | None = None
    """The last of them."""
    last_burst: HeardStretch | None = None
    """The last that was no pause."""
    last_burst_level: float = 0.0
    """The level that this one should have by the pattern, in dB."""
    cycles: int = 0
    """The cycles reported so far."""
    name: str = field(default="")
    """The name found for it; empty until it is asked for."""

    def step(self, ahead: int = 0) -> Step:
        steps = self.pattern.steps
        return steps[(self.start + self.matched + ahead) % len(steps)]

    def longest(self) -> float:
        return self.step().seconds * (1 + self.pattern.tolerance) + SLACK_S + self.pattern.slack_s

    def sounds_right(self, heard: HeardStretch) -> bool:
        """Whether this stretch, whatever its length, has the sound and level of the next step."""
        step = self.step()
        if heard.silent == bool(step.sound) or step.sound & ~heard.sounds:
            return False
        if self.last_burst is None or not step.sound:
            return True
        expected = step.level - self.last_burst_level
        return abs(heard.level - self.last_burst.level - expected) <= LEVEL_DB

    def take(self, heard: HeardStretch) -> bool:
        """Whether this stretch is the next step; if so it is counted."""
        step = self.step()
        tolerance, slack = self.pattern.tolerance, self.pattern.slack_s
        if not self.sounds_right(heard):
            return False
        if abs(heard.seconds - step.seconds) > tolerance * step.seconds + SLACK_S + slack:
            return False
        if self.last is not None:
            pair = step.seconds + self.step(-1).seconds
            if abs(heard.seconds + self.last.seconds - pair) > tolerance * pair + PAIR_SLACK_S + slack:
                return False
        if step.sound:
            self.last_burst, self.last_burst_level = heard, step.level
        self.last = heard
        self.matched += 1
        return True

    def due(self, now: HeardStretch) -> int:
        """The cycles to be reported by now, `now` being the unfinished stretch."""
        if self.matched < self.pattern.not_before:
            return 0
        length = len(self.pattern.steps)
        cycles, over = divmod(self.matched, length)
        in_last_pause = over == length - 1 and not self.step().sound
        if in_last_pause and (cycles or self.pattern.at_once or now.seconds >= PAUSED_S):
            return cycles + 1
        if cycles == 1 and over == 0 and self.step(-1).sound == 0 and not (now.sounds and now.seconds >= SETTLED_S):
            return 0
        return cycles


class CadenceReceiver:
    """Follows one line. Give it each stretch when it has ended, and the unfinished one from time to time."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._cadences = [pattern for pattern in patterns if pattern.steps]
        self._steady = [pattern for pattern in patterns if not pattern.steps]
        self._steady_sounds = sum({pattern.steady for pattern in self._steady})
        self._runs: list[_Run] = []
        self._heard: deque[HeardStretch] = deque(maxlen=_HISTORY)
        self._count = 0
        self._reporting: _Run | None = None
        self._steady_name = ""
        self._steady_seconds = 0
        self._steady_heard = 0
        self._look_again_s = STEADY_S

    @property
    def following(self) -> bool:
        """Whether any pattern still explains the last stretches."""
        return bool(self._runs)

    def ended(self, heard: HeardStretch) -> list[CadenceReport]:
        """The reports due when this stretch has ended."""
        reports = self._end_steady()
        self._runs = [run for run in self._runs if run.take(heard)]
        reports += self._end_reporting()
        if heard.sounds:
            self._runs += self._begin(heard)
        self._heard.append(heard)
        self._count += 1
        reports += self._report(HeardStretch(0, 0.0, silent=not heard.silent))
        return reports

    def lasting(self, heard: HeardStretch, fine: Callable[[], int]) -> list[CadenceReport]:
        """The reports due while this stretch goes on. `fine()`: the sounds it may be by a closer look at its end."""
        self._runs = [run for run in self._runs if self._still(run, heard)]
        reports = self._end_reporting()
        reports += self._report(heard)
        if heard.sounds & self._steady_sounds:
            reports += self._lasting_steady(heard, fine)
        return reports

    def _begin(self, heard: HeardStretch) -> list[_Run]:
        """Runs of all patterns this burst may belong to, if they are not followed already."""
        followed = {(id(run.pattern), (run.start + run.matched) % len(run.pattern.steps)) for run in self._runs}
        begun = []
        for pattern in self._cadences:
            for start, step in enumerate(pattern.steps):
                if step.sound and (id(pattern), (start + 1) % len(pattern.steps)) not in followed:
                    run = _Run(pattern, start, self._count)
                    if run.take(heard):
                        begun.append(run)
        return begun

    def _still(self, run: _Run, heard: HeardStretch) -> bool:
        if heard.seconds > run.longest():
            return False
        if heard.seconds < SETTLED_S:
            return heard.silent != bool(run.step().sound)
        return run.sounds_right(heard)

    def _end_reporting(self) -> list[CadenceReport]:
        """If the tone reported is over, say so, unless another pattern of its name explains as much.

        Runs begun since are dropped: the last burst of one tone is not the first of another.
        """
        run = self._reporting
        if run is None or run in self._runs:
            return []
        heirs = [heir for heir in self._runs if heir.matched >= run.matched and self._name_of(heir) == run.name]
        if heirs:
            self._reporting = heirs[0]
            heirs[0].cycles = run.cycles
            return []
        self._reporting = None
        self._runs = []
        return [(run.name, 0)]

    def _report(self, now: HeardStretch) -> list[CadenceReport]:
        run = self._reporting
        if run is None:
            ready = max((run for run in self._runs if run.due(now)), key=lambda run: run.matched, default=None)
            if ready is None:
                return []
            name = self._name_of(ready)
            if any(other.matched >= ready.matched and self._name_of(other) != name for other in self._runs):
                return []
            run = self._reporting = ready
        due = run.due(now)
        if due <= run.cycles:
            return []
        run.cycles = due
        return [(self._name_of(run), due)]

    def _lasting_steady(self, heard: HeardStretch, fine: Callable[[], int]) -> list[CadenceReport]:
        if not self._steady_heard and heard.seconds >= self._look_again_s:
            self._steady_heard = fine() & heard.sounds
            self._look_again_s = heard.seconds + LOOK_AGAIN_S
        if not self._steady_name:
            for pattern in self._steady:
                if pattern.steady & self._steady_heard and heard.seconds >= pattern.steady_after_s:
                    self._steady_name = self._name(pattern, self._count)
                    break
            else:
                return []
        seconds = int(heard.seconds)
        if seconds <= self._steady_seconds:
            return []
        self._steady_seconds = seconds
        return [(self._steady_name, seconds)]

    def _end_steady(self) -> list[CadenceReport]:
        name, self._steady_name, self._steady_seconds = self._steady_name, "", 0
        self._steady_heard, self._look_again_s = 0, STEADY_S
        return [(name, 0)] if name else []

    def _name_of(self, run: _Run) -> str:
        if not run.name:
            run.name = self._name(run.pattern, run.begun)
        return run.name

    def _name(self, pattern: Pattern, begun: int) -> str:
        """The name of the form whose lead has most nearly as many bursts as were heard before stretch `begun`."""
        if len(pattern.forms) == 1:
            return pattern.forms[0].name
        before = list(self._heard)[: max(0, len(self._heard) - (self._count - begun))]
        heard = [_lead_bursts(form, before) for form in pattern.forms]
        most = max(heard)
        distances = [
            abs(form.bursts - (bursts if form.lead else most))
            for form, bursts in zip(pattern.forms, heard, strict=True)
        ]
        return pattern.forms[distances.index(min(distances))].name


def _lead_bursts(form: Form, before: Sequence[HeardStretch]) -> int:
    """How many bursts of this form's lead, repeated as often as it may be, end what was heard before."""
    bursts = 0
    for back, heard in enumerate(reversed(before)):
        step = form.lead[-1 - back % len(form.lead)] if form.lead else None
        if step is None or heard.silent == bool(step.sound) or step.sound & ~heard.sounds:
            break
        if abs(heard.seconds - step.seconds) > 0.1 * step.seconds + LEAD_SLACK_S:
            break
        bursts += bool(step.sound)
    return bursts
