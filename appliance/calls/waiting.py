"""A caller who waits while somebody is looked for: what is heard meanwhile, and the keys that end it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from appliance.calls.asking import Verdict
from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.party import Party
from appliance.calls.signal import settle
from appliance.media.player import Player
from appliance.media.sources import Source
from appliance.office.phrase import Sayable
from appliance.office.search import Number

EXPLAINED_SECONDS = 15.0
"""Nobody waits longer than this without hearing something new."""

Result = TypeVar("Result")
TellCaller = Callable[[Sayable], None]
"""Says something to the caller, who waits."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The caller does not want to wait any longer, and has pressed this key."""

    key: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is said while somebody is looked for, to the caller and to whoever is called outside."""

    explain: Callable[[int], Sequence[Sayable]]
    """What the caller hears at the end of each quarter of a minute, by its number."""
    keys: str
    """Those by which the caller ends the wait; others mean nothing."""
    ask: Callable[[Party, Number, TellCaller], Coroutine[Any, Any, Verdict]]
    """Asks somebody who may have answered at a number, or may not yet."""
    before_silence: Sequence[Sayable]
    """What the caller hears before the exchange holds the caller, who then hears nothing."""
    after_silence: Sequence[Sayable]
    """What the caller hears who is back from there."""
    last_words: Callable[[Verdict | None, bool], Sequence[Sayable]]
    """What somebody hears who is not connected, by what that one has said; None: the call was taken elsewhere, or the
    caller has left (True)."""


class Waiting:
    """One caller's wait. sound: makes what is heard for the most part, such as ringback."""

    def __init__(self, caller: Party, sound: Callable[[], Source], conversation: Conversation) -> None:
        self._caller = caller
        self._sound = sound
        self._explain = conversation.explain
        self._keys = conversation.keys
        self._heard: Source | None = None
        self._player: Player | None = None
        self._explained = 0
        self._due = 0.0
        self._to_say: list[Sequence[Sayable]] = []
        self._told: list[list[Sayable]] = []
        """What each of those who are asked now has told the caller."""
        self._paused = False
        self._changed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def say(self, *said: Sayable) -> None:
        """Tell the caller this as soon as what is said now is over."""
        self._to_say.append(said)
        settle(self._changed)

    @contextmanager
    def saying(self) -> Iterator[TellCaller]:
        """Lets somebody who is asked tell the caller something. While this lasts that is told again in place of
        explanations, which would not be true; behind it what has not been said is not said any more.
        """
        told: list[Sayable] = []

        def say(said: Sayable) -> None:
            told.append(said)
            self.say(said)

        self._told.append(told)
        try:
            yield say
        finally:
            self._told = [other for other in self._told if other is not told]
            self._to_say = [said for said in self._to_say if not any(one is part for one in told for part in said)]

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Somebody else uses the caller's line meanwhile: nothing is played to it, and no key on it is the caller's."""
        self._paused = True
        self._caller.leg.hear(None)
        settle(self._changed)
        try:
            yield
        finally:
            self._paused = False
            self._player = None
            self._due = asyncio.get_running_loop().time() + EXPLAINED_SECONDS
            settle(self._changed)

    async def until(self, search: asyncio.Task[Result]) -> Result | Pressed:
        """Let the caller wait until the search is over, whose result is returned, or until one of the keys is pressed.

        The search is cancelled, and has undone what it began, when this returns without its result or raises. Whoever
        was reached at that very moment is released.
        """
        told = False
        leg = self._caller.leg
        leg.forget_digits()
        self._due = asyncio.get_running_loop().time() + EXPLAINED_SECONDS
        try:
            while not search.done():
                self._changed = asyncio.get_running_loop().create_future()
                if (pressed := await self._key()) is not None:
                    return pressed
                await self._hear_on()
                waited: list[asyncio.Future[Any]] = [search, self._changed]
                seconds = None
                if not self._paused:
                    waited.append(leg.digit_ready())
                    if self._player is not None:
                        waited.append(self._player.done)
                    else:
                        seconds = max(0.0, self._due - asyncio.get_running_loop().time())
                await leg.until(*waited, seconds=seconds)
            if self._player is not None and not isinstance(search.result(), Party):
                await leg.until(self._player.done, leg.digit_ready())
            told = True
            return search.result()
        except CallEnded as ended:
            if ended.cause is Cause.TRANSFERRED:  # By the exchange: the search has done so itself.
                told = True
                return await search
            raise
        finally:
            search.cancel()
            (found,) = await asyncio.gather(search, return_exceptions=True)
            if isinstance(found, Party) and not told:
                found.release()
            if not leg.gone.done():
                leg.hear(None)

    async def _key(self) -> Pressed | None:
        """The next key that ends the wait, if it was pressed."""
        while not self._paused and self._caller.leg.digits_waiting:
            key = await self._caller.leg.digit(0) or ""
            if key in self._keys:
                return Pressed(key)
        return None

    async def _hear_on(self) -> None:
        """Let the caller hear what is due now."""
        if self._paused:
            self._heard = None
            return
        if self._player is not None and not self._player.done.done():
            return
        said: Sequence[Sayable] = ()
        now = asyncio.get_running_loop().time()
        if self._to_say:
            said = self._to_say.pop(0)
        elif now >= self._due:
            said = next((told[-1:] for told in reversed(self._told) if told), ())
            if not said:
                said = self._explain(self._explained)
                self._explained += 1
        if said:
            clips = await self._caller.clips(*said)
            if self._paused:
                return
            self._due = now + EXPLAINED_SECONDS
            self._player = Player(clips)
            self._heard = None
            self._caller.leg.hear(self._player)
        elif self._heard is None or self._player is not None:
            self._player = None
            self._heard = self._sound()
            self._caller.leg.hear(self._heard)
