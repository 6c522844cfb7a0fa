"""The methods `contacts.…` and `log`, as the command line and the pages ask for them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.api.calls import offer_calls
from appliance.api.contacts import MOST_AT_ONCE, offer_contacts
from appliance.api.uploads import LARGEST_PIECE, MOST_UPLOADS
from appliance.contacts.book import Contacts
from appliance.contacts.decoding import LARGEST_FILE
from appliance.control.errors import ControlError
from appliance.control.local import LocalControl
from appliance.control.wire import LONGEST_REPLY, encode_result
from appliance.office.contact import Blocked, Contact
from appliance.store.calllog import CallLog, CallRecord

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class NoonClock:
    def now(self) -> datetime:
        return NOON


@pytest.fixture
def calls() -> Iterator[CallLog]:
    log = CallLog.in_memory()
    yield log
    log.close()


@pytest.fixture
def call(contacts: Contacts, calls: CallLog, tmp_path: Path) -> Iterator:
    with LocalControl() as control:
        offer_contacts(control, contacts, calls, NoonClock(), lambda time: time, tmp_path)
        offer_calls(control, calls, contacts, lambda time: time)
        yield control.call


def refused(call, method, /, **params) -> tuple[str, str]:
    with pytest.raises(ControlError) as caught:
        call(method, **params)
    return caught.value.code, caught.value.message


def called(calls: CallLog, number: str, hours_ago: int, **more: str) -> None:
    started = NOON - timedelta(hours=hours_ago)
    calls.begin(CallRecord(f"c{hours_ago}", started, "in", "main", caller_number=number, **more))


def sent(call, content: bytes) -> str:
    upload = ""
    for start in range(0, max(len(content), 1), 100_000):
        piece = base64.b64encode(content[start : start + 100_000]).decode()
        upload = call("contacts.upload", upload=upload, piece=piece)["upload"]
    return upload


def test_a_contact_is_added_found_changed_and_removed(call):
    jane = {"number": "4075550142", "name": "Jane", "company": "", "notes": "", "language": "", "rank": 0}
    assert call("contacts.add", contact={"number": "(407) 555-0142", "name": "Jane"}) == jane
    assert call("contacts.list", find="407-555-0142") == {"contacts": [jane], "total": 1}
    assert call("contacts.list", find="nobody") == {"contacts": [], "total": 0}
    changed = call("contacts.change", number="+1 407 555 0142", fields={"rank": 3, "name": "Jane Doe"})
    assert changed == jane | {"rank": 3, "name": "Jane Doe"}
    assert call("contacts.remove", number="14075550142") == changed
    assert call("contacts.list") == {"contacts": [], "total": 0}


def test_what_cannot_be_is_refused_with_a_code_for_programs_and_words_for_people(call):
    call("contacts.add", contact={"number": "4075550142", "name": "Jane"})
    twice = refused(call, "contacts.add", contact={"number": "14075550142", "name": "Jim"})
    assert twice == ("contact-exists", "14075550142 is the number of Jane already, as 4075550142")
    assert refused(call, "contacts.add", contact={"number": 12, "nmae": "Jim"}) == (
        "contact-refused",
        "nmae: is not known here (did you mean 'name'?); number: must be text",
    )
    assert refused(call, "contacts.change", number="999", fields={})[0] == "no-such-contact"
    assert refused(call, "contacts.change", number="4075550142", fields={"rank": 99})[0] == "contact-refused"
    assert refused(call, "contacts.remove", number="nonsense")[0] == "contact-refused"
    assert refused(call, "contacts.block", blocked={"caller": "privat"})[0] == "contact-refused"
    assert refused(call, "contacts.unblock", caller="private")[0] == "no-such-contact"
    assert refused(call, "contacts.export", form="xlsx")[0] == "no-such-form"
    assert refused(call, "contacts.block-last")[0] == "no-last-caller"
    assert refused(call, "contacts.list", fnd="x") == (
        "wrong-parameters",
        "there is no parameter 'fnd' (did you mean 'find'?)",
    )


def test_of_a_number_is_told_who_it_is_how_often_it_called_and_what_blocks_it(call, calls):
    call("contacts.add", contact={"number": "407555*", "name": "The laboratory"})
    call("contacts.block", blocked={"caller": "407*", "gets": "challenge"})
    called(calls, "4075550142", 5)
    called(calls, "+14075550142", 2)
    facts = call("contacts.caller", number="407-555-0142")
    assert facts["contact"]["name"] == "The laboratory"
    assert (facts["calls"], facts["last_call"]) == (2, "2026-03-02T10:00:00+00:00")
    assert (facts["blocked"]["caller"], facts["blocked"]["gets"]) == ("407*", "challenge")
    nobody = call("contacts.caller", number="4085550142")
    assert nobody == {"number": "4085550142", "contact": None, "calls": 0, "last_call": None, "blocked": None}


def test_the_log_tells_who_is_a_contact_and_who_has_called_before(call, calls):
    call("contacts.add", contact={"number": "+14075550142", "name": "Jane"})
    called(calls, "4075550142", 5)
    called(calls, "4085550142", 4)
    called(calls, "14075550142", 3)
    called(calls, "private", 2)
    calls.begin(CallRecord("c1", NOON, "inside", "front desk", caller_number="101"))
    told = [(one["id"], one["contact"], one["calls_before"], one["last_call"]) for one in call("log")]
    assert told == [
        ("c1", None, None, None),
        ("c2", None, None, None),
        ("c3", "Jane", 1, "2026-03-02T07:00:00+00:00"),
        ("c4", None, 0, None),
        ("c5", "Jane", 0, None),
    ]


def test_whoever_called_last_is_blocked_of_all_or_of_one_person(call, calls):
    called(calls, "4075550142", 5, reached="maria")
    called(calls, "4075550143", 4, reached="tom")
    called(calls, "private", 3, reached="maria")
    assert call("contacts.block-last", gets="ringing", notes="sells wine")["caller"] == "4075550143"
    assert call("contacts.block-last", person="maria")["caller"] == "4075550142"
    assert [(one["caller"], one["gets"], one["notes"]) for one in call("contacts.blocked")["blocked"]] == [
        ("4075550142", "refusal", ""),
        ("4075550143", "ringing", "sells wine"),
    ]
    assert call("contacts.unblock", caller="1 407 555 0142")["caller"] == "4075550142"
    assert call("contacts.blocked")["total"] == 1


def test_a_file_comes_in_pieces_and_is_imported_once(call):
    rows = "".join(f"407{number:07},Person {number}\n" for number in range(20_000))
    upload = sent(call, f"number,name\n{rows}nonsense,X\nworse,Y\n".encode())
    assert call("contacts.import", upload=upload) == {"added": 20_000, "changed": 0, "unchanged": 0, "refused": 2}
    lines = call("contacts.refused", upload=upload)
    assert ([one["line"] for one in lines["refused"]], lines["total"]) == ([20_002, 20_003], 2)
    assert call("contacts.refused", upload=upload, after=2) == {"refused": [], "total": 2}
    assert refused(call, "contacts.import", upload=upload)[0] == "no-such-upload"
    assert refused(call, "contacts.upload", upload=upload, piece="")[0] == "no-such-upload"


def test_what_is_no_upload_is_refused(call, tmp_path):
    assert refused(call, "contacts.import", upload="7")[0] == "no-such-upload"
    assert refused(call, "contacts.upload", piece="not base64!")[0] == "not-base64"
    assert refused(call, "contacts.upload", piece="A" * (LARGEST_PIECE + 4))[0] == "piece-too-long"
    first, *_ = [sent(call, b"number,name\n4075550142,Jane\n") for _ in range(MOST_UPLOADS + 1)]
    assert refused(call, "contacts.import", upload=first)[0] == "no-such-upload"
    upload, piece = "", "A" * LARGEST_PIECE
    for _ in range(LARGEST_FILE // (LARGEST_PIECE // 4 * 3)):
        upload = call("contacts.upload", upload=upload, piece=piece)["upload"]
    too_large = refused(call, "contacts.upload", upload=upload, piece=piece)
    assert too_large == ("file-too-large", "a file may have 32 MB")
    assert call("contacts.import", upload=upload)["refused"] == 1
    for _ in range(MOST_UPLOADS):
        call("contacts.import", upload=sent(call, b""))
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("contacts.sqlite")] == []


@pytest.mark.parametrize("form", ["csv", "vcard"])
def test_all_contacts_are_exported_in_parts_that_make_one_file(call, contacts, form):
    many = [Contact(f"407{number:07}", f"Person {number:04}") for number in range(2 * MOST_AT_ONCE + 7)]
    contacts.store.put(many)
    text, after, parts = "", 0, 0
    while after is not None:
        exported = call("contacts.export", form=form, after=after)
        text, after, parts = text + exported["text"], exported["after"], parts + 1
    assert parts == 3
    upload = sent(call, text.encode())
    assert call("contacts.import", upload=upload) == {"added": len(many), "changed": 0, "unchanged": 0, "refused": 0}


def test_every_answer_fits_the_socket_whatever_the_contacts_are(call, contacts):
    worst = [
        Contact(f"407{n:07}", "\U0001f980" * 60, "\U0001f980" * 100, "\U0001f980" * 600) for n in range(MOST_AT_ONCE)
    ]
    contacts.store.put(worst)
    for number in range(MOST_AT_ONCE):
        contacts.store.block(Blocked(f"407{number:07}", notes="\U0001f980" * 200))
    contacts.load()
    for answer in (call("contacts.list"), call("contacts.blocked"), call("contacts.export", form="vcard")):
        assert len(encode_result(1, json.loads(json.dumps(answer)))) < LONGEST_REPLY
