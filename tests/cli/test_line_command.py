"""`copperdesk line`: a test of a line, told in a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.cli.main import main
from appliance.control import ControlError, ControlServer, Param
from tests.cli.running import not_understood, serving

NOISE = {"code": "noise", "heading": {"text": "Noise"}, "told": {"text": "-66 dBm0."}, "sure": "(sure)"}
ITALY = {"code": "country", "heading": {"text": "Country"}, "told": {"text": "Those of: Italy."}, "sure": "(likely)"}


def done(report: Path, *, trouble: bool) -> dict[str, Any]:
    return {
        "line": "line 1",
        "other": "line 2",
        "running": False,
        "step": {"text": "hook flashes"},
        "findings": [NOISE | {"trouble": False}, ITALY | {"trouble": trouble}],
        "proposals": [{"field": "endings", "value": ["silence", "tone"], "why": {"text": "calls end so"}}],
        "report": str(report),
    }


@contextmanager
def daemon(data: Path, *, trouble: bool = False, **told: object) -> Iterator[list[str]]:
    """One that has tested a line. Gives what it was asked. told: what its state says otherwise."""
    asked: list[str] = []
    report = data / "fxo-1.html"
    report.write_text("the report", encoding="utf-8")
    state = done(report, trouble=trouble) | told

    def answer(name: str) -> Callable[[dict[str, Any]], Any]:
        async def answered(params: dict[str, Any]) -> object:
            said = ["forwarding" if value is True else value for value in params.values()]
            asked.append(" ".join(filter(None, [name, *said])))
            if params.get("line") == "fxo-9":
                raise ControlError("no-such-line", "there is no line 'fxo-9': there is line 1")
            return state

        return answered

    async def stop(_params: dict[str, Any]) -> bool:
        asked.append("stop")
        return bool(state["running"])

    async def offer(server: ControlServer) -> None:
        server.topic("line-test", lambda: state)
        server.method(
            "lines.test", answer("test"), {"line": Param(str), "with": Param(str, ""), "forwarding": Param(bool, False)}
        )
        server.method("lines.test_state", answer("state"))
        server.method("lines.stop_test", stop)
        server.method("lines.accept", answer("accept"), {"by": Param(str, "")})

    with serving(data, offer):
        yield asked


def test_what_was_found_and_what_should_be_set_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with daemon(tmp_path) as asked:
        assert main(["line", "test", "fxo-1", "--with", "line 2", "--data", str(tmp_path)]) == 0
    assert asked == ["test fxo-1 line 2", "state"]
    assert capsys.readouterr().out.splitlines() == [
        "  Noise    -66 dBm0. (sure)",
        "  Country  Those of: Italy. (likely)",
        "",
        "What should be set:",
        "  endings: silence, tone  (calls end so)",
        "`copperdesk line accept` sets it.",
        "",
        f"The report, with what was heard: {tmp_path}/fxo-1.html",
    ]


def test_calls_are_forwarded_only_when_somebody_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = ["line", "test", "fxo-1", "--forwarding", "--data", str(tmp_path)]
    with daemon(tmp_path) as asked:
        assert main(wanted) == 1
        assert "--forwarding asks first" in capsys.readouterr().err
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        for answer in ("n\n", "y\n"):
            monkeypatch.setattr("builtins.input", lambda _prompt, answer=answer: answer)
            main(wanted)
        assert "sent to another of your lines for about a minute" in capsys.readouterr().out
        main([*wanted, "--yes"])
    assert asked == ["test fxo-1 forwarding", "state", "test fxo-1 forwarding", "state"]


def test_trouble_is_marked_and_the_report_is_put_where_it_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = tmp_path / "mine.html"
    with daemon(tmp_path, trouble=True):
        assert main(["line", "test", "fxo-1", "--report", str(wanted), "--data", str(tmp_path)]) == 1
    assert "! Country  Those of: Italy. (likely)" in capsys.readouterr().out.splitlines()
    assert wanted.read_text(encoding="utf-8") == "the report"


def test_programs_get_it_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with daemon(tmp_path):
        assert main(["line", "test", "fxo-1", "--json", "--data", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["line"] == "line 1"


def test_a_test_is_stopped_and_what_it_proposed_is_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with daemon(tmp_path, running=True) as asked:
        assert main(["line", "stop", "--data", str(tmp_path)]) == 0
        assert main(["line", "accept", "--data", str(tmp_path)]) == 0
    assert asked == ["stop", "accept"]
    assert capsys.readouterr().out.splitlines() == [
        "The test ends, and the line is in service again in a moment.",
        "line 1 is set up by what was measured.",
    ]


def test_where_no_test_goes_on_there_is_nothing_to_stop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with daemon(tmp_path):
        assert main(["line", "stop", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "No line is being tested, so there is nothing to stop.\n"


def test_a_report_that_could_not_be_kept_is_not_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = tmp_path / "mine.html"
    with daemon(tmp_path, report=""):
        assert main(["line", "test", "fxo-1", "--report", str(wanted), "--data", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "report" not in said.out
    assert said.err == "copperdesk: the report could not be kept; `copperdesk status` says why\n"
    assert not wanted.exists()


def test_what_cannot_be_tested_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with daemon(tmp_path):
        assert main(["line", "test", "fxo-9", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "copperdesk: there is no line 'fxo-9': there is line 1\n"
    assert not_understood("line", "test") == 2
    assert not_understood("line", "accept", "fxo-1") == 2
