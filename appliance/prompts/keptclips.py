"""The clips of one language: in memory as far as there is room, all others read from the disk when they are said.

A small office fits into memory whole. The texts of 500 people and 200 menus would take some 90 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from appliance.wav.clip import BrokenClip, read_clip
from hw.audio import Samples


class KeptClips(Mapping[str, Samples]):
    """Clips by their text. path: where the cache keeps a text's clip."""

    def __init__(self, path: Callable[[str], Path]) -> None:
        self._path = path
        self._in_memory: dict[str, Samples] = {}
        self._on_disk: dict[str, None] = {}
        """Their texts, in the order in which they came."""

    def keep(self, text: str, samples: Samples, *, in_memory: bool) -> None:
        """Keep a clip that the cache holds whole: in memory, or where it is."""
        if in_memory:
            self._in_memory[text] = samples
        else:
            self._on_disk[text] = None

    def at_hand(self, text: str) -> bool:
        """Whether it can be had without the disk; also where there is no such clip."""
        return text not in self._on_disk

    def __getitem__(self, text: str) -> Samples:
        """Reads the disk where the clip is not in memory. KeyError for one that is not there, or no longer whole."""
        if (samples := self._in_memory.get(text)) is not None:
            return samples
        if text not in self._on_disk:
            raise KeyError(text)
        try:
            return read_clip(self._path(text))
        except (OSError, BrokenClip) as error:
            raise KeyError(text) from error

    def __iter__(self) -> Iterator[str]:
        yield from self._in_memory
        yield from self._on_disk

    def __len__(self) -> int:
        return len(self._in_memory) + len(self._on_disk)

    def __contains__(self, text: object) -> bool:
        return text in self._in_memory or text in self._on_disk
