"""The whole walk: many walkers, the table, JSON, the picture, findings, and the command."""

from __future__ import annotations

import functools
import json
import multiprocessing
import os
import pty
import re
import select
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from appliance.cli.main import main
from appliance.control.folder import DataFolder
from appliance.manyatonce import IN_MEMORY, ProcessEnded
from appliance.office.callflow import CallFlow
from appliance.office.document import parse_office
from appliance.picture.drawing import dot
from appliance.store.office import OfficeStore
from appliance.walk.team import UnitFaults, walk
from tests import offices
from tests.office.renew import GUIDE_FILE

MORNING = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)
DOCS = Path(__file__).parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def office_file(prepared, tmp_path) -> Path:
    """The example office with two keys, all of it spoken."""
    document = small()
    prepared(document)
    return write(tmp_path, document)


def small() -> dict[str, Any]:
    document = offices.example()
    document["menu"]["keys"] = {"2": document["menu"]["keys"]["2"]}
    document["menu"]["silent_tries"] = 1
    return document


def write(folder: Path, document: dict[str, Any]) -> Path:
    file = folder / "office.json"
    file.write_text(json.dumps(document))
    return file


def folders_of(pid: int) -> list[Path]:
    return list(IN_MEMORY.glob(f"copperdesk-walk-{pid}-*"))


def test_several_walkers_walk_every_path_once(prepared):
    told = list(walk(*prepared(small()), MORNING, walkers=3))
    assert sorted(one.path.keys for one in told if not isinstance(one, UnitFaults)) == ["0", "101", "2", "9", "…"]
    assert [one for one in told if isinstance(one, UnitFaults)] == [UnitFaults(())] * 3


def test_a_walk_that_is_ended_leaves_nothing_behind(prepared):
    walking = walk(*prepared(small()), MORNING, walkers=2)
    next(walking)
    assert len(multiprocessing.active_children()) == 2
    assert len(folders_of(os.getpid())) == 1
    walking.close()
    assert multiprocessing.active_children() == []
    assert folders_of(os.getpid()) == []


def test_a_walker_that_dies_ends_the_walk(prepared):
    walking = walk(*prepared(small()), MORNING, walkers=1)
    next(walking)
    multiprocessing.active_children()[0].kill()
    with pytest.raises(ProcessEnded, match="a walker ended early, with exit code -9"):
        list(walking)


def test_the_walk_is_told_as_a_table(office_file, capsys):
    assert main(["office", "walk", str(office_file), "--at", "2026-03-03 09:15"]) == 0
    head, *rows, summary = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "line"
    assert [re.split(r"  +", row)[:4] for row in rows] == [
        ["main", "2", "For questions about a bill, press 2.", "Ruth Olsen: billing rings"],
        ["main", "0", "(key)", "Maria Alvarez: front desk rings"],
        ["main", "…", "(waiting)", "Maria Alvarez: front desk rings"],
        ["main", "9", "(wrong key)", "the menu"],
        ["main", "101", "(extension)", "Maria Alvarez: front desk rings"],
    ]
    assert summary == "5 paths walked, as it is on Tuesday 2026-03-03 09:15: each leads where it should."


def test_the_office_is_walked_as_it_is_at_the_moment_given(office_file, capsys):
    assert main(["office", "walk", str(office_file), "--at", "2026-12-24 20:00", "--json"]) == 0
    walked = json.loads(capsys.readouterr().out)
    assert walked["at"] == "2026-12-24T20:00:00-05:00"
    (waiting,) = [path for path in walked["paths"] if path["kind"] == "waiting"]
    assert waiting["read"][0] == '"Good evening, and thank you for calling Riverside Dental."'
    assert waiting["keys"] == ["…"]
    assert waiting["rang"] == ["front desk"]
    assert waiting["steps"][:3] == ["to the menu", "to the operator", "rings the telephone of Maria Alvarez"]
    assert waiting["seconds"] > 10
    assert walked["findings"] == []


def test_the_office_in_use_is_walked_where_no_file_is_named(office_file, tmp_path, capsys):
    assert main(["office", "walk", "--data", str(tmp_path / "none")]) == 1
    assert "holds no office yet; name a FILE, or load one" in capsys.readouterr().err
    OfficeStore(DataFolder(tmp_path).office).save(json.loads(office_file.read_text()))
    assert main(["office", "walk", "--data", str(tmp_path)]) == 0
    assert "5 paths walked" in capsys.readouterr().out


def test_a_finding_is_told_with_what_to_do_and_is_red_in_the_picture(prepared, tmp_path, capsys):
    document = small()
    document["trunks"] = document["trunks"][:1]
    document["menu"]["keys"]["4"] = {"action": "outside", "number": "5550199", "says": "For the clinic, press 4."}
    prepared(document)
    picture = tmp_path / "calls.svg"
    assert main(["office", "walk", str(write(tmp_path, document)), "--svg", str(picture)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("finding: menu.keys.4: callers who press 4 on main do not make 5550199 ring; they reach")
    assert said.err.splitlines()[1].startswith("    Try it with `copperdesk phone`")
    assert said.out.splitlines()[-1].endswith(": 1 finding.")
    assert re.search('stroke="#c0392b"', picture.read_text())


def test_the_picture_shows_lines_menus_people_and_what_is_said_of_each_key(prepared, tmp_path):
    document = offices.with_a_menu_behind()
    document["menu"]["silent_tries"] = document["menus"]["billing"]["silent_tries"] = 1
    prepared(document)
    picture = tmp_path / "calls.svg"
    assert main(["office", "walk", str(write(tmp_path, document)), "--svg", str(picture)]) == 0
    tree = ElementTree.parse(picture)
    shown = " ".join(element.text or "" for element in tree.iter(f"{SVG}text"))
    for text in ("main 5550100", "Menu billing", "Ruth Olsen", "103, billing", "4: For billing, press 4.", "*: back"):
        assert text in shown
    titles = [element.text for element in tree.iter(f"{SVG}title")]
    assert "ToMenu to the menu billing->ToInformation hears pay" in titles


def test_without_graphviz_it_is_said_what_to_install(office_file, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["office", "walk", str(office_file), "--svg", str(tmp_path / "calls.svg")]) == 1
    said = capsys.readouterr()
    assert said.err == "copperdesk: the picture needs Graphviz: sudo apt-get install graphviz\n"
    assert said.out == ""


def test_a_box_is_red_where_what_stands_in_it_is_wrong():
    flow = CallFlow(parse_office(offices.with_a_menu_behind()))
    (red,) = [line for line in dot(flow, {"menus.billing.keys.*"}).splitlines() if "#c0392b" in line]
    assert "Menu billing" in red
    assert "#c0392b" not in dot(flow, {"people[0]"})


@pytest.mark.parametrize(
    "arguments", [("--at", "tomorrow"), ("--at", "2026-02-30 10:00"), ("--pins",)], ids=lambda words: words[-1]
)
def test_options_that_mean_nothing_are_not_understood(office_file, arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["office", "walk", str(office_file), *arguments])
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


def test_at_goes_with_walk_alone(office_file):
    with pytest.raises(SystemExit) as caught:
        main(["office", "check", str(office_file), "--at", "2026-03-03 09:15"])
    assert caught.value.code == 2


def test_mistakes_of_the_document_are_told(tmp_path, capsys):
    document = small() | {"operator": "marai"}
    assert main(["office", "walk", str(write(tmp_path, document))]) == 1
    assert "did you mean 'maria'?" in capsys.readouterr().err


def test_progress_is_shown_on_a_terminal_and_ctrl_c_ends_it_cleanly(prepared, tmp_path):
    """The menu has so many keys that the walk goes on for long behind its first path."""
    document = small()
    document["menu"]["keys"] |= {str(key): {"action": "repeat"} for key in range(3, 10)}
    prepared(document)
    office_file = write(tmp_path, document)
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "appliance.cli", "office", "walk", str(office_file)]
    # As on a terminal, though these tests may run in the background, where Ctrl-C is ignored.
    heeds = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, stdout=theirs, stderr=theirs, stdin=theirs, start_new_session=True, preexec_fn=heeds
    ) as process:
        os.close(theirs)
        shown = until(terminal, "walking: 1 of 12 paths")
        os.killpg(process.pid, signal.SIGINT)
        shown += until(terminal, None)
        assert process.wait(timeout=30) == 1
    assert "Traceback" not in shown
    assert folders_of(process.pid) == []


def until(terminal: int, text: str | None) -> str:
    """What the terminal shows, up to this text, or to its end."""
    shown = ""
    while text is None or text not in shown:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, f"nothing more came behind {shown!r}"
        try:
            shown += os.read(terminal, 4096).decode()
        except OSError:  # The other end was closed.
            break
    return shown


def test_the_table_of_the_guide_is_what_is_told(prepared, tmp_path, capsys):
    """But for seconds and for where a text was cut: they depend on the voice."""
    document = json.loads(re.findall(r"```json\n(.*?)```", GUIDE_FILE.read_text(), re.DOTALL)[0])
    prepared(document)
    told = re.findall(r"<!-- walk -->\n```\n(.*?)\n```", (DOCS / "walk.md").read_text(), re.DOTALL)[0]
    assert main(["office", "walk", str(write(tmp_path, document)), "--at", "2026-12-24 20:00"]) == 0
    assert same(told) == same(capsys.readouterr().out.rstrip())


def same(told: str) -> list[list[str]]:
    """Line, keys, what is heard of them, where they lead, and the first words heard there."""
    rows = [re.split(r"  +", row) for row in told.splitlines()]
    return [[*row[:4], *(" ".join(row[5].split()[:2]) for _ in row[5:])] for row in rows]
