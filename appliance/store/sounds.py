"""The recordings that callers hear in place of the office's texts, each with the version before it.

    <root>/places.json          for each place its number, the name of what is in use, and of what was before
    <root>/draft.json           for each place what it is to have once the draft of the office goes live; as above
    <root>/<serial>.wav         a recording; never changed once it is there
    <root>/tmp/<serial>.wav     being recorded

A change puts a new recording beside the others and then writes places.json, which is whole after a power cut at any
moment: it names the old recordings or the new ones. Only what neither it nor its generation before names is removed;
nothing is, once neither could be read: somebody may want to add such a recording again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from appliance.store.atomic import AtomicFile, DamagedFile
from appliance.store.disk import Disk, StoreFull, room_for
from hw.said import said

__all__ = ["DamagedFile", "PlaceSounds", "SoundStore", "StoreFull"]

INDEX = "places.json"
DRAFT = "draft.json"
TMP = "tmp"
TEXT = ""
"""In place of a recording's name: the text is spoken."""


@dataclass(frozen=True, slots=True)
class PlaceSounds:
    """A place: its number; what is in use, a recording's name or the text (""); and what was before, None: nothing."""

    number: int
    use: str = TEXT
    before: str | None = None

    @property
    def recordings(self) -> set[str]:
        return {name for name in (self.use, self.before) if name}


class SoundStore:
    """The recordings under one folder, by their places. Methods block; one at a time may be called.

    fault: what was found damaged when they were last loaded, in plain words; or empty.
    """

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._disk = disk or Disk()
        self._index = AtomicFile(root / INDEX, self._disk)
        self._places: dict[str, PlaceSounds] = {}
        self._draft_index = AtomicFile(root / DRAFT, self._disk)
        self._drafted: dict[str, str] = {}
        """By place, a recording's name or the text (""), once the draft goes live."""
        self._before: set[str] = set()
        """The recordings that the generation before names."""
        self._last = 0

    @property
    def fault(self) -> str:
        return self._index.fault

    @property
    def places(self) -> Mapping[str, PlaceSounds]:
        """Every place that has a number."""
        return MappingProxyType(self._places)

    @property
    def drafted(self) -> Mapping[str, str]:
        """What places are to have once the draft goes live: a recording's name, or the text ("")."""
        return MappingProxyType(self._drafted)

    def load(self) -> None:
        """Read them, and drop what was being recorded when the power failed. Raises DamagedFile (an OSError)."""
        self._places = {}
        for item in (self._root / TMP).iterdir() if (self._root / TMP).is_dir() else ():
            self._disk.remove(item)
        there = list(self._root.glob("*.wav"))
        self._last = max((int(path.stem) for path in there if path.stem.isdecimal()), default=0)
        self._places = _places(self._index.read())
        self._before = set()
        with suppress(DamagedFile):
            self._drafted = json.loads(self._draft_index.read() or b"{}")
            self._before = _names(_places(AtomicFile(self._index.previous).read()))
            if not self.fault and not self._index.path.with_name(f"{INDEX}.damaged").exists():
                self._remove(path for path in there if path.name not in self._before | self._named(self._places))

    def allot(self, places: Iterable[str]) -> None:
        """Give a number to every place that has none. A place that is no more keeps its own while it has recordings.

        Raises StoreFull.
        """
        wanted = dict.fromkeys(places)
        taken = {sounds.number for sounds in self._places.values()}
        free = (number for number in range(1, len(taken) + len(wanted) + 1) if number not in taken)
        new = {place: PlaceSounds(next(free)) for place in wanted if place not in self._places}
        kept = {place: sounds for place, sounds in self._places.items() if place in wanted or sounds.before is not None}
        if new or len(kept) < len(self._places):
            self._save(kept | new)

    def path(self, name: str) -> Path:
        """Where a recording is."""
        return self._root / name

    def begin(self) -> Path:
        """The file to record something new into. What is in use stays. Raises StoreFull."""
        with room_for(said("a recording")):
            self._prepare()
        self._last += 1
        return self._root / TMP / f"{self._last}.wav"

    def discard(self, path: Path) -> None:
        """Drop what was recorded and is not wanted."""
        self._disk.remove(path)

    def use(self, place: str, path: Path) -> None:
        """Put what was recorded into `path` into use. Once this returns, it survives a power cut.

        Raises StoreFull; then what was in use stays, and the new recording is dropped. KeyError for a place without a
        number.
        """
        old = self._places[place]
        self._moved(path, lambda: self._change(place, PlaceSounds(old.number, path.name, old.use)))

    def draft(self, place: str, path: Path) -> None:
        """Let the draft have what was recorded into `path`; as `use` does. The place need not be live yet."""
        self._moved(path, lambda: self.change_draft(lambda drafted: {**drafted, place: path.name}))

    def draft_added(self, place: str, content: bytes) -> None:
        """Let the draft have a whole WAV file; as `use` does."""
        self.draft(place, self._written(content))

    def change_draft(self, change: Callable[[Mapping[str, str]], Mapping[str, str]]) -> None:
        """Change what the draft has; recordings that nothing names any more go. Raises StoreFull.

        change: told what it has at this moment, which somebody else may just have changed. Gives what it is to have.
        """
        drafted = change(self.drafted)
        if drafted == self._drafted:
            return
        gone = set(self._drafted.values()) - set(drafted.values()) - _names(self._places) - self._before - {TEXT}
        with room_for(said("the recordings of the draft")):
            self._prepare()
        self._draft_index.write(json.dumps(dict(drafted), ensure_ascii=False).encode())
        self._drafted = dict(drafted)
        self._remove(map(self.path, gone))

    def put(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Put recordings that are there, or the text (""), into use at once. Returns what was in use at those places.

        Places without a number, and recordings that are gone, are left out. Raises StoreFull; then all stays.
        """
        found = {
            place: self._places[place]
            for place, name in wanted.items()
            if place in self._places and name != self._places[place].use and (not name or self.path(name).is_file())
        }
        if found:
            new = {place: PlaceSounds(old.number, wanted[place], old.use) for place, old in found.items()}
            self._save(self._places | new)
        return {place: old.use for place, old in found.items()}

    def add(self, place: str, content: bytes) -> None:
        """Put a whole WAV file into use; as `use` does."""
        self.use(place, self._written(content))

    def speak_text(self, place: str) -> None:
        """Let the text be spoken again; the recording becomes the version before. Raises StoreFull, KeyError."""
        old = self._places[place]
        if old.use:
            self._change(place, PlaceSounds(old.number, TEXT, old.use))

    def back(self, place: str) -> bool:
        """Bring the version before back; what was in use becomes the version before. False: there is none.

        Raises StoreFull, KeyError.
        """
        old = self._places[place]
        if old.before is None:
            return False
        self._change(place, PlaceSounds(old.number, old.before, old.use))
        return True

    def _written(self, content: bytes) -> Path:
        """A new file with this content, as if it had been recorded."""
        path = self.begin()
        try:
            with room_for(said("a recording")):
                self._disk.write(path, content)
        except OSError:
            self._remove((path,))
            raise
        return path

    def _moved(self, path: Path, name: Callable[[], None]) -> None:
        """Put what was recorded beside the other recordings, and have it named. Where that fails, it is dropped."""
        there = self._root / path.name
        try:
            with room_for(said("a recording")):
                self._disk.sync(path)
                self._disk.move(path, there)
            name()
        except OSError:
            self._remove((path, there))
            raise

    def _named(self, places: Mapping[str, PlaceSounds]) -> set[str]:
        """The recordings that these places and the draft name."""
        return _names(places) | set(self._drafted.values())

    def _change(self, place: str, sounds: PlaceSounds) -> None:
        self._save(self._places | {place: sounds})

    def _save(self, places: dict[str, PlaceSounds]) -> None:
        """What the generation before names stays, for when the newest is found damaged; what no longer does, goes."""
        with room_for(INDEX):
            self._prepare()
        try:
            self._index.read()
        except DamagedFile:
            self._index.set_aside()
        stored = {place: [sounds.number, sounds.use, sounds.before] for place, sounds in places.items()}
        # Not indented: the indenting writer is slow, and with 2000 places it would hold up the loop for 10 ms.
        self._index.write(json.dumps(stored, ensure_ascii=False).encode())
        unnamed = self._before - _names(self._places) - self._named(places)
        self._before, self._places = _names(self._places), places
        self._remove(self.path(name) for name in unnamed)

    def _remove(self, paths: Iterable[Path]) -> None:
        for path in paths:
            with suppress(OSError):  # It takes room and does no other harm.
                self._disk.remove(path)

    def _prepare(self) -> None:
        for path in (self._root, self._root / TMP):
            if not path.is_dir():
                self._disk.make_folder(path)
                self._disk.sync(path.parent)


def _places(content: bytes | None) -> dict[str, PlaceSounds]:
    stored = json.loads(content) if content is not None else {}
    return {place: PlaceSounds(*sounds) for place, sounds in stored.items()}


def _names(places: Mapping[str, PlaceSounds]) -> set[str]:
    return {name for sounds in places.values() for name in sounds.recordings}
