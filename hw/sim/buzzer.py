"""A simulated buzzer that remembers what it has told."""

from __future__ import annotations

from hw.panel.buzzer import Beeps


class SimBuzzer:
    """See `hw.panel.buzzer.Buzzer`. `told`: all that it was told to sound, in order, None for silence."""

    def __init__(self) -> None:
        self._beeps: Beeps | None = None
        self.told: list[Beeps | None] = []

    @property
    def beeps(self) -> Beeps | None:
        return self._beeps

    def sound(self, beeps: Beeps | None) -> None:
        self._beeps = beeps if beeps is not None and beeps.goes_on else None
        self.told.append(beeps)

    def close(self) -> None:
        """Silent for good."""
        self._beeps = None
