"""What an engine is asked for, what it tells meanwhile, and how a fax ends. All engines share this.

The names of T.30 are used as the recommendation has them: CSI and TSI are the numbers that both ends tell each other,
SUB a sub-address, SEP a polling address, PWD a password, ECM the error correction mode, MCF a page's confirmation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

LONGEST_IDENTITY = 20
"""Characters of a CSI, TSI, SUB, SEP or PWD (ITU-T T.30 §5.3.6.2.4)."""


class FaxCause(Enum):
    """Why a fax ended. What is tried again, and when, follows from it."""

    COMPLETE = "complete"
    """Every page is confirmed, and that was all: a sender has said farewell (DCN), a receiver need not hear it."""
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    NO_LINE = "no-line"
    """No line, or no modem, was free or worked."""
    NOT_A_FAX = "not-a-fax"
    """Somebody or something answered that is no fax machine."""
    TRAINING = "training"
    """The far end was understood at no speed."""
    INCOMPATIBLE = "incompatible"
    """The two ends have no common way: paper, resolution, coding, a password."""
    LINE_CUT = "line-cut"
    """The call ended in the middle."""
    SILENT = "silent"
    """The far end was heard no more, but the call had not ended."""
    PAGE_REFUSED = "page-refused"
    """The far end could not read a page, as often as it was sent."""
    FAR_END = "far-end"
    """The far end ended the procedure (DCN) before all was said, or answered against the rules."""
    STORAGE = "storage"
    """The disk is full or fails: no page is confirmed that is not on it."""
    BAD_PAGES = "bad-pages"
    """What was to be sent is no file of pages."""
    CANCELLED = "cancelled"
    ENGINE = "engine"
    """The engine itself has failed: a modem that hangs, a process that died."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A fax to be sent."""

    pages: Path
    """A TIFF file, a page a directory: 1 bit, 1728 pixels wide, 3.85, 7.7 or 15.4 lines per mm."""
    identity: str
    """The own number, as the far end shows it (TSI)."""
    header: str
    """The sender's name in the line above each page, beside date and page numbers; empty: pages have theirs already."""
    ecm: bool = True
    """Errors are corrected, where the far end can."""
    most_bit_rate: int = 14400
    """bit/s."""
    subaddress: str = ""
    """SUB, which leads to a person at the far end."""
    password: str = ""
    """PWD, which the far end may ask for."""


@dataclass(frozen=True, slots=True)
class Receiving:
    """A fax to be received."""

    into: Path
    """A TIFF file that is made: a page a directory, each on disk before it is confirmed."""
    identity: str
    """The own number, as the far end shows it (CSI)."""
    ecm: bool = True
    """Errors are corrected, where the far end can."""
    most_pages: int = 1000
    """The call is ended behind so many."""
    polling: bool = False
    """We ask the far end for what it has to send."""
    offered: Path | None = None
    """What a far end gets that asks us for it (polling)."""


@dataclass(frozen=True, slots=True)
class FaxProgress:
    """How far a fax has come."""

    page: int
    """Pages confirmed."""
    far_identity: str
    bit_rate: int
    """bit/s; 0 before the training."""
    ecm: bool


@dataclass(frozen=True, slots=True)
class FaxResult:
    """How a fax ended."""

    cause: FaxCause
    """Why."""
    pages: int
    """Confirmed by whoever received them."""
    far_identity: str = ""
    """CSI or TSI of the far end."""
    subaddress: str = ""
    """SUB, which leads to a person."""
    bit_rate: int = 0
    """bit/s, at the end."""
    ecm: bool = False
    """Errors were corrected."""
    bad_rows: int = 0
    """Lines of pages that were received with errors."""
    seconds: float = 0.0
    """From the engine's first sound to its last."""
    detail: str = ""
    """What the engine says of it, in the words of T.30 or of the modem: for the log, not for people."""


FaxTold = Callable[[FaxProgress], None]
"""Told when a page is confirmed, or the far end has told who it is."""
