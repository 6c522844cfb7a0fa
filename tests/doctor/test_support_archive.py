"""Names, numbers, addresses, PINs and mail are planted everywhere a unit may have them; none is in the archive."""

from __future__ import annotations

import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from appliance.cli.main import main
from appliance.control.folder import DataFolder
from appliance.doctor.anonymous import Tokens, journal_words
from appliance.doctor.archive import write_archive
from appliance.doctor.checks import CheckTold
from appliance.doctor.examined import Examined
from appliance.doctor.finding import broken
from appliance.office.schema import office_schema
from appliance.store.office import OfficeStore
from hw.said import counted, said, wording
from tests.calls.world import OFFICE

EXAMPLES = sorted(OFFICE.parent.glob("*.json"))
PLANTED = ("Zoltana Quux", "5559876543", "zoltana@quux.example", "73914062", "192.0.2.77", "correct-horse-battery")
SECRET = re.compile("zoltana|quux|5559876543|73914062|192.0.2.77|correct-horse", re.IGNORECASE)


def planted(value: Any, seeds: Iterator[str]) -> Any:
    """The same document with something planted in every text, and in every key that is not a field's name."""
    if isinstance(value, dict):
        return {key: planted(one, seeds) for key, one in value.items()} | {f"{next(seeds)}": {"name": next(seeds)}}
    if isinstance(value, list):
        return [*(planted(one, seeds) for one in value), next(seeds)]
    return f"{next(seeds)}" if isinstance(value, str) else value


def everything_in(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return "\n".join([*archive.namelist(), *(archive.read(name).decode() for name in archive.namelist())])


@pytest.mark.parametrize("office", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_planted_is_found(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = itertools.cycle(PLANTED)
    data = tmp_path / "data"
    for name in ("messages/zoltana", "Zoltana Quux", "faxes/zoltana/new/5559876543"):
        (data / name).mkdir(parents=True)
        (data / name / "zoltana.txt").write_text("zoltana@quux.example 73914062")
    document = planted(json.loads(office.read_text(encoding="utf-8")), seeds)
    journal = json.dumps(
        {"__REALTIME_TIMESTAMP": "1700000000000000", "MESSAGE": "ERROR appliance.notify: Zoltana 5559876543 OSError"}
    )
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "journalctl").write_text(f"#!/bin/sh\necho '{journal}'\n")
    (programs / "journalctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/bin:/usr/bin")
    name = "Zoltana Quux"
    status = {
        "since": "2026-03-03T08:00:00+00:00",
        "office": name,
        "trunks": [{"name": name, "state": "idle", "caller": "5559876543", "number": "5559876543", "dead": name}],
        "stations": [{"name": name, "state": "on-hook", "connected": True, "person": "zoltana"}],
        "calls": [{"caller": "5559876543"}],
        "mailboxes": [{"person": "zoltana", "name": name, "new": 1, "saved": 0, "full": False}],
        "fault_wordings": [wording(said("%(line)s is dead: %(why)s", line=name, why=name)), {"text": name}],
        "advice": [{"kind": "no-backup", "about": [name]}],
        "voice": {"spoken": 0, "of": 0},
        "ticks": {"made": 1},
    }
    seen = Examined(
        data=data,
        now=datetime(2026, 3, 4, tzinfo=UTC),
        page="http://192.0.2.77",
        status=status,
        hardware=[{"kind": "sip", "name": name, "state": "healthy", "told": name, "mend": ""}],
        letters=[{"to": "zoltana@quux.example", "why": "5559876543"}],
        calls=[{"caller_number": "5559876543", "line": name}],
        document=document,
    )
    told = [
        CheckTold("mail", broken(counted("%(num)s letter: %(why)s", "%(num)s letters: %(why)s", 2, why=name), name)),
        CheckTold("page", broken(name, name)),
    ]
    write_archive(tmp_path / "support.zip", seen, told)
    content = everything_in(tmp_path / "support.zip")
    assert SECRET.search(content) is None
    assert "2 letters: <" in content
    assert "<1> is dead: <1>" in content, "the same value has the same token"
    assert "1700000000 ERROR OSError appliance.notify" in content
    assert (tmp_path / "support.zip").stat().st_mode & 0o077 == 0


def test_what_of_an_office_is_told_is_listed_here() -> None:
    """A field that is added tells nothing until its values are a closed list, a number, or named here."""
    document = json.loads(OFFICE.read_text(encoding="utf-8"))
    told = Tokens().document(document)
    texts = {leaf for leaf in _texts(told) if not re.fullmatch(r"<\d+>", leaf)}
    closed = {one for one in _enums(office_schema()) if isinstance(one, str)}
    assert {one for one in texts - closed if not re.fullmatch(r"fx[os]-\d", one)} <= {"America/New_York", "us"}
    assert "fxo-1" in texts


def test_a_word_of_the_journal_that_is_not_our_own_is_left_out() -> None:
    line = "WARNING appliance.calls.trunk: Anna TypeError at trunk.py:12, 4075550100 said 'secret'"
    assert journal_words(line) == "WARNING TypeError appliance.calls.trunk trunk.py:12"


@pytest.mark.parametrize(
    "text",
    [
        "https://web.quux.example/hw.zoltana",
        "web.quux.example",
        "zoltana@hw.quux.example",
        "zoltana.py:12",
        "trunk.py:73914062",
    ],
)
def test_a_hosts_name_is_not_taken_for_a_part_of_the_program(text: str) -> None:
    assert journal_words(f"INFO {text}") == "INFO"


def test_the_command_writes_no_file_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    OfficeStore(DataFolder(tmp_path).office).save(json.loads(OFFICE.read_text(encoding="utf-8")))
    command = ["support", str(tmp_path / "a.zip"), "--data", str(tmp_path), "--page", "http://127.0.0.1:1"]
    assert main(command) == 0
    assert main(command) == 1
    assert capsys.readouterr().err == f"copperdesk: {tmp_path / 'a.zip'} is there already; name another file\n"
    assert main(["support", str(tmp_path), "--data", str(tmp_path)]) == 1
    assert "is a folder; name a file in it" in capsys.readouterr().err
    content = everything_in(tmp_path / "a.zip")
    for name in ("Riverside", "Maria", "7391", "555010"):
        assert name in OFFICE.read_text(encoding="utf-8")
        assert name not in content


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _enums(schema: Any) -> Iterator[Any]:
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        for one in schema.values():
            yield from _enums(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from _enums(one)
