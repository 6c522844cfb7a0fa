"""Codes that only the telephones of the office say, and that the local page asks for.

Whoever can lift a telephone of the office is in the office. So such a code lets somebody set up a unit that has no
administrator yet, and it can prove the same for any other purpose. Each code has its purpose and its end.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

from appliance.calls.guesses import Guesses
from appliance.clock import Clock, off_loop
from appliance.store.spokencodes import SpokenCode, SpokenCodeStore
from hw.said import said, told_by

SETUP = "setup"
"""The purpose of the code that opens the set-up of a unit without an administrator."""

DIGITS = 8
"""As many as are said in two breaths. With the waits of `Guesses` a year of guessing finds one code in thirty."""


class WrongCode(Exception):
    """The code is not the one that is wanted now. wait_seconds: how long no other one is looked at; 0: at once."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"wrong code, wait {wait_seconds} s")
        self.wait_seconds = wait_seconds


class SpokenCodes:
    """The codes that are good now. `open` them first. Where the disk fails they are good until the next start."""

    def __init__(self, store: SpokenCodeStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._codes: dict[str, SpokenCode] = {}
        self._guesses = Guesses(clock)

    async def open(self) -> str:
        """Read those of the last run. Returns what is wrong with them, for people."""
        try:
            self._codes = {code.purpose: code for code in await off_loop(self._store.load)}
        except OSError as error:
            return said("the spoken codes cannot be read, new ones are made: %(why)s", why=told_by(error))
        return ""

    async def begin(self, purpose: str, until: datetime | None = None) -> SpokenCode:
        """A new code for this purpose, in place of one that there was. until: its end (UTC), None: `end` ends it.

        Raises OSError where it could not be kept on disk; it is good all the same, until the next start.
        """
        digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        code = SpokenCode(purpose, digits, secrets.token_urlsafe(24), until)
        self._codes.pop(purpose, None)  # So that the newest is the last.
        self._codes[purpose] = code
        await self._save()
        return code

    async def end(self, purpose: str) -> None:
        """Have the code of this purpose open nothing any more. Raises OSError where that is not on disk."""
        if self._codes.pop(purpose, None) is not None:
            await self._save()

    def code(self, purpose: str) -> SpokenCode | None:
        """The code for this purpose that is good now."""
        code = self._codes.get(purpose)
        return code if code is not None and not self._over(code) else None

    def newest(self) -> SpokenCode | None:
        """What a telephone says now: the code that was begun last."""
        return next((code for code in reversed(self._codes.values()) if not self._over(code)), None)

    def check(self, purpose: str, given: str, source: str) -> str:
        """The ticket for whoever gives these digits. source: where they come from, such as an address.

        Raises WrongCode where they are wrong, and for all digits as long as this source has to wait.
        """
        if wait := self._guesses.wait_seconds(source):
            raise WrongCode(wait)
        code = self.code(purpose)
        if code is None or not hmac.compare_digest(code.digits.encode(), given.encode()):
            self._guesses.wrong(source)
            raise WrongCode(self._guesses.wait_seconds(source))
        self._guesses.right(source)
        return code.ticket

    def admits(self, purpose: str, ticket: str) -> bool:
        """Whether this is the ticket of the code for this purpose that is good now."""
        code = self.code(purpose)
        return code is not None and hmac.compare_digest(code.ticket.encode(), ticket.encode())

    def _over(self, code: SpokenCode) -> bool:
        return code.until is not None and code.until <= self._clock.now()

    async def _save(self) -> None:
        kept = [code for code in self._codes.values() if not self._over(code)]
        await off_loop(self._store.save, kept)
