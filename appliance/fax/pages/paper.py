"""On which sheet a page of a fax belongs, and where on it.

A fax's line is 215 mm wide (1728 pixels), which is wider than A4 and as wide as Letter, 255 mm (2048 pixels, B4) or
303 mm (2432 pixels, A3): ITU-T T.4. Its page is as long as the sender's paper was. Nothing of it is ever cut off: one
wider than the sheet is made smaller, a shorter one stands at its top, and a longer one gets a sheet of its own length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, in mm."""

    width: float
    length: float


A4: Final = Paper(210.0, 297.0)
LETTER: Final = Paper(215.9, 279.4)
LEGAL: Final = Paper(215.9, 355.6)
B4: Final = Paper(250.0, 353.0)
A3: Final = Paper(297.0, 420.0)

PAPERS: Final = {"a4": A4, "letter": LETTER}
"""What an office prints on."""

ALIKE_MM: Final = 6.0
"""Senders send a sheet a little shorter or longer than it is: what differs by less from one of these is one."""
OVERLAP_MM: Final = 5.0
"""Of a long page on several sheets, so much is on both, so that no line of text is cut in half on all of them."""
LONGEST_MM: Final = 5000.0
"""Of a sheet. A PDF page has 200 inches at most (ISO 32000-1, annex C)."""

_B4_MM, _A3_MM = 230.0, 275.0
"""From here on a line is that of B4, or of A3."""


@dataclass(frozen=True, slots=True)
class Placing:
    """A page, or a part of a long one, on its sheet.

    scale: how large the page is on it; 1.0 as it was sent. left: from the sheet's left edge to the page's, in mm. top:
    how much of the page is above the sheet's upper edge, in mm of the page.
    """

    sheet: Paper
    scale: float
    left: float
    top: float


def placed(width: float, length: float, office: Paper, *, to_print: bool = False) -> Sequence[Placing]:
    """The sheets of a page of so many mm. office: what it prints on.

    to_print: no sheet is longer than one that a printer has, and a long page is put on several.
    """
    known = _known(width, office)
    sheet = _sheet(length, known)
    if sheet is None and to_print:
        sheet = known[0]
    scale = min(1.0, (sheet or known[0]).width / width)
    if sheet is None:
        sheet = Paper(known[0].width, min(length * scale, LONGEST_MM))
    elif sheet.length < length * scale <= sheet.length + ALIKE_MM:
        scale = sheet.length / length
    left = (sheet.width - width * scale) / 2
    placings = [Placing(sheet, scale, left, 0.0)]
    shown = sheet.length / scale
    while shown < length - 0.01:
        top = shown - OVERLAP_MM
        placings.append(Placing(sheet, scale, left, top))
        shown = top + sheet.length / scale
    return placings


def _known(width: float, office: Paper) -> Sequence[Paper]:
    """The sheets that a line of so many mm may have come from, the likeliest first."""
    if width > _A3_MM:
        return (A3,)
    if width > _B4_MM:
        return (B4,)
    return (office, *(one for one in (A4, LETTER, LEGAL) if one != office))


def _sheet(length: float, known: Sequence[Paper]) -> Paper | None:
    """The one for a page of so many mm. None where it is longer than they are, and like none of them."""
    nearest = min(known, key=lambda one: abs(one.length - length))
    if abs(nearest.length - length) <= ALIKE_MM:
        return nearest
    return next((one for one in known if length < one.length <= max(known[0].length, A4.length)), None)
