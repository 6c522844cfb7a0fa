"""What a verb of the language is, and the keys there are on a telephone."""

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
    """`read` gets the line behind the verb, the subject and the names there are, and gives what is to be done."""

    words: str
    subject: Subject
    example: str
    meaning: str
    read: Callable[[LineCursor, str, Names], StepAction]
