"""The office's own music on hold: pieces of sound in a folder, and the list that says in which order. Blocking."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from appliance.store.atomic import AtomicFile
from appliance.store.disk import Disk
from appliance.wav.clip import read_clip
from hw.audio import SAMPLE_RATE, Samples

MOST_PIECES = 6
MOST_SECONDS = 900.0
"""Of all together: 14 MB, as they stay in memory."""
BETWEEN_SECONDS = 1.0
"""Of silence behind each piece where there are several."""
LONGEST_TITLE = 80


class TooMuchMusic(ValueError):
    """There are as many pieces as may be, or they would last too long."""


class NotReadBack(OSError):
    """What was written is not what was read back from the disk."""


@dataclass(frozen=True, slots=True)
class MusicPiece:
    """id: also the name of its file. title: for people."""

    id: str
    title: str
    seconds: float


class MusicStore:
    """One folder. Methods raise OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._list = AtomicFile(folder / "music.json")
        self._disk = Disk()

    def pieces(self) -> list[MusicPiece]:
        """In the order in which they are played."""
        return [MusicPiece(**one) for one in json.loads(self._list.read() or b"[]")]

    def path(self, id: str) -> Path | None:
        """The file of a piece; None: there is no such piece."""
        return self._folder / f"{id}.wav" if any(one.id == id for one in self.pieces()) else None

    def samples(self) -> Samples:
        """All pieces one behind the other; nothing where there is none. BrokenClip where one is damaged."""
        clips = [read_clip(self._folder / f"{one.id}.wav") for one in self.pieces()]
        pause = np.zeros(round(BETWEEN_SECONDS * SAMPLE_RATE), np.int16)
        apart = [part for clip in clips for part in ((clip, pause) if len(clips) > 1 else (clip,))]
        return np.concatenate(apart) if apart else np.zeros(0, np.int16)

    def add(self, title: str, content: bytes, seconds: float) -> MusicPiece:
        """Put a clip behind the others, and read it back. Raises TooMuchMusic and NotReadBack."""
        there = self.pieces()
        if len(there) >= MOST_PIECES:
            raise TooMuchMusic(f"there are {MOST_PIECES} pieces already")
        if sum(one.seconds for one in there) + seconds > MOST_SECONDS:
            raise TooMuchMusic(f"all pieces together may last {MOST_SECONDS / 60:.0f} minutes")
        self._folder.mkdir(parents=True, exist_ok=True)
        id = str(max((int(one.id) for one in there), default=0) + 1)
        file = self._folder / f"{id}.wav"
        self._disk.replace(file, content)
        if file.read_bytes() != content:
            raise NotReadBack("what was read back from the disk is not what was written to it")
        piece = MusicPiece(id, title[:LONGEST_TITLE], seconds)
        self._write([*there, piece])
        return piece

    def remove(self, id: str) -> bool:
        """Take a piece away; empty: all. Whether there was one."""
        there = self.pieces()
        gone = [one for one in there if id in ("", one.id)]
        self._write([one for one in there if one not in gone])
        for one in gone:
            with suppress(FileNotFoundError):
                self._disk.remove(self._folder / f"{one.id}.wav")
        return bool(gone)

    def _write(self, pieces: list[MusicPiece]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._list.write(json.dumps([asdict(one) for one in pieces]).encode())
