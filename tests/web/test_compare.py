"""`copperdesk fleet compare`: what an installer's folder says, and a real unit, asked over HTTPS as in an office."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.cli.main import main
from tests.web.site import OFFICE, PASSWORD, Site, ended, free_port, start_server

Said = pytest.CaptureFixture[str]

NAME = socket.gethostname().partition(".")[0]


@dataclass
class Folder:
    """A folder of one unit, which runs."""

    path: Path
    port: int
    label: str

    def write(self, office: str = "", **fields: str) -> None:
        """What the folder says, but for these changes."""
        told = {"name": NAME, "time_zone": "Etc/UTC", "label": self.label, "password": PASSWORD} | fields
        lines = [*(f'{name} = "{told[name]}"' for name in ("name", "time_zone", "label")), 'office = "office.json"']
        lines += ["[administrator]", 'name = "ada"', f'password = "{told["password"]}"']
        (self.path / NAME).mkdir(exist_ok=True)
        (self.path / NAME / "copperdesk.toml").write_text("\n".join(lines))
        (self.path / NAME / "office.json").write_text(office or OFFICE.read_text(encoding="utf-8"))

    def compare(self, *words: str) -> int:
        return main(["fleet", "compare", str(self.path), f"--at={NAME}=127.0.0.1:{self.port}", *words])


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[int]:
    """The port at which its page is served encrypted."""
    port = free_port()
    server, _ = start_server(site.data, https_port=port)
    with ended(server):
        yield port


@pytest.fixture
def folder(site: Site, served: int, tmp_path: Path) -> Folder:
    return Folder(tmp_path, served, site.ask("recovery.label")["code"])


def test_what_is_alike_and_what_differs_is_told_and_no_secret_of_either(folder: Folder, capsys: Said) -> None:
    folder.write()
    assert folder.compare() == 0
    assert "as the folder says" in capsys.readouterr().out
    office = json.loads(OFFICE.read_text(encoding="utf-8"))
    office["people"][0] |= {"extension": "199", "pin": "834291"}
    folder.write(json.dumps(office), time_zone="Europe/Berlin")
    assert folder.compare("--json") == 1
    printed = capsys.readouterr().out
    (told,) = json.loads(printed)
    found = {one["field"]: (one["folder"], one["unit"]) for one in told["differences"]}
    assert found == {
        "time_zone": ("Europe/Berlin", "Etc/UTC"),
        "office: Riverside Dental, extension (people[0].extension)": ("199", "100"),
        "office: Riverside Dental, pin (people[0].pin)": ("", ""),
    }
    assert not any(secret in printed for secret in ("834291", PASSWORD, folder.label))


def test_a_password_is_told_to_no_other_unit(folder: Folder, site: Site, capsys: Said) -> None:
    folder.write(label="aaaa-bbbb-cccc")
    assert folder.compare() == 1
    assert "another unit: it does not have the code of this label" in capsys.readouterr().out
    folder.write(password="copper kettle off the stove")
    assert folder.compare() == 1
    assert "does not take the password of ada" in capsys.readouterr().out
    site.ask("accounts.lift-delays")


def test_a_unit_that_is_not_there_and_one_that_cannot_be_read_are_told(folder: Folder, capsys: Said) -> None:
    folder.write()
    (folder.path / "other").mkdir()
    assert main(["fleet", "compare", str(folder.path), f"--at={NAME}=127.0.0.1:1"]) == 1
    told = capsys.readouterr()
    assert f"{NAME}: not compared: 127.0.0.1: it does not answer" in told.out
    assert "other/copperdesk.toml is missing" in told.err
    assert "0 of 2 units are as the folder says" in told.err


def test_only_an_administrator_is_told_and_only_of_a_document(site: Site) -> None:
    assert site.visitor("olga").post_json("/as-it-runs", {"office": None}).status_code == 403
    ada = site.visitor("ada")
    assert ada.post_json("/as-it-runs", {"office": "x"}).status_code == 400
    assert ada.post_json("/as-it-runs", {"office": None}).json()["differences"] is None
    assert site.visitor().get("/trust/proof?nonce=short").status_code == 404
