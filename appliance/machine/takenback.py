"""Why a version of the program did not stay: a word that is kept on disk, and the sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hw.said import Said, said


class TakenBack(StrEnum):
    """A word stays as it is once a version was brought out with it: another version may read it."""

    NOT_STARTED = "not-started"
    CRASHED = "crashed"
    NO_ANSWER = "no-answer"
    NO_OFFICE = "no-office"
    NO_LINE = "no-line"
    NO_CALL = "no-call"
    INTERRUPTED = "interrupted"
    """The unit was started anew while it was on trial, or being installed."""
    STATE_LOST = "state-lost"
    ASKED = "asked"
    """Somebody wanted the version before."""


IN_WORDS: Final[Mapping[TakenBack, Said]] = MappingProxyType(
    {
        TakenBack.NOT_STARTED: said("it did not start"),
        TakenBack.CRASHED: said("it ended by itself again and again, and took no call"),
        TakenBack.NO_ANSWER: said("it did not answer to what it was asked"),
        TakenBack.NO_OFFICE: said("it could not read the settings of the office"),
        TakenBack.NO_LINE: said("it had no line that was idle and could be called"),
        TakenBack.NO_CALL: said("it took no call of the test telephone"),
        TakenBack.INTERRUPTED: said("the unit was started anew before it had taken a call, perhaps by a power cut"),
        TakenBack.STATE_LOST: said("nothing tells any more whether it ever took a call"),
        TakenBack.ASKED: said("somebody asked for the version before"),
    }
)
"""Each stands behind a colon."""


@dataclass(frozen=True, slots=True)
class RunningVersion:
    """version: of the program that runs, such as `1.1`. gone: of the last update, where that did not stay; empty: it
    did, or there was none. why: a word of `TakenBack`; another version may have known one more."""

    version: str
    gone: str = ""
    why: str = ""


def in_words(why: str) -> str:
    """The sentence for a word of `TakenBack`. Older versions kept a sentence in English in its place."""
    return IN_WORDS[TakenBack(why)] if why in IN_WORDS else why
