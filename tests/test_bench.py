"""The benchmark's table and its file."""

import json
from pathlib import Path

import numpy as np
import pytest

import tests.bench.__main__ as bench
from tests.bench import call
from tests.bench.asterisk import AsteriskNotUsable, settings
from tests.bench.figure import Figure


def test_figures_become_a_table_and_a_file_whatever_numbers_they_hold(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    figure = Figure("delay", np.float64(39.5), "ms", "<= 40", np.bool_(True))
    monkeypatch.setattr(bench, "figures_of", lambda name, **_: [figure])
    assert bench.main(["call"]) == 0
    assert "1 of 1 targets met" in capsys.readouterr().out
    written = json.loads((tmp_path / "bench.json").read_text())
    assert written["figures"] == {
        "call": [{"name": "delay", "value": 39.5, "unit": "ms", "target": "<= 40", "met": True}]
    }


def test_a_benchmark_that_cannot_be_measured_is_named_and_the_others_go_on(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def figures(name: str, **_: Path) -> list[Figure]:
        if name == "echo":
            raise RuntimeError("no library")
        return [Figure("speed", 1.0, "x")]

    monkeypatch.setattr(bench, "figures_of", figures)
    assert bench.main(["echo", "tones"]) == 1
    assert "echo could not be measured: RuntimeError: no library" in capsys.readouterr().err
    assert json.loads((tmp_path / "bench.json").read_text())["failed"] == {"echo": "RuntimeError: no library"}


@pytest.mark.parametrize("phase", call.PHASES)
async def test_a_key_is_answered_as_soon_as_the_benchmark_promises(phase):
    assert await call.key_to_sound(phase) <= 60


async def test_a_voice_is_heard_as_soon_as_the_benchmark_promises():
    assert await call.bridge_delay() <= 40 + 1e-6


@pytest.mark.parametrize("wanted", ["nonsense", "figure"])
def test_a_benchmark_there_is_not_is_refused_with_those_there_are(wanted, capsys):
    assert bench.main([wanted]) == 2
    there_are = (
        "backup, call, callerid, contacts, daemon, dahdi, directory, dtmf, echo, fax, finding, gpiocard, leaving, "
        "live, mailbox, media, runaway, sip, testphone, tones, transcript, walk, webpages"
    )
    assert capsys.readouterr().err == f"there is no benchmark '{wanted}'; there are: {there_are}\n"


def test_what_is_to_be_compared_with_must_be_a_program(tmp_path, capsys):
    assert bench.main(["sip", "--versus", str(tmp_path / "asterisk")]) == 2
    assert "there is no program" in capsys.readouterr().err


def test_only_the_benchmarks_that_can_compare_are_told_of_the_asterisk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = {}

    def figures(name: str, **beside: Path) -> list[Figure]:
        told[name] = beside
        return [Figure("speed", 1.0, "x")]

    monkeypatch.setattr(bench, "figures_of", figures)
    binary = tmp_path / "asterisk"
    binary.touch(0o755)
    assert bench.main(["--versus", str(binary), "sip", "tones"]) == 0
    assert told == {"sip": {"versus": binary}, "tones": {}}


def test_an_asterisk_without_its_modules_is_refused_in_words(tmp_path):
    binary = tmp_path / "sbin" / "asterisk"
    with pytest.raises(AsteriskNotUsable, match="no modules of Asterisk"):
        settings(binary, tmp_path, "127.12.0.4", "127.12.0.2")


def test_an_asterisk_is_set_up_with_the_modules_beside_it_and_for_the_load_alone(tmp_path):
    modules = tmp_path / "lib" / "x86_64-linux-gnu" / "asterisk" / "modules"
    modules.mkdir(parents=True)
    files = settings(tmp_path / "sbin" / "asterisk", tmp_path / "made", "127.12.0.4", "127.12.0.2")
    assert f"astmoddir => {modules}" in files["asterisk.conf"]
    assert "bind=127.12.0.4:5060" in files["pjsip.conf"]
    assert "match=127.12.0.2" in files["pjsip.conf"]
