"""What a button means, as a table in time: it bounces, is pressed briefly, for longer, or held for very long.

A contact bounces for some ms, so that what it is at counts only when it has stayed so. How long it was pressed is told
when it is let go, so that a person who holds it for long has not pressed it briefly before. That it is held is told
while it is, so that the person sees it and lets go. One that is down at the start is stuck, or has its wires crossed:
it means nothing until it was let go.
"""

from __future__ import annotations

from dataclasses import dataclass

SETTLED_S = 0.03
"""Contacts of push buttons bounce for 1 to 10 ms, bad ones for 20."""
HELD_S = 10.0
"""Nobody holds a button for so long by accident."""


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """It was pressed for so long, and let go before it counted as held."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ButtonHeld:
    """It has been down for `HELD_S`, and still is. Nothing more is told until it was let go and is pressed again."""


ButtonEvent = ButtonPressed | ButtonHeld


class ButtonProtocol:
    """Tell it where the contact is at each change, and call `due` at the deadline. Times in seconds of one clock."""

    def __init__(self, down: bool) -> None:
        self._contact = down
        """Where the contact is now."""
        self._since = 0.0
        """Since when."""
        self._down = down
        """Where it is when bounces are left out."""
        self._pressed_at: float | None = None
        """Since when it is pressed, as long as that may still mean something."""

    @property
    def down(self) -> bool:
        """Whether it is pressed, bounces left out."""
        return self._down

    @property
    def deadline(self) -> float | None:
        """When `due` must be called; None: not before the next change."""
        if self._contact != self._down:
            return self._since + SETTLED_S
        return None if self._pressed_at is None else self._pressed_at + HELD_S

    def contact(self, down: bool, now: float) -> list[ButtonEvent]:
        """The contact is closed (down) or open, as it may have been before."""
        events = self._settled(now)
        if down != self._contact:
            self._contact, self._since = down, now
        return events

    def due(self, now: float) -> list[ButtonEvent]:
        """What has come about by now."""
        events = self._settled(now)
        if self._down and self._contact and self._pressed_at is not None and now >= self._pressed_at + HELD_S:
            self._pressed_at = None
            events.append(ButtonHeld())
        return events

    def _settled(self, now: float) -> list[ButtonEvent]:
        """Take the contact for what it is, if it has stayed so for long enough."""
        events: list[ButtonEvent] = []
        if self._contact != self._down and now >= self._since + SETTLED_S:
            self._down = self._contact
            if self._down:
                self._pressed_at = self._since
            elif self._pressed_at is not None:
                events.append(ButtonPressed(self._since - self._pressed_at))
                self._pressed_at = None
        return events
