"""The page that says what works on the unit and what does not, and has the archive for whoever helps."""

from __future__ import annotations

import io
import time
import zipfile


def looked_at(ada):
    """The page, once the look that goes on has ended."""
    for _ in range(1200):
        page = ada.get("/doctor").text
        if 'http-equiv="refresh"' not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the look does not end")


def test_opening_it_has_the_unit_looked_at_once_and_what_was_found_is_told(site):
    ada = site.visitor("ada")
    assert site.ask("doctor.state")["running"] is False
    opened = ada.get("/doctor").text
    assert "is being checked" in opened or "This works" in opened  # A quick look has ended by then.
    assert site.ask("doctor.look")["running"], "whoever asks meanwhile gets that one"
    page = looked_at(ada)
    assert "The unit has been running since" in page
    assert "The page does not answer" not in page, "whoever reads it knows better"
    at = site.ask("doctor.state")["at"]
    looked_at(ada)
    assert site.ask("doctor.state")["at"] == at, "a look that is not old is shown as it is"
    archive = ada.get("/doctor/support.zip")
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        assert "doctor.txt" in opened.namelist()
    assert site.visitor("olga").get("/doctor").status_code == 403
    assert site.visitor("olga").get("/doctor/support.zip").status_code == 403
