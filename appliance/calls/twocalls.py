"""A plain telephone's two calls: hook flashes between them, and hanging up while somebody is on hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from appliance.calls.hookflash import FlashMeaning, flash_meaning, put_through
from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.stationlegs import StationLegs
from hw.linecard import FxsPort, TransferAsked


class TwoCalls:
    """consult: called with a port whose talk is on hold now, to let its user call somebody else there.
    changed: called whenever a leg is held, switched to, or over.
    """

    def __init__(self, legs: StationLegs, consult: Callable[[FxsPort], None], changed: Callable[[], None]) -> None:
        self._legs = legs
        self._consult = consult
        self._changed = changed
        self._once_released: dict[Leg, Callable[[], None]] = {}

    def flashed(self, port: FxsPort, active: Leg) -> None:
        held = next((leg for leg in self._legs.on(port) if leg is not active), None)

        def back(done: bool = True) -> None:
            if done and held is not None:
                self._legs.hear(held)
                self._end(active, Cause.HOOK_FLASH)
                held.hold(False)
                self._changed()

        match flash_meaning(active, held, swaps=self._legs.newest(port).swaps):
            case FlashMeaning.SWAP if held is not None:
                active.hold(True)
                self._legs.hear(held)
                held.hold(False)
                self._changed()
            case FlashMeaning.CONSULT:
                active.hold(True)
                self._consult(port)
            case FlashMeaning.BACK:
                back()
            case FlashMeaning.JOIN if held is not None:
                held.join_asked.tell(active.name, back)
            case FlashMeaning.DROP:
                active.drop_asked.tell()

    def hung_up(self, port: FxsPort, held: Leg, active: Leg) -> None:
        """Whoever was on hold is put through to whom the telephone called besides, or rings it again."""
        swaps = self._legs.newest(port).swaps
        for leg in (held, active):
            self._legs.forget(leg)
        self._changed()
        wanted = None if swaps else put_through(active)
        if wanted is None:
            self._left_holding(held, active)
        elif wanted.to:
            self._put_through(held, active, wanted)
        else:
            # Whom it was calling is free to be called again once the call to it is over.
            self._once_released[active] = partial(self._put_through, held, active, wanted)
            self._end(active, Cause.ON_HOOK)

    def released(self, leg: Leg) -> None:
        """A call is done with a leg that the telephone has no part in any more."""
        self._once_released.pop(leg, lambda: None)()

    def _put_through(self, held: Leg, active: Leg, wanted: TransferAsked) -> None:
        """Have whoever is on hold transferred. Where that cannot be, the telephone is rung again."""

        def told(done: bool) -> None:
            if not done:
                self._left_holding(held, active)

        if not held.transfer_asked.tell(wanted, told):
            told(False)

    def _left_holding(self, held: Leg, active: Leg) -> None:
        self._end(active, Cause.ON_HOOK)
        self._end(held, Cause.LEFT_HOLDING)

    def _end(self, leg: Leg, cause: Cause) -> None:
        self._legs.end(leg, cause)
        self._changed()
