"""The daemon does not answer, and somebody goes on at the page."""

from __future__ import annotations

import pytest

from tests.web.fulloffice import full_office
from tests.web.paperunit import PaperUnit, PaperVisitor
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
