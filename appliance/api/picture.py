"""The call flow of a document as a picture, with what is wrong in it: `office.picture`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypedDict

from appliance.api.office import OfficeMistake, mistake
from appliance.api.officechanging import OfficeChanging, revision
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.problem import OfficeErrors
from appliance.picture.sheet import Sheet, sheet_of
from appliance.picture.words import WORDS
from hw.said import Wording, said, told_by, wording

KEPT = 4
"""Pictures: of the office in use, of the draft, and what was asked for before."""


MOST_WARNINGS = 100
LONGEST_SAID = 200
"""Characters of what is said of a key. With both, an office of 200 menus stays within what a reply may have."""

LONGEST_WORD = 200
"""Characters of a word that stands for one of the picture's."""


class PictureBox(TypedDict):
    """A box of the picture, in a list of which arrows name the places."""

    kind: str
    """`line`, `hours`, `menu`, `person`, `department`, `operator`, `mailbox`, `told` or `other`."""
    lines: list[str]
    """What is written in it; the first is its title."""
    path: str
    """Where what it stands for is in the document; or empty."""
    names: list[str]
    """By which `office.explain` knows it."""
    wrong: bool
    """There is a finding about it."""


class PictureArrow(TypedDict):
    """A way from one box to another."""

    source: int
    """The place in the list of the box it begins at."""
    target: int
    """The place of the box it ends at."""
    by: str
    """A key, `waiting`, `open`, `closed`, `lunch`, `holiday`, `rank`, `announcement`, `unanswered`; or empty."""
    says: str
    """What callers hear about it."""
    path: str
    """Where it stands in the document."""
    wrong: bool
    """There is a finding about it."""


class Picture(TypedDict):
    """The picture, and the same as lists."""

    svg: str
    """An element to stand in a page, whose boxes have the names of `office.explain`; empty where it cannot be drawn."""
    fault: str
    """Why it is not drawn, or not all of it; or empty."""
    fault_wording: Wording
    """The same, for whoever says it in another language."""
    boxes: list[PictureBox]
    """All of them; the lines come first."""
    arrows: list[PictureArrow]
    """All of them."""
    warnings: list[OfficeMistake]
    """The first of the findings."""
    total: int
    """How many findings there are."""


class Sheets:
    """Pictures of documents, each drawn once. today: on the office's own clock."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._kept: dict[tuple[str, date, frozenset[tuple[str, str]]], Sheet] = {}
        self._drawing = asyncio.Lock()

    async def of(self, document: dict[str, Any], words: Mapping[str, str] | None = None) -> Sheet:
        """words: in place of the picture's own. Raises OfficeErrors with all mistakes: checking and drawing are one."""
        which = await off_loop(revision, document), self._today(), frozenset((words or {}).items())
        async with self._drawing:  # One at a time: each takes a core.
            if which not in self._kept:
                self._kept[which] = await off_loop(sheet_of, document, which[1], words)
                if len(self._kept) > KEPT:
                    self._kept.pop(next(iter(self._kept)))
            return self._kept[which]


def offer_picture(control: Offers, changing: OfficeChanging, sheets: Sheets) -> None:
    """Put the method on the socket."""

    async def picture(params: dict[str, Any]) -> Picture:
        document = params["document"] or await changing.document()
        if document is None:
            raise ControlError("no-office", said("there is no office yet"))
        words = {english: str(own)[:LONGEST_WORD] for english, own in params["words"].items() if english in WORDS}
        try:
            return await off_loop(written, await sheets.of(document, words))
        except OfficeErrors as errors:
            raise ControlError("office-refused", told_by(errors)) from errors

    control.method("office.picture", picture, {"document": Param(dict, {}), "words": Param(dict, {})})


def written(sheet: Sheet) -> Picture:
    """For whoever asks by the socket."""
    places = {box.name: place for place, box in enumerate(sheet.chart.boxes)}
    return Picture(
        svg=sheet.svg,
        fault=sheet.fault,
        fault_wording=wording(sheet.fault),
        boxes=[
            PictureBox(kind=b.kind, lines=list(b.lines), path=b.path, names=list(b.names), wrong=b.wrong)
            for b in sheet.chart.boxes
        ],
        arrows=[
            PictureArrow(
                source=places[arrow.source],
                target=places[arrow.target],
                by=arrow.by,
                says=arrow.says[:LONGEST_SAID],
                path=arrow.path,
                wrong=arrow.wrong,
            )
            for arrow in sheet.chart.arrows
        ],
        warnings=[mistake(problem) for problem in sheet.warnings[:MOST_WARNINGS]],
        total=len(sheet.warnings),
    )
