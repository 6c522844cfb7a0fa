"""A document is checked in another process: the same office, the same mistakes, whether there are threads or not."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from appliance.office.document import parse_office
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "offices").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_office_is_the_same(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    office = office_of(document)
    assert office == parse_office(document, COUNTRIES, profiles())
    for hours in office.hours.values():
        assert hours.holidays is None or hours.holidays.days, "the public holidays came with it"


@pytest.mark.parametrize("threaded", [False, True])
def test_all_mistakes_are_told(threaded: bool) -> None:
    document = json.loads(EXAMPLES[0].read_text(encoding="utf-8")) | {"operator": "nobody", "colour": "red"}
    over = threading.Event()
    waiting = threading.Thread(target=over.wait)
    if threaded:
        waiting.start()
    try:
        with pytest.raises(OfficeErrors) as told:
            office_of(document)
    finally:
        over.set()
    with pytest.raises(OfficeErrors) as here:
        parse_office(document, COUNTRIES, profiles())
    assert told.value.problems == here.value.problems
