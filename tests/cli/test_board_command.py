"""`copperdesk hw test` of a board of one's own, where no unit runs."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.cli.main import main
from appliance.control.folder import DataFolder
from appliance.office.document import load_document
from appliance.store.office import OfficeStore
from hw.gpiocard.pinmap import SlicPins
from hw.sim.pins import SimPins
from tests.calls.world import OFFICE
from tests.cli.running import Said

PORT = "gpio-fxs-1"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A data folder whose office has a telephone on a board."""
    document = load_document(OFFICE.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    OfficeStore(DataFolder(tmp_path).office).save(document | {"gpio": {"telephones": [{"port": PORT}]}})
    return tmp_path


def test_a_chip_is_tried_pin_by_pin_and_what_is_wrong_makes_the_command_fail(office: Path, capsys: Said) -> None:
    pins = SimPins()
    pins.busy.add(SlicPins().hook)
    with pins.installed():
        assert main(["hw", "test", PORT, "--data", str(office)]) == 1
        assert capsys.readouterr().out == (
            "WRONG  GPIO 13 cannot be used: 'GPIO busy': "
            "another program, or 1-Wire, uses this pin: choose another one, or stop that\n"
        )
        assert main(["hw", "test", PORT, "--json", "--data", str(office)]) == 1
        assert json.loads(capsys.readouterr().out)["works"] is False
    assert pins.in_use == set()


def test_a_person_is_told_what_to_do_and_waited_for(
    office: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins = SimPins()

    class Enter(io.StringIO):
        """Presses Enter, and pulls the board out."""

        def readline(self, _size: int = -1) -> str:
            pins.broken[SlicPins().hook] = "gone"
            return "\n"

    monkeypatch.setattr("sys.stdin", Enter())
    with pins.installed():
        assert main(["hw", "test", PORT, "--data", str(office)]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"Plug a telephone into {PORT}, and leave it on its hook. Then press Enter.")
    assert told.out == "WRONG  GPIO 13 cannot be read: gone\n"


def test_whoever_gives_up_need_not_press_enter(office: Path) -> None:
    """The pins are given back, and the program ends, though nobody presses Enter."""
    program = """
import sys
from appliance.cli.main import main
from hw.sim.pins import SimPins
pins = SimPins()
with pins.installed():
    code = main(["hw", "test", sys.argv[1], "--data", sys.argv[2]])
print(code, pins.in_use)
"""
    arguments = [sys.executable, "-c", program, PORT, str(office)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as running:
        assert running.stderr is not None
        assert running.stderr.readline().endswith("Then press Enter.\n")
        running.send_signal(signal.SIGINT)
        assert running.wait(20.0) == 0
        assert running.stdout is not None
        assert running.stdout.read() == "1 set()\n"


def test_a_port_of_another_card_is_asked_of_the_unit(office: Path, capsys: Said) -> None:
    assert main(["hw", "test", "fxo-1", "--data", str(office)]) != 0
    assert "copperdesk run" in capsys.readouterr().err
