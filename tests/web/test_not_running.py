"""The daemon does not answer, and somebody goes on at the page."""

from __future__ import annotations

import os
import shutil
from types import SimpleNamespace

import pytest

from appliance.clock import RealClock
from tests.web.fulloffice import full_office
from tests.web.paperunit import PaperUnit, PaperVisitor
from web.starts import failing_starts
from web.unit import use_unit


@pytest.mark.parametrize("path", ["/today", "/log", "/settings", "/sign-in", "/"])
def test_whoever_is_signed_in_is_told_and_the_page_tries_again(path, tmp_path):
    ada = PaperVisitor(PaperUnit(full_office()), tmp_path)
    use_unit(ada.client.application, tmp_path / "nobody-listens")
    ada.client.application.testing = False
    answer = ada.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3"
    assert "does not answer at this moment" in answer.text
    assert 'http-equiv="refresh"' in answer.text
    with ada.client.session_transaction() as session:
        assert session["_user_id"] == "paper", "still signed in as soon as it answers"


def test_a_daemon_that_does_not_start_is_told_with_what_to_do(tmp_path):
    ada = PaperVisitor(PaperUnit(full_office()), tmp_path)
    app = ada.client.application
    use_unit(app, tmp_path / "nobody-listens")
    app.testing = False
    app.config["STARTS"] = tmp_path
    (tmp_path / "starts").write_text("3\n")
    assert "does not answer at this moment" in ada.get("/today").text, "twice may be chance"
    (tmp_path / "starts").write_text("7\n")
    (tmp_path / "pause").write_text("160\n")
    answer = ada.get("/today")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "does not start: 6 tries have failed. It tries again in 3 minutes." in answer.text
    assert "plug a telephone straight into the socket" in answer.text
    begun = RealClock().now().timestamp()
    os.utime(tmp_path / "pause", (begun - 130, begun - 130))
    assert "It tries again in less than a minute." in ada.get("/today").text
    os.utime(tmp_path / "pause", (begun - 300, begun - 300))
    assert "It is trying again now" in ada.get("/today").text
    asked = ada.client.get("/today", headers={"Accept": "application/json"})
    assert asked.json["message"].startswith("The telephone system does not start")


def test_a_memory_card_that_is_full_is_named_as_what_may_be_why(tmp_path, monkeypatch):
    (tmp_path / "starts").write_text("9\n")
    full = SimpleNamespace(total=2_000_000, used=1_999_000, free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    assert failing_starts(tmp_path, tmp_path).full
    assert failing_starts(tmp_path / "none", tmp_path) is None
