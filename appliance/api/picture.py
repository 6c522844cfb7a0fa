"""The call flow of a document as a picture, with what is wrong in it: `office.picture`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any, TypedDict, cast

from appliance.api.office import OfficeMistake, mistake
from appliance.api.officechanging import OfficeChanging, revision
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.problem import OfficeErrors
from appliance.picture.sheet import Sheet, sheet_of

KEPT = 4
"""Pictures: of the office in use, of the draft, and what was asked for before."""


class PictureBox(TypedDict):
    """A box of the picture: the fields of a `ChartBox`."""

    name: str
    """By which arrows and `office.explain` know it."""
    kind: str
    """`line`, `menu`, `person`, `department`, `operator`, `mailbox`, `told` or `other`."""
    lines: list[str]
    """What is written in it; the first is its title."""
    path: str
    """Where what it stands for is in the document; or empty."""
    names: list[str]
    """Of all it stands for, as several lines may have one box."""
    wrong: bool
    """There is a finding about it."""


class PictureArrow(TypedDict):
    """A way from one box to another: the fields of a `ChartArrow`."""

    source: str
    """The name of the box it begins at."""
    target: str
    """The name of the box it ends at."""
    by: str
    """A key, `waiting`, `closed`, `lunch`, `holiday`, `rank`, `announcement`, `unanswered`; or empty."""
    says: str
    """What callers hear about it."""
    path: str
    """Where it stands in the document."""
    wrong: bool
    """There is a finding about it."""


class Picture(TypedDict):
    """svg: an element to stand in a page; empty where it could not be drawn, and `fault` says why."""

    svg: str
    fault: str
    boxes: list[PictureBox]
    arrows: list[PictureArrow]
    warnings: list[OfficeMistake]


class Sheets:
    """Pictures of documents, each drawn once. today: on the office's own clock."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._kept: dict[tuple[str, date], Sheet] = {}
        self._drawing = asyncio.Lock()

    async def of(self, document: dict[str, Any]) -> Sheet:
        """Raises OfficeErrors with all mistakes, so that whoever checks a document has drawn it, too."""
        which = await off_loop(revision, document), self._today()
        async with self._drawing:  # One at a time: each takes a core.
            if which not in self._kept:
                self._kept[which] = await off_loop(sheet_of, document, which[1])
                if len(self._kept) > KEPT:
                    self._kept.pop(next(iter(self._kept)))
            return self._kept[which]


def offer_picture(control: Offers, changing: OfficeChanging, sheets: Sheets) -> None:
    """Put the method on the socket."""

    async def picture(params: dict[str, Any]) -> Picture:
        document = params["document"] or await changing.document()
        if document is None:
            raise ControlError("no-office", "there is no office yet")
        try:
            return _written(await sheets.of(document))
        except OfficeErrors as errors:
            raise ControlError("office-refused", str(errors)) from errors

    control.method("office.picture", picture, {"document": Param(dict, {})})


def _written(sheet: Sheet) -> Picture:
    return Picture(
        svg=sheet.svg,
        fault=sheet.fault,
        boxes=[_box(asdict(box)) for box in sheet.chart.boxes],
        arrows=[cast(PictureArrow, asdict(arrow)) for arrow in sheet.chart.arrows],
        warnings=[mistake(problem) for problem in sheet.warnings],
    )


def _box(fields: dict[str, Any]) -> PictureBox:
    return cast(PictureBox, fields | {"lines": list(fields["lines"]), "names": list(fields["names"])})
