"""The rules of the design that the imports and the text of the source can show. What they protect stands beside each.

`hw` can be used and tried without the appliance; flows read as conversations and need nothing but a call and the
office; what is sans-I/O can be fed in any order; and time belongs to the loop, or virtual time would lie.
"""

from __future__ import annotations

import ast
import functools
import re
import runpy
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from tests.rooms import ROOMS

ROOT = Path(__file__).resolve().parent.parent
CLOCK = "appliance.clock"
LONGEST_MODULE = 400

HOMES = {
    "RPi": "hw.gpio",
    "aiosmtpd": "appliance.fax.sending",
    "alsaaudio": "hw.gpiocard.codec",
    "cffi": "hw.dsp",
    "ctranslate2": "appliance.transcript.whisper",
    "holidays": "appliance.office.publicholidays",
    **dict.fromkeys(("icalendar", "recurring_ical_events"), "appliance.closures"),
    "mfusepy": "hw.sim.dahdi.devices",
    "paho": "appliance.notify.publisher",
    "PIL": "appliance.fax",
    "pjsua2": "hw.sip.worker",
    "reportlab": "appliance.card",
    "serial": "hw.modem",
    **dict.fromkeys(("paramiko", "requests", "smbclient", "smbprotocol"), "appliance.backup"),
    "soundfile": "appliance.prompts.converting",
    "zeroconf": "appliance.provisioning.nearby",
    **dict.fromkeys(("sqlite3", "tinydb"), "appliance.store"),
    **dict.fromkeys(
        ("flask", "flask_login", "flask_babel", "flask_wtf", "hypercorn", "a2wsgi", "argon2", "pygal", "pyotp"), "web"
    ),
}
"""The one module or package that may import each of these."""


PLAIN = {"__future__", "abc", "collections", "contextlib", "dataclasses", "datetime", "enum", "functools", "itertools"}
PLAIN |= {"logging", "math", "operator", "re", "string", "typing", "zoneinfo"}
"""What a flow may have of the standard library."""

IMPURE = {"asyncio", "concurrent", "fcntl", "io", "logging", "multiprocessing", "os", "queue", "random"}
IMPURE |= {"sched", "selectors", "shutil", "signal", "socket", "sqlite3", "subprocess", "tempfile", "threading", "time"}

FILE_WORK = {"open", "input", "print", "read_text", "read_bytes", "write_text", "write_bytes", "exists", "stat"}
FILE_WORK |= {"iterdir", "glob", "rglob", "mkdir", "unlink", "rename", "resolve"}

CLOCKS = {"time.time", "time.sleep", "time.monotonic", "time.perf_counter", "time.time_ns", "time.monotonic_ns"}
CLOCKS |= {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    source: str

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    @property
    def sans_io(self) -> bool:
        return (
            self.path.name.endswith("_protocol.py")
            or self.name in ("hw.callerid.coding", "hw.callerid.text", "hw.tones.cadence")
            or within(self.name, "appliance.office")
        )


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def module(name: str, source: str, file: str | None = None) -> Module:
    return Module(name, Path(file or name.rpartition(".")[2] + ".py"), source)


def modules(*tops: str) -> Iterator[Module]:
    for top in tops:
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield Module(name, path.relative_to(ROOT), path.read_text())


@functools.cache
def nodes(source: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(source)))


def imports(module: Module) -> set[str]:
    """The full names a module imports, wherever in it: `from a import b` gives a.b."""
    found = set()
    for node in nodes(module.source):
        match node:
            case ast.Import():
                found |= {alias.name for alias in node.names}
            case ast.ImportFrom():
                base = module.package.split(".")[: 1 - node.level or None] if node.level else []
                found |= {".".join([*base, *filter(None, [node.module]), alias.name]) for alias in node.names}
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                found.add(name)
    return found


def calls(module: Module) -> set[str]:
    """What is called, as it is written: `datetime.datetime.now`, `open`, `path.parent.mkdir`."""
    return {ast.unparse(node.func) for node in nodes(module.source) if isinstance(node, ast.Call)}


def clocks(module: Module) -> set[str]:
    """The clocks and sleeps a module calls or imports."""
    return {".".join(name.split(".")[-2:]) for name in calls(module) | imports(module)} & CLOCKS


def tops(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def wrong_directions(module: Module) -> set[str]:
    """Imports that point the wrong way (rule 1)."""
    ours = {name for name in imports(module) if tops({name}) & {"appliance", "hw", "web", "tests"}}
    if within(module.name, "hw"):
        return {name for name in ours if not within(name, "hw")}
    if within(module.name, "web"):
        allowed = ("web", "appliance.control", CLOCK)
        return {name for name in ours if not any(within(name, package) for package in allowed)}
    if within(module.name, "appliance.office"):
        allowed = ("appliance.office", "hw.nearest", "hw.ringkind", "hw.said", "hw.tones.toneplan")
        return {name for name in ours if not any(within(name, package) for package in allowed)}
    if within(module.name, "appliance.flows"):
        allowed = ("appliance.calls", "appliance.office", "appliance.flows", "hw.said")
        strange = {name for name in imports(module) - ours if name.partition(".")[0] not in PLAIN}
        return strange | {name for name in ours if not any(within(name, package) for package in allowed)}
    return {name for name in ours if tops({name}) & {"web", "tests"}}


def room(name: str) -> str | None:
    """The room a module is in: the innermost."""
    return max((one for one in ROOMS if within(name, one)), key=len, default=None)


def upward_arrows(module: Module) -> set[str]:
    """Imports from a room above (rule 1)."""
    own = room(module.name)
    if own is None:
        return set()
    above = ROOMS[ROOMS.index(own) + 1 :]
    return {name for name in imports(module) if room(name) in above}


def foreign_libraries(module: Module) -> set[str]:
    """Libraries imported outside their one home (rule 2)."""
    return {top for top in tops(imports(module)) if top in HOMES and not within(module.name, HOMES[top])}


def impurities(module: Module) -> set[str]:
    """What a sans-I/O module must not have: coroutines, clocks, files (rule 3)."""
    if not module.sans_io:
        return set()
    found = tops(imports(module)) & IMPURE | clocks(module)
    # A module's own package data is as much a part of it as its code.
    written_out = {name for name in calls(module) if not name.startswith("resources.files")}
    found |= {last for name in written_out if (last := name.rpartition(".")[2]) in FILE_WORK}
    if any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in nodes(module.source)):
        found.add("async")
    return found


def clocks_read(module: Module) -> set[str]:
    """Clocks read and sleeps outside the one clock module (rule 4)."""
    return set() if module.name == CLOCK else clocks(module)


RULES = [wrong_directions, upward_arrows, foreign_libraries, impurities, clocks_read]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule):
    broken = {module.name: sorted(found) for module in modules("appliance", "hw", "web") if (found := rule(module))}
    assert broken == {}


@pytest.mark.parametrize(
    ("rule", "name", "source", "found"),
    [
        (wrong_directions, "hw.sim.loop", "from appliance.clock import off_loop", {"appliance.clock.off_loop"}),
        (wrong_directions, "hw.sim.loop", "from hw.audio import Frame", set()),
        (wrong_directions, "hw.sim.loop", "from ..audio import Frame\nfrom . import card", set()),
        (wrong_directions, "appliance.flows.person", "import asyncio", {"asyncio"}),
        (wrong_directions, "appliance.flows.person", "def f():\n    from hw import audio", {"hw.audio"}),
        (
            wrong_directions,
            "appliance.flows.person",
            "from appliance.store import messages",
            {"appliance.store.messages"},
        ),
        (wrong_directions, "appliance.flows.person", "from appliance.calls.call import Call\nimport re", set()),
        (wrong_directions, "appliance.office.rules", "from hw.tones.toneplan import COUNTRIES", set()),
        (wrong_directions, "appliance.office.rules", "from hw.rack import Rack", {"hw.rack.Rack"}),
        (wrong_directions, "web.pages", "from appliance.store import office", {"appliance.store.office"}),
        (wrong_directions, "web.pages", "from appliance.control.client import ControlClient", set()),
        (wrong_directions, "web.pages", "from appliance.clock import RealClock", set()),
        (upward_arrows, "appliance.calls.call", "from appliance.flows.route import go", {"appliance.flows.route.go"}),
        (upward_arrows, "appliance.flows.route", "from appliance.calls.call import Call", set()),
        (upward_arrows, "hw.sip.card", "import hw.sip.worker.library", {"hw.sip.worker.library"}),
        (upward_arrows, "hw.sip.worker.process", "from hw.sip import wire", set()),
        (foreign_libraries, "appliance.cli.log", "import sqlite3", {"sqlite3"}),
        (foreign_libraries, "hw.modem.port", "def f():\n    importlib.import_module('RPi.GPIO')", {"RPi"}),
        (foreign_libraries, "hw.dsp.dtmf", "import cffi", set()),
        (impurities, "hw.port.hook_protocol", "async def f(): ...", {"async"}),
        (impurities, "appliance.office.lint", "def f(path): return path.read_text()", {"read_text"}),
        (impurities, "appliance.office.lint", "from pathlib import Path\npath: Path", set()),
        (impurities, "appliance.office.lint", "resources.files(__package__).joinpath('a').read_text()", set()),
        (impurities, "hw.callerid.coding", "def f(path): return open(path)", {"open"}),
        (impurities, "hw.sim.loop", "import asyncio", set()),
        (clocks_read, "appliance.calls.call", "import time\ntime.sleep(1)", {"time.sleep"}),
        (clocks_read, "appliance.calls.call", "from time import monotonic", {"time.monotonic"}),
        (clocks_read, "appliance.calls.call", "import datetime\ndatetime.datetime.now()", {"datetime.now"}),
        (clocks_read, "appliance.calls.call", "clock.now()", set()),
        (clocks_read, CLOCK, "import time\ntime.time()", set()),
    ],
)
def test_a_rule_finds_what_breaks_it_and_only_that(rule, name, source, found):
    assert rule(module(name, source)) == found


def test_every_package_is_listed_in_setup_py():
    with mock.patch("setuptools.setup") as setup, mock.patch.object(sys, "argv", ["setup.py"]):
        runpy.run_path(str(ROOT / "setup.py"))
    packages = {module.package for module in modules("appliance", "hw", "web")}
    assert sorted(setup.call_args.kwargs["packages"]) == sorted(packages)


def test_every_folder_with_modules_is_a_package():
    folders = {module.path.parent for module in modules("appliance", "hw", "web")}
    assert [str(folder) for folder in sorted(folders) if not (ROOT / folder / "__init__.py").exists()] == []


def test_no_module_is_too_long_to_read():
    lengths = {module.name: module.source.count("\n") for module in modules("appliance", "hw", "web", "tests")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


MACHINE_PATH = re.compile(r"(?<![\w.~])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/")


def test_no_file_names_a_place_on_somebodys_machine():
    kinds = (".py", ".toml", ".json", ".md", ".txt", ".call", ".scenario", "")
    places = [path for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "build"]
    files = [file for place in [*places, ROOT / ".ci"] for file in ([place] if place.is_file() else place.rglob("*"))]
    found = {
        str(file.relative_to(ROOT)): match.group()
        for file in files
        if file.is_file() and file.suffix in kinds and file != Path(__file__)
        if (match := MACHINE_PATH.search(file.read_text(errors="replace")))
    }
    assert found == {}


def test_a_place_on_a_machine_is_told_from_other_paths():
    assert MACHINE_PATH.search("open('/home/jane/office.json')")
    assert not MACHINE_PATH.search("work/lines/ and ~/.local/share")


def private_names(module: Module) -> set[str]:
    """Names with an underscore that are another's: attributes, and what is imported or patched."""
    found, own = set(), {node.name for node in nodes(module.source) if isinstance(node, ast.FunctionDef)}
    for node in nodes(module.source):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                own.add(name)
            case ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case ast.Call(func=ast.Name(id="setattr") | ast.Attribute(attr="setattr" | "object" | "patch"), args=args):
                texts = [arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                found |= {text.rpartition(".")[2] for text in texts}
    return {name for name in found - own if name.startswith("_") and not name.endswith("__")}


def test_no_test_reads_or_patches_a_private_name_of_another():
    broken = {module.name: sorted(found) for module in modules("tests") if (found := private_names(module))}
    assert broken == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("log._connection.execute()", {"_connection"}),
        ("from appliance.calls.party import _said", {"_said"}),
        ("monkeypatch.setattr(port, '_canceller', None)", {"_canceller"}),
        ("mock.patch('appliance.calls.party._said')", {"_said"}),
        ("mock.patch.object(Party, 'play')", set()),
        ("from __future__ import annotations", set()),
        ("class A:\n    def f(self, other): self._a = other._a", set()),
    ],
)
def test_a_private_name_of_another_is_found(source, found):
    assert private_names(module("tests.test_it", source)) == found


def test_every_module_is_in_a_room():
    homeless = [module.name for module in modules("appliance", "hw") if room(module.name) is None]
    assert homeless == ["appliance", "hw"]
