"""What is said to a modem, and what is made of its answers. Sans I/O.

A modem is set up by the steps of `setting_up`, one command after another, each behind the answer to the one before. It
is then ready, and tells rings and callers by itself. Now and then it is checked: one that answers nothing is mute, and
one that answers with factory settings has been reset, by a pause of the computer or of its power, and is set up again.

    state        the right answer        refused (ERROR)              nothing in time
    STEP         the next step; READY    the step's next command;     RESYNC
                 behind the last         a needed step: FAILED
    READY        (rings, callers)        ignored                      a check
    CHECKING     READY; lost settings:   checked otherwise from       RESYNC
                 the first step          now on
    ASKING       READY, told             READY, told                  RESYNC
    RESYNC       back, and said again; or what came late counts                FAILED

An answer may come late, twice, or with noise. So nothing is sent until the modem has been quiet for `SETTLE_S` behind
an answer. And behind a time-out comes a question whose answer can be told from all others, the register S3: what came
before that answer was late, and what comes behind it is not.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from hw.modem.events import InformationText, ModemEvent, ModemRang, ResultCode
from hw.modem.parser_protocol import ModemParser
from hw.modem.profile import ModemProfile

ANSWER_S = 3.0
"""A modem answers a command within some 50 ms, and factory settings or another country within 2 s."""
SETTLE_S = 0.1
"""ITU-T V.250 asks for a pause between an answer and the next command; doubled answers are swallowed in it."""
LONGEST_SETTLE_S = 2.0
"""A modem that is never quiet is spoken to all the same."""
RESYNC_S = 5.0
SYNC_QUESTION, SYNC_ANSWER = "S3?", re.compile("0*13")
"""The register of the character that ends a line, 13 in every modem (ITU-T V.250)."""
CHECK_EVERY_S = 20.0
QUIET_AFTER_RING_S = 8.0
"""A command in the middle of an incoming call may end it in the modem. Rings come 6 s apart at the most."""
TRIES = 2
LONGEST_IDENTITY = 80
_LOST = "0"


class DialogueState(Enum):
    """Where the dialogue is."""

    STEP = "being set up"
    READY = "ready"
    CHECKING = "being checked"
    ASKING = "asked something"
    RESYNC = "asked for any sign"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One step of the setting up. commands: the first that the modem takes counts. needed: it is of no use without."""

    what: str
    commands: tuple[str, ...]
    needed: bool = True


def setting_up(profile: ModemProfile, country_code: str) -> tuple[SetUpStep, ...]:
    """The steps for a modem of this profile. country_code: two hexadecimal digits of ITU-T T.35."""
    return (
        SetUpStep("wake", ("Q0V1E0",)),
        SetUpStep("reset", (profile.reset, "Z")),
        *(SetUpStep("set up", (command,)) for command in profile.set_up),
        SetUpStep("identity", (profile.identity,), needed=False),
        SetUpStep("country", (profile.country.format(code=country_code),), needed=False),
        SetUpStep("caller ID", profile.caller_id, needed=False),
        SetUpStep("distinctive ring", profile.distinctive_ring, needed=False),
    )


@dataclass(frozen=True, slots=True)
class ToModem:
    """These bytes are to be sent."""

    data: bytes


@dataclass(frozen=True, slots=True)
class FromModem:
    """The modem has told this by itself: a ring, a caller, or noise."""

    event: ModemEvent


@dataclass(frozen=True, slots=True)
class ModemIsReady:
    """It is set up. identity: what it says it is. taken: the command that each step was done with, by the step."""

    identity: str
    taken: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModemAnswered:
    """What it has answered to what it was asked. None: it does not know the question."""

    texts: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ModemIsMute:
    """It does not answer, or refuses what it cannot do without. refused: that command; empty where it is mute."""

    refused: str = ""


DialogueAction = ToModem | FromModem | ModemIsReady | ModemAnswered | ModemIsMute


class ModemDialogue:
    """The dialogue over one opened port. Times are in seconds, of any clock.

    deadline: when `due` is to be called. state: where it is.
    """

    def __init__(self, profile: ModemProfile, country_code: str) -> None:
        self.state = DialogueState.STEP
        self._profile = profile
        self._steps = setting_up(profile, country_code)
        self._parser = ModemParser()
        self._at = self._alternative = self._tries = 0
        self._taken: dict[str, str] = {}
        self._identity = ""
        self._texts: list[str] = []
        self._said = ""
        self._again: DialogueState = DialogueState.STEP
        self._questions: deque[str] = deque()
        self._can_be_read = bool(profile.caller_id_read)
        self._late: list[tuple[bool, tuple[str, ...]]] = []
        self._in_step = False
        self._found_lost = False
        self._settled_by = 0.0
        self._answer_by: float | None = None
        self._send_at: float | None = None
        self._quiet_until = 0.0

    @property
    def deadline(self) -> float | None:
        """When `due` is to be called; None: never, by itself."""
        times = [at for at in (self._answer_by, self._send_at, self._parser.deadline) if at is not None]
        return min(times, default=None)

    def begin(self, now: float) -> list[DialogueAction]:
        """The port is open: set the modem up."""
        self._at = self._alternative = self._tries = 0
        self._taken = {}
        self._enter(DialogueState.STEP, now)
        return self.due(now)

    def ask(self, question: str, now: float) -> None:
        """Ask the modem something as soon as it is ready; an `ModemAnswered` follows."""
        self._questions.append(question)
        if self.state is DialogueState.READY:
            self._send_at = max(now, self._quiet_until)

    def received(self, data: bytes, now: float) -> list[DialogueAction]:
        """The modem has sent these bytes."""
        return [action for event in self._parser.feed(data, now) for action in self._event(event, now)]

    def due(self, now: float) -> list[DialogueAction]:
        """The deadline has come."""
        actions = [action for event in self._parser.due(now) for action in self._event(event, now)]
        if self._answer_by is not None and now >= self._answer_by:
            self._answer_by = None
            actions += self._nothing_in_time(now)
        if self._send_at is not None and now >= self._send_at:
            self._send_at = None
            actions += self._send(now)
        return actions

    # What comes

    def _event(self, event: ModemEvent, now: float) -> list[DialogueAction]:
        if self._send_at is not None and self.state is not DialogueState.READY:
            self._send_at = min(max(self._send_at, now + SETTLE_S), self._settled_by)
        match event:
            case ResultCode("OK" | "ERROR" as code) if self._answer_by is not None:
                return self._result(code == "OK", now)
            case InformationText(text) if self._answer_by is not None:
                self._texts.append(text)
                if self.state is DialogueState.RESYNC and SYNC_ANSWER.fullmatch(text):
                    self._in_step = True
                return []
            case ModemRang():
                self._quiet_until = now + QUIET_AFTER_RING_S
                if self.state is DialogueState.READY and self._send_at is not None:
                    self._send_at = max(self._send_at, self._quiet_until)
        return [FromModem(event)]

    def _result(self, well: bool, now: float) -> list[DialogueAction]:
        texts, self._texts = tuple(self._texts), []
        if self.state is DialogueState.RESYNC and not self._in_step:
            self._late.append((well, texts))
            return []
        self._answer_by = None
        if self.state is not DialogueState.RESYNC:
            return self._answers[self.state](self, well, texts, now)
        if len(self._late) != 1:
            self._enter(self._again, now)
            return []
        self.state = self._again
        return self._answers[self.state](self, *self._late[0], now)

    def _without_echo(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text for text in texts if text.upper() != f"AT{self._said}".upper())

    def _step_answered(self, well: bool, texts: tuple[str, ...], now: float) -> list[DialogueAction]:
        step = self._steps[self._at]
        self._tries = 0
        if well:
            self._taken[step.what] = step.commands[self._alternative]
            if step.what == "identity":
                self._identity = " ".join(self._without_echo(texts))[:LONGEST_IDENTITY]
        elif self._alternative + 1 < len(step.commands):
            self._alternative += 1
            self._enter(DialogueState.STEP, now)
            return []
        elif step.needed:
            return self._fails(step.commands[0])
        self._at, self._alternative = self._at + 1, 0
        if self._at < len(self._steps):
            self._enter(DialogueState.STEP, now)
            return []
        self._ready(now)
        return [ModemIsReady(self._identity, dict(self._taken))]

    def _check_answered(self, well: bool, texts: tuple[str, ...], now: float) -> list[DialogueAction]:
        echoed = self._without_echo(texts) != texts
        lost = self._reads and any(text.rpartition(":")[2].strip() == _LOST for text in texts)
        if not well or (lost and self._found_lost):
            self._can_be_read = False  # It does not know the question, or always answers so.
        elif lost or echoed:
            self._found_lost = lost
            return self.begin(now)
        else:
            self._found_lost = False
        self._ready(now)
        return []

    def _question_answered(self, well: bool, texts: tuple[str, ...], now: float) -> list[DialogueAction]:
        self._questions.popleft()
        self._ready(now)
        return [ModemAnswered(self._without_echo(texts) if well else None)]

    _answers: ClassVar[Mapping[DialogueState, Callable[..., list[DialogueAction]]]] = {
        DialogueState.STEP: _step_answered,
        DialogueState.CHECKING: _check_answered,
        DialogueState.ASKING: _question_answered,
    }

    # What does not come, and what goes

    def _nothing_in_time(self, now: float) -> list[DialogueAction]:
        if self.state is DialogueState.RESYNC and self._late:
            self._enter(self._again, now)  # It is there, but does not know the question.
            return []
        if self.state is DialogueState.RESYNC or self._tries + 1 >= TRIES:
            return self._fails("")
        self._tries += 1
        self._again, self._late, self._in_step = self.state, [], False
        self._enter(DialogueState.RESYNC, now)
        return []

    def _fails(self, refused: str) -> list[DialogueAction]:
        self.state = DialogueState.FAILED
        self._answer_by = self._send_at = None
        return [ModemIsMute(refused)]

    def _enter(self, state: DialogueState, now: float) -> None:
        """What this state says is said once the modem has been quiet for a moment."""
        self.state = state
        self._answer_by, self._send_at, self._settled_by = None, now + SETTLE_S, now + LONGEST_SETTLE_S

    def _ready(self, now: float) -> None:
        self.state = DialogueState.READY
        self._tries = 0
        self._answer_by = None
        self._send_at = max(now + (SETTLE_S if self._questions else CHECK_EVERY_S), self._quiet_until)

    def _send(self, now: float) -> list[DialogueAction]:
        if self.state is DialogueState.READY:
            self.state = DialogueState.ASKING if self._questions else DialogueState.CHECKING
        command = self._command()
        if self.state is not DialogueState.RESYNC:
            self._said, self._texts = command, []
        self._answer_by = now + (RESYNC_S if self.state is DialogueState.RESYNC else ANSWER_S)
        return [ToModem(f"AT{command}\r".encode("ascii"))]

    def _command(self) -> str:
        match self.state:
            case DialogueState.STEP:
                return self._steps[self._at].commands[self._alternative]
            case DialogueState.ASKING:
                return self._questions[0]
            case DialogueState.RESYNC:
                return SYNC_QUESTION
            case _:
                return self._profile.caller_id_read if self._reads else ""

    @property
    def _reads(self) -> bool:
        """Whether a check asks if it still tells callers; otherwise it is the plain AT."""
        return self._can_be_read and self._taken.get("caller ID", "").endswith("+VCID=1")
