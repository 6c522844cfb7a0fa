"""What was said to a modem and by it, for whoever looks on: `copperdesk hw watch modem`.

It is in memory only, and is shown nowhere else: it has the numbers of callers, those of people who withhold theirs from
everybody else's display among them.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

from hw.modem.text_protocol import ModemLineSplitter, text_of

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class DialogueLine:
    """One line. number: counted from 1, for `DialogueLog.after`. by: `unit`, `modem`, or `note` for what was done."""

    number: int
    by: Literal["unit", "modem", "note"]
    text: str


class DialogueLog:
    """The lines said last."""

    def __init__(self) -> None:
        self._lines: deque[DialogueLine] = deque(maxlen=MOST_LINES)
        self._count = 0
        self._splitter = ModemLineSplitter()

    def after(self, number: int) -> list[DialogueLine]:
        """The lines behind this one."""
        return [line for line in self._lines if line.number > number]

    def sent(self, data: bytes) -> None:
        self._add("unit", text_of(data.strip()))

    def received(self, data: bytes) -> None:
        for line in self._splitter.feed(data):
            self._add("modem", text_of(line))

    def note(self, text: str) -> None:
        self._add("note", text)

    def _add(self, by: Literal["unit", "modem", "note"], text: str) -> None:
        self._count += 1
        shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
        self._lines.append(DialogueLine(self._count, by, shown))
