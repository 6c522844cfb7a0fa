"""Labels for units, by ReportLab: each tells what a unit is called, and how its page is found.

A sheet has two columns of six labels. All lengths are in points, 1/72 inch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import segno
from reportlab.pdfgen.canvas import Canvas

from appliance.store.labelcode import unit_code

MARGIN: Final = 36.0
COLUMNS, ROWS = 2, 6
QUIET: Final = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""

_INSIDE: Final = 10.0
_QR_SIDE: Final = 92.0


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """name: of the unit in the network. code: for a forgotten password; empty: no code is printed."""

    name: str
    code: str
    spoken_by: str
    """What telephones of the office dial to hear the address."""

    @property
    def address(self) -> str:
        """Where browsers in the office find its page."""
        return f"http://{self.name}.local"


def label_sheets(labels: Sequence[UnitLabel], paper: tuple[float, float]) -> bytes:
    """The PDF, with as many sheets as are needed. paper: width and height."""
    width, height = (paper[0] - 2 * MARGIN) / COLUMNS, (paper[1] - 2 * MARGIN) / ROWS
    file = BytesIO()
    canvas = Canvas(file, pagesize=paper, invariant=True)
    canvas.setTitle("Copperdesk")
    for place, label in enumerate(labels):
        row, column = divmod(place % (COLUMNS * ROWS), COLUMNS)
        if place and row == column == 0:
            canvas.showPage()
        _draw(canvas, label, MARGIN + column * width, paper[1] - MARGIN - (row + 1) * height, width, height)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, label: UnitLabel, x: float, y: float, width: float, height: float) -> None:
    """x, y: the lower left corner. The frame is where it is cut."""
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.7)
    canvas.rect(x, y, width, height)
    _draw_code(canvas, label.address, x + _INSIDE, y + (height - _QR_SIDE) / 2)
    left, room = x + _INSIDE + _QR_SIDE + 6, width - 2 * _INSIDE - _QR_SIDE - 6
    lines = _fitting(canvas, label.name, "Helvetica-Bold", (16.0, 8.0), room)
    lines += _fitting(canvas, label.address, "Helvetica", (10.0, 6.5), room)
    lines += [(f"Unit {unit_code(label.code)}", "Courier-Bold", 11.0)] if label.code else []
    lines += [(f"Code {label.code}", "Courier-Bold", 11.0)] if label.code else []
    lines += [(f"Its address by telephone: {label.spoken_by}", "Helvetica", 8.0)]
    top = y + height - (height - sum(size * 1.5 for *_, size in lines)) / 2
    for text, font, size in lines:
        top -= size * 1.5
        canvas.setFont(font, size)
        canvas.drawString(left, top + size * 0.4, text)


def _fitting(
    canvas: Canvas, text: str, font: str, sizes: tuple[float, float], room: float
) -> list[tuple[str, str, float]]:
    """The text in lines that are no wider than the room, with font and size. sizes: the best one, and the smallest.

    A name may have 63 letters, which one line would hold in letters that nobody reads: it is broken behind a hyphen, a
    dot or a stroke, or else anywhere.
    """
    best, smallest = sizes
    size = max(smallest, best * min(1.0, room / canvas.stringWidth(text, font, best)))
    lines = []
    while text:
        fits = next(end for end in range(len(text), 0, -1) if canvas.stringWidth(text[:end], font, size) <= room + 0.01)
        parts = [at + 1 for at in range(fits) if text[at] in "-./"]
        end = parts[-1] if fits < len(text) and parts and 2 * parts[-1] > fits else fits
        lines.append((text[:end], font, size))
        text = text[end:]
    return lines


def _draw_code(canvas: Canvas, text: str, x: float, y: float) -> None:
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = _QR_SIDE / (len(rows) + 2 * QUIET)
    for down, row in enumerate(rows):
        for right, dark in enumerate(row):
            if dark:
                above = len(rows) + QUIET - down - 1
                canvas.rect(x + (QUIET + right) * module, y + above * module, module, module, stroke=0, fill=1)
