"""What is known about a received fax besides its pages, and its form on disk."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, get_type_hints

from appliance.fax.job import FaxCause
from appliance.store.envelope import moment_in

MOST_BYTES = 20_000
"""A sheet has a few hundred bytes. A larger file is none of ours."""


@dataclass(frozen=True, slots=True)
class FaxSheet:
    """What is known of a received fax besides its pages. Texts are empty where there is nothing to say."""

    received: datetime
    """When it began (UTC)."""
    number: str = ""
    """Who sent it, as the line told."""
    name: str = ""
    """The name, as the line told."""
    called: str = ""
    """The number that was called, where the line told it."""
    line: str = ""
    """The name of the line it came on."""
    call: str = ""
    """The id of the call, by which it is found in the call log."""
    identity: str = ""
    """The sender's number as the sending machine tells it (TSI)."""
    subaddress: str = ""
    """SUB, which leads to a person."""
    pages: int = 0
    """Whole ones."""
    cause: str = ""
    """How it ended: a value of `FaxCause`; empty: it was cut off by a failure of the power, or is still coming."""
    bit_rate: int = 0
    """bit/s, at the end."""
    ecm: bool = False
    """Errors were corrected."""
    bad_rows: int = 0
    """Lines of its pages that were received with errors."""
    seconds: float = 0.0
    """How long it took."""
    detail: str = ""
    """What the engine said of its end, for the log."""
    told: bool = False
    """Whoever is to be told of it by mail or by the printer was told, or is about to be."""
    seen_by: str = ""
    """The id of whoever saw it first; empty: nobody, or not known."""
    seen_at: datetime | None = None
    """When that was (UTC)."""
    forwarded_by: str = ""
    """The id of whoever put it into this box, from another one."""
    deleted_by: str = ""
    """The id of whoever deleted it."""
    deleted_at: datetime | None = None
    """When it was deleted last (UTC). It says nothing of a fax that is not among the deleted ones."""

    def __post_init__(self) -> None:
        moments = (self.received, self.seen_at, self.deleted_at)
        if any(moment is not None and moment.tzinfo is None for moment in moments):
            raise ValueError("every time of a fax needs its time zone")

    @property
    def sender(self) -> str:
        """The sender's number: as the machine tells it, or else as the line did; empty: not known."""
        return self.identity or self.number

    @property
    def complete(self) -> bool:
        """Whether the sender has said that this was all."""
        return self.cause == FaxCause.COMPLETE.value


def sheet_to_bytes(sheet: FaxSheet) -> bytes:
    """As it is written: what says nothing is left out."""
    found: dict[str, Any] = {}
    for field in fields(sheet):
        value = getattr(sheet, field.name)
        if isinstance(value, datetime):
            value = value.astimezone(UTC).isoformat()
        if value or field.name == "pages":
            found[field.name] = value
    return json.dumps(found, indent=1).encode("ascii")


def sheet_from_bytes(content: bytes) -> FaxSheet:
    """The sheet in a file. Raises ValueError where the file is empty, cut off or of another form."""
    if len(content) > MOST_BYTES:
        raise ValueError("the sheet of a fax is a short file")
    read = json.loads(content)
    if not isinstance(read, dict) or "received" not in read:
        raise ValueError("the sheet of a fax is a JSON object that says when it was received")
    known: dict[str, Any] = {}
    for name, kind in get_type_hints(FaxSheet).items():
        if (value := read.get(name)) is not None:
            known[name] = _checked(name, kind, value)
    return FaxSheet(**known)


def _checked(name: str, kind: Any, value: object) -> object:
    """A field's value. Raises ValueError where it is of another type."""
    if kind in (datetime, datetime | None) and isinstance(value, str):
        return moment_in(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"{name} of a fax is something else than {kind}")
    return value
