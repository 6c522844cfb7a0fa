"""`python -m hw.sim.modem`: what is asked for wrongly is answered in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from hw.sim.modem.__main__ import Modems, arguments, wired
from hw.sim.modem.model import MODELS
from hw.tones.toneplan import tone_plan


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (["--line", "5550100=foo"], "there is no model 'foo'; there are usr5637"),
        (["--line", "abc"], "'abc' is no number"),
        (["--line", "5550188"], "'5550188' is no number for a line of its own"),
        (["--country", "xx"], "no tone plan for 'xx'; there are us"),
    ],
)
def test_what_there_is_is_told_to_whoever_asks_for_something_else(
    wrong: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        arguments().parse_args(["folder", *wrong])
    assert why in capsys.readouterr().err


def test_a_line_without_a_model_has_the_first_one() -> None:
    assert wired("5550100") == ("5550100", MODELS["usr5637"])


@pytest.mark.parametrize("typed", ["call", "call abc", "unplug 5550199", "plug-in", "nonsense", ""])
def test_what_is_typed_and_not_understood_is_answered_by_what_there_is(
    tmp_path: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    modems = Modems(tmp_path, tone_plan("us"), [wired("5550100")])
    modems.do(f"{typed}\n")
    assert "unplug NUMBER" in capsys.readouterr().out
