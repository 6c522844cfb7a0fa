"""docs/hardware.md: every state that `copperdesk hw list` may tell is explained, there or on the driver's own page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def states_told() -> Iterator[tuple[str, str]]:
    """The state of each `Found` that is made in the code, and the package it is made in."""
    for path in [*ROOT.glob("hw/**/*.py"), *ROOT.glob("appliance/hardware/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Found":
                state = node.args[2]
                if isinstance(state, ast.Constant):
                    yield path.parent.name, state.value


def test_every_state_is_explained():
    guide = (ROOT / "docs/hardware.md").read_text(encoding="utf-8")
    unexplained = set()
    for package, state in states_told():
        own = ROOT / "docs" / f"{package}.md"
        if f"`{state}`" not in guide + (own.read_text(encoding="utf-8") if own.exists() else ""):
            unexplained.add((package, state))
    assert unexplained == set()
    assert len(set(states_told())) >= 8


def test_no_two_things_of_the_wiring_table_share_a_pin_but_the_buttons():
    guide = (ROOT / "docs/hardware.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in guide.splitlines() if "`led." in line or "`panel." in line]
    pins = [row[3] for row in rows if len(row) == 5]
    assert len(pins) == 6
    assert len(set(pins)) == 5
