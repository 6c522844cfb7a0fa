"""`copperdesk hw`: with a unit and without, and what it answers to words that do not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from appliance.cli.hw import lamps
from appliance.cli.main import main
from appliance.control import ControlServer, Param
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.office.document import load_document
from appliance.store.office import OfficeStore
from hw.dahdi.found import DialToneTrial
from hw.found import Found
from tests.calls.world import OFFICE
from tests.cli.running import Said, daemon, not_understood, serving

DEAD = {
    "kind": "simulated",
    "name": "fxo-1",
    "state": "dead",
    "told": "It is dead: no voltage on the line, is it plugged in?",
    "mend": "Join its wires again at the built-in exchange.",
}


async def listed(_params: dict[str, Any]) -> list[dict[str, str]]:
    return [DEAD]


def test_a_running_unit_is_asked_and_a_dead_line_makes_the_command_fail(tmp_path: Path, capsys: Said) -> None:
    with daemon(tmp_path, hw_list=(listed, {})):
        assert main(["hw", "list", "--data", str(tmp_path)]) == 1
        shown = [line.strip() for line in capsys.readouterr().out.splitlines()]
        assert shown == ["fxo-1          simulated  dead", DEAD["told"], DEAD["mend"]]
        assert main(["hw", "list", "--json", "--data", str(tmp_path)]) == 1
        assert json.loads(capsys.readouterr().out) == [DEAD]


def test_without_a_unit_it_looks_by_itself(tmp_path: Path, capsys: Said) -> None:
    office_with_a_board(tmp_path)
    assert main(["hw", "list", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "Start the unit: copperdesk run." in said
    assert "no-pins" in said


@pytest.mark.parametrize(("well", "code"), [(True, 0), (False, 1)])
def test_the_steps_of_a_test_are_shown_as_they_are_made(tmp_path: Path, capsys: Said, well: bool, code: int) -> None:
    async def offer(server: ControlServer) -> None:
        async def test(params: dict[str, Any]) -> None:
            for step in ({"told": "There is voltage.", "well": True}, {"told": "Dial tone?", "well": well}):
                server.publish("hw.test", {"port": params["port"], "steps": [step], "over": False})
            server.publish("hw.test", {"port": params["port"], "steps": [], "over": True})

        server.topic("hw.test", lambda: {"port": "", "steps": [], "over": True})
        server.method("hw.test", test, {"port": Param(str)})

    with serving(tmp_path, offer):
        assert main(["hw", "test", "fxo-1", "--data", str(tmp_path)]) == code
    shown = capsys.readouterr().out.splitlines()
    assert shown == ["well   There is voltage.", f"{'well ' if well else 'WRONG'}  Dial tone?"]


def test_no_line_is_touched_without_being_asked_for(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [Found("dahdi", "dahdi-1", "healthy", "Channel 1, a line to the exchange, works.")]
    listened: list[bool] = []

    def look(wanted: object, *, listen: DialToneTrial | None) -> list[Found]:
        listened.append(listen is not None)
        if listen is not None:
            listen.progress("listens for dial tone on channel 1, for 5 s at most")
        return lines

    monkeypatch.setattr("appliance.hardware.listing.dahdi_found", look)
    office_with_a_board(tmp_path)
    main(["hw", "list", "--data", str(tmp_path)])
    assert "--dial-tone does, and takes free lines off hook" in capsys.readouterr().err
    main(["hw", "list", "--dial-tone", "--data", str(tmp_path)])
    assert capsys.readouterr().err == "  listens for dial tone on channel 1, for 5 s at most …\n"
    assert listened == [False, True]
    with daemon(tmp_path, hw_list=(listed, {})):
        assert main(["hw", "list", "--dial-tone", "--data", str(tmp_path)]) == 1
    assert "the unit runs, and has its lines" in capsys.readouterr().err


def test_what_is_said_to_the_modem_and_by_it_is_shown(tmp_path: Path, capsys: Said) -> None:
    said = [("note", "the port is open"), ("unit", "AT+VCID=1"), ("modem", "OK")]
    lines = [{"number": number, "by": by, "text": text} for number, (by, text) in enumerate(said, start=1)]

    async def dialogue(params: dict[str, Any]) -> list[dict[str, Any]]:
        if params["after"]:
            raise ControlError("no-modem", "the office uses no modem")
        return lines

    with daemon(tmp_path, hw_modem=(dialogue, {"after": Param(int, 0)})):
        assert main(["hw", "watch", "modem", "--data", str(tmp_path)]) == 1
        assert capsys.readouterr().out.splitlines() == ["- the port is open", "> AT+VCID=1", "< OK"]
        assert main(["hw", "watch", "modem", "--json", "--data", str(tmp_path)]) == 1
        assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == lines


def test_whoever_gives_up_waiting_ends_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle: the telephone is not to ring on for half a minute."""
    asked: list[str] = []

    async def offer(server: ControlServer) -> None:
        async def test(params: dict[str, Any]) -> None:
            asked.append("test")
            step = {"told": "The telephone rings now.", "well": None}
            server.publish("hw.test", {"port": params["port"], "steps": [step], "over": False})

        async def stop(_params: dict[str, Any]) -> None:
            asked.append("stop")

        server.topic("hw.test", lambda: {"port": "", "steps": [], "over": True})
        server.method("hw.test", test, {"port": Param(str)})
        server.method("hw.stop_test", stop)

    def ctrl_c(*_what: object, **_how: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.print", ctrl_c)
    with serving(tmp_path, offer), pytest.raises(KeyboardInterrupt):
        main(["hw", "test", "fxs-1", "--data", str(tmp_path)])
    assert asked == ["test", "stop"]


def test_without_a_card_no_configuration_is_written_in_place_of_what_there_is(capsys: Said) -> None:
    assert main(["hw", "list", "--dahdi-config"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "copperdesk: no DAHDI card was found; `copperdesk hw list` says what helps\n"


def test_words_that_do_not_go_together_are_not_understood(capsys: Said) -> None:
    assert not_understood("hw", "test") == not_understood("hw", "list", "fxo-1") == 2
    assert not_understood("hw", "watch", "--dahdi-config") == not_understood("hw", "watch", "fxo-1") == 2
    said = capsys.readouterr().err
    assert "test goes with a port, press with a button" in said
    assert "--dahdi-config goes with list" in said


def office_with_a_board(data: Path) -> None:
    document: dict[str, Any] = load_document(OFFICE.read_text(encoding="utf-8"))
    board = {"telephones": [{"port": "gpio-fxs-1"}]}
    stations = [*document["stations"], {"port": "gpio-fxs-1", "name": "lobby"}]
    OfficeStore(DataFolder(data).office).save(document | {"gpio": board, "stations": stations})


def test_lamps_are_watched_by_their_names() -> None:
    panel = {"message": "slow", "mailboxes": {"maria": "off"}, "lines": {"fxo-1": "fast"}, "buzzer": ""}
    assert lamps(panel) == {
        "message lamp": "slow",
        "lamp of maria": "off",
        "lamp of fxo-1": "fast",
        "buzzer": "silent",
    }
