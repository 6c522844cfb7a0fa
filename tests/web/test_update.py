"""The page that tells which version runs, and asks for a backup first."""

from __future__ import annotations

from importlib.metadata import version


def test_it_tells_the_version_and_the_way_and_asks_for_a_backup(site):
    page = site.visitor("ada").get("/update").text
    assert all(text in page for text in (version("copperdesk"), "never looks for a new version", 'href="/backup"'))
    found = site.visitor("ada").get("/settings/search?q=newer version").text
    assert 'href="/update"' in found
    assert site.visitor("olga").get("/update").status_code == 403
