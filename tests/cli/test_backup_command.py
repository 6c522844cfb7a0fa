"""`copperdesk backup` and `restore`: what they write over, and what they say where they do nothing."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from appliance.backup import restoring, sealing
from appliance.cli.main import main
from appliance.store.office import OfficeStore

PHRASE = "kettle on the copper stove"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sealing, "SCRYPT_COST", 2)
    folder = tmp_path / "data"
    folder.mkdir()
    OfficeStore(folder / "office.json").save({"name": "Riverside"})
    return folder


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PHRASE}\n"))


def back_up(data: Path, file: Path) -> int:
    return main(["backup", "--data", str(data), str(file)])


def test_an_older_backup_of_the_same_name_is_replaced(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "monday.backup"
    assert back_up(data, file) == 0
    before = file.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PHRASE}\n"))
    assert back_up(data, file) == 0
    assert file.read_bytes() != before


def test_nothing_but_a_backup_is_written_over(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter, pipe = tmp_path / "letter.odt", tmp_path / "pipe"
    letter.write_text("Dear Jane")
    os.mkfifo(pipe)
    for file in (letter, pipe):
        assert back_up(data, file) == 1
        assert f"{file} is there already, and is no backup; name another file" in capsys.readouterr().err
    assert letter.read_text() == "Dear Jane"
    assert pipe.is_fifo()


def test_a_folder_or_a_place_that_is_none_is_told_in_words(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, told in ((tmp_path, "is a folder; name a file in it"), (tmp_path / "no" / "file", "there is no folder")):
        assert back_up(data, file) == 1
        assert told in capsys.readouterr().err
    assert back_up(data, Path()) == 1


def test_a_restore_that_was_a_mistake_is_taken_back_as_it_says(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def typing(*words: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PHRASE}\n"))
        assert main(list(words)) == 0

    monkeypatch.setattr(restoring, "office_of", lambda _document: None)
    typing("backup", str(tmp_path / "old.backup"), "--data", str(data))
    OfficeStore(data / "office.json").save({"name": "Lakeside"})
    typing("restore", str(tmp_path / "old.backup"), "--data", str(data))
    told = capsys.readouterr().out.splitlines()[-1].split()
    assert told == ["copperdesk", "backup", "--data", str(data / "before-restore"), "undo.backup"]
    typing(*told[1:-1], str(tmp_path / "undo.backup"))
    typing("restore", str(tmp_path / "undo.backup"), "--data", str(data))
    assert OfficeStore(data / "office.json").load().document == {"name": "Lakeside"}


def test_what_a_restore_would_change_is_asked_of_restore_alone(data: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["backup", "--show", "--data", str(data), str(tmp_path / "monday.backup")])
    assert not (tmp_path / "monday.backup").exists()


def test_whoever_is_asked_and_says_nothing_changes_nothing(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", nothing)
    assert back_up(data, tmp_path / "monday.backup") == 1
    assert not (tmp_path / "monday.backup").exists()
