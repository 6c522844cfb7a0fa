"""What is asked of the process that makes pages. All of it blocks, and is for a thread."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from appliance.fax.making.refusal import CannotBeFaxed, takes_too_much
from hw.said import Said, revived

MOST_PAGES = 200
"""Of one fax: at 14,400 bit/s and 30 s a page that is more than an hour and a half on a line."""
LONGEST_SECONDS = 300.0
"""Of making pages, whatever it waits for."""


@dataclass(frozen=True, slots=True)
class FileToSend:
    """A file that pages are made of. name: as its owner calls it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover page: its lines, and what stands in their blanks; see `appliance.fax.making.cover`. How many pages there
    are is put in when they are made, and `date`, in ISO 8601, is written as the language does."""

    template: Sequence[str]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """What stands at the top of each page that is sent."""

    when: str
    """The moment of the call, on the office's clock, in ISO 8601."""
    language: str
    """In which it is written."""
    sender: str
    """Name and number."""
    page_words: str
    """With `{n}` for the page, and `{m}` for how many there are."""


def make_pages(
    files: Sequence[FileToSend], into: Path, *, paper: str, coarse: bool, language: str, cover: Cover | None = None
) -> int:
    """Write a file of pages as `Sending` wants it; how many pages that are. Raises CannotBeFaxed, and OSError.

    paper: `a4` or `letter`. language: of the office.
    """
    return _ordered(
        {
            "work": "make",
            "name": files[0].name if files else "",
            "files": [{"path": str(file.path), "name": file.name} for file in files],
            "into": str(into),
            "paper": paper,
            "coarse": coarse,
            "language": language,
            "most": MOST_PAGES,
            "cover": asdict(cover) if cover is not None else None,
        }
    )


def stamp_pages(pages: Path, into: Path, *, skip: int, header: HeaderLine) -> int:
    """Write the pages behind the first `skip` ones, which were sent before, with their header line; how many these are.

    Raises CannotBeFaxed where the file cannot be read, and OSError where the disk is full.
    """
    order = {"work": "stamp", "name": pages.name, "pages": str(pages), "into": str(into), "skip": skip}
    return _ordered(order | asdict(header))


def make_proof(
    pages: Path, into: Path, *, paper: str, language: str, title: str, facts: Sequence[tuple[str, str]]
) -> None:
    """Write the proof of a fax as PDF. facts: each with what it is; a moment in ISO 8601 is written as the
    language does. Raises CannotBeFaxed where the file of pages cannot be read.
    """
    order = {"work": "proof", "name": pages.name, "pages": str(pages), "into": str(into)}
    _ordered(order | {"paper": paper, "language": language, "title": title, "facts": list(facts)})


def _ordered(order: Mapping[str, Any]) -> int:
    command = [sys.executable, "-m", "appliance.fax.making.process"]
    try:
        done = subprocess.run(
            command, input=json.dumps(order).encode(), capture_output=True, timeout=LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise takes_too_much(order["name"]) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        if b"No space left" in done.stderr:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None
        raise takes_too_much(order["name"]) from None  # It was ended at a limit.
    if "refused" in answer:
        why = revived(answer["refused"])
        assert isinstance(why, Said)
        raise CannotBeFaxed(why)
    pages: int = answer["pages"]
    return pages
