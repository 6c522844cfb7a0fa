"""A disk whose power fails, and sound files to store."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.store.disk import Disk
from appliance.store.messages import Envelope, Message, MessageStore
from tests.store.samples import JANE


class PowerCutError(BaseException):
    """The power has gone. No `except OSError` of the store's may see it."""


class FailingDisk(Disk):
    """The machine's file system until the power fails before the n-th operation; a record of what was done.

    `lose` then takes away everything that had not been synchronized: new names and changes in place are undone, and
    files written since their last synchronization are cut in half.
    """

    def __init__(self, operations: int | None = None) -> None:
        self.left = operations
        self.done: list[str] = []
        self._safe: set[int] = set()
        self._before: dict[int, bytes] = {}
        self._undo: list[tuple[Path, Callable[[], object]]] = []

    def make_folder(self, path: Path) -> None:
        self._tick("make", path)
        super().make_folder(path)
        self._undo.append((path.parent, lambda: shutil.rmtree(path)))

    def write(self, path: Path, content: bytes) -> None:
        self._tick("write", path)
        super().write(path, content)
        self._safe.discard(path.stat().st_ino)

    def overwrite(self, path: Path, at: int, content: bytes) -> None:
        self._tick("overwrite", path)
        self._before.setdefault(path.stat().st_ino, path.read_bytes())
        super().overwrite(path, at, content)

    def sync(self, path: Path) -> None:
        self._tick("sync", path)  # And no more: what counts is kept here, and a busy disk would take its time.
        if path.is_dir():
            self._undo = [(folder, undo) for folder, undo in self._undo if folder != path]
        else:
            self._safe.add(path.stat().st_ino)
            self._before.pop(path.stat().st_ino, None)

    def rename(self, old: Path, new: Path) -> None:
        self._tick("rename", old, new)
        before = new.read_bytes() if new.is_file() else None
        was_safe = before is not None and new.stat().st_ino in self._safe
        super().rename(old, new)

        def undo() -> None:
            new.rename(old)
            if before is not None:
                new.write_bytes(before)
                if was_safe:
                    self._safe.add(new.stat().st_ino)

        self._undo.append((new.parent, undo))

    def link(self, there: Path, new: Path) -> None:
        self._tick("link", there, new)
        super().link(there, new)
        self._undo.append((new.parent, new.unlink))

    def remove(self, path: Path) -> None:
        self._tick("remove", path)
        super().remove(path)

    def lose(self, root: Path) -> None:
        for _, undo in reversed(self._undo):
            undo()
        for path in root.rglob("*"):
            if not path.is_file():
                continue
            if path.stat().st_ino in self._before:
                path.write_bytes(self._before[path.stat().st_ino])
            if path.stat().st_ino not in self._safe:
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def _tick(self, what: str, *paths: Path) -> None:
        if self.left == 0:
            raise PowerCutError
        if self.left is not None:
            self.left -= 1
        self.done.append(" ".join((what, *("/".join(path.parts[-2:]) for path in paths))))


def write_wav(path: Path, seconds: float, sample: int = 1000) -> None:
    """Sound of so many seconds, the same sample all along, as our recorder leaves it."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(sample.to_bytes(2, "little", signed=True) * round(seconds * 8000))


@pytest.fixture
def power_cut() -> type[PowerCutError]:
    return PowerCutError


@pytest.fixture
def failing_disk() -> type[FailingDisk]:
    return FailingDisk


@pytest.fixture
def wav() -> Callable[..., None]:
    return write_wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "messages"


@pytest.fixture
def store(root: Path) -> MessageStore:
    return MessageStore(root)


@pytest.fixture
def leave(store, wav):
    """Leave a message of 4 s in a mailbox."""

    def leave(mailbox: str = "maria", envelope: Envelope = JANE, into: MessageStore = store) -> Message:
        path = into.begin(mailbox, envelope)
        wav(path, 4)
        return into.commit(path, replace(envelope, seconds=4.0))

    return leave
