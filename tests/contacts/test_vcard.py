"""vCards of every version and of many programs."""

from __future__ import annotations

import pytest

from appliance.contacts.vcard import written_vcards
from appliance.office.contact import Contact


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


JANE = Contact("4075550142", "Jane Doe", "Doe & Söhne", "likes mornings")


@pytest.mark.parametrize(
    "text",
    [
        card("FN:Jane Doe", "ORG:Doe & Söhne;Sales", "TEL;TYPE=CELL,VOICE:(407) 555-0142", "NOTE:likes\\nmornings"),
        card("N:Doe;Jane;;;", "ORG:Doe & Söhne", "item1.TEL;type=pref:407.555.0142", "NOTE:likes", "  mornings"),
        card(
            "FN:Jane Doe",
            "ORG:Doe & Söhne",
            'TEL;VALUE=uri;TYPE="voice,home";PREF=1:tel:407-555-0142;ext=12',
            "NOTE:likes mornings",
            version="4.0",
        ),
        card(
            "N;CHARSET=UTF-8:Doe;Jane",
            "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Doe & S=C3=B6hne",
            "TEL;CELL:4075550142",
            "NOTE;ENCODING=QUOTED-PRINTABLE:likes=20=",
            "mornings",
            "PHOTO;ENCODING=BASE64;JPEG:",
            " /9j/4AAQSkZJRgABAQAAAQABAAD",
            version="2.1",
        ),
        card("FN:Jane Doe", "ORG;ENCODING=QUOTED-PRINTABLE:Doe & S=F6hne", "TEL:4075550142", "NOTE:likes mornings"),
        "\n\nbegin:vcard\nfn:Jane Doe\norg:Doe & Söhne\ntel:4075550142\nnote:likes mornings\nend:vcard",
    ],
)
def test_cards_of_all_versions_are_read(imported, text):
    importing = imported(text)
    assert (list(importing.new), importing.result.refused) == ([JANE], [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_cards_are_read_in_the_encodings_that_programs_write(imported, encoding):
    text = card("FN:Jane Doe", "ORG:Doe & Söhne", "TEL:4075550142", "NOTE:likes mornings")
    assert list(imported(text.encode(encoding)).new) == [JANE]


def test_a_card_with_several_numbers_gives_several_contacts_and_faxes_are_none(imported):
    text = card(
        "FN:Jane",
        "TEL;TYPE=HOME:4075550142",
        "TEL;TYPE=WORK,FAX:4075550143",
        "TEL;TYPE=CELL:+1 407 555 0144",
        "TEL;TYPE=FAX,VOICE:4075550145",
        "TEL:4075550142",
    )
    assert [one.number for one in imported(text).new] == ["4075550142", "+14075550144", "4075550145"]


def test_a_card_in_a_card_is_somebody_else_s_assistant(imported):
    text = card("FN:Jane", "AGENT:", "BEGIN:VCARD", "FN:Ann", "TEL:4075550199", "END:VCARD", "TEL:4075550142")
    importing = imported(text)
    assert [(one.number, one.name) for one in importing.new] == [("4075550142", "Jane")]
    assert importing.result.refused == []


def test_all_that_is_refused_is_told_with_its_line_and_the_rest_is_taken(imported):
    text = (
        card("FN:Jane", "TEL:4075550142")
        + card("FN:Nobody", "EMAIL:nobody@example.com")
        + card("FN:Tom", "TEL:nonsense", "TEL:4075550143")
        + card("TEL:4075550144")
        + "BEGIN:VCARD\r\nFN:Cut off\r\nTEL:4075550145\r\n"
        + card("FN:Ann", "TEL:4075550146", "LANG:english")
        + "rubbish\r\n"
        + card("ORG:Riverside", "TEL:4075550147", "X-COPPERDESK-RANK:7")
        + "BEGIN:VCARD\r\nFN:Last\r\nTEL:40755"
    )
    importing = imported(text)
    assert list(importing.new) == [
        Contact("4075550142", "Jane"),
        Contact("4075550143", "Tom"),
        Contact("4075550147", "Riverside", rank=7),
    ]
    assert importing.result.refused == [
        (6, "Nobody has no telephone number"),
        (14, "Tom: 'nonsense' is not a telephone number; it has digits, a + in front, a * at the end"),
        (19, "name: is missing"),
        (21, "the card that begins here has no END:VCARD; the file may have been cut off"),
        (27, "Ann: language: must be a language in two small letters, such as es"),
        (30, "'rubbish' stands outside of every card"),
        (37, "the card that begins here has no END:VCARD; the file may have been cut off"),
    ]


def test_a_picture_of_any_length_is_passed_over(imported):
    folded = "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 74] * 5000)
    whole = "PHOTO;ENCODING=b:" + "A" * 500_000
    text = card("FN:Jane", folded, whole, "TEL:4075550142") + card("FN:Tom", "TEL:nonsense")
    importing = imported(text)
    assert [one.name for one in importing.new] == ["Jane"]
    assert [line for line, _ in importing.result.refused] == [5010]


def test_what_is_written_is_read_again_and_folded_by_octets(imported):
    contacts = [
        Contact("4075550142", "Jane, Doe; Jr. \\", "Doe & Söhne", "ö" * 300 + ", and more", "es", 9),
        Contact("4075550143", "Jane, Doe; Jr. \\", "Doe & Söhne", "ö" * 300 + ", and more", "es", 9),
        Contact("0900*", "Premium"),
    ]
    text = written_vcards(contacts)
    assert text.count("BEGIN:VCARD") == 2
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert list(imported(text).new) == contacts
