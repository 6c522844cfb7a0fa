"""A unit whose memory card has a file with mistakes says so where it is set up, as nobody can sign in there yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from appliance.provisioning.notes import ProvisioningNotes, provisioning_fault, write_notes
from appliance.store.accounts import AccountStore
from hw.said import wording
from web.app import make_app


class NewUnit:
    """Not set up, with these faults."""

    def __init__(self, *faults: str) -> None:
        self._faults = faults

    def call(self, method: str, /, **_params: Any) -> Any:
        return {
            "setup.state": {"open": True},
            "accounts.access": {"names": [], "anywhere": False},
            "status": {"fault_wordings": [wording(one) for one in self._faults]},
        }[method]

    def close(self) -> None:
        """Nothing is open."""


def test_the_first_page_of_the_set_up_tells_the_mistakes(tmp_path: Path) -> None:
    write_notes(tmp_path, ProvisioningNotes(mistakes=("line 1: name: is <missing>",)))
    app = make_app(tmp_path / "nowhere", tmp_path)
    unit = NewUnit(provisioning_fault(tmp_path), "line 1 is dead")
    app.config["UNIT"] = lambda _seconds: unit
    shown = app.test_client().get("/setup").get_data(as_text=True)
    assert "copperdesk.toml on the memory card was not put into effect: line 1: name: is &lt;missing&gt;." in shown
    assert "is dead" not in shown


def test_the_first_page_of_the_set_up_tells_that_accounts_are_lost(tmp_path: Path) -> None:
    (tmp_path / "accounts.sqlite").write_bytes(b"no database" * 500)
    store = AccountStore.open(tmp_path / "accounts.sqlite")
    store.close()
    app = make_app(tmp_path / "nowhere", tmp_path)
    unit = NewUnit(store.fault)
    app.config["UNIT"] = lambda _seconds: unit
    shown = app.test_client().get("/setup").get_data(as_text=True)
    assert "The list of accounts was damaged" in shown
    assert "accounts.sqlite.damaged" in shown
