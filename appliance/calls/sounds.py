"""Recordings in place of the office's texts: which are in use, in memory, and changes of that on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from appliance.calls.signal import Signal
from appliance.clock import off_loop
from appliance.store.sounds import DamagedFile, PlaceSounds, SoundStore, StoreFull
from hw.said import said, told_by

__all__ = ["PlaceSounds", "Sounds", "StoreFull"]

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Sounds:
    """Recordings by place, the path of a text in the office document.

    changed: told each place of which another recording, or the text, is in use from now on. Operations that write
    raise StoreFull, an OSError; then all is as it was.
    """

    def __init__(self, store: SoundStore) -> None:
        self.changed: Signal[[str]] = Signal()
        self._store = store
        self._writing = asyncio.Lock()

    async def open(self) -> str:
        """Read from the disk which there are. Returns what is wrong with them there, for people."""
        try:
            await off_loop(self._store.load)
        except DamagedFile as error:
            return said(
                "it cannot be read which recordings are in use, so the texts are spoken: %(why)s", why=told_by(error)
            )
        except OSError as error:
            return said("the recordings cannot be used, so the texts are spoken: %(why)s", why=told_by(error))
        return self._store.fault

    @property
    def places(self) -> Mapping[str, PlaceSounds]:
        """Every place that has a number, with what there is for it."""
        return self._store.places

    def at(self, place: str) -> PlaceSounds | None:
        """What there is for a place; None where no office had it so far."""
        return self._store.places.get(place)

    def numbered(self, number: str) -> str:
        """The place with this number; empty where there is none."""
        return next((place for place, found in self._store.places.items() if str(found.number) == number), "")

    def recording(self, place: str) -> Path | None:
        """The recording in use for a place; None where the text is spoken."""
        found = self._store.places.get(place)
        return self._store.path(found.use) if found is not None and found.use else None

    async def allot(self, places: Iterable[str]) -> None:
        """Give a number to every place of an office that has none."""
        await self._write(self._store.allot, places)

    async def begin(self) -> Path:
        """The file to record something new into; nothing is changed by it."""
        return await self._write(self._store.begin)

    async def discard(self, path: Path) -> None:
        """Drop what was recorded into this file."""
        await self._write(self._store.discard, path)

    async def use(self, place: str, path: Path) -> None:
        """Let callers hear what was recorded into this file. When this returns, it survives a power cut."""
        await self._write(self._store.use, place, path)
        self.changed.tell(place)

    async def add(self, place: str, content: bytes) -> None:
        """Let callers hear this WAV file."""
        await self._write(self._store.add, place, content)
        self.changed.tell(place)

    @property
    def drafted(self) -> Mapping[str, str]:
        """What places are to have once the draft of the office goes live: a recording's name, or the text ("")."""
        return self._store.drafted

    def draft_recording(self, place: str) -> Path | None:
        """The recording that the draft has for a place; None where it has none."""
        name = self._store.drafted.get(place)
        return self._store.path(name) if name else None

    async def draft(self, place: str, path: Path) -> None:
        """Let the draft have what was recorded into this file. When this returns, it survives a power cut."""
        await self._write(self._store.draft, place, path)

    async def draft_added(self, place: str, content: bytes) -> None:
        """Let the draft have this WAV file."""
        await self._write(self._store.draft_added, place, content)

    async def draft_text(self, place: str) -> None:
        """Let the text be spoken again once the draft goes live."""
        await self._write(self._store.change_draft, lambda drafted: {**drafted, place: ""})

    async def leave_as_live(self, place: str) -> None:
        """Take what the draft has for a place out of it."""
        await self._write(self._store.change_draft, lambda drafted: _without(drafted, {place: drafted.get(place, "")}))

    async def carry(self, before: str, after: str) -> None:
        """Let the places below `after` have in the draft what those below `before` have: it has got another name."""

        def carried(drafted: Mapping[str, str]) -> dict[str, str]:
            live = {place: found.use for place, found in self.places.items() if found.use}
            ours = {place: name for place, name in {**live, **drafted}.items() if place.startswith(f"{before}.")}
            moved = {after + place.removeprefix(before): name for place, name in ours.items()}
            named = {place: name for place, name in moved.items() if live.get(place) != name}  # It may be back again.
            return {**{place: name for place, name in drafted.items() if place not in ours}, **named}

        await self._write(self._store.change_draft, carried)

    async def drop_draft(self, known: Mapping[str, str]) -> None:
        """Forget what the draft has, as far as it is what whoever drops it knew: more may have been recorded since."""
        await self._write(self._store.change_draft, lambda drafted: _without(drafted, known))

    async def put(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Let callers hear these recordings, or the text (""), as far as they are there. Returns what was in use."""
        replaced = await self._write(self._store.put, wanted)
        for place in replaced:
            self.changed.tell(place)
        return replaced

    async def speak_text(self, place: str) -> None:
        """Let the text be spoken again."""
        await self._write(self._store.speak_text, place)
        self.changed.tell(place)

    async def back(self, place: str) -> bool:
        """Bring back what was before, be it a recording or the text. False: nothing was."""
        there = await self._write(self._store.back, place)
        if there:
            self.changed.tell(place)
        return there

    async def _write(self, work: Callable[[*Ts], T], *args: *Ts) -> T:
        async with self._writing:
            return await off_loop(work, *args)


def _without(drafted: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    return {place: name for place, name in drafted.items() if known.get(place) != name}
