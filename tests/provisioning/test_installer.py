"""From a table to units that answer calls, are found, and are what their folders say: as an installer goes about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.calls.world import OFFICE
from tests.machine.standins import Machine
from tests.provisioning.lan import ROOT, in_a_lan

TEMPLATE = """\
name = "{name}"
office = "office.json"
[administrator]
name = "ada"
password = "{password}"
"""
TABLE = "name;password\nfront-desk;seven green kettles\nback-desk;three brown horses\n"
AVAHI = "[server]\nhost-name=front-desk\nenable-dbus=no\n[publish]\npublish-workstation=no\n"


@pytest.mark.proof
def test_an_installer_gets_from_a_table_to_units_that_are_as_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", Machine(tmp_path / "programs").path)
    for name, text in (("template.toml", TEMPLATE), ("units.csv", TABLE), ("avahi.conf", AVAHI)):
        (tmp_path / name).write_text(text)
    (tmp_path / "services").mkdir()
    shutil.copy(OFFICE, tmp_path / "office.json")
    script = ["bash", ROOT / "tests/provisioning/installer.sh", tmp_path, ROOT / ".venv/bin/python"]
    told = in_a_lan(*script, seconds=900)
    assert told.returncode == 0, told.stdout + told.stderr
    assert 'hears "Good' in told.stdout
    assert "front-desk (10.9.0.1, version 0.1.0): as the folder says" in told.stdout
    assert "back-desk: not compared: it was not found in this network" in told.stdout
    assert "(people[1].extension): 198 in the folder, 101 on the unit" in told.stdout
