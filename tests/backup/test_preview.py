"""What a restore would change is told before, and nothing is changed by that."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appliance.backup import sealing
from appliance.backup.making import Manifest
from appliance.backup.origin import UnitOrigin, this_unit
from appliance.backup.preview import preview
from appliance.cli import backup
from appliance.cli.main import main
from appliance.store.accounts import AccountStore
from appliance.store.labelcode import LABEL
from appliance.store.office import OfficeStore
from tests.offices import EXAMPLE

MANIFEST = Manifest("2026-03-03T02:30:00+00:00", "Riverside Dental", "0.1.0", (), 0, 0, "desk", "0a0a0a")
HERE = UnitOrigin("desk", "0a0a0a")


def folder(path: Path, document: dict[str, Any] | None, messages: int = 0) -> Path:
    path.mkdir()
    if document is not None:
        OfficeStore(path / "office.json").save(document)
    for number in range(messages):
        (path / "messages" / "jane" / "new" / str(number + 1)).mkdir(parents=True)
    return path


@pytest.fixture
def office() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(EXAMPLE.read_text())
    return document


def told(
    tmp_path: Path,
    old: dict[str, Any] | None,
    new: dict[str, Any],
    here: UnitOrigin = HERE,
    manifest: Manifest = MANIFEST,
) -> list[str]:
    return preview(folder(tmp_path / "old", old, 3), folder(tmp_path / "new", new, 1), manifest, here)  # type: ignore[return-value]


def test_the_same_office_changes_nothing_but_its_messages(tmp_path: Path, office: dict[str, Any]) -> None:
    assert told(tmp_path, office, office) == ["There is 1 message then; there are 3 now."]


def test_a_label_that_does_not_hold_any_more_is_told(tmp_path: Path, office: dict[str, Any]) -> None:
    old, new = folder(tmp_path / "old", office), folder(tmp_path / "new", office)
    sentence = "This unit's label will no longer have the right code: print it again after the restore."

    def keep(data: Path, code: str) -> None:
        store = AccountStore.open(data / "accounts.sqlite")
        store.set_setting(LABEL, code)
        store.close()

    keep(new, "abcd-efgh-jkmn")
    assert sentence not in preview(old, new, MANIFEST, HERE)  # This unit has none yet.
    keep(old, "abcd-efgh-jkmn")
    assert sentence not in preview(old, new, MANIFEST, HERE)
    keep(old, "pqrs-tuvw-xyz2")
    assert sentence in preview(old, new, MANIFEST, HERE)


def test_name_people_lines_and_settings_are_told(tmp_path: Path, office: dict[str, Any]) -> None:
    before = json.loads(json.dumps(office))
    before["name"] = "Lakeside Dental"
    gone = before["people"].pop()["name"]
    before["people"].append({"id": "kim", "name": "Kim Lee", "extension": "190", "pin": "4711"})
    before["trunks"][1]["port"] = "fxo-8"
    sentences = told(tmp_path, before, office)
    assert "The office is Riverside Dental then, and not Lakeside Dental." in sentences
    assert f"People who come: {gone}." in sentences
    assert "People who go: Kim Lee." in sentences
    assert "Its lines are at other ports: line 2. Look that this unit has these cards." in sentences
    assert any(one.endswith("settings change:") for one in sentences)
    assert "4711" not in "".join(sentences)


def test_a_backup_of_another_unit_says_so(tmp_path: Path, office: dict[str, Any]) -> None:
    first = told(tmp_path, None, office, here=UnitOrigin("desk", "1b1b1b"))[0]
    assert first == (
        "It was made by another unit: that of Riverside Dental, called desk. "
        "This one keeps its own name, network and nightly backups."
    )


def test_a_unit_that_got_another_name_is_still_the_same(tmp_path: Path, office: dict[str, Any]) -> None:
    assert len(told(tmp_path, office, office, here=UnitOrigin("reception", "0a0a0a"))) == 1


def test_a_backup_of_before_is_told_by_the_machines_name(tmp_path: Path, office: dict[str, Any]) -> None:
    old = replace(MANIFEST, unit="")
    assert "another unit" in told(tmp_path, office, office, UnitOrigin("reception", "0a0a0a"), old)[0]


def test_units_are_told_apart_by_their_machines_which_stay_unknown(tmp_path: Path) -> None:
    marks = []
    for number in ("0" * 32, "1" * 32):
        (tmp_path / "machine-id").write_text(f"{number}\n")
        marks.append(this_unit(tmp_path / "machine-id").mark)
        assert number[:8] not in marks[-1]
    assert len(set(marks)) == 2
    assert this_unit(tmp_path / "none").mark == ""


def test_the_command_shows_it_and_leaves_everything_as_it_is(
    tmp_path: Path, office: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sealing, "SCRYPT_COST", 2)
    monkeypatch.setattr(backup, "make_way", lambda: None)  # The process of all tests keeps its priority.
    data, file = folder(tmp_path / "data", office), tmp_path / "one.backup"

    def copperdesk(*words: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("kettle on the copper stove\n"))
        assert main([*words, "--data", str(data)]) == 0
        return capsys.readouterr().out

    copperdesk("backup", str(file))
    OfficeStore(data / "office.json").save(office | {"name": "Lakeside Dental"})
    before = sorted(path.name for path in data.iterdir())
    shown = copperdesk("restore", str(file), "--show")
    assert "The office is Riverside Dental then, and not Lakeside Dental." in shown
    assert sorted(path.name for path in data.iterdir()) == before
    document = OfficeStore(data / "office.json").load().document
    assert document is not None
    assert document["name"] == "Lakeside Dental"
