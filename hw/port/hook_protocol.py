"""What a telephone does with its hook, as seen from the loop: lifted, hung up, a hook flash, pulse digits.

Sans I/O. Whoever watches the loop (an FXS port, an exchange's line circuit) tells each opening and closing with its
time in seconds, and calls `due` when the `deadline` has come. Both return the events that follow.

How a break of an off-hook loop is read, by its length (docs/lines.md says why):

    under 15 ms                          contact bounce, ignored
    15 ms to the longest pulse           one pulse of a digit, which ends 250 ms after its last pulse
    inside the plan's flash window       hook flash
    longer than the on-hook time         hung up
    between these                        a hit on the line, ignored

The longest pulse is 100 ms, but 80 ms where the flash window begins below 100 ms, as a European R key of 100 ms
would otherwise dial a 1. The on-hook time is 20 ms more than the longest flash, but never below 250 ms.
"""

from __future__ import annotations

from enum import Enum

from hw.linecard import FxsEvent, HookFlash, OffHook, OnHook, PulseDigit

LIFT_S = 0.020
SHORTEST_PULSE_S = 0.015
LONGEST_PULSE_S = 0.100
LONGEST_PULSE_BESIDE_SHORT_FLASH_S = 0.080
PULSE_DIGIT_END_S = 0.250
SHORTEST_ON_HOOK_S = 0.250
BEHIND_LONGEST_FLASH_S = 0.020

_ROUNDING_S = 1e-6
"""A break of exactly the limit counts as within it. Sums of seconds are off by less than this."""


class Hook(Enum):
    """Where the telephone is. Each state waits for the loop to change or for its deadline."""

    ON_HOOK = "on hook"
    LIFTING = "closed, not yet long enough to be off hook"
    OFF_HOOK = "off hook"
    OPEN = "off hook, loop open at the moment"
    PULSING = "off hook, closed after a pulse, the digit not yet over"


class HookProtocol:
    """One telephone's hook. `flash_ms` is the accepted flash window, `pulse_digits` the digit for 1, 2, 3… pulses."""

    def __init__(self, flash_ms: tuple[int, int] = (200, 800), pulse_digits: str = "1234567890") -> None:
        self.state = Hook.ON_HOOK
        self.deadline: float | None = None
        self._flash_s = (flash_ms[0] / 1000, flash_ms[1] / 1000)
        self._on_hook_s = max(self._flash_s[1] + BEHIND_LONGEST_FLASH_S, SHORTEST_ON_HOOK_S)
        short_flash = self._flash_s[0] < LONGEST_PULSE_S
        self._longest_pulse_s = LONGEST_PULSE_BESIDE_SHORT_FLASH_S if short_flash else LONGEST_PULSE_S
        self._pulse_digits = pulse_digits
        self._pulses = 0
        self._opened = 0.0

    @property
    def off_hook(self) -> bool:
        return self.state not in (Hook.ON_HOOK, Hook.LIFTING)

    @property
    def pulsing(self) -> bool:
        """True from the end of a digit's first pulse until the digit is reported."""
        return self._pulses > 0

    def loop(self, closed: bool, now: float) -> list[FxsEvent]:
        """The loop is now closed (or open). Repeating the present state changes nothing."""
        events = self.due(now)
        match self.state, closed:
            case Hook.ON_HOOK, True:
                self._enter(Hook.LIFTING, now + LIFT_S)
            case Hook.LIFTING, False:
                self._enter(Hook.ON_HOOK, None)
            case ((Hook.OFF_HOOK | Hook.PULSING), False):
                self._opened = now
                self._enter(Hook.OPEN, now + self._on_hook_s)
            case Hook.OPEN, True:
                events += self._closed_again(now)
        return events

    def due(self, now: float) -> list[FxsEvent]:
        """The events of deadlines that have passed by `now`."""
        if self.deadline is None or now < self.deadline - _ROUNDING_S:
            return []
        match self.state:
            case Hook.LIFTING:
                self._enter(Hook.OFF_HOOK, None)
                return [OffHook()]
            case Hook.OPEN:
                self._pulses = 0
                self._enter(Hook.ON_HOOK, None)
                return [OnHook()]
            case _:
                return self._end_digit()

    def _closed_again(self, now: float) -> list[FxsEvent]:
        seconds = now - self._opened + _ROUNDING_S
        if SHORTEST_PULSE_S <= seconds <= self._longest_pulse_s + 2 * _ROUNDING_S:
            self._pulses += 1
            self._enter(Hook.PULSING, now + PULSE_DIGIT_END_S)
            return []
        events: list[FxsEvent] = self._end_digit() if self._pulses and seconds > PULSE_DIGIT_END_S else []
        if self._pulses:
            self._enter(Hook.PULSING, now + PULSE_DIGIT_END_S)
        else:
            self._enter(Hook.OFF_HOOK, None)
        if self._flash_s[0] <= seconds <= self._flash_s[1] + 2 * _ROUNDING_S:
            events.append(HookFlash())
        return events

    def _end_digit(self) -> list[FxsEvent]:
        pulses, self._pulses = self._pulses, 0
        self._enter(Hook.OFF_HOOK, None)
        return [PulseDigit(self._pulse_digits[pulses - 1])] if pulses <= len(self._pulse_digits) else []

    def _enter(self, state: Hook, deadline: float | None) -> None:
        self.state = state
        self.deadline = deadline
