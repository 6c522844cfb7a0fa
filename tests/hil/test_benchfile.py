"""Bench files: those shipped can be read, and what is wrong with one is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.office.document import load_document, parse_office
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES
from tests.hil.benchfile import BenchFileError, Step, load_bench, parse_bench
from tests.hil.limits import LIMITS

HERE = Path(__file__).parent
SMALL = """
[gateway]
model = "grandstream-ht813"
[unit]
office = "office.json"
[[trunk]]
user = "701"
port = "fxo-1"
"""


@pytest.mark.parametrize("name", ["bench.toml", "simulated.toml"])
def test_a_shipped_bench_fits_the_office_it_names(name):
    bench = load_bench(HERE / name)
    office = parse_office(load_document(bench.office.read_text("utf-8")), COUNTRIES, profiles())
    assert {wire.port for wire in bench.trunks} <= {trunk.port for trunk in office.trunks}
    assert {wire.port for wire in bench.stations} <= {station.port for station in office.stations}
    for wire in bench.stations:
        person = office.by_extension(wire.extension)
        assert person is not None
        assert office.station_on(wire.port).name == person.station
    assert set(bench.unit.menu) == {*office.menu.keys, "0"}
    assert bench.unit.mailbox == office.mailbox_access
    assert set("".join(bench.unit.numbers)) == set("0123456789")


def test_what_is_left_out_has_a_sensible_value():
    bench = parse_bench(Path("bench/small.toml"), SMALL)
    assert (bench.name, bench.key_presses, bench.soak_minutes) == ("small", 100, 60)
    assert (bench.trunks[0].ending, bench.stations, bench.data) == ("loop-break", (), None)
    assert bench.limits == LIMITS
    assert bench.office == Path("bench/office.json").resolve()


def test_steps_and_limits_are_read():
    text = SMALL.replace("[[trunk]]", 'mailbox_steps = [{hear = "PIN", press = "12#"}]\n[[trunk]]')
    bench = parse_bench(Path("b.toml"), text + "[limits]\nanswer_seconds = 4\n")
    assert bench.unit.mailbox_steps == (Step("PIN", "12#"),)
    assert (bench.limits["answer_seconds"].value, bench.limits["answer_seconds"].source) == (4.0, "b.toml")
    assert not bench.limits["answer_seconds"].met(4.1)
    assert bench.limits["echo_return_loss_db"].met(25)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[gateway]", "[gatway]", r"b\.toml: gatway: is not known here \(did you mean 'gateway'\?\)"),
        ("port =", "prot =", r"b\.toml: trunk: prot: is not known here \(did you mean 'port'\?\)"),
        ('user = "701"', "", r"b\.toml: trunk\.user: must be there"),
        ('"701"', "701", r"b\.toml: trunk\.user: may be text, not 701"),
        ("grandstream-ht813", "grandstream-ht81", r"gateway\.model: no model 'grandstream-ht81' \(did you mean"),
        ("[[trunk]]", "[[station]]", r"b\.toml: trunk: at least one is needed"),
        ("[unit]", "[limits]\nanswr_seconds = 3\n[unit]", r"limits\.answr_seconds: is not known here \(did you mean"),
        ("[unit]", '[limits]\nanswer_seconds = "3"\n[unit]', r"limits\.answer_seconds: may be a number, not '3'"),
        ("[unit]", "[unit", r"b\.toml: "),
    ],
)
def test_a_mistake_is_told_with_its_place(old, new, said):
    with pytest.raises(BenchFileError, match=said):
        parse_bench(Path("b.toml"), SMALL.replace(old, new))


def test_every_limit_says_where_it_is_from():
    assert [name for name, limit in LIMITS.items() if len(limit.source) < 15] == []
