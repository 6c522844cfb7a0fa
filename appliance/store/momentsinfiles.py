"""Moments in a data folder: those of a stretch are found, and put right, whatever store they belong to.

Every text in a JSON file or a database that is a whole moment in ISO 8601 in UTC counts, so that no store can be
forgotten. What is longer, or packed, such as earlier versions of the office document, is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from appliance.store.atomic import AtomicFile
from appliance.store.clockjournal import Correction, Shift, UnsetStretch, moment_of_text, shift_of
from appliance.store.disk import Disk
from appliance.store.momentsindatabases import has_moments, put_right_database

JOURNAL = "clock.json"
"""It holds the stretch itself."""
ADVICE = "advice.json"
"""Since when something is to be seen to: not worth a restart."""

MARGIN = timedelta(seconds=5)
"""A file may have been changed so long before the stretch began by the machine's own clock, which counts coarsely."""


def newest_change(data: Path) -> datetime | None:
    """When anything in this folder was changed last, by the machine's clock then; None: it is empty.

    The lock is made at each start, before anything is kept.
    """
    newest = 0.0
    for path in data.rglob("*"):
        with suppress(OSError):
            if path.is_file() and path.name not in ("lock", JOURNAL):
                newest = max(newest, path.stat().st_mtime)
    return datetime.fromtimestamp(newest, UTC) if newest else None


def anything_in(data: Path, stretch: UnsetStretch) -> bool:
    """Whether anything is kept with a moment of this stretch, or may be: a database that cannot be read is set aside at
    a start. It may be asked while the stores are open."""
    if files_with_moments(data, stretch).keys() - {ADVICE}:
        return True
    return any(_may_have_moments(path, stretch) for path in sorted(data.glob("*.sqlite")))


def files_with_moments(data: Path, stretch: UnsetStretch) -> dict[str, str]:
    """The JSON files with moments of this stretch: their names within the folder, each with its checksum."""
    found = {}
    changes = shift_of(Correction(stretch, 1.0, {}))
    for path in _changed_since(data, stretch):
        content = _content(path)
        if content is not None and _shifted_json(content, changes) is not None:
            found[str(path.relative_to(data))] = sha256(path.read_bytes()).hexdigest()
    return found


def put_right(data: Path, correction: Correction) -> None:
    """Put everything right that is not yet; nothing may have the files open. After a power cut it goes on where it was.

    Raises OSError, where one database is damaged only after all else was put right.
    """
    failed: OSError | None = None
    for path in sorted(data.glob("*.sqlite")):
        try:
            put_right_database(path, correction)
        except OSError as error:
            failed = error
    for name, checksum in correction.files.items():
        path = data / name
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == checksum:
            _put_right_file(path, shift_of(correction))
    if failed is not None:
        raise failed


def _may_have_moments(path: Path, stretch: UnsetStretch) -> bool:
    try:
        return has_moments(path, stretch)
    except OSError:
        return True


def _changed_since(data: Path, stretch: UnsetStretch) -> Iterator[Path]:
    """JSON files that were changed in the stretch, as far as the machine's clock tells: others hold nothing of it."""
    since = (stretch.begin - timedelta(seconds=stretch.ahead) - MARGIN).timestamp()
    for path in sorted(data.rglob("*.json")):
        with suppress(OSError):
            if path.name != JOURNAL and path.is_file() and path.stat().st_mtime >= since:
                yield path


def _content(path: Path) -> bytes | None:
    """What is in a JSON file, without the seal of an `AtomicFile`; None where it cannot be read."""
    try:
        if AtomicFile.is_sealed(path):
            return AtomicFile(path).read()
        return path.read_bytes()
    except OSError:
        return None


def _put_right_file(path: Path, shift: Shift) -> None:
    content = _content(path)
    shifted = _shifted_json(content, shift) if content is not None else None
    if shifted is None:
        return
    if AtomicFile.is_sealed(path):
        AtomicFile(path).write(shifted)
    else:
        Disk().replace(path, shifted)


def _shifted_json(content: bytes, shift: Shift) -> bytes | None:
    """The file as it is to be; None where it stays as it is."""
    try:
        before = json.loads(content)
    except ValueError:
        return None
    after = _shifted(before, shift)
    return json.dumps(after, indent=1).encode("ascii") if after != before else None


def _shifted(value: Any, shift: Shift) -> Any:
    if isinstance(value, str):
        return shift(value)
    if isinstance(value, list):
        return [_shifted(one, shift) for one in value]
    if isinstance(value, dict):
        shifted = {name: _shifted(one, shift) for name, one in value.items()}
        return _with_its_end(value, shifted)
    return value


def _with_its_end(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """A message that was to be kept for some days from when it came ends as many days behind that."""
    ends, came = (_moment_under(before, name) for name in ("until", "received"))
    comes = _moment_under(after, "received")
    if ends is None or came is None or comes is None or comes == came:
        return after
    return after | {"until": (ends + (comes - came)).isoformat()}


def _moment_under(fields: dict[str, Any], name: str) -> datetime | None:
    text = fields.get(name)
    return moment_of_text(text) if isinstance(text, str) else None
