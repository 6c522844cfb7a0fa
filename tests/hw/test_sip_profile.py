"""The profiles of gateways, telephones and servers: their data, and the errors of files that are wrong."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from hw.cleared import Cleared
from hw.sip.profile import Profile, UnknownModel, models, parse_profile, profile
from hw.sip.profilefile import ProfileError

SMALL = 'title = "A"\nkind = "gateway"\nfxo = 1\nfxs = 1\n'
EVERY = [profile(model) for model in models()]


def of_kind(kind: str) -> list[Profile]:
    return [each for each in EVERY if each.kind == kind]


def test_every_model_that_is_promised_has_a_profile() -> None:
    assert models() == (
        "audiocodes-mp114-fxo",
        "audiocodes-mp114-fxs",
        "audiocodes-mp114-mixed",
        "audiocodes-mp118-fxo",
        "audiocodes-mp118-fxs",
        "audiocodes-mp118-mixed",
        "cisco-spa3102",
        "cisco-spa8800",
        "generic-gateway",
        "grandstream-gxw4104",
        "grandstream-gxw4108",
        "grandstream-ht813",
        "grandstream-ht818",
        "obihai-obi110",
        "obihai-obi212",
        "sip-server",
        "sip-telephone",
    )


def test_the_number_of_ports_is_what_the_name_says() -> None:
    ports = {each.model: (each.fxo, each.fxs) for each in of_kind("gateway")}
    assert ports == {
        "audiocodes-mp114-fxo": (4, 0),
        "audiocodes-mp114-fxs": (0, 4),
        "audiocodes-mp114-mixed": (2, 2),
        "audiocodes-mp118-fxo": (8, 0),
        "audiocodes-mp118-fxs": (0, 8),
        "audiocodes-mp118-mixed": (4, 4),
        "cisco-spa3102": (1, 1),
        "cisco-spa8800": (4, 4),
        "generic-gateway": (24, 24),
        "grandstream-gxw4104": (4, 0),
        "grandstream-gxw4108": (8, 0),
        "grandstream-ht813": (1, 1),
        "grandstream-ht818": (0, 8),
        "obihai-obi110": (1, 1),
        "obihai-obi212": (1, 1),
    }


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.model)
def test_a_profile_makes_sense(each: Profile) -> None:
    assert each.fxo + each.fxs > 0
    assert each.title
    assert each.fxo == 0 or each.sip_port("fxo", each.fxo - 1) < 65536
    assert len(set(each.codecs)) == len(each.codecs)
    assert each.fax_codec in each.codecs
    assert "From" in each.caller_id_in
    if each.kind == "telephone":
        assert (each.fxo, each.fxs) == (0, 1)
    if not each.fxo:
        assert (each.answers_early, each.dialling) == (False, "one-stage")


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.model)
def test_two_lines_of_a_device_are_at_different_ports_or_all_at_one(each: Profile) -> None:
    lines = [*itertools.product(["fxo"], range(each.fxo)), *itertools.product(["fxs"], range(each.fxs))]
    ports = [each.sip_port(port, index) for port, index in lines]  # type: ignore[arg-type]
    assert len(set(ports)) in (1, len(ports))


def test_the_lines_of_an_spa8800_are_a_hundred_ports_apart() -> None:
    spa = profile("cisco-spa8800")
    assert [spa.sip_port("fxs", index) for index in range(4)] == [5060, 5160, 5260, 5360]
    assert [spa.sip_port("fxo", index) for index in range(4)] == [5061, 5161, 5261, 5361]


def test_a_profile_cannot_be_changed() -> None:
    ht813 = profile("grandstream-ht813")
    with pytest.raises(dataclasses.FrozenInstanceError):
        ht813.fxo = 2  # type: ignore[misc]
    assert profile("grandstream-ht813") is ht813
    assert hash(ht813) == hash(dataclasses.replace(ht813))


def test_what_a_file_leaves_out_has_the_usual_value() -> None:
    small = parse_profile("small", SMALL)
    assert (small.model, small.sheet, small.title) == ("small", "small", "A")
    assert (small.keep_alive_seconds, small.audio_timeout_seconds, small.session_timer_seconds) == (30, 30, 1800)
    assert (small.digits_in, small.digits_out, small.codecs) == ("rfc4733", "rfc4733", ("PCMU", "PCMA"))
    assert small.caller_id_in == ("P-Asserted-Identity", "Remote-Party-ID", "From")


def test_a_file_may_say_everything() -> None:
    text = SMALL + (
        'sheet = "b"\nfxo_sip_port = 5062\nfxs_sip_port = 5070\nsip_port_step = 2\ncaller_id_in = ["From"]\n'
        'dialling = "two-stage"\ndigits_in = "info"\ndigits_out = "in-band"\nflash_in = "info"\nflash_out = "none"\n'
        'flash_info_type = "application/broadsoft"\nringback = "local"\ncodecs = ["PCMA"]\ncomfort_noise = true\n'
        'fax = "none"\nfax_codec = "PCMA"\nkeep_alive_seconds = 60\naudio_timeout_seconds = 20\n'
        "session_timer_seconds = 0\nanswers_early = true\n[clears]\n503 = 'busy'\n"
    )
    assert parse_profile("full", text) == Profile(
        model="full",
        title="A",
        sheet="b",
        kind="gateway",
        fxo=1,
        fxs=1,
        fxo_sip_port=5062,
        fxs_sip_port=5070,
        sip_port_step=2,
        caller_id_in=("From",),
        dialling="two-stage",
        digits_in="info",
        digits_out="in-band",
        flash_in="info",
        flash_out="none",
        flash_info_type="application/broadsoft",
        ringback="local",
        codecs=("PCMA",),
        comfort_noise=True,
        fax="none",
        fax_codec="PCMA",
        keep_alive_seconds=60,
        audio_timeout_seconds=20,
        session_timer_seconds=0,
        answers_early=True,
        clears={503: Cleared.BUSY},
    )


def test_a_profiles_own_meaning_of_a_status_counts_for_more_than_anything_else() -> None:
    strange = parse_profile("strange", SMALL + "[clears]\n503 = 'busy'\n")
    assert strange.cause_of(503) is Cleared.BUSY
    assert strange.cause_of(503, 41) is Cleared.BUSY
    assert strange.cause_of(486) is Cleared.BUSY
    assert strange.cause_of(480, 20) is Cleared.UNREACHABLE
    assert strange.cause_of(404) is Cleared.NOT_FOUND


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fxo =", "bad.toml: Invalid value"),
        ('kind = "gateway"', "bad.toml: title: must be there"),
        (
            SMALL + "digit_in = 'info'",
            r"bad.toml: digit_in: is not known here \(did you mean 'digits_in'\?\); there are",
        ),
        (SMALL + "model = 'x'", "bad.toml: model: is not known here"),
        (SMALL + "digits_in = 'rfc2833'", "bad.toml: digits_in: may be rfc4733, info, in-band, not 'rfc2833'"),
        (SMALL + "digits_in = ['info']", r"bad.toml: digits_in: may be rfc4733, info, in-band, not \['info'\]"),
        (SMALL + "codecs = ['G729']", r"bad.toml: codecs: may be a list of PCMU, PCMA, not \['G729'\]"),
        (SMALL + "codecs = []", r"bad.toml: codecs: may be a list of PCMU, PCMA, not \[\]"),
        (SMALL + "codecs = 'PCMU'", "bad.toml: codecs: may be a list of PCMU, PCMA, not 'PCMU'"),
        (SMALL + "fxs_sip_port = 80", "bad.toml: fxs_sip_port: may be a whole number from 1024 to 65535, not 80"),
        (SMALL + "fxs_sip_port = '5060'", "bad.toml: fxs_sip_port: may be a whole number .* not '5060'"),
        (SMALL + "keep_alive_seconds = true", "bad.toml: keep_alive_seconds: may be a whole number .* not True"),
        (SMALL + "keep_alive_seconds = 30.0", "bad.toml: keep_alive_seconds: may be a whole number .* not 30.0"),
        (SMALL + "comfort_noise = 1", "bad.toml: comfort_noise: may be true or false, not 1"),
        (SMALL + "sheet = 3", "bad.toml: sheet: may be text, not 3"),
        (SMALL + "clears = 486", "bad.toml: clears: may be a table of SIP statuses, not 486"),
        (
            SMALL + "[clears]\n200 = 'busy'",
            "bad.toml: clears: may be a table of SIP statuses from 300 to 699, not '200'",
        ),
        (SMALL + "[clears]\n503 = 'engaged'", "bad.toml: clears.503: may be busy, refused, .*hung-up.*, not 'engaged'"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_key_and_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(ProfileError, match=f"^{message}"):
        parse_profile("bad", text)


def test_an_unknown_model_is_refused_with_what_may_have_been_meant() -> None:
    with pytest.raises(UnknownModel, match=r"no model 'grandstream-ht-813' \(did you mean 'grandstream-ht813'\?\)"):
        profile("grandstream-ht-813")
    with pytest.raises(ValueError, match=r"no model .\.\./toneplan.; there are audiocodes-mp114-fxo, "):
        profile("../toneplan")
