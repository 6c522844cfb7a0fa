"""Guarding mailboxes: three tries a call, ten an hour, thirty a day, and then a wait that grows from an hour to a day.

Wrong PINs are counted for the mailbox and for where they come from: the caller's number or, where that is not known,
the line. So nobody gets further by trying many mailboxes, or one mailbox from many telephones, or night after night.

The owner's own telephone never waits, and wrong PINs given there do not count against the mailbox: nobody outside can
keep the owner out. They count against the telephone, from which one try a call is left after ten in an hour.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from appliance.clock import Clock, off_loop
from appliance.store.wrongpins import DamagedFile, WrongPins, WrongPinStore
from hw.said import said, told_by

TRIES_PER_CALL = 3
TRIES_PER_HOUR = 10
TRIES_PER_DAY = 30
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FORGOTTEN = timedelta(days=7)
"""So long after the last wrong PIN, waits are short again."""
MOST_REMEMBERED = 1000
"""Mailboxes and numbers whose wrong PINs are remembered; where there are more, the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Guesser:
    """Where a PIN comes from."""

    key: str
    """The caller's number, or the line: what its wrong PINs are counted by."""
    line: str
    """The name of the line, as people are told it."""
    own: bool = False
    """It is a telephone of whoever owns the mailbox."""


class PinGuard:
    """Counts wrong PINs. on_many: told in words for people, each time that a wait begins, where PINs are being guessed.

    Where the disk fails they are counted all the same, until the next start.
    """

    def __init__(self, store: WrongPinStore, clock: Clock, on_many: Callable[[str], None]) -> None:
        self._store = store
        self._clock = clock
        self._on_many = on_many
        self._wrong: dict[str, WrongPins] = {}
        self._saving = asyncio.Lock()

    async def open(self) -> str:
        """Read what was counted before this start. Returns what is wrong with it, for people."""
        try:
            self._wrong = await off_loop(self._store.load)
        except DamagedFile as error:
            return said("the wrong PINs cannot be read, they are counted from nothing: %(why)s", why=told_by(error))
        except OSError as error:
            return said("the wrong PINs cannot be read, they are counted from nothing: %(why)s", why=told_by(error))
        return ""

    def wait_seconds(self, mailbox: str, guesser: Guesser) -> int:
        """How long no PIN is looked at, in whole seconds; 0: one may be given. mailbox: empty where there is none."""
        if guesser.own:
            return 0
        now = self._clock.now()
        ends = [known.until for key in _keys(mailbox, guesser) if (known := self._wrong.get(key)) and known.until]
        # Where the date was set back, nobody waits longer than the longest wait.
        return max((min(end - now, DAY) // timedelta(seconds=1) + 1 for end in ends if end > now), default=0)

    def tries_per_call(self, guesser: Guesser) -> int:
        """How many PINs one call may try."""
        known = self._wrong.get(f"from {guesser.key}")
        return 1 if known is not None and _since(known, self._clock.now() - HOUR) >= TRIES_PER_HOUR else TRIES_PER_CALL

    async def right(self, mailbox: str, pin: str, given: str, guesser: Guesser) -> bool:
        """Whether the PIN given is the mailbox's, compared in constant time; a wrong one is counted, and on the disk.

        Always False while there is a wait. mailbox: empty where there is none with the number that was given.
        """
        if self.wait_seconds(mailbox, guesser):
            return False
        if pin and hmac.compare_digest(pin.encode(), given.encode()):
            return True
        for key in _keys(mailbox, guesser):
            if key.startswith("from "):
                where = said("on %(line)s", line=guesser.line)
            else:
                where = said("for the mailbox of %(mailbox)s", mailbox=mailbox)
            self._count(key, where)
        await self._save()
        return False

    def _count(self, key: str, where: str) -> None:
        now = self._clock.now()
        known = self._wrong.pop(key, WrongPins())
        if known.at and now - known.at[-1] >= FORGOTTEN:
            known = WrongPins()
        known = replace(known, at=(*(at for at in known.at if now - at < DAY), now))
        if _since(known, now - HOUR) >= TRIES_PER_HOUR or len(known.at) >= TRIES_PER_DAY:
            known = replace(known, waits=known.waits + 1, until=now + min(HOUR * 2**known.waits, DAY))
            self._on_many(said("there were too many wrong PINs %(where)s: somebody may be guessing", where=where))
        self._wrong[key] = known
        for oldest in list(self._wrong)[: -MOST_REMEMBERED or None]:
            del self._wrong[oldest]

    async def _save(self) -> None:
        now = self._clock.now()
        async with self._saving:
            self._wrong = {key: one for key, one in self._wrong.items() if now - one.at[-1] < FORGOTTEN}
            try:
                await off_loop(self._store.save, dict(self._wrong))
            except OSError:  # A full disk is told by whatever else finds it full.
                return


def _keys(mailbox: str, guesser: Guesser) -> list[str]:
    """What a PIN counts for: not for the mailbox where it is given at the owner's own telephone."""
    return [f"from {guesser.key}", *([f"for {mailbox}"] if mailbox and not guesser.own else [])]


def _since(known: WrongPins, moment: datetime) -> int:
    return sum(at > moment for at in known.at)
