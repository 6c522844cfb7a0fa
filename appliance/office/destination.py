"""Where a call may lead: what keys of a menu, dialled numbers, redirections and transfers all come to.

Adding one is a class here, a `case` in `appliance/flows/route.py`, which alone follows them, and the flow it leads to.
People are named by their ids. As text, each is a step in the record of a call.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Somebody of the office, wherever that person is; where nobody answers, the person's mailbox."""

    person: str

    def __str__(self) -> str:
        return f"to {self.person}"


@dataclass(frozen=True, slots=True)
class ToMailbox:
    """A message for somebody, without ringing first."""

    person: str

    def __str__(self) -> str:
        return f"a message for {self.person}"


@dataclass(frozen=True, slots=True)
class ToOperator:
    """The operator; where nobody answers, a message for the office."""

    def __str__(self) -> str:
        return "to the operator"


@dataclass(frozen=True, slots=True)
class ToMenu:
    """The office's menu, from its greeting on."""

    def __str__(self) -> str:
        return "to the menu"


@dataclass(frozen=True, slots=True)
class ToOutside:
    """A number to dial on a trunk."""

    number: str
    emergency: bool = False

    def __str__(self) -> str:
        return f"dials {self.number}"


@dataclass(frozen=True, slots=True)
class ToElsewhere:
    """An extension of another of our offices, and the ports of the lines that join it to this one."""

    number: str
    ports: tuple[str, ...]

    def __str__(self) -> str:
        return f"to {self.number} in another office"


@dataclass(frozen=True, slots=True)
class ToMessages:
    """The messages of whoever dials it."""

    def __str__(self) -> str:
        return "to the messages"


@dataclass(frozen=True, slots=True)
class RepeatMenu:
    """The choices of the menu once more."""

    def __str__(self) -> str:
        return "to the menu again"


@dataclass(frozen=True, slots=True)
class EndCall:
    """A goodbye."""

    def __str__(self) -> str:
        return "goodbye"


@dataclass(frozen=True, slots=True)
class Nowhere:
    """What was dialled means nothing."""

    def __str__(self) -> str:
        return "nowhere"


Destination = (
    ToPerson | ToMailbox | ToOperator | ToMenu | ToOutside | ToElsewhere | ToMessages | RepeatMenu | EndCall | Nowhere
)
