"""How soon a caller is answered, and greeted."""

from __future__ import annotations

import pytest

from tests.hil.figures import Figures
from tests.hil.plots import curves
from tests.hil.rig import Rig

CALLS_A_LINE = 3


@pytest.mark.short
async def test_every_line_is_answered_in_time(rig: Rig, figures: Figures) -> None:
    """Every line rings, is answered, and the caller is greeted."""
    took: dict[str, list[tuple[float, float]]] = {}
    greeted = []
    for number in range(1 if rig.short else CALLS_A_LINE):
        for trunk in rig.trunks[:1] if rig.short else rig.trunks:  # While the others are called, a line becomes free.
            call = await rig.rings(trunk)
            await call.answered()
            took.setdefault(trunk.port, []).append((number + 1, call.answered_at - call.rang_at))
            _, heard = await call.heard_of(rig.bench.unit.greeting)
            greeted.append(heard.start_s)
            call.hang_up()
            await call.ended(5)
    seconds = [value for values in took.values() for _, value in values]
    figures.add("first ring to answer, longest", max(seconds), limit="answer_seconds")
    figures.add("first ring to answer, shortest", min(seconds), "s")
    figures.add("answer to first word, longest", max(greeted), "s")
    limit = rig.bench.limits["answer_seconds"].value
    figures.plots["First ring to answer"] = curves(took, "call", "s", limit=limit, points=True)
