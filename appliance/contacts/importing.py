"""Taking somebody's file into the contacts: what is good is kept, and what is not is told, line by line.

A number that is known already gets what the file says of it; what the file leaves open stays as it was. So a file that
is imported twice adds nothing twice. The work is cut into short pieces, between which telephones are served.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, BinaryIO

from appliance.contacts.csvfile import read_csv
from appliance.contacts.decoding import NotText, encoding_of, lines_of
from appliance.contacts.reading import Read, ReadEntry, Refused
from appliance.contacts.vcard import BEGIN, read_vcards
from appliance.office.callernumber import ANY_END, CallerNumbers, NotANumber, bare, is_pattern
from appliance.office.contact import MOST_CONTACTS, Contact
from appliance.office.entry import EntryErrors, read_entry, written_entry
from appliance.store.contacts import Row, row_of
from hw.said import in_a_row, said, told_by

MOST_REFUSED = 100_000
"""Lines: a file with more mistakes is no file of contacts, and is not read to its end."""

LINES_OF_A_PIECE = 25
"""Worked on in about a millisecond."""


@dataclass(slots=True)
class Imported:
    """What became of a file. unchanged: numbers of which the file says nothing new."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    """TextLine (from 1; 0 for the whole file) and reason of all that was not taken, in the file's order."""


class Import:
    """One file on its way into the contacts. Call `piece` until it says that nothing is left; then all is in `new`.

    known: the contact of a number, as far as there is one. there: how many contacts there are already.
    """

    def __init__(
        self, file: BinaryIO, numbers: CallerNumbers, known: Callable[[str], Contact | None], there: int
    ) -> None:
        self.result = Imported()
        self._numbers = numbers
        self._known = known
        self._there = there
        self._read = _read(file)
        self._said: dict[str, tuple[int, bool, Row]] = {}
        """By the key of each number: the line that spoke of it first, whether that was news, and the contact.

        A tuple of texts is nothing to Python's search for garbage, which would stop all telephones for 0.1 s if it had
        100,000 contacts to look at.
        """

    @property
    def new(self) -> Iterator[Contact]:
        """The contacts that are not there yet, or not like this."""
        return (Contact(*row) for _, news, row in self._said.values() if news)

    def piece(self) -> bool:
        """Work on some lines more. False: none are left."""
        refused = self.result.refused
        worked = False
        for read in islice(self._read, LINES_OF_A_PIECE):
            worked = True
            if isinstance(read, ReadEntry):
                try:
                    self._take(read)
                except (NotANumber, EntryErrors, _Refusal) as wrong:
                    refused.append(
                        (read.line, in_a_row(read.name, told_by(wrong), by=": ") if read.name else told_by(wrong))
                    )
            elif read is not None:
                refused.append((read.line, read.reason))
            if len(refused) >= MOST_REFUSED:
                refused.append(
                    (0, said("%(lines)s lines were refused; what follows them was not read", lines=MOST_REFUSED))
                )
                return False
        return worked

    def _take(self, entry: ReadEntry) -> None:
        number = bare(entry.number)
        key = self._numbers.key(number) + ANY_END * is_pattern(number)
        line, news, before = self._said.get(key, (0, False, None))
        known = self._known(number) if before is None else Contact(*before)
        if before is not None and known is not None and entry.name != known.name:
            raise _Refusal(
                said(
                    "%(number)s is the number of %(known)s by line %(line)s", number=number, known=known.name, line=line
                )
            )
        if known is None and self._there + self.result.added >= MOST_CONTACTS:
            raise _Refusal(
                said(
                    "there is room for %(most)s contacts, and they are there already",
                    most=MOST_CONTACTS,
                )
            )
        contact = read_entry(Contact, _merged(known, number, entry))
        if not line:
            self.result.added += known is None
            self.result.changed += known is not None and contact != known
            self.result.unchanged += contact == known
        self._said[key] = (line or entry.line, news or contact != known, row_of(contact))


class _Refusal(ValueError):
    """An entry that is right by itself, and cannot be taken."""


def _merged(known: Contact | None, number: str, entry: ReadEntry) -> dict[str, Any]:
    """What is known of a contact, and over it what a file says. The number keeps the form it is known in."""
    said: dict[str, Any] = {"name": entry.name, "company": entry.company, "notes": entry.notes}
    rank = int(entry.rank) if re.fullmatch("[0-9]{1,9}", entry.rank) else entry.rank
    said |= {"language": entry.language, "rank": rank}
    before = {"number": number} if known is None else written_entry(known)
    return before | {name: value for name, value in said.items() if value != ""}


def _read(file: BinaryIO) -> Read:
    """What is in a file of CSV or vCards. Its first line tells which."""
    encoding = "utf-8"
    try:
        for found in encoding_of(file):
            encoding = found or encoding
            yield None
    except NotText as wrong:
        yield Refused(0, said("the file %(why)s", why=told_by(wrong)))
        return
    lines = lines_of(file, encoding)
    for line in lines:
        yield None
        if line.text.strip():
            vcards = line.text.strip().upper() == BEGIN
            rest = chain([line], lines)
            yield from read_vcards(rest) if vcards else read_csv(rest)
            return
