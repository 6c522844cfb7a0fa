"""What calls have shown of the hook flashes of one trunk: whether they are of use, and what the exchange gives."""

from __future__ import annotations

UNHEEDED_FLASHES = 2
"""After so many flashes in a row that brought no dial tone the line is taken to have no such service."""
VAIN_TRANSFERS = 2
"""After so many transfers in a row behind which the line rang at once the exchange is taken to join nobody. It may have
been another caller once."""


class FlashService:
    """failed_because: why they are of no use, for people; empty as long as they may be.

    recalls_plainly: the recall dial tone is the plain one, though the country's is not.
    """

    def __init__(self, line: str) -> None:
        self.failed_because = ""
        self.recalls_plainly = False
        self._line = line
        self._unheeded = 0
        self._in_vain = 0

    def heeded(self) -> None:
        """A flash has brought recall dial tone."""
        self._unheeded = 0

    def unheeded(self, *, surely: bool) -> None:
        """A flash has brought none. surely: the caller was still heard, so it has done nothing."""
        self._unheeded += 1
        if surely or self._unheeded >= UNHEEDED_FLASHES:
            self.fails("a hook flash brings no dial tone; has it such a service, or does it need another flash_ms?")

    def hung_up(self) -> None:
        """A flash was taken for a hang-up."""
        self.fails("a hook flash is taken for a hang-up, and a caller was lost; it needs a shorter flash_ms")

    def transferred(self, *, rung_again: bool) -> None:
        """The line hung up on two to join them. rung_again: it rang at once, maybe for the one on hold."""
        self._in_vain = self._in_vain + 1 if rung_again else 0
        if self._in_vain >= VAIN_TRANSFERS:
            self.fails("it rings again behind each transfer; has it call transfer?")

    def fails(self, because: str) -> None:
        """They are of no use."""
        self.failed_because = f"{self._line} is not used to call others while a caller is on it: {because}"
