"""What an INVITE says: addresses in all their forms, headers in theirs, and who calls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw.callerid.coding import Absence, CallerId
from hw.sip.lineport import asserted, caller_address
from hw.sip.message import NameAddress, SipMessage, address, caller_id, quoted, refer_target

BELIEVED = ("P-Asserted-Identity", "Remote-Party-ID", "From")
PRIVATE = CallerId(number_absence=Absence.PRIVATE)
UNAVAILABLE = CallerId(number_absence=Absence.UNAVAILABLE)


def invite(*headers: str) -> SipMessage:
    return SipMessage("\r\n".join(["INVITE sip:801@192.0.2.1:5060 SIP/2.0", *headers, "", "v=0"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sip:801@192.0.2.1", NameAddress("", "801", "192.0.2.1")),
        ("sips:801@192.0.2.1:5061;transport=tls", NameAddress("", "801", "192.0.2.1:5061")),
        ("SIP:801@host?Subject=x", NameAddress("", "801", "host")),
        ("  sip:192.0.2.1  ", NameAddress("", "", "192.0.2.1")),
        ("<sip:801@host>;tag=88", NameAddress("", "801", "host")),
        ('"Anne Hill" <sip:801@host>', NameAddress("Anne Hill", "801", "host")),
        ("Anne Hill <sip:801@host>", NameAddress("Anne Hill", "801", "host")),
        (r'"Anne \"Ann\" H\\ill" <sip:801@host>', NameAddress(r'Anne "Ann" H\ill', "801", "host")),
        ('"Doe, J. <x>"<sip:801@host>', NameAddress("Doe, J. <x>", "801", "host")),
        ('"" <sip:801@host>', NameAddress("", "801", "host")),
        ('"Ann\x00e\x07" <sip:801@host>', NameAddress("Anne", "801", "host")),
        ('"Zoë" <sip:801@host>', NameAddress("Zoë", "801", "host")),
        ("<sip:%2A98%23@host>", NameAddress("", "*98#", "host")),
        ("<sip:80%0A1@host>", NameAddress("", "801", "host")),
        ("<sip:5551234;phone-context=+1@host;user=phone>", NameAddress("", "5551234", "host")),
        ("<sip:801:secret@host>", NameAddress("", "801", "host")),
        ("tel:+1-407-555-0122;phone-context=x", NameAddress("", "+1-407-555-0122", "")),
        ("<tel:5550122>", NameAddress("", "5550122", "")),
        ("mailto:a@host", NameAddress("", "", "")),
        ("*", NameAddress("", "", "")),
        ("", NameAddress("", "", "")),
        ('"Anne <sip:801@host>', NameAddress("", "", "")),
    ],
)
def test_an_address_is_read(text: str, expected: NameAddress) -> None:
    assert address(text) == expected


def test_headers_are_found_in_any_case_folded_and_by_their_short_names() -> None:
    message = SipMessage(
        "INVITE sip:103@192.0.2.1 SIP/2.0\r\n"
        "f: <sip:801@host>\r\n"
        "T : <sip:103@192.0.2.1>\r\n"
        "i: abc\r\n"
        "SUBJECT: one\r\n"
        "  two\r\n"
        "\tthree\r\n"
        "subject: four\r\n"
        "c: application/sdp\r\n"
        "no header\r\n"
        "\r\n"
        "Subject: body\r\n"
    )
    assert (message.method, message.request_uri) == ("INVITE", "sip:103@192.0.2.1")
    assert (message.user, message.from_user) == ("103", "801")
    assert message.header("to") == "<sip:103@192.0.2.1>"
    assert message.header("Call-ID") == "abc"
    assert message.header("content-type") == "application/sdp"
    assert list(message.headers("Subject")) == ["one two three", "four"]
    assert message.header("via") == ""


def test_lines_may_end_with_a_line_feed_alone() -> None:
    message = SipMessage("INVITE sip:103@h SIP/2.0\nFrom: <sip:801@host>\n\nbody")
    assert (message.user, message.from_user) == ("103", "801")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (['From: "ANNE" <sip:4075550122@h>'], CallerId("4075550122", "ANNE")),
        (["From: <sip:4075550122@h>"], CallerId("4075550122")),
        (['From: "4075550122" <sip:4075550122@h>'], CallerId("4075550122")),
        (['From: "unknown" <sip:4075550122@h>'], CallerId("4075550122")),
        (['From: "anonymous" <sip:4075550122@h>'], CallerId("4075550122")),
        (
            ["From: <sip:801@h>", 'Remote-Party-ID: "R" <sip:222@h>', 'P-Asserted-Identity: "ANNE" <sip:333@h>'],
            CallerId("333", "ANNE"),
        ),
        (["From: <sip:801@h>", 'Remote-Party-ID: "R" <sip:222@h>;party=calling'], CallerId("222", "R")),
        (["From: <sip:801@h>", "P-Asserted-Identity: <sip:unknown@h>"], CallerId("801")),
        (["From: <sip:801@h>", "P-Asserted-Identity: nonsense"], CallerId("801")),
        (["From: <sip:801@h>", "P-Asserted-Identity: <tel:+14075550122>"], CallerId("+14075550122")),
        (["P-Asserted-Identity: <sip:asserted@h>", "P-Asserted-Identity: <tel:5550122>"], CallerId("5550122")),
        (["From: <sip:anonymous@anonymous.invalid>"], PRIVATE),
        (['From: "Anonymous" <sip:thisis@anonymous.invalid:5060>'], PRIVATE),
        (["From: <sip:Restricted@h>"], PRIVATE),
        (["From: <sip:anonymous@h>", "P-Asserted-Identity: <sip:333@h>"], CallerId("333")),
        (["From: <sip:anonymous@h>", "P-Asserted-Identity: <sip:333@h>", "Privacy: id"], PRIVATE),
        (["From: <sip:801@h>", "Privacy: user;critical"], PRIVATE),
        (["From: <sip:801@h>", "Privacy: none"], CallerId("801")),
        (["From: <sip:801@h>", "Privacy: header"], CallerId("801")),
        (["From: <sip:801@h>", "Remote-Party-ID: <sip:222@h>; privacy = full"], PRIVATE),
        (["From: <sip:801@h>", "Remote-Party-ID: <sip:222@h>;privacy=off"], CallerId("222")),
        (["From: <sip:unavailable@h>"], UNAVAILABLE),
        (["From: <sip:801@h>", "Privacy: id, user"], PRIVATE),
        (["From: <sip:801@h>", "Privacy: critical;id"], PRIVATE),
        (["From: <sip:801@h>", "Remote-Party-ID: <sip:222@h>;party=calling;privacy=uri"], PRIVATE),
        (["From: <sip:801@h>", 'Remote-Party-ID: "ANNE" <sip:222@h>;privacy="full"'], PRIVATE),
        (["From: <sip:801@h>", 'Remote-Party-ID: "ANNE" <sip:222@h>;privacy=name'], CallerId("222")),
        *(
            ([f"From: <sip:{user}@h>"], UNAVAILABLE)
            for user in ("Out-Of-Area", "out_of_area", "O", "Unknown", "unavail")
        ),
        *(([f"From: <sip:{user}@h>"], PRIVATE) for user in ("P", "PRIVATE", "Anonymous", "withheld", "Blocked")),
        (['From: "Out of Area" <sip:4075550122@h>'], CallerId("4075550122")),
        (["From: <sip:(407)555-0122@h>"], CallerId("4075550122")),
        (["From: <sip:h>"], UNAVAILABLE),
        ([], UNAVAILABLE),
        (["Privacy: id"], PRIVATE),
        (
            ['P-Asserted-Identity: "ANNE" <sip:unavailable@unknown.invalid>'],
            CallerId(name="ANNE", number_absence=Absence.UNAVAILABLE),
        ),
        ([f'From: "{"N" * 60}" <sip:{"1" * 30}@h>'], CallerId("1" * 20, "N" * 50)),
    ],
)
def test_who_calls_is_told_by_the_first_header_that_says_so(headers: list[str], expected: CallerId) -> None:
    assert caller_id(invite(*headers), BELIEVED) == expected


def test_a_header_that_is_not_believed_is_passed_over() -> None:
    message = invite("From: <sip:801@h>", "P-Asserted-Identity: <sip:333@h>")
    assert caller_id(message, ("From",)) == CallerId("801")
    assert caller_id(message, ("Remote-Party-ID",)) == UNAVAILABLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<sip:103@192.0.2.1>", ("103", "")),
        ("sip:103@192.0.2.1;user=phone", ("103", "")),
        ('"Ruth <x>" <sip:9%2A5@192.0.2.1>;method=INVITE', ("9*5", "")),
        (
            "<sip:103@192.0.2.1?Replaces=12345%40192.0.2.31%3Bto-tag%3D1%3Bfrom-tag%3D2>",
            ("103", "12345@192.0.2.31"),
        ),
        ("<sip:103@h?replaces=abc%3bto-tag%3d1>", ("103", "abc")),
        ("<sip:103@h?Require=replaces&REPLACES=abc;to-tag=1>", ("103", "abc")),
        ("<sip:103@h?Replaces=a%3A%2Fb@h%3Bto-tag%3D1>", ("103", "a:/b@h")),
        ("<sip:103@h?Subject=x>", ("103", "")),
        ("nonsense", ("", "")),
        ("", ("", "")),
    ],
)
def test_where_a_transfer_leads_is_read(text: str, expected: tuple[str, str]) -> None:
    assert refer_target(text) == expected


@pytest.mark.parametrize("name", ["Anne", 'A "b" \\ c', "Zoë", "<sip:x@y>", "a\r\nVia: evil", ""])
def test_a_name_that_was_quoted_is_read_as_it_was_and_can_end_no_header(name: str) -> None:
    written = quoted(name)
    assert "\n" not in written
    assert address(f"{written} <sip:801@host>").name == name.replace("\r\n", "")


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_caller_is_shown_so_that_the_other_side_reads_no_more_than_was_written(number: str, name: str) -> None:
    shown = caller_address(CallerId(number, name), "192.0.2.1:5060")
    assert "\n" not in shown
    if shown:
        assert address(shown).host == "192.0.2.1:5060"


@pytest.mark.parametrize(
    "caller",
    [
        CallerId("4075550122", "ANNE HILL"),
        CallerId("101"),
        PRIVATE,
        UNAVAILABLE,
        CallerId(name="ANNE", number_absence=Absence.UNAVAILABLE),
    ],
)
def test_who_calls_is_the_same_in_another_office(caller: CallerId) -> None:
    headers = [f"{name}: {value}" for name, value in asserted(caller, "192.0.2.5").items()]
    assert caller_id(invite("From: <sip:101@192.0.2.5>", *headers), BELIEVED) == caller


def test_an_unknown_caller_is_not_taken_for_the_account_it_calls_by() -> None:
    headers = [f"{name}: {value}" for name, value in asserted(None, "192.0.2.5").items()]
    assert caller_id(invite("From: <sip:101@192.0.2.5>", *headers), BELIEVED) == UNAVAILABLE


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_text_is_an_error(text: str) -> None:
    address(text)
    refer_target(text)
    quoted(text)
    for whole in (text, f"INVITE sip:{text}@h SIP/2.0\r\nFrom: {text}\r\nPrivacy: {text}\r\n\r\n"):
        message = SipMessage(whole)
        found = caller_id(message, BELIEVED)
        assert len(found.number) <= 20
        assert len(found.name) <= 50
        assert (found.number + found.name).isprintable()
        assert (message.user + message.from_user).isprintable()


@given(st.from_regex(r'[<>"@;:?sip\\ %]{0,60}'))
def test_no_tangle_of_what_addresses_are_made_of_is_an_error(text: str) -> None:
    address(text)
    refer_target(text)
    caller_id(invite(f"From: {text}"), BELIEVED)
