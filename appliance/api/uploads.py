"""Files that come over the control socket in pieces, as one request holds little and must not stop the telephones."""

from __future__ import annotations

import base64
import binascii
import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from hw.said import said, told_by

LARGEST_PIECE = 256 * 1024
"""Characters of base64."""
MOST_UPLOADS = 4
"""At a time. One more, and the oldest is forgotten."""


@dataclass(slots=True)
class Upload:
    """A file as far as it has come. Once it was used, what there is to ask of it."""

    file: BinaryIO
    size: int = 0
    result: Any = field(default=None)


class Uploads:
    """folder: where the files are, without a name, so that nothing is left of them when the program ends."""

    def __init__(self, folder: Path, largest: int) -> None:
        self._folder = folder
        self._largest = largest
        self._serial = itertools.count(1)
        self._uploads: dict[str, Upload] = {}

    async def piece(self, upload: str, piece: str) -> str:
        """Put a piece of base64 behind those that came; an empty `upload` begins one. Its name."""
        if len(piece) > LARGEST_PIECE:
            raise ControlError("piece-too-long", said("a piece may have %(most)s characters", most=LARGEST_PIECE))
        try:
            content = base64.b64decode(piece, validate=True)
        except binascii.Error as error:
            raise ControlError("not-base64", said("a piece must be base64: %(why)s", why=told_by(error))) from error
        if not upload:
            upload = str(next(self._serial))
            file = await off_loop(tempfile.TemporaryFile, "w+b", -1, None, None, None, None, self._folder)
            self._uploads[upload] = Upload(file)
            if len(self._uploads) > MOST_UPLOADS:
                self._uploads.pop(next(iter(self._uploads))).file.close()
        there = self._unused(upload)
        if there.size + len(content) > self._largest:
            raise ControlError(
                "file-too-large", said("a file may have %(largest)s MB", largest=self._largest // 1024 // 1024)
            )
        await off_loop(there.file.write, content)
        there.size += len(content)
        return upload

    @contextmanager
    def used(self, upload: str) -> Iterator[BinaryIO]:
        """The whole file, to be used once."""
        with self._unused(upload).file as file:
            yield file

    def named(self, upload: str) -> Upload:
        try:
            return self._uploads[upload]
        except KeyError:
            raise ControlError("no-such-upload", f"there is no upload {upload!r}; it may be too long ago") from None

    def _unused(self, upload: str) -> Upload:
        there = self.named(upload)
        if there.file.closed:
            raise ControlError("no-such-upload", f"the upload {upload!r} was used already")
        return there
