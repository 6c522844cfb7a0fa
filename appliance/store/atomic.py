"""A file that is always whole: its checksum is verified on reading, and the generation before it is kept.

The first line holds the checksum of the rest. The newest generation before it that was found whole is kept beside it; a
damaged file never replaces that.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from appliance.store.disk import Disk, room_for
from hw.said import said, told_by

_MARK = b"copperdesk 1 sha256 "


class DamagedFile(OSError):
    """Neither the file nor the generation before it is whole."""


class AtomicFile:
    """`path`, its previous generation beside it (`<name>.previous`), and what was wrong when it was last read."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self.path = path
        self.previous = path.with_name(f"{path.name}.previous")
        self.fault = ""
        """Empty, or what was found damaged when the file was last read, in plain words."""
        self._disk = disk or Disk()

    @staticmethod
    def is_sealed(path: Path) -> bool:
        """Whether this is such a file, and not just any. Raises OSError."""
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK

    def read(self) -> bytes | None:
        """The newest whole content; None where nothing has ever been written. Raises DamagedFile."""
        self.fault = ""
        content, wrong = _whole(self.path)
        if content is not None:
            return content
        older, older_wrong = _whole(self.previous)
        if older is not None:
            self.fault = said("%(file)s %(wrong)s; the generation before it is used", file=self.path.name, wrong=wrong)
            return older
        if not self.path.exists() and not self.previous.exists():
            return None
        raise DamagedFile(
            said(
                "%(file)s %(wrong)s and %(older)s %(also)s",
                file=str(self.path),
                wrong=wrong,
                older=self.previous.name,
                also=older_wrong,
            )
        )

    def write(self, content: bytes) -> None:
        """Put new content in place of the old. Raises StoreFull; then the old content stays."""
        with room_for(self.path.name):
            current, _ = _whole(self.path)
            if current is not None:
                self._disk.replace(self.previous, _sealed(current))
            self._disk.replace(self.path, _sealed(content))

    def set_aside(self) -> None:
        """Give what there is names that end in `.damaged`, so that a new file can be begun."""
        for path in (self.path, self.previous):
            if path.exists():
                self._disk.rename(path, path.with_name(f"{path.name}.damaged"))


def _sealed(content: bytes) -> bytes:
    return _MARK + sha256(content).hexdigest().encode("ascii") + b"\n" + content


def _whole(path: Path) -> tuple[bytes | None, str]:
    """The file's content, or None and what is wrong with it."""
    try:
        seal, _, content = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None, said("is missing")
    except OSError as error:
        return None, said("cannot be read (%(why)s)", why=told_by(error))
    if seal != _sealed(content).partition(b"\n")[0]:
        return None, said("is damaged")
    return content, ""
