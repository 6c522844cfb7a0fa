"""The promise that nobody who is called outside is connected without the key."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from appliance.scenario import actions as act
from appliance.simulation.promises import Suspicion
from appliance.simulation.town import Town
from hw.audio import Floats, Frame

ACCEPTS = "1"
ALIKE = 0.25
"""What a caller hears is what the cell phone says from this correlation on."""
LATE_FRAMES = 15
"""How much later a caller may hear it."""
JUDGED_FRAMES = 100
"""What is compared at once: 2 s."""


class NobodyWithoutTheKey:
    """As long as nobody has pressed the key at a cell phone, no caller hears what is said there: the sounds themselves
    are compared, and the unit is not asked."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._said: dict[str, list[Frame]] = {}
        for name in town.cast.cells:
            town.hands[name].telephone.sent_listeners.append(partial(self._say, name))

    def acted(self, action: act.Act) -> None:
        cells = self._town.cast.cells
        match action:
            case act.Lifts(party) if party in cells and self._town.hands[party].ringing:
                self._said[party] = []
                self._keep(True)
            case act.Presses(party, digits) if ACCEPTS in digits:
                self._forget(party)
            case act.HangsUp(party):
                self._forget(party)

    def look(self) -> Iterable[Suspicion]:
        for cell, said in self._said.items():
            if len(said) < JUDGED_FRAMES:
                continue
            judged, self._said[cell] = said[:JUDGED_FRAMES], []
            spoken = np.concatenate(judged).astype(np.float32)
            if not spoken.any():
                continue
            for name in self._town.cast.callers:
                frames = self._town.hands[name].sound.frames
                if frames and _alike(spoken, frames) > ALIKE:
                    yield Suspicion(
                        "somebody is connected without the key",
                        name,
                        f"{name} hears {cell}, where no key was pressed",
                        0.0,
                        f"{name} does not hear speech for 2s",
                    )
        for name in self._town.cast.callers:
            sound = self._town.hands[name].sound
            if sound.frames is not None:
                del sound.frames[: -JUDGED_FRAMES - 2 * LATE_FRAMES]

    def at_rest(self) -> Iterable[Suspicion]:
        return ()

    def _say(self, cell: str, frame: Frame) -> None:
        if cell in self._said:
            self._said[cell].append(frame)

    def _forget(self, cell: str) -> None:
        if self._said.pop(cell, None) is not None and not self._said:
            self._keep(False)

    def _keep(self, keep: bool) -> None:
        """Keep what callers hear, or no longer."""
        for name in self._town.cast.callers:
            sound = self._town.hands[name].sound
            if (sound.frames is not None) is not keep:
                sound.frames = [] if keep else None


def _alike(spoken: Floats, frames: list[Frame]) -> float:
    """The largest correlation of what was said with what was heard, at any delay there may be."""
    heard = np.concatenate(frames[-JUDGED_FRAMES - LATE_FRAMES :]).astype(np.float32)
    if len(heard) < len(spoken) // 2:
        return 0.0
    size = len(heard) + len(spoken)
    products = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(spoken, size)), size)
    strength = float(np.linalg.norm(heard) * np.linalg.norm(spoken))
    return float(np.max(np.abs(products))) / strength if strength else 0.0
