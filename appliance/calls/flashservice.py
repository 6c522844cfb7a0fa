"""The hook flashes of one trunk: sending them, and what calls have shown of them: whether they are of use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hw.linecard import FxoPort, LineError
from hw.said import said

FLASHED_SECONDS = 0.3
"""How long after a hook flash the exchange has surely done what it asks for."""
USUALLY_SECONDS = 0.4
"""Within so long recall dial tone is noticed where the exchange gives it at once."""
UNHEEDED_FLASHES = 2
"""After so many flashes in a row that brought no dial tone the line is taken to have no such service."""
VAIN_TRANSFERS = 2
"""After so many transfers in a row behind which the line rang at once the exchange is taken to join nobody. It may have
been another caller once."""


class FlashService:
    """failed_because: why they are of no use, for people; empty as long as they may be.

    recalls_plainly: the recall dial tone is the plain one, though the country's is not. recalls_late: how many seconds
    later than usual it comes.
    """

    def __init__(self, port: FxoPort) -> None:
        self.failed_because = ""
        self.recalls_plainly = False
        self.recalls_late = 0.0
        self._port = port
        self._loop = asyncio.get_running_loop()
        self._over = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._unheeded = self._in_vain = 0

    def send(self, milliseconds: int) -> float:
        """Send one, and say how many seconds that takes. LineError where the line cannot, or still is in one."""
        self._port.flash(milliseconds)
        self._over = self._loop.time() + milliseconds / 1000
        return milliseconds / 1000

    def send_before(self, then: Callable[[], None], milliseconds: int, flashes: int) -> None:
        """Send some, as soon as no other is being sent, and do something then. `stop` ends that."""
        seconds = self._over - self._loop.time()
        if seconds <= 0 and flashes:
            try:
                seconds = self.send(milliseconds)
                flashes -= 1
            except LineError:
                flashes = 0
        if seconds <= 0:
            then()
        else:
            self._timer = self._loop.call_later(
                seconds + FLASHED_SECONDS, self.send_before, then, milliseconds, flashes
            )

    def stop(self) -> None:
        """Send no more, and do not do what was to be done then."""
        if self._timer is not None:
            self._timer.cancel()

    # What calls have shown

    def forget(self) -> None:
        """The line may be another one now."""
        self.failed_because = ""
        self.recalls_plainly = False
        self.recalls_late = 0.0
        self._unheeded = self._in_vain = 0

    def heeded(self, tone_after: float) -> None:
        """One has brought recall dial tone, which was noticed after so many seconds."""
        self._unheeded = 0
        self.recalls_late = max(tone_after - USUALLY_SECONDS, 0.0)

    def unheeded(self, line: str, *, surely: bool) -> None:
        """One has brought none. surely: the caller was still heard, so it has done nothing."""
        self._unheeded += 1
        if surely or self._unheeded >= UNHEEDED_FLASHES:
            self.fails(
                line, said("a hook flash brings no dial tone; has it such a service, or does it need another flash_ms?")
            )

    def hung_up(self, line: str) -> None:
        """One was taken for a hang-up."""
        self.fails(
            line, said("a hook flash is taken for a hang-up, and a caller was lost; it needs a shorter flash_ms")
        )

    def transferred(self, line: str, *, rung_again: bool) -> None:
        """The line hung up on two to join them. rung_again: it rang at once, maybe for the one on hold."""
        self._in_vain = self._in_vain + 1 if rung_again else 0
        if self._in_vain >= VAIN_TRANSFERS:
            self.fails(line, said("it rings again behind each transfer; has it call transfer?"))

    def fails(self, line: str, because: str) -> None:
        """They are of no use on the line of this name."""
        self.failed_because = said(
            "%(line)s is not used to call others while a caller is on it: %(why)s", line=line, why=because
        )
