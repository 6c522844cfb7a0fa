"""CSV files, ours and others'."""

from __future__ import annotations

import csv
import io

import pytest

from appliance.contacts.csvfile import written_csv
from appliance.office.contact import Contact


def taken(importing):
    return [tuple(vars_of(contact)) for contact in importing.new]


def vars_of(contact):
    return [part for part in (contact.number, contact.name, contact.company, contact.notes) if part]


JANE = ("4075550142", "Jane Doe")


@pytest.mark.parametrize(
    "text",
    [
        "number,name\n4075550142,Jane Doe\n",
        "number;name\r\n(407) 555-0142;Jane Doe\r\n",
        "name\tnumber\rJane Doe\t4075550142\r",
        "sep=;\r\nName;Number\r\nJane Doe;4075550142\r\n",
        "\n\n number , name \n 4075550142 , Jane Doe ",
        '"Phone Number","Full Name"\n"4075550142","Jane Doe"',
        "First Name,Last Name,E-mail Address,Business Fax,Mobile Phone\nJane,Doe,j@example.com,4075550199,4075550142\n",
        "Given Name,Family Name,Phone 1 - Type,Phone 1 - Value\nJane,Doe,Mobile,4075550142\n",
        "Vorname;Nachname;Rufnummer\nJane;Doe;4075550142\n",
        "Number,Company,Name\n4075550142,Jane Doe,\n",
        "number,name,rank,unknown\n4075550142,Jane Doe,,whatever,and more,and more\n",
    ],
)
def test_address_books_of_all_kinds_are_read(imported, text):
    importing = imported(text)
    assert (taken(importing), importing.result.refused) == ([JANE], [])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"], ids=lambda name: name
)
def test_files_are_read_in_the_encodings_that_programs_write(imported, encoding):
    importing = imported("number;name;company\r\n4075550142;Zoë Müller;Doe & Söhne\r\n".encode(encoding))
    assert (taken(importing), importing.result.refused) == ([("4075550142", "Zoë Müller", "Doe & Söhne")], [])


def test_a_row_with_several_numbers_gives_several_contacts(imported):
    text = "Name,Home Phone,Mobile Phone\nJane,4075550142,4075550143 ::: 4075550144\nTom,4075550145,4075550145\n"
    assert taken(imported(text)) == [
        ("4075550142", "Jane"),
        ("4075550143", "Jane"),
        ("4075550144", "Jane"),
        ("4075550145", "Tom"),
    ]


def test_a_note_of_several_lines_is_one_line_and_the_lines_are_counted_all_the_same(imported):
    importing = imported('number,name,notes\n4075550142,Jane,"first\nsecond\n\nthird"\nnonsense,Tom,\n')
    assert taken(importing) == [("4075550142", "Jane", "first second third")]
    assert importing.result.refused == [
        (6, "Tom: 'nonsense' is not a telephone number; it has digits, a + in front, a * at the end")
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only(imported):
    rows = [f"407555{number:04},Person {number}" for number in range(300)]
    rows[7] = '4075559999,"Never closed'
    importing = imported("number,name\n" + "\n".join(rows))
    assert importing.result.refused == [(9, "a quotation mark is opened and never closed")]
    assert importing.result.added == 299


def test_all_that_is_refused_is_told_with_its_line_and_the_rest_is_taken(imported):
    text = "\n".join(
        [
            "number,name,language,rank",
            "4075550142,Jane,,",
            ",Nobody,,",
            "nonsense,Tom,,",
            "4075550143,,,",
            "4075550144,Ann,english,",
            "4075550145,Bob,,high",
            "4.07556E+09,Excel,,",
            "",
            ",,,",
            "14075550142,Jim,,",
            "14075550142,Jane,es-MX,",
            "12345678901234567890123,Long,,",
            f"4075550146,{'x' * 61},,",
            f"4075550147,{'y' * 30000},,",
            "4075550148,Last,FR,9",
        ]
    )
    importing = imported(text)
    assert [(one.number, one.name, one.language, one.rank) for one in importing.new] == [
        ("4075550142", "Jane", "es", 0),
        ("4075550148", "Last", "fr", 9),
    ]
    assert importing.result.refused == [
        (3, "Nobody has no telephone number"),
        (4, "Tom: 'nonsense' is not a telephone number; it has digits, a + in front, a * at the end"),
        (5, "name: is missing"),
        (6, "Ann: language: must be a language in two small letters, such as es"),
        (7, "Bob: rank: must be a whole number"),
        (8, "Excel: 4.07556E+09 is a number that a spreadsheet has shortened; give that column the format Text"),
        (11, "Jim: 14075550142 is the number of Jane by line 2"),
        (13, "Long: '12345678901234567890123' has 23 digits, and a telephone number at most 20"),
        (14, f"{'x' * 61}: name: must be at most 60 characters long, and has 61"),
        (15, "is longer than 20000 characters"),
    ]


def test_a_file_without_a_column_of_numbers_is_refused_with_what_may_be_meant(imported):
    assert imported("numbr,name\n4075550142,Jane\n").result.refused == [
        (
            0,
            "no column holds telephone numbers: the first line must name the columns, "
            "number,name,company,notes,language,rank (is it 'numbr'? then name it number)",
        )
    ]
    ((line, reason),) = imported("4075550142,Jane\n").result.refused
    assert (line, reason.endswith("number,name,company,notes,language,rank")) == (0, True)


def test_what_the_file_leaves_open_stays_as_it_was(imported):
    known = {"4075550142": Contact("4075550142", "Jane", "Doe & Sons", "likes mornings", "es", 3)}
    importing = imported("number,name,company,rank\n4075550142,Jane Roe,,\n", known=known)
    assert list(importing.new) == [Contact("4075550142", "Jane Roe", "Doe & Sons", "likes mornings", "es", 3)]
    importing = imported("number,name\n4075550142,\n", known=known)
    assert (list(importing.new), importing.result.unchanged) == ([], 1)


def test_what_is_written_is_read_again(imported):
    contacts = [
        Contact("+14075550142", 'Jane "J" Doe, Jr.', "Doe & Söhne; Co", "=1+1 and, more", "es", 9),
        Contact("0900*", "-Premium-"),
        Contact("4075550143", "+Plus @home"),
    ]
    text = written_csv(contacts[:1], head=True) + written_csv(contacts[1:], head=False)
    assert list(imported(text).new) == contacts
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        assert not any(cell.startswith(tuple("=+-@")) for cell in row[1:])
