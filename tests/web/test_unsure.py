"""Times that the unit may have wrong are marked wherever a page writes one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask_login import login_user

from web import callwords, unsure
from web.accounts import Account
from web.app import make_app
from web.moments import clock, day
from web.pages.me import moment
from web.roles import Role

SPANS = [
    {"since": "2026-03-03T09:00:00-05:00", "to": "2026-03-03T09:30:00-05:00"},
    {"since": "2026-03-04T09:00:00-05:00", "to": None},
]


@pytest.mark.parametrize(
    ("at", "uncertain"),
    [
        ("2026-03-03T08:59:59-05:00", False),
        ("2026-03-03T14:00:00+00:00", True),
        ("2026-03-03T09:30:00-05:00", False),
        ("2026-03-05T09:00:00-05:00", True),
    ],
)
def test_a_time_of_a_stretch_in_which_the_clock_was_not_set_is_about(
    at: str, uncertain: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(method: str, /, **_params: Any) -> Any:
        asked.append(method)
        return {"unsure": SPANS}

    monkeypatch.setattr(unsure, "ask", ask)
    app = make_app(tmp_path / "nowhere", tmp_path)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        login_user(Account("somebody", Role.OPERATOR, "", "en"))
        written = [day(datetime.fromisoformat(at)), clock(datetime.fromisoformat(at)), callwords.moment(at), moment(at)]
    assert [one.startswith("about ") for one in written] == [uncertain] * 4
    assert asked == ["clock.get"], "once for a whole page"
