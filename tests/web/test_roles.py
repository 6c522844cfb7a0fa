"""Every page says whose it is."""

from __future__ import annotations

from web.app import make_app


def test_every_page_says_who_may_use_it(tmp_path):
    app = make_app(tmp_path / "control.sock", tmp_path)
    unmarked = [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "roles")]
    assert unmarked == []
