"""A fax on its whole way: a machine calls, is heard under the greeting, and its pages are in a box."""

from __future__ import annotations

from pathlib import Path

from appliance.office.fax import OFFICE_BOX
from tests.calls.hearing import until
from tests.calls.world import MAIN, World
from tests.fax.machines import THEIRS, FaxOnTelephone, sending
from tests.fax.papers import same, saved, text


async def test_a_fax_comes_from_the_sender_s_paper_into_the_office_s_box(here: World, tmp_path: Path) -> None:
    pages = [text(), text(80, seed=1)]
    caller = await here.caller().dials(MAIN)
    await until(lambda: here.trunk_states()[0] == "up", within=15)
    machine = FaxOnTelephone(caller.telephone)
    machine.start(sending(saved(tmp_path / "out.tif", pages)))
    await until(lambda: machine.result is not None, within=120)
    await here.ended(("main", "fax-received", "released"))
    faxes = here.appliance.services.faxes
    fax = await faxes.fax(OFFICE_BOX, (await faxes.ids(OFFICE_BOX)).new[0])
    assert same(fax.path, pages)
    assert (fax.sheet.pages, fax.sheet.complete, fax.sheet.identity) == (2, True, THEIRS)
    assert here.appliance.calls.recent(1)[0].steps[-1].what == f"fax of 2 pages from {THEIRS}: complete"
    assert here.appliance.led_lit
