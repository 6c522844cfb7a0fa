"""`copperdesk announcement`, and where else people are told that it is on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from appliance.cli.announcement import described
from appliance.cli.main import main
from appliance.clock import RealClock
from appliance.control import Param
from appliance.control.folder import DataFolder
from appliance.office.announcement import ANNOUNCEMENT, ON
from appliance.office.document import load_document
from appliance.store.office import OfficeStore
from appliance.store.switches import Switch, SwitchStore
from tests.calls.world import OFFICE
from tests.cli.test_cli import STATE, daemon

ON_UNTIL_NOON = {"on": True, "until": "2026-03-03T12:00:00-05:00"}


def test_how_it_stands_is_told_in_words():
    assert described({"on": False, "until": None}) == "The announcement is off."
    on = described({"on": True, "until": None})
    assert on == "The announcement is on: all callers from outside hear it first."
    assert described(ON_UNTIL_NOON).startswith("The announcement is on: all callers from outside hear it first, until ")


def test_the_daemon_is_asked_to_switch_it(tmp_path, capsys):
    asked = []

    async def switch(params):
        asked.append(params)
        return {"on": params["on"], "until": None}

    async def status(_params):
        return STATE

    methods = {"announcement_set": (switch, {"on": Param(bool), "until": Param(str, "")}), "status": (status, {})}
    with daemon(tmp_path, **methods):
        assert main(["announcement", "on", "--until", "12:00", "--data", str(tmp_path)]) == 0
        assert main(["announcement", "off", "--json", "--data", str(tmp_path)]) == 0
        assert main(["announcement", "--data", str(tmp_path)]) == 0
    assert asked == [{"on": True, "until": "12:00"}, {"on": False, "until": ""}]
    on, off, stands = capsys.readouterr().out.splitlines()
    assert on == "The announcement is on: all callers from outside hear it first."
    assert json.loads(off) == {"on": False, "until": None}
    assert stands == "The announcement is off."


def test_until_goes_with_on(tmp_path):
    with pytest.raises(SystemExit) as caught:
        main(["announcement", "off", "--until", "08:00", "--data", str(tmp_path)])
    assert caught.value.code == 2


def test_without_a_daemon_that_is_told(tmp_path, capsys):
    assert main(["announcement", "on", "--data", str(tmp_path)]) == 1
    assert "no Copperdesk runs on" in capsys.readouterr().err


@pytest.mark.parametrize(("announcement", "told"), [(ON_UNTIL_NOON, True), ({"on": False, "until": None}, False)])
def test_the_status_tells_it_while_it_is_on(tmp_path, capsys, announcement, told):
    async def status(_params):
        return STATE | {"announcement": announcement}

    with daemon(tmp_path, status=(status, {})):
        assert main(["status", "--data", str(tmp_path)]) == 0
    assert ("The announcement is on" in capsys.readouterr().out) == told


@pytest.fixture
def explained(tmp_path, capsys):
    """What `office explain` says while the switch stands so."""
    OfficeStore(DataFolder(tmp_path).office).save(load_document(OFFICE.read_text(encoding="utf-8")))

    def explain(switch: Switch, *words: str) -> list[str]:
        SwitchStore(DataFolder(tmp_path).switches).save({ANNOUNCEMENT: switch})
        assert main(["office", "explain", "--data", str(tmp_path), *words]) == 0
        return capsys.readouterr().out.splitlines()

    return explain


def test_explain_says_that_it_overrides_all(explained):
    assert explained(Switch(ON))[1:] == [
        "The announcement that overrides all is switched on.",
        "The unit tells the announcement, then takes a message for Riverside Dental.",
    ]
    later = RealClock().now() + timedelta(hours=1)
    assert explained(Switch(ON, later))[1].startswith("The announcement that overrides all is switched on until ")


def test_explain_leaves_it_out_where_it_does_not_count(explained):
    open_now = "The unit goes to the first menu."
    assert explained(Switch(ON, datetime(2020, 1, 1, tzinfo=UTC)))[-1] == open_now
    over_then = Switch(ON, datetime(2099, 1, 1, tzinfo=UTC))
    assert explained(over_then, "--at", "2099-12-24 20:00")[-1] == open_now
    assert explained(Switch(ON), "--at", "2099-12-24 20:00")[-1] != open_now, "nobody has said until when"
