"""One line of the benchmark table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its unit; `target` in words, and whether it was met (None: nothing to reach)."""

    name: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None
