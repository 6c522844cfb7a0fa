"""The emergency numbers an office document must leave alone."""

from __future__ import annotations

from typing import Any

from hw.tones.toneplan import COUNTRIES, tone_plan


def emergency_numbers(document: dict[str, Any]) -> tuple[str, ...]:
    """Those of the document's country; none where it names no country there is, which is told elsewhere."""
    country = document.get("country")
    return tone_plan(country).emergency if isinstance(country, str) and country in COUNTRIES else ()
