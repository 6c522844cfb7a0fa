"""A door telephone's call: it shows the door's name, does not last for ever, and whoever talks to it opens the door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.party import Party
from appliance.calls.recording import BEEP
from appliance.media.player import Player
from appliance.media.tone import ToneSource
from appliance.office.lines import Door
from hw.callerid.coding import CallerId
from hw.dsp.dtmf import dtmf_samples

LONGEST_SECONDS = 180.0
"""So long a visitor may ring and talk: a button that sticks, or a telephone put aside, must not keep anybody."""
KEYS_OVER_SECONDS = 0.8
"""Until the keys that were pressed here are over at the door, where they may come as tones one behind the other."""


@contextmanager
def at_door(call: Call, door: Door) -> Iterator[None]:
    """While this call of a door telephone goes on, whoever talks to it can open the door, and nobody else."""
    loop = asyncio.get_running_loop()
    visitor = call.caller.leg
    call.who.caller_id = CallerId(name=call.caller.name)
    call.record.came_from(call.who.caller_id)
    opener = _Opener(call, door)
    call.on_talk = opener.attend
    over = loop.call_later(LONGEST_SECONDS, visitor.left, Cause.RELEASED)
    try:
        yield
    finally:
        over.cancel()
        opener.close()


class _Opener:
    """Listens for the keys by which the door is opened, in each talk of the call."""

    def __init__(self, call: Call, door: Door) -> None:
        self._call = call
        self._door = door
        self._visitor = call.caller.leg
        self._keys: dict[Leg, str] = {}
        self._unsubscribe: list[Callable[[], None]] = []
        self._opening: asyncio.TimerHandle | None = None

    def attend(self, parties: Sequence[Party]) -> None:
        """These talk to each other from now on; whoever talked before does no longer."""
        self.close()
        if self._door.opener and any(party.leg is self._visitor for party in parties):
            others = [party.leg for party in parties if party.leg is not self._visitor]
            self._unsubscribe = [leg.pressed.subscribe(partial(self._pressed, leg)) for leg in others]

    def close(self) -> None:
        """Nobody can open the door any more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()
        self._keys.clear()
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _pressed(self, by: Leg, key: str) -> None:
        wanted = self._door.opens_with
        self._keys[by] = (self._keys.get(by, "") + key)[-len(wanted) :]
        if self._keys[by] == wanted and self._opening is None:
            self._keys[by] = ""
            self._opening = asyncio.get_running_loop().call_later(KEYS_OVER_SECONDS, self._open, by)

    def _open(self, by: Leg) -> None:
        self._opening = None
        self._call.record.step("opens the door")
        if self._visitor.send_digits is not None:
            self._visitor.send_digits(self._door.opener)
        else:
            tones = self._call.services.tones
            digits = dtmf_samples(self._door.opener, tones.dtmf_low_dbm0, tones.dtmf_high_dbm0)
            self._visitor.media.overlay(Player([digits]), alone=True)
        by.media.overlay(ToneSource(BEEP))
