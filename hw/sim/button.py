"""A simulated push button, for fingers that are simulated, too."""

from __future__ import annotations

from collections.abc import Callable


class SimContact:
    """See `hw.panel.button.ButtonContact`."""

    def __init__(self) -> None:
        self._down = False
        self._moved: Callable[[], None] = lambda: None

    @property
    def down(self) -> bool:
        return self._down

    def watch(self, moved: Callable[[], None]) -> None:
        self._moved = moved

    def close(self) -> None:
        self._moved = lambda: None

    def move(self, *, down: bool) -> None:
        """Press the button, or let it go."""
        self._down = down
        self._moved()
