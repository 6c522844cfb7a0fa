"""What a scenario does and expects of buttons, the buzzer and the lamps of telephones. See `actions`."""

from __future__ import annotations

from dataclasses import dataclass

from hw.panel.buzzer import Beeps


@dataclass(frozen=True, slots=True)
class NightButton:
    """Somebody presses the unit's button for night mode, for so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class BuzzerTells:
    """The buzzer of the unit tells this; None: it is silent."""

    beeps: Beeps | None
    within: float


@dataclass(frozen=True, slots=True)
class LampIs:
    """The message lamp of a telephone is lit, or dark, by what came over its line."""

    telephone: str
    lit: bool
    within: float
