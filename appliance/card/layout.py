"""Where each text of a card stands on paper: without I/O, and with a measure of the letters that is given.

A page has columns, which are filled one after the other. The largest letters with which everything fits on one page are
taken; where even the smallest do not help, as in an office of hundreds of people, there are further pages.
All lengths are in points, 1/72 inch; a place is counted from the left and upper edges of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from appliance.card.content import Card, CardEntry, CardSection

Measure = Callable[[str, float, bool], float]
"""`measure(text, size, bold)`: how wide a text is."""

A4: Final = (595.3, 841.9)
LETTER: Final = (612.0, 792.0)
LETTER_COUNTRIES: Final = frozenset({"us", "ca", "mx"})
"""Those of the tone plan where offices print on Letter; all others print on A4."""

MARGIN: Final = 36.0
GUTTER: Final = 18.0
TITLE_SIZE: Final = 18.0
NOTE_SIZE: Final = 9.0
ONE_PAGE: Final = (
    *((11.0, 2), (10.5, 2), (10.0, 2), (9.5, 2), (9.0, 2), (8.5, 2), (8.0, 2), (7.5, 2)),
    *((7.5, 3), (7.0, 3), (6.5, 3)),
)
"""Sizes of letters, with how many columns: what is tried, in this order, to have one page."""

SEVERAL_PAGES: Final = (8.0, 3)
LINE: Final = 1.2
"""From one line to the next, in sizes of the letters."""

BETWEEN: Final = 0.45
"""What is free between two things to dial, in sizes of the letters."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text on a page."""

    text: str
    """A word or several, on one line."""
    x: float
    """Where its first letter begins."""
    y: float
    """Where the line is on which its letters stand."""
    size: float
    """Of its letters."""
    bold: bool = False
    """Whether it is to be found at a glance."""
    pale: bool = False
    """Whether it matters to few."""


CardPage = tuple[PlacedText, ...]


def paper(country: str) -> tuple[float, float]:
    """Width and height of a sheet, as offices of this country print on."""
    return LETTER if country in LETTER_COUNTRIES else A4


def laid_out(card: Card, sheet: tuple[float, float], measure: Measure) -> list[CardPage]:
    """The pages of a card."""
    for size, columns in ONE_PAGE:
        pages = _Setter(card, sheet, measure, size, columns).pages()
        if len(pages) == 1:
            return pages
    return _Setter(card, sheet, measure, *SEVERAL_PAGES).pages()


class _Setter:
    """Sets a card in letters of one size."""

    def __init__(self, card: Card, sheet: tuple[float, float], measure: Measure, size: float, columns: int) -> None:
        self._card = card
        self._sheet = sheet
        self._measure = measure
        self._size = size
        self._columns = columns
        self._width = (sheet[0] - 2 * MARGIN - (columns - 1) * GUTTER) / columns

    def pages(self) -> list[CardPage]:
        top, bottom = self._head(), self._sheet[1] - MARGIN
        columns: list[list[PlacedText]] = [[]]
        y = top
        for block in self._blocks():
            height = block[-1].y
            if y + height > bottom and columns[-1]:
                columns.append([])
                y = top
            left = MARGIN + (len(columns) - 1) % self._columns * (self._width + GUTTER)
            columns[-1] += [_moved(text, left, y) for text in block]
            y += height + self._size * BETWEEN
        numbers = range(0, len(columns), self._columns)
        return [
            (
                *self._title(place, len(numbers)),
                *(text for column in columns[at : at + self._columns] for text in column),
            )
            for place, at in enumerate(numbers, 1)
        ]

    def _head(self) -> float:
        """Where the columns begin."""
        return MARGIN + TITLE_SIZE + len(self._note()) * NOTE_SIZE * LINE + self._size

    def _title(self, page: int, pages: int) -> Iterator[PlacedText]:
        number = f" {page}/{pages}" if pages > 1 else ""
        size, room = TITLE_SIZE, self._sheet[0] - 2 * MARGIN
        while (width := self._measure(self._card.title + number, size, True)) > room:
            size *= min(0.95, room / width)
        yield PlacedText(self._card.title + number, MARGIN, MARGIN + TITLE_SIZE * 0.8, size, bold=True)
        for place, line in enumerate(self._note(), 1):
            y = MARGIN + TITLE_SIZE + place * NOTE_SIZE * LINE
            yield PlacedText(line, MARGIN, y, NOTE_SIZE, pale=True)

    def _note(self) -> list[str]:
        return self._wrapped(self._card.note, self._sheet[0] - 2 * MARGIN, NOTE_SIZE) if self._card.note else []

    def _blocks(self) -> Iterator[list[PlacedText]]:
        """What is not torn apart: a line with all of its sentence, the first of a section with the heading.

        Places are counted from the left edge of the column and from the block's own upper edge.
        """
        for section in self._card.sections:
            heading = PlacedText(section.heading, 0, self._size * 2.2, self._size * 1.15, bold=True)
            second, third = self._inside(section)
            for place, line in enumerate(section.lines):
                if place:
                    yield self._line(line, second, third, 0)
                else:
                    yield [heading, *self._line(line, second, third, heading.y + self._size * BETWEEN)]

    def _inside(self, section: CardSection) -> tuple[float, float]:
        """Where in a column the form without a star begins, and the sentence."""
        gap = self._size * 0.8
        second = max(self._measure(each.dialled, self._size, True) for each in section.lines) + gap
        widest = max(self._measure(each.without_star, self._size, False) for each in section.lines)
        return second, second + (widest + gap if widest else 0)

    def _line(self, line: CardEntry, second: float, third: float, top: float) -> list[PlacedText]:
        texts = [PlacedText(line.dialled, 0, top + self._size, self._size, bold=True)]
        if line.without_star:
            texts.append(PlacedText(line.without_star, second, top + self._size, self._size, pale=True))
        for place, words in enumerate(self._wrapped(line.sentence, self._width - third, self._size)):
            texts.append(PlacedText(words, third, top + self._size * (1 + place * LINE), self._size))
        return texts

    def _wrapped(self, text: str, width: float, size: float) -> list[str]:
        """The text in lines of this width; a word that is wider by itself is broken."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if self._fits(longer, width, size):
                lines[-1] = longer
            else:
                lines = [line for line in lines if line] + self._broken(word, width, size)
        return lines

    def _broken(self, word: str, width: float, size: float) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and not self._fits(pieces[-1] + letter, width, size):
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def _fits(self, text: str, width: float, size: float) -> bool:
        return self._measure(text, size, False) <= width


def _moved(text: PlacedText, x: float, y: float) -> PlacedText:
    return PlacedText(text.text, text.x + x, text.y + y, text.size, text.bold, text.pale)
