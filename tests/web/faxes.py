"""Faxes in boxes, for the tests of pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from appliance.store.faxes import FaxSheet, FaxStore
from tests.fax.papers import saved, text
from tests.web.site import Site


def fax_in(site: Site, box: str, **more: object) -> str:
    """A fax of two pages that has come into this box a while ago. Its id."""
    came = datetime.now(UTC) - timedelta(minutes=5)
    sheet = FaxSheet(came, number="4075550123", line="main", identity="+1 407 5550123", pages=2)
    sheet = replace(sheet, **{"cause": "complete", **more})  # type: ignore[arg-type]
    store = FaxStore(site.data / "faxes")
    path = store.begin(box, sheet)
    saved(path, [text(), text(seed=1)])
    id = store.commit(path, sheet, box).id
    site.ask("faxes.mark_new", box=box, id=id)
    return id
