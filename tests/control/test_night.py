"""The night mode over the control socket: what is understood, and what is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from appliance.api.night import moment_of, night_status
from appliance.control import ControlError
from appliance.office.nightmode import NightMode
from tests.calls.world import MORNING, example_office, world


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("18:30", datetime(2026, 3, 3, 23, 30, tzinfo=UTC)),
        ("08:00", datetime(2026, 3, 4, 13, 0, tzinfo=UTC)),
        ("2026-12-24 08:00", datetime(2026, 12, 24, 13, 0, tzinfo=UTC)),
        ("2026-07-01 08:00", datetime(2026, 7, 1, 12, 0, tzinfo=UTC)),
        ("2026-12-24T08:00+01:00", datetime(2026, 12, 24, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_understood_by_the_clock_of_the_office(written: str, moment: datetime) -> None:
    assert moment_of(written, example_office(), MORNING) == moment


@pytest.mark.parametrize("written", ["25:00", "noon", "2026-02-30 08:00", "2026-03-03 08:00", "8"])
def test_what_is_no_moment_to_come_is_refused_in_words(written: str) -> None:
    with pytest.raises(ControlError, match=r"is no time such as|is over already"):
        moment_of(written, example_office(), MORNING)


async def test_the_status_tells_how_it_stands() -> None:
    async with world() as here:
        assert night_status(here.appliance) == {"mode": "automatic", "until": None}
        told = []
        here.appliance.on_change = lambda: told.append(night_status(here.appliance)["mode"])
        await here.appliance.switches.set_night_mode(NightMode.CLOSED, datetime(2026, 3, 3, 23, 30, tzinfo=UTC))
        assert night_status(here.appliance) == {"mode": "closed", "until": "2026-03-03T18:30:00-05:00"}
        assert told == ["closed"]
