"""Contacts as a CSV file: our own, and what Outlook, Google Contacts and spreadsheets make of an address book.

The first line names the columns. They may be separated by commas, semicolons or tabs, and stand in any order; those
that are not known are passed over. A row with several numbers gives several contacts.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from appliance.contacts.decoding import TextLine
from appliance.contacts.reading import COLUMNS, Read, ReadEntry, Refused, one_line, two_letters
from appliance.office.contact import Contact
from hw.nearest import nearest
from hw.said import said

_DELIMITERS = ",;\t"
_MOST_LINES_OF_A_ROW = 100
"""A quotation mark that is not closed within so many lines was none."""

_NAMES = {
    "name": ("name", "full name", "display name", "contact", "contact name", "anzeigename", "nom complet", "nombre"),
    "first": ("first name", "given name", "vorname", "prénom"),
    "last": ("last name", "family name", "surname", "nachname", "nom", "apellidos"),
    "company": (
        *("company", "company name", "organization", "organization name", "organization 1 name", "organisation"),
        *("firma", "société", "entreprise", "empresa"),
    ),
    "notes": ("notes", "note", "remarks", "comments", "notizen", "bemerkungen", "notas", "remarques"),
    "language": ("language", "sprache"),
    "rank": ("rank",),
}
_PLACES = {name: place for place, names in _NAMES.items() for name in names}
_NUMBER_WORDS = {"phone", "telephone", "tel", "mobile", "cell", "cellphone", "landline"}
_NUMBER_WORDS |= {"telefon", "telefonnummer", "rufnummer", "mobil", "mobiltelefon", "handy"}
_NUMBER_WORDS |= {"téléphone", "portable", "teléfono", "móvil"}
_NOT_NUMBERS = {"fax", "telefax", "type", "label", "pager", "telex", "tty", "isdn", "radio", "extension"}


class _NoEnd(Exception):
    """The row goes on for too many lines."""


def read_csv(lines: Iterable[TextLine]) -> Read:
    """What a CSV file holds."""
    source = _Source(lines)
    first = source.next_line()
    if first is not None and re.fullmatch(r"sep=[,;\t]\s*", first.text):  # Excel's own mark.
        first = source.next_line()
    if first is None:
        return
    delimiter = max(_DELIMITERS, key=lambda one: len(set(_places(first.text, one))))
    places = _places(first.text, delimiter)
    if "number" not in places:
        yield Refused(0, _no_numbers(first.text, delimiter))
        return
    source.put_back([first])
    next(source.rows(delimiter))
    for line, cells in source.rows(delimiter):
        if isinstance(cells, str):
            yield Refused(line, cells)
        else:
            yield from _entries(line, places, cells)


def written_csv(contacts: Iterable[Contact], *, head: bool) -> str:
    """Contacts as rows of a CSV file. head: behind the line that names the columns."""
    text = io.StringIO()
    writer = csv.writer(text)
    if head:
        writer.writerow(COLUMNS)
    for contact in contacts:
        texts = (contact.name, contact.company, contact.notes)
        writer.writerow((contact.number, *map(_no_formula, texts), contact.language, contact.rank))
    return text.getvalue()


class _Source:
    """Lines, some of which are read twice: a row that never ends is only its first line."""

    def __init__(self, lines: Iterable[TextLine]) -> None:
        self._lines = iter(lines)
        self._again: deque[TextLine] = deque()
        self._taken: list[TextLine] = []

    def next_line(self) -> TextLine | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def put_back(self, lines: Sequence[TextLine]) -> None:
        self._again.extendleft(reversed(lines))

    def rows(self, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
        """Every row with the line it begins in: its cells, or why it is none."""
        while True:
            self._taken.clear()
            try:
                cells = next(csv.reader(self._row(), delimiter=delimiter, skipinitialspace=True), None)
            except (_NoEnd, csv.Error):
                line, *rest = self._taken
                self.put_back(rest)
                yield line.number, "a quotation mark is opened and never closed"
                continue
            if cells is None:
                return
            line = self._taken[0]
            if any(one.cut for one in self._taken):
                yield line.number, f"is longer than {len(self._taken[-1].text)} characters"
            else:
                yield line.number, cells

    def _row(self) -> Iterator[str]:
        """The lines of one row, as the reader asks for them."""
        while len(self._taken) < _MOST_LINES_OF_A_ROW and (line := self.next_line()) is not None:
            self._taken.append(line)
            yield line.text
        if self._taken:
            raise _NoEnd


def _entries(line: int, places: Sequence[str], cells: Sequence[str]) -> Read:
    told: dict[str, list[str]] = {}
    for place, cell in zip(places, cells, strict=False):
        if text := one_line(cell):
            told.setdefault(place, []).append(text)
    if not any(cell.strip() for cell in cells):
        yield None
        return

    def of(place: str) -> str:
        return told.get(place, [""])[0]

    name, company = of("name") or " ".join(filter(None, (of("first"), of("last")))), of("company")
    if not name:
        name, company = company, ""
    # Google puts several numbers of one kind into one cell.
    numbers = [one for cell in told.get("number", []) for one in cell.split(" ::: ")]
    if not numbers:
        yield Refused(line, said("%(name)s has no telephone number", name=name or said("this row")))
    for number in dict.fromkeys(numbers):
        yield ReadEntry(line, number, name, company, of("notes"), two_letters(of("language")), of("rank"))


def _places(head: str, delimiter: str) -> list[str]:
    """What each column holds; empty where that is of no use."""
    return [_place(cell) for cell in next(csv.reader([head], delimiter=delimiter, skipinitialspace=True), [])]


def _place(cell: str) -> str:
    words = re.findall(r"\w+", cell.lower())
    if words == ["number"] or (_NUMBER_WORDS.intersection(words) and not _NOT_NUMBERS.intersection(words)):
        return "number"
    return _PLACES.get(" ".join(words), "")


def _no_numbers(head: str, delimiter: str) -> str:
    cells = [one_line(cell) for cell in next(csv.reader([head], delimiter=delimiter), [])]
    near = next((cell for cell in cells if nearest(cell, ("number", "phone", "telephone", "mobile"))), "")
    hint = f" (is it {near[:40]!r}? then name it number)" if near else ""
    return f"no column holds telephone numbers: the first line must name the columns, {','.join(COLUMNS)}{hint}"


def _no_formula(text: str) -> str:
    """A spreadsheet would calculate what begins so."""
    return f"'{text}" if text.startswith(tuple("=+-@")) else text
