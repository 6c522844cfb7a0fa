"""A place away from the unit where archives are kept. Each kind of place has a module of its own beside this one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol

PART = ".part"
"""How a name ends while its file is not complete."""
PIECE_BYTES = 256 * 1024
PATIENCE_S = 30.0
"""For so long a server may be silent."""

Moved = Callable[[int], None]
"""Is told how many bytes are there so far."""


class TargetFailed(OSError):
    """The place does not do what it should. The message says for people why."""


class ArchivePlace(Protocol):
    """Where archives are kept. Blocking; every method raises TargetFailed. A name is that of a file, never a path."""

    def __enter__(self) -> ArchivePlace:
        """Connect."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def put(self, file: Path, name: str, moved: Moved) -> None:
        """Copy a file there. It has its name only once all of it is there; until then `<name>.part`."""
        ...

    def sizes(self) -> dict[str, int]:
        """The files that are there, and how many bytes each has."""
        ...

    def room(self) -> int | None:
        """Bytes that are free there; None: the place does not tell."""
        ...

    def fetch(self, name: str, file: Path, moved: Moved) -> None:
        """Copy a file from there."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file there; one that is gone already is no failure."""
        ...


class Readable(Protocol):
    """What archives are copied from: a file, here or on a server."""

    def read(self, size: int, /) -> bytes: ...


class Writable(Protocol):
    """What they are copied to."""

    def write(self, data: bytes, /) -> object: ...


def copied(source: Readable, to: Writable, moved: Moved) -> int:
    """Copy all in pieces; how many bytes that were. Raises OSError."""
    done = 0
    while piece := source.read(PIECE_BYTES):
        to.write(piece)
        done += len(piece)
        moved(done)
    return done
