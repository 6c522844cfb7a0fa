"""`copperdesk contact`, with a running unit and without: what it prints, and its exit codes."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.api.calls import offer_calls
from appliance.api.contacts import offer_contacts
from appliance.cli.main import main
from appliance.clock import RealClock
from appliance.contacts.book import Contacts
from appliance.control import ControlServer, DataFolderLock
from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from appliance.store.calllog import CallLog, CallRecord
from appliance.store.contacts import ContactStore
from appliance.store.office import OfficeStore
from hw.tones.toneplan import tone_plan


@contextmanager
def unit(data: Path) -> Iterator[None]:
    """A control server with the methods of a unit's contacts, on a loop of its own, as in another process."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    contacts = Contacts(ContactStore.open(DataFolder(data).contacts), tone_plan("us").number_forms)
    contacts.load()
    calls = CallLog.open(DataFolder(data).calls)
    server = ControlServer(DataFolder(data).socket)
    offer_contacts(server, contacts, calls, RealClock(), lambda time: time, data)
    offer_calls(server, calls, contacts, lambda time: time)
    asyncio.run_coroutine_threadsafe(server.start(), loop).result()
    try:
        with DataFolderLock(data):
            yield
    finally:
        with BlockingClient(DataFolder(data).socket) as last:
            last.call("contacts.blocked")  # Whoever connected before has been served by now.
        asyncio.run_coroutine_threadsafe(server.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        calls.close()
        contacts.store.close()


@pytest.fixture(params=["with a running unit", "in the data folder"])
def contact(request, tmp_path, capsys):
    """Run `copperdesk contact …`: exit code, and what was printed."""
    data = tmp_path / "data"
    data.mkdir()

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["contact", "--data", str(data), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    if request.param == "in the data folder":
        yield run
    else:
        with unit(data):
            yield run


def test_contacts_are_added_listed_shown_changed_and_removed(contact):
    assert contact("list") == (0, "No contacts.\n", "")
    added = contact("add", "(407) 555-0142", "Jane", "Doe", "--company", "Doe & Sons", "--rank", "3")
    assert added == (0, "Jane Doe is a contact: 4075550142.\n", "")
    contact("add", "1900*", "Premium")
    assert contact("list")[1].splitlines() == [
        "number      name      company     language  rank  notes",
        "4075550142  Jane Doe  Doe & Sons            3",
        "1900*       Premium",
    ]
    assert contact("list", "doe")[1].splitlines()[1:] == ["4075550142  Jane Doe  Doe & Sons            3"]
    assert contact("list", "nobody") == (0, "No contact has that in it.\n", "")
    changed = contact("change", "+14075550142", "--notes", "likes mornings", "--number", "4085550142")
    assert changed == (0, "Jane Doe, 4085550142, is changed.\n", "")
    assert contact("show", "4085550142")[1].splitlines() == [
        "number:   4085550142",
        "name:     Jane Doe",
        "company:  Doe & Sons",
        "notes:    likes mornings",
        "rank:     3",
        "Has never called.",
    ]
    assert contact("remove", "408 555 0142") == (0, "Jane Doe, 4085550142, is no contact any more.\n", "")
    assert contact("show", "4085550142")[1] == "4085550142 is no contact.\nHas never called.\n"


def test_programs_get_json(contact):
    assert json.loads(contact("add", "4075550142", "Jane", "--json")[1])["number"] == "4075550142"
    assert json.loads(contact("list", "--json")[1])["total"] == 1
    assert json.loads(contact("show", "4075550142", "--json")[1])["calls"] == 0
    assert json.loads(contact("block", "private", "--json")[1])["gets"] == "refusal"
    assert json.loads(contact("blocked", "--json")[1])[0]["times"] == 0


def test_callers_are_blocked_shown_and_let_through_again(contact):
    assert contact("blocked") == (0, "Nobody is blocked.\n", "")
    assert contact("block", "Private") == (0, "private is blocked, and gets a polite refusal.\n", "")
    assert contact("block", "1900*", "--with", "ringing", "--notes", "sells wine")[1] == (
        "1900* is blocked, and gets ringing without end.\n"
    )
    assert contact("blocked")[1].splitlines() == [
        "caller   gets     times  last  notes",
        "private  refusal  0",
        "1900*    ringing  0            sells wine",
    ]
    assert contact("show", "1900 555 0142")[1].splitlines()[-1] == "Is blocked by 1900*: gets ringing."
    assert contact("unblock", "900*") == (0, "1900* is let through again; no call was blocked.\n", "")
    assert contact("block", "--last") == (1, "", "copperdesk: nobody has called yet whose number is known\n")


def test_what_cannot_be_done_is_told_with_what_to_do(contact):
    contact("add", "4075550142", "Jane")
    assert contact("add", "4075550142", "Jim")[::2] == (
        1,
        "copperdesk: 4075550142 is the number of Jane already\n",
    )
    assert contact("add", "4075550143", "Jim", "--rank", "12", "--language", "english")[2] == (
        "copperdesk: language: must be a language in two small letters, such as es; rank: must be from 0 to 9\n"
    )
    assert contact("remove", "999")[2] == "copperdesk: there is no contact with the number 999\n"
    assert contact("block", "privat")[2] == (
        "copperdesk: 'privat' is neither a telephone number nor private or unavailable (did you mean 'private'?)\n"
    )


@pytest.mark.parametrize("name", ["contacts.csv", "contacts.vcf"])
def test_what_is_exported_is_imported_and_known_already(contact, tmp_path, name):
    contact("add", "4075550142", "Zoë Müller", "--notes", "likes mornings")
    contact("add", "1900*", "Premium")
    file = tmp_path / name
    assert contact("export", str(file)) == (0, f"All contacts are in {file}.\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "data"])
    assert "Zoë Müller" in file.read_text("utf-8-sig")
    assert contact("import", str(file)) == (0, f"{file}: 0 added, 0 changed, 2 unchanged, 0 refused.\n", "")
    contact("remove", "4075550142")
    assert contact("import", str(file)) == (0, f"{file}: 1 added, 0 changed, 1 unchanged, 0 refused.\n", "")


def test_all_that_a_file_has_wrong_is_told_and_the_rest_is_taken(contact, tmp_path):
    file, wrong = tmp_path / "address book.csv", tmp_path / "wrong.csv"
    file.write_text("number,name\n4075550142,Jane\n" + "nonsense,X\n" * 25, "utf-8")
    code, out, err = contact("import", str(file), "--refused", str(wrong))
    assert (code, out) == (0, f"{file}: 1 added, 0 changed, 0 unchanged, 25 refused.\n")
    told = err.splitlines()
    assert told[0].startswith("line 3: X: 'nonsense' is not a telephone number")
    assert (len(told), told[-1]) == (21, f"and 5 more; all are in {wrong}")
    assert len(wrong.read_text("utf-8-sig").splitlines()) == 26
    done = json.loads(contact("import", str(file), "--json")[1])
    assert (done["unchanged"], len(done["refused"])) == (1, 25)


def test_a_file_of_which_nothing_could_be_taken_is_an_error(contact, tmp_path):
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert contact("import", str(file)) == (
        1,
        f"{file}: 0 added, 0 changed, 0 unchanged, 1 refused.\n",
        "the file is not a text file\n",
    )
    missing = tmp_path / "missing.csv"
    assert contact("import", str(missing)) == (1, "", f"copperdesk: {missing}: No such file or directory\n")
    assert contact("export", str(tmp_path / "no" / "where.csv"))[0] == 1


def test_more_contacts_than_fit_a_screen_are_listed_in_parts(contact, tmp_path):
    file = tmp_path / "many.csv"
    file.write_text("number,name\n" + "".join(f"407555{n:04},Person {n:03}\n" for n in range(130)), "utf-8")
    contact("import", str(file))
    assert contact("list")[1].splitlines()[-1] == "100 of 130; --after 100 shows more."
    assert len(contact("list", "--after", "100")[1].splitlines()) == 31


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ad", "1", "2"], "did you mean 'add'?"),
        (["add", "4075550142"], "it is: copperdesk contact add NUMBER NAME"),
        (["block"], "it is: copperdesk contact block CALLER, or --last"),
        (["block", "private", "--last"], "it is: copperdesk contact block CALLER, or --last"),
        (["list", "--rank", "3"], "--rank does not go with list"),
        (["unblock", "private", "--with", "ringing"], "--with does not go with unblock"),
        (["block", "private", "--with", "ring"], "did you mean 'ringing'?"),
        (["change", "4075550142"], "say what is to be changed"),
        (["blocked", "private"], "it is: copperdesk contact blocked\n"),
    ],
)
def test_what_is_not_understood_is_told_with_how_it_is_meant(tmp_path, capsys, words, told):
    with pytest.raises(SystemExit) as caught:
        main(["contact", "--data", str(tmp_path), *words])
    assert caught.value.code == 2
    assert told in capsys.readouterr().err


def guide_commands() -> list[str]:
    guide = (Path(__file__).parents[2] / "docs" / "contacts.md").read_text("utf-8")
    return re.findall(r"^    copperdesk (contact .*?)(?:   .*)?$", guide, re.MULTILINE)


def test_every_command_of_the_guide_is_understood_and_done(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    log = CallLog.open(DataFolder(tmp_path).calls)
    log.begin(CallRecord("c1", datetime(2026, 3, 2, tzinfo=UTC), "in", "main", caller_number="4085550100"))
    log.close()
    Path("addresses.csv").write_text("number,name\n4075550177,Tom\n", "utf-8")
    Path("FILE").write_text("number,name\n4075550178,Ann\n", "utf-8")
    commands = guide_commands()
    assert len(commands) > 15
    for command in commands:
        words = [
            {"NUMBER": "4075550142", "NAME": "Jane", "NOTES": "x"}.get(word, word) for word in shlex.split(command)
        ]
        if words[1] == "add" and "NUMBER" in command:
            words[2] = "4075550179"
        assert (main([*words, "--data", str(tmp_path)]), capsys.readouterr().err) == (0, ""), command


def test_the_country_of_the_office_says_what_its_numbers_mean_where_no_unit_runs(tmp_path, capsys):
    OfficeStore(DataFolder(tmp_path).office).save({"country": "de"})
    for words in (["add", "089 5550142", "Jane"], ["show", "+49 89 5550142"]):
        assert main(["contact", "--data", str(tmp_path), *words]) == 0
    assert "name:     Jane" in capsys.readouterr().out


def test_contacts_are_not_changed_behind_the_back_of_a_starting_unit(tmp_path, capsys):
    with DataFolderLock(tmp_path):
        assert main(["contact", "list", "--data", str(tmp_path)]) == 1
    assert "is already used by Copperdesk" in capsys.readouterr().err


def test_the_log_shows_the_contact_s_name_and_how_often_it_called_before(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    log = CallLog.open(DataFolder(tmp_path).calls)
    for hour in (8, 9):
        began = datetime(2026, 3, 2, hour, tzinfo=UTC)
        log.begin(CallRecord(f"c{hour}", began, "in", "main", ended=began, caller_number="4075550142"))
    log.close()
    main(["contact", "add", "407-555-0142", "Jane", "--data", str(tmp_path)])
    capsys.readouterr()
    assert main(["log", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "began                      lasted      line  caller           before  called  reached  outcome",
        "2026-03-02 09:00:00+00:00  0:00    in  main  Jane 4075550142  1",
        "2026-03-02 08:00:00+00:00  0:00    in  main  Jane 4075550142  never",
    ]
    assert main(["contact", "block", "--last", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "4075550142 is blocked, and gets a polite refusal.\n"
    main(["contact", "show", "4075550142", "--data", str(tmp_path)])
    assert "Has called twice, last on 2026-03-02 09:00:00+00:00." in capsys.readouterr().out
