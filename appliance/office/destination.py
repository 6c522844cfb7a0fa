"""Where a call may lead: what keys of a menu, dialled numbers, redirections and transfers all come to.

Adding one is a class here, a `case` in `appliance/flows/route.py`, which alone follows them, and the flow it leads to.
People are named by their ids.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Somebody of the office, wherever that person is; where nobody answers, the person's mailbox."""

    person: str


@dataclass(frozen=True, slots=True)
class ToMailbox:
    """A message for somebody, without ringing first."""

    person: str


@dataclass(frozen=True, slots=True)
class ToOperator:
    """The operator; where nobody answers, a message for the office."""


@dataclass(frozen=True, slots=True)
class ToMenu:
    """The office's menu, from its greeting on."""


@dataclass(frozen=True, slots=True)
class ToOutside:
    """A number to dial on a trunk."""

    number: str
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class ToElsewhere:
    """An extension of another of our offices, and the ports of the lines that join it to this one."""

    number: str
    ports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToMessages:
    """The messages of whoever dials it."""


@dataclass(frozen=True, slots=True)
class RepeatMenu:
    """The choices of the menu once more."""


@dataclass(frozen=True, slots=True)
class EndCall:
    """A goodbye."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """What was dialled means nothing."""


Destination = (
    ToPerson | ToMailbox | ToOperator | ToMenu | ToOutside | ToElsewhere | ToMessages | RepeatMenu | EndCall | Nowhere
)
