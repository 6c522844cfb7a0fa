"""What a verb of the language is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from appliance.scenario.actions import StepAction
from appliance.scenario.line import LineCursor
from appliance.scenario.names import Names


class Subject(Enum):
    """Who can be the subject of a verb."""

    PARTY = "a caller or a telephone"
    OUTSIDE = "somebody outside"
    TELEPHONE = "a telephone of the office"
    TRUNK = "a trunk"
    NONE = "nobody: the line begins with the verb"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb. read: makes the action of the rest of the line, the subject, and the names there are."""

    words: str
    subject: Subject
    example: str
    meaning: str
    read: Callable[[LineCursor, str, Names], StepAction]
