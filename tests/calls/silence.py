"""How long a caller hears nothing from the unit while the unit has to say something."""

from __future__ import annotations

from hw.audio import FRAME_SECONDS, Frame, level_dbm0
from tests.calls.cellphones import hear_each_other
from tests.calls.phone import Phone
from tests.calls.world import World

AUDIBLE_DBM0 = -50.0
"""The noise of a simulated line is at -65 dBm0."""


class SilenceHeard:
    """The longest silence that a caller hears from now on, in seconds, while the unit has the caller.

    What does not count: what the exchange's hold sounds like, of which the caller was told; a conversation, and what
    comes behind it; and what follows a beep, as the caller is to speak there.
    """

    def __init__(self, here: World, caller: Phone, callee: Phone | None = None) -> None:
        self.longest = 0.0
        self.during = ""
        self._here = here
        self._caller = caller
        self._callee = callee
        self._frames = 0
        self._over = False
        caller.telephone.listeners.append(self._heard)

    def stop(self) -> None:
        """Whatever is heard from now on does not count."""
        self._over = True

    def _heard(self, frame: Frame) -> None:
        self._over = self._over or self._talks()
        if self._over or level_dbm0(frame) > AUDIBLE_DBM0 or not self._is_with_unit():
            self._frames = 0
            return
        self._frames += 1
        if self._frames * FRAME_SECONDS > self.longest:
            self.longest = self._frames * FRAME_SECONDS
            self.during = f"behind {self._caller.heard[-2:]}"

    def _is_with_unit(self) -> bool:
        heard = self._here.exchange.lines[self._caller.telephone.name].hears
        with_unit = any(self._here.line_on(line.loop.name) for line in heard)
        return with_unit and not self._is_recorded()

    def _talks(self) -> bool:
        return self._callee is not None and hear_each_other(self._here, self._caller, self._callee)

    def _is_recorded(self) -> bool:
        said = [what for where, what in self._here.told.everything if where == self._caller.line]
        return bool(said) and said[-1] == "beep"
