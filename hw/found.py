"""What a kind of card finds of itself on this machine, for people: `copperdesk hw list` joins it from all kinds."""

from __future__ import annotations

from dataclasses import dataclass

HEALTHY = "healthy"
"""The state where all is well."""


@dataclass(frozen=True, slots=True)
class Found:
    """A line, a telephone, a whole card, or what keeps a card from being found at all."""

    kind: str
    """What it is: `dahdi`, `gpio`, `sip` or `simulated`."""
    name: str
    """The port's name, as an office document has it; or the card's, where it is about a whole card."""
    state: str
    """`HEALTHY`, or what is wrong, as a stable kebab-case code."""
    told: str
    """The state in whole English sentences."""
    mend: str = ""
    """What to do about it, in whole English sentences; empty where it is healthy."""

    def __post_init__(self) -> None:
        if (self.state == HEALTHY) == bool(self.mend):
            raise ValueError(f"{self.name} is {self.state}: what is wrong has a mend, and nothing else has one")
