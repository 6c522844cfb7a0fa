"""`copperdesk greeting`, with a running unit and without: what it prints, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from appliance.api.greetings import offer_greetings
from appliance.calls.mail import MailRoom
from appliance.calls.ownrecordings import OwnRecordings
from appliance.calls.switches import Switches
from appliance.clock import RealClock
from appliance.control import ControlServer
from appliance.control.folder import DataFolder
from appliance.store.messages import MessageStore
from appliance.store.switches import SwitchStore
from tests.calls.world import example_office
from tests.cli.running import BOTH_WAYS, run_both_ways, unit

TODAY = datetime.now(UTC).date()
SOON, LATE = TODAY + timedelta(days=7), TODAY + timedelta(days=300)


@contextmanager
def greetings_of_a_unit(data: Path) -> Iterator[None]:
    async def offer(server: ControlServer) -> None:
        folder, clock, office = DataFolder(data), RealClock(), example_office()
        switches = Switches(SwitchStore(folder.switches), clock)
        own = OwnRecordings(MailRoom(MessageStore(folder.messages), clock), switches)
        offer_greetings(server, own, lambda: office, clock.now, data)

    with unit(data, offer, "greetings.list"):
        yield


@pytest.fixture(params=BOTH_WAYS)
def greeting(request, tmp_path, capsys):
    data = tmp_path / "data"
    yield from run_both_ways(request, data, "greeting", greetings_of_a_unit(data), capsys)


@pytest.fixture
def hello(tmp_path) -> Path:
    """Three seconds of something loud enough, at a rate that is not the telephone's."""
    return sound(tmp_path / "hello.wav", 3.0)


def sound(path: Path, seconds: float) -> Path:
    noise = np.random.default_rng(1).normal(scale=0.1, size=round(seconds * 16_000))
    soundfile.write(path, noise, 16_000)
    return path


def test_a_greeting_is_set_listed_and_removed(greeting, hello):
    assert greeting("list")[1].out == "Nothing is recorded: callers hear the standard greetings.\n"
    code, told = greeting("set", "101", "busy", hello)
    assert (code, told.out) == (0, "Callers of Maria Alvarez hear busy (3 s).\n")
    code, told = greeting("set", "maria", "temporary", hello, "--until", SOON, "--json")
    found = json.loads(told.out)
    assert [one["kind"] for one in found["greetings"]] == ["busy", "temporary"]
    ends = datetime.fromisoformat(found["greetings"][1]["until"])
    assert (ends.date(), ends.hour) == (SOON + timedelta(days=1), 0)
    assert [row.split()[0] for row in greeting("list")[1].out.splitlines()] == ["maria", "maria"]
    assert greeting("remove", "maria", "temporary")[0] == 0
    code, told = greeting("remove", "maria", "busy")
    assert (code, told.out) == (0, "Callers of Maria Alvarez hear the standard greetings.\n")
    assert greeting("list", "maria")[1].out == "Nothing is recorded: callers hear the standard greetings.\n"


def test_what_cannot_be_is_told_with_what_to_do(greeting, hello, tmp_path):
    long = sound(tmp_path / "long.wav", 6.0)
    for words, reason in (
        (("set", "mara", "busy", hello), "did you mean 'maria'?"),
        (("set", "maria", "angry", hello), "it is regular, unavailable, busy, closed, temporary, name"),
        (("set", "maria", "temporary", hello), "needs its last day, such as 2026-12-24"),
        (("set", "maria", "temporary", hello, "--until", LATE), "the last day of a temporary greeting is from"),
        (("set", "maria", "busy", hello, "--until", SOON), "leave the date out"),
        (("set", "maria", "name", long), "callers bear 5 s"),
        (("set", "maria", "busy", sound(tmp_path / "short.wav", 0.4)), "it needs 1 s: record it again"),
        (("set", "maria", "busy", tmp_path / "none.wav"), "none.wav"),
        (("remove", "maria", "busy"), "no recording of this kind"),
    ):
        code, told = greeting(*words)
        assert code == 1
        assert reason in told.err, words


def test_a_command_that_is_not_understood_says_how_it_is_written(greeting):
    with pytest.raises(SystemExit) as stopped:
        greeting("set", "maria", "busy")
    assert stopped.value.code == 2
