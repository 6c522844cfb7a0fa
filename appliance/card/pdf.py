"""The card as a PDF, by ReportLab: the one place where it is imported.

The letters are those of DejaVu Sans, which has Latin letters with all their marks, Cyrillic and Greek ones. Where
Debian's package of it is missing, Helvetica, which every reader of PDF has, writes what western Europe does, and other
letters lose their marks. What a font cannot write at all stands as a question mark.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from appliance.card.content import Card, CardEntry, CardSection
from appliance.card.layout import laid_out

FONTS: Final = Path("/usr/share/fonts/truetype/dejavu")
PALE_GREY: Final = 0.35
UNKNOWN: Final = "?"


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """pdf: the file. unwritten: the letters of the card that its font has not. whole_font: whether that is DejaVu."""

    pdf: bytes
    pages: int
    unwritten: str
    whole_font: bool


def printed(card: Card, sheet: tuple[float, float], fonts: Path = FONTS) -> PrintedCard:
    """fonts: the folder of DejaVu Sans."""
    letters = _Letters(fonts)
    card = letters.only_written(card)
    pages = laid_out(card, sheet, letters.width)
    file = BytesIO()
    canvas = Canvas(file, pagesize=sheet, invariant=True)
    canvas.setTitle(card.title)
    for page in pages:
        for text in page:
            canvas.setFont(letters.font(text.bold), text.size)
            canvas.setFillGray(PALE_GREY if text.pale else 0)
            canvas.drawString(text.x, sheet[1] - text.y, text.text)
        canvas.showPage()
    canvas.save()
    return PrintedCard(file.getvalue(), len(pages), "".join(sorted(letters.unwritten)), letters.whole)


class _Letters:
    """The fonts of a card."""

    def __init__(self, folder: Path) -> None:
        self.unwritten: set[str] = set()
        self._regular, self._bold = "Helvetica", "Helvetica-Bold"
        self.whole = all((folder / name).is_file() for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))
        if self.whole:
            self._regular, self._bold = "DejaVuSans", "DejaVuSans-Bold"
            faces = [TTFont(name, str(folder / f"{name}.ttf")) for name in (self._regular, self._bold)]
            for face in faces:
                registerFont(face)
            self._has = set(faces[0].face.charToGlyph) & set(faces[1].face.charToGlyph)

    def font(self, bold: bool) -> str:
        return self._bold if bold else self._regular

    def width(self, text: str, size: float, bold: bool) -> float:
        width = stringWidth(text, self.font(bold), size)
        assert isinstance(width, float | int)
        return width

    def only_written(self, card: Card) -> Card:
        """The card in letters that the font has."""
        written = self._written
        sections = tuple(
            CardSection(
                written(section.heading),
                tuple(CardEntry(line.dialled, written(line.sentence), line.without_star) for line in section.lines),
            )
            for section in card.sections
        )
        return Card(written(card.title), written(card.note), sections)

    def _written(self, text: str) -> str:
        return "".join(map(self._letter, unicodedata.normalize("NFC", text)))

    def _letter(self, letter: str) -> str:
        if self._is_written(letter):
            return letter
        self.unwritten.add(letter)
        bare = unicodedata.normalize("NFD", letter)[0]
        return bare if self._is_written(bare) else UNKNOWN

    def _is_written(self, letter: str) -> bool:
        if self.whole:
            return ord(letter) in self._has
        try:
            letter.encode("cp1252")
        except UnicodeEncodeError:
            return False
        return True
