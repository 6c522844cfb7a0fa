"""What happened in a scenario, in order of time, for people and for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """Something that happened. at_s: seconds from the beginning of the scenario."""

    at_s: float
    who: str
    what: str


class Transcript:
    """Entries in the order in which they are added. What is heard is added when it is over, with its beginning."""

    def __init__(self) -> None:
        self._entries: list[TranscriptEntry] = []

    def add(self, who: str, at_s: float, what: str) -> None:
        self._entries.append(TranscriptEntry(at_s, who, what))

    @property
    def entries(self) -> list[TranscriptEntry]:
        """All entries, in the order in which things began."""
        return sorted(self._entries, key=lambda entry: entry.at_s)

    def lines(self) -> list[str]:
        entries = self.entries
        width = max((len(entry.who) for entry in entries), default=0)
        return [f"  {clock(entry.at_s)}  {entry.who:<{width}}  {entry.what}" for entry in entries]

    def as_json(self) -> list[dict[str, Any]]:
        return [{"at": round(entry.at_s, 2), "who": entry.who, "what": entry.what} for entry in self.entries]


def clock(at_s: float) -> str:
    """A time in minutes, seconds and hundredths, such as 1:07.34."""
    hundredths = round(at_s * 100)
    minutes, rest = divmod(hundredths, 6000)
    return f"{minutes:2d}:{rest // 100:02d}.{rest % 100:02d}"
