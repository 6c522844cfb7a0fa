"""A pair of wires as a port drives and measures it: what differs between a real card and the simulated loop.

What a port does with them (which ring is one, when a hook flash is over, how caller ID is sent, what is played out
when) is the same for every card, and is in the other modules of this folder. A driver has one of these two kinds of
wires for each port, measures them, and tells its watchers of every change. All levels and states are what this end
of the line sees. Sound goes its own way, in frames of 20 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Protocol


class Battery(Enum):
    """The voltage a source puts on the line, as the terminal sees it: its polarity, or none."""

    NORMAL = "normal"
    REVERSED = "reversed"
    OPEN = "open"


class TerminalWires(Protocol):
    """Wires whose far end feeds them: an FXO port's, and a telephone's."""

    @property
    def name(self) -> str: ...

    @property
    def polarity(self) -> int:
        """+1, -1, or 0 without battery."""

    @property
    def rings(self) -> bool:
        """Ring voltage is on the line now."""

    def close(self, terminal: object, closed: bool) -> None:
        """Close the loop on behalf of this terminal, or open it. More than one terminal may hang on a pair of wires."""

    def closed_by_another(self, terminal: object) -> bool:
        """Whether something else than this terminal draws current from the line."""

    @property
    def terminal_watchers(self) -> list[Callable[[], None]]:
        """Called after every change of `polarity`, of `rings`, and of what `closed_by_another` tells."""


class SourceWires(Protocol):
    """Wires that this end feeds: an FXS port's, and those of an exchange's line circuit."""

    @property
    def name(self) -> str: ...

    @property
    def closed(self) -> bool:
        """The telephone at the far end closes the loop."""

    @property
    def battery(self) -> Battery:
        """What is on the line now; during a break (`open_for`) it is open."""

    def feed(self, battery: Battery) -> None:
        """Give this battery. During a break (`open_for`) it is given when the break ends."""

    def open_for(self, seconds: float) -> None:
        """Remove battery for so long. If it is removed already, it comes back when the later of the two breaks ends."""

    def ring(self, on: bool) -> None:
        """Put ring voltage on the line, or take it away."""

    @property
    def source_watchers(self) -> list[Callable[[], None]]:
        """Called after every change of `closed` and `battery`."""

    def announce(self) -> None:
        """Tell all watchers to look again."""
