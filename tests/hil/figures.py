"""What a case finds out: figures with their limits, pictures, and recordings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hw.audio import Samples
from tests.hil.limits import Limit


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value; the limit it was held against, if any."""

    name: str
    value: float
    unit: str
    limit: Limit | None = None

    @property
    def met(self) -> bool | None:
        return None if self.limit is None else self.limit.met(self.value)

    @property
    def shown(self) -> str:
        return f"{self.value:.4g} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Recording:
    """A call: what the kit said and what it heard, of the same time."""

    name: str
    said: Samples
    heard: Samples


@dataclass(slots=True)
class Figures:
    """All that one case found out. plots: SVG by their titles."""

    limits: Mapping[str, Limit]
    figures: list[Figure] = field(default_factory=list)
    plots: dict[str, str] = field(default_factory=dict)
    recordings: list[Recording] = field(default_factory=list)

    def add(self, name: str, value: float, unit: str = "", limit: str = "") -> None:
        """Add a figure. limit: the name of its limit in tests/hil/limits.py, which also gives the unit."""
        held = self.limits[limit] if limit else None
        self.figures.append(Figure(name, float(value), held.unit if held else unit, held))

    @property
    def missed(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.met is False]
