"""Files nobody would call an address book, and files that somebody thought up: nothing breaks, and nothing is lost."""

from __future__ import annotations

import asyncio
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from appliance.contacts.csvfile import written_csv
from appliance.contacts.importing import LINES_OF_A_PIECE, MOST_REFUSED, Import
from appliance.contacts.vcard import written_vcards
from appliance.office.callernumber import CallerNumbers
from appliance.office.contact import Contact
from hw.callerid.text import plain
from hw.tones.toneplan import tone_plan

US = CallerNumbers(tone_plan("us").number_forms)


def read(content: bytes, known: dict[str, Contact] | None = None) -> Import:
    there = {US.key(number): contact for number, contact in (known or {}).items()}
    importing = Import(io.BytesIO(content), US, lambda number: there.get(US.key(number)), len(there))
    while importing.piece():
        pass
    return importing


def workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\r\n ", "the file is empty"),
        (workbook(), "the file is an Excel workbook or another archive; save it as CSV first"),
        (b"\xd0\xcf\x11\xe0" + bytes(5000), "the file is an old Excel workbook; save it as CSV first"),
        (b"%PDF-1.4\n", "the file is a PDF; contacts are imported from CSV and vCard files"),
        (b"\x7fELF\x02\x01\x01" + bytes(9), "the file is not a text file"),
        (bytes(10_000), "the file is not a text file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "the file is not a text file"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "the file is not a text file"),
    ],
)
def test_what_is_no_text_is_refused_as_a_whole_in_one_sentence(content, reason):
    importing = read(content)
    assert (list(importing.new), importing.result.refused) == ([], [(0, reason)])


def test_100_000_lines_with_bad_ones_among_them_are_imported_but_for_those(contacts):
    lines = [f"407{number:07},Person {number},Company {number % 500}" for number in range(100_000)]
    bad = range(0, 100_000, 97)
    for number in bad:
        lines[number] = ("nonsense,X,Y", '4075550142,"never closed', ",No number,", "\x00\x01\x02")[number % 4]
    content = ("number,name,company\n" + "\n".join(lines)).encode()
    done = asyncio.run(contacts.take(io.BytesIO(content)))
    assert [line for line, _ in done.refused] == [number + 2 for number in bad]
    assert done.added == len(contacts) == 100_000 - len(bad)
    assert contacts.who("+14070099999") == Contact("4070099999", "Person 99999", "Company 499")


def test_a_file_of_nothing_but_mistakes_is_not_read_to_its_end():
    importing = read(b"number,name\n" + b"x,\n" * (MOST_REFUSED + 5000))
    assert len(importing.result.refused) == MOST_REFUSED + 1
    assert importing.result.refused[-1] == (0, "100000 lines were refused; what follows them was not read")


def test_a_line_without_end_takes_no_memory():
    content = b"number,name\n4075550142," + b"x" * 30_000_000 + b"\n4075550143,Tom\n"
    tracemalloc.start()
    importing = read(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.name for one in importing.new] == ["Tom"]
    assert importing.result.refused == [(2, "is longer than 20000 characters")]
    assert peak < 3_000_000


@pytest.mark.parametrize("charset", ["punycode", "idna", "undefined", "rot13", "hex", "nonsense", "utf-16", "utf-7"])
def test_a_card_in_no_encoding_for_text_is_read_all_the_same(charset):
    name = f"FN;ENCODING=QUOTED-PRINTABLE;CHARSET={charset}:J=FFane=C3"
    importing = read(f"BEGIN:VCARD\n{name}\nTEL:4075550142\nEND:VCARD\n".encode())
    assert len(list(importing.new)) == 1


def test_a_rank_of_very_many_digits_is_refused_like_any_other_that_is_none():
    importing = read(b"number,name,rank\n4075550142,Jane," + b"9" * 10_000 + b"\n4075550143,Tom,5\n")
    assert [one.name for one in importing.new] == ["Tom"]
    assert importing.result.refused == [(2, "Jane: rank: must be a whole number")]


def test_a_piece_is_a_few_lines_of_any_file():
    folded = b"BEGIN:VCARD\nPHOTO:\n" + b" AAAA\n" * 1000 + b"FN:Jane\nTEL:4075550142\nEND:VCARD\n"
    for content in (folded, b"number,name\n" + b"4075550142,Jane\n" * 1000, b"\xe4" * 200_000):
        importing = Import(io.BytesIO(content), US, lambda _number: None, 0)
        pieces = 1
        while importing.piece():
            pieces += 1
        assert pieces >= content.count(b"\n") / LINES_OF_A_PIECE


HEADS = [b"", b"number,name,notes\n", b"Name;Telefon;Notizen\r\n", b"BEGIN:VCARD\r\nFN:Jane\r\nTEL:"]
HEADS += [b"\xff\xfe", b"\xef\xbb\xbf", b"rank;tel;name\n", b"BEGIN:VCARD\nNOTE;QUOTED-PRINTABLE;CHARSET=PUNYCODE:=FF"]
WORDS = [b"BEGIN:VCARD\n", b"END:VCARD\n", b"TEL:407555", b"FN:", b"AGENT:\n", b";ENCODING=QUOTED-PRINTABLE:=C3=\n"]
WORDS += [
    b'"',
    b'""',
    b",",
    b";",
    b"\n",
    b"\r\n",
    b"\n ",
    b"0142",
    b"+1",
    b"*",
    b"\\",
    b"=",
    b"\0",
    b"4075550142,Jane\n",
]
beginnings = some.sampled_from(HEADS)
pieces = some.lists(some.one_of(some.binary(max_size=30), some.sampled_from(WORDS)), max_size=40)


@given(beginnings, pieces)
@settings(max_examples=600, deadline=None)
def test_any_file_is_read_to_its_end_and_twice_adds_nothing_twice(beginning, rest):
    content = beginning + b"".join(rest)
    first = read(content)
    new = list(first.new)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    assert first.result.added == len(new)
    assert all(0 <= line <= 2 * lines and reason.isprintable() for line, reason in first.result.refused)
    again = read(content, {contact.number: contact for contact in new})
    assert again.result.added == 0
    assert again.result.refused == first.result.refused


lines = some.text(some.characters(codec="utf-8"), max_size=50).map(plain)
numbers = some.from_regex(r"\A(\+[1-9][0-9]{6,14}|[2-9][0-9]{9}|[2-9][0-9]{2,5}\*)\Z")
contact = some.builds(
    Contact,
    number=numbers,
    name=lines.filter(lambda text: 0 < len(text) <= 50 and text[0] != "'"),
    company=lines.filter(lambda text: text[:1] != "'"),
    notes=lines.filter(lambda text: text[:1] != "'"),
    language=some.sampled_from(["", "en", "es"]),
    rank=some.integers(0, 9),
)


@given(some.lists(contact, max_size=8, unique_by=lambda one: US.key(one.number)))
@settings(max_examples=100, deadline=None)
def test_all_contacts_that_are_exported_are_imported_as_they_were(contacts):
    for text in (written_csv(contacts, head=True), written_vcards(contacts)):
        importing = read(text.encode()) if contacts else read(b"number\n")
        assert importing.result.refused == []
        assert list(importing.new) == contacts
