"""Whatever an office says, and however its switches stand, a search is small, ends, and calls no emergency number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.office.availability import (
    do_not_disturb_switch,
    forwarding_switch,
    membership_switch,
    presence_switch,
    written,
)
from appliance.office.departments import Department, Member, Strategy
from appliance.office.forwarding import FollowMeStep, Forwarding, ForwardWhen, Presence, Reaching, StepRings
from appliance.office.model import Office
from appliance.office.operators import OperatorTurn
from appliance.office.people import Person
from appliance.office.search import Number, Ring, Search
from appliance.office.searchwords import told
from hw.tones.toneplan import COUNTRIES, tone_plan
from tests.office.search import NIGHT, NOON, PLAIN, finder

IDS = [f"p{number}" for number in range(5)]
TEAMS = [f"t{number}" for number in range(3)]
EXTENSIONS = {id: str(220 + number) for number, id in enumerate([*IDS, *TEAMS])}
LONGEST_SECONDS = 300.0
"""What the document allows for a search."""

hours = st.sampled_from([None, "day"])
to = st.sampled_from([*EXTENSIONS.values(), "911", "9911", "112", "9112", "110", "8500", "77", "95551234", "9", "0"])
cells = st.sampled_from([None, "5551234", "11", "12", "911", "112"])
steps = st.lists(
    st.builds(
        FollowMeStep,
        ring=st.sampled_from(StepRings),
        number=to,
        seconds=st.floats(5, 60),
        together=st.booleans(),
        hours=hours,
        when=st.sampled_from(Presence),
    ),
    max_size=4,
).map(tuple)
forwardings = st.builds(
    Forwarding,
    when=st.sampled_from(ForwardWhen),
    to=st.none() | to,
    delay_seconds=st.floats(0, 30),
    hours=hours,
)
members = st.lists(
    st.builds(Member, person=st.sampled_from(IDS), desk_only=st.booleans(), hours=hours) | st.builds(Member, number=to),
    min_size=1,
    max_size=5,
).map(tuple)


@st.composite
def offices(draw: st.DrawFn) -> Office:
    people = [
        Person(
            id,
            f"Person {id}",
            EXTENSIONS[id],
            station=draw(st.sampled_from([None, f"desk {id}"])),
            ring_seconds=draw(st.floats(5, 120)),
            cell=draw(cells),
            forwarding=draw(forwardings),
            follow_me=draw(st.just(()) | steps),
        )
        for id in IDS
    ]
    departments = [
        Department(
            id,
            f"Team {id}",
            EXTENSIONS[id],
            draw(members),
            draw(st.sampled_from(Strategy)),
            step_seconds=draw(st.floats(5, 60)),
            longest_seconds=draw(st.floats(10, 300)),
        )
        for id in TEAMS
    ]
    turns = st.builds(OperatorTurn, person=st.sampled_from(IDS), hours=hours, seconds=st.floats(5, 60))
    return replace(
        PLAIN,
        country=draw(st.sampled_from(sorted(COUNTRIES))),
        people=tuple(people),
        departments=tuple(departments),
        operator=draw(st.sampled_from(IDS)),
        operators=tuple(draw(st.lists(turns, max_size=4))),
        reaching=Reaching(longest_seconds=draw(st.floats(20, 300))),
    )


switches = st.dictionaries(
    st.sampled_from(
        [make(id) for make in (do_not_disturb_switch, presence_switch, forwarding_switch) for id in IDS]
        + [membership_switch(team, id) for team in TEAMS for id in IDS]
    ),
    st.builds(written, st.sampled_from(ForwardWhen), to) | st.sampled_from(["on", "out", "away", "at-office", "", "?"]),
)


def below(search: Search) -> Iterator[Ring]:
    """Everything that is rung in it, searches and those in them."""
    for stage in search.stages:
        for ring in stage.rings:
            yield ring
            if isinstance(ring, Search):
                yield from below(ring)


@given(offices(), switches, st.booleans(), st.sampled_from([NOON, NIGHT]))
@settings(max_examples=60)
def test_a_search_is_small_ends_and_calls_no_emergency_number(office, switches, exempt, at):
    found = finder(office, at, switches, exempt=exempt)
    searches = [found.person(person) for person in office.people]
    searches += [found.department(department) for department in office.departments]
    emergency = tone_plan(office.country).emergency
    for search in searches:
        looked_for = Counter([search.whom, *(ring.whom for ring in below(search) if isinstance(ring, Search))])
        assert max(looked_for.values()) == 1, "nobody is looked for twice"
    searches.append(found.operator(office.itself))
    for search in searches:
        numbers = [ring.number for ring in below(search) if isinstance(ring, Number)]
        assert search.numbers == [ring for ring in below(search) if isinstance(ring, Number)]
        assert not set(numbers) & set(emergency)
        for one in (search, *(ring for ring in below(search) if isinstance(ring, Search))):
            assert one.seconds <= LONGEST_SECONDS
            assert all(stage.rings and stage.seconds > 0 for stage in one.stages)
        assert not any(ring.rings_nothing for ring in below(search) if isinstance(ring, Search))
        assert all(sentence.strip()[0].isalnum() and sentence[-1] in ".:" for sentence in told(search))
        if search.not_disturbed:
            assert search.rings_nothing
            assert not exempt


def test_where_everybody_forwards_to_everybody_else_the_search_stays_small():
    everybody = [f"p{number}" for number in range(300)]
    people = [
        Person(
            id,
            f"Person {id}",
            str(2000 + place),
            station=f"desk {id}",
            follow_me=tuple(
                FollowMeStep(StepRings.NUMBER, str(2000 + (place + further) % len(everybody)))
                for further in range(1, 11)
            ),
        )
        for place, id in enumerate(everybody)
    ]
    members = tuple(Member(number=str(2000 + place)) for place in range(50))
    office = replace(PLAIN, people=tuple(people), departments=(Department("all", "All", "30", members),))
    for search in (finder(office).person(people[0]), finder(office).department(office.departments[0])):
        assert len(list(below(search))) <= len(everybody)
        assert search.rings_nothing, "every list leads to others, and none to a telephone"
