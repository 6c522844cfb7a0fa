"""`copperdesk provision`, as the unit runs it at each start."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from appliance.cli.main import main
from appliance.control.folder import DataFolder
from appliance.provisioning.boot import SHEET, TOLD
from appliance.store.accounts import AccountStore
from tests.machine.standins import Machine
from tests.provisioning.test_sheet import WHOLE

SHEET_WITHOUT_OFFICE = WHOLE.replace('office = "office.json"\n', "")


def provision(folder: Path, text: str) -> int:
    (folder / "boot").mkdir(exist_ok=True)
    (folder / "boot" / SHEET).write_text(text)
    places = [f"--{name}={folder / name}" for name in ("boot", "data", "connections")]
    return main(["provision", *places])


def test_the_administrator_signs_in_with_the_password_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", Machine(tmp_path / "programs").path)
    assert provision(tmp_path, SHEET_WITHOUT_OFFICE) == 0
    store = AccountStore.open(DataFolder(tmp_path / "data").accounts)
    (account,) = store.all()
    store.close()
    assert PasswordHasher().verify(account.hash, "seven green kettles")


def test_a_password_that_is_guessed_easily_is_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert provision(tmp_path, SHEET_WITHOUT_OFFICE.replace("seven green kettles", "password1234")) == 1
    assert "guessed too easily" in (tmp_path / "boot" / TOLD).read_text()
    assert "guessed too easily" in capsys.readouterr().err
