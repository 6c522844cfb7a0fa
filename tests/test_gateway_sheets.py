"""The set-up sheets of gateways agree with the profiles, the tone plans, and themselves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from hw.sip.profile import Profile, models, profile
from hw.tones.toneplan import COUNTRIES, Tone, TonePlan, tone_plan

SHEETS = Path(__file__).resolve().parent.parent / "docs" / "gateways"
README = (SHEETS / "README.md").read_text("utf-8")
PROFILES = [profile(model) for model in models()]
WITH_SHEET = [each for each in PROFILES if each.kind != "server"]
PORT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def sheet(each: Profile) -> str:
    return (SHEETS / f"{each.sheet}.md").read_text("utf-8")


def documents(text: str) -> list[dict[str, Any]]:
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]


def devices(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [device for kind in ("gateways", "telephones") for device in document["sip"].get(kind, [])]


def tone(tone: Tone) -> str:
    """A tone as an installer reads it: `480+620 Hz, 0.5/0.5 s`."""
    sounding = [segment for segment in tone.segments if segment.frequencies]
    hertz = " then ".join(dict.fromkeys("+".join(f"{each:g}" for each in s.frequencies) for s in sounding))
    return f"{hertz} Hz, {'/'.join(f'{segment.seconds:g}' for segment in tone.segments if segment.seconds)} s"


def country_row(plan: TonePlan) -> str:
    shortest, longest = plan.flash_accept_ms
    place = "before the ring" if plan.caller_id.place == "before-ring" else "after the first ring"
    columns = (plan.name, tone(plan.busy), tone(plan.reorder), f"{shortest}–{longest} ms")
    return f"| {' | '.join(columns)} | {plan.caller_id.method}, {place} |"


def model_row(each: Profile) -> str:
    link = f"[{each.sheet}.md]({each.sheet}.md)" if each.kind != "server" else "none"
    lines = f"{each.fxo} | {each.fxs}" if each.kind == "gateway" else "as many as it has | "
    lines = " | 1" if each.kind == "telephone" else lines
    first = [each.sip_port(port, 0) for port, count in (("fxo", each.fxo), ("fxs", each.fxs)) if count]  # type: ignore[arg-type]
    ways = ((each.flash_in, each.fxs), (each.flash_out, each.fxo))
    flash = " | ".join(("no" if way == "none" else "yes") if count else "" for way, count in ways)
    ports = ", ".join(str(port) for port in dict.fromkeys(first))
    dialling = each.dialling if each.fxo else ""
    return f"| `{each.model}` | {each.title} | {lines} | {ports} | {dialling} | {flash} | {link} |"


@pytest.mark.parametrize("each", WITH_SHEET, ids=lambda each: each.model)
def test_every_model_has_a_sheet_that_names_it_and_shows_its_piece_of_the_office_document(each: Profile) -> None:
    heading = sheet(each).partition("\n\nTick")[0]
    assert f"`{each.model}`" in heading
    shown = [device["model"] for document in documents(sheet(each)) for device in devices(document)]
    assert {profile(model).sheet for model in shown} == {each.sheet}
    assert each.model in shown or each.sheet == "audiocodes-mp11x"


@pytest.mark.parametrize("path", sorted(SHEETS.glob("*.md")), ids=lambda path: path.stem)
def test_a_piece_of_the_office_document_has_each_port_once_as_the_profile_has_it(path: Path) -> None:
    for document in documents(path.read_text("utf-8")):
        used = []
        for device in devices(document):
            known = profile(device["model"])
            lines = [("trunks", known.fxo, "fxo"), ("stations", known.fxs, "fxs")]
            for key, count, port in lines if known.kind == "gateway" else []:
                here = device.get(key, [])
                assert len(here) == count or known.model == "generic-gateway"
                expected = [known.sip_port(port, index) for index in range(len(here))]  # type: ignore[arg-type]
                assert [line["sip_port"] for line in here] == expected
                used += [(key, line["port"]) for line in here]
            if known.kind == "telephone":
                assert device["sip_port"] == known.fxs_sip_port
                used.append(("stations", device["port"]))
            users = [line["user"] for key in ("trunks", "stations") for line in device.get(key, [])]
            assert len(set(users)) == len(users)
        listed = [(key, entry["port"]) for key in ("trunks", "stations") for entry in document.get(key, [])]
        assert sorted(used) == sorted(listed)
        assert len(set(used)) == len(used)
        assert all(PORT.fullmatch(port) for _, port in used)


@pytest.mark.parametrize("each", WITH_SHEET, ids=lambda each: each.model)
def test_a_sheet_tells_the_profiles_ports_digits_flash_and_dialling(each: Profile) -> None:
    text = sheet(each).partition("## In the office document")[0]
    for port, count in (("fxo", each.fxo), ("fxs", each.fxs)):
        assert not count or str(each.sip_port(port, 0)) in text  # type: ignore[arg-type]
    assert re.search(r"RFC ?2833|\bAVT\b", text), "digits as events"
    assert each.digits_in == each.digits_out == "rfc4733"
    assert each.codecs[0] == "PCMU"
    assert re.search(r"PCMU|G\.?711[Uu]", text)
    if "rfc4733" in (each.flash_in if each.fxs else "", each.flash_out if each.fxo else ""):
        assert re.search(r"Hook[- ][Ff]lash.*(Yes|AVT|RFC 2833)", text)
    else:
        assert re.search("no hook flash|flash key does not reach|Hook flash is not named", sheet(each))
    if each.fxo and each.dialling == "one-stage":
        assert re.search(r"Stage Method \(1/2\)\*\*: `?(ch1-8:)?1|One Stage Dialing\*\*: yes|one-stage|`li`", text)
    if each.dialling == "two-stage":
        assert "Two Stages" in text


@pytest.mark.parametrize("path", sorted(SHEETS.glob("*.md")), ids=lambda path: path.stem)
def test_a_sheet_has_boxes_to_tick_its_sources_and_links_that_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.name != "README.md":
        assert text.count("- [ ] ") >= 10
        assert "\nFacts: " in text
    targets = re.findall(r"\]\(([^)#]*)(#[a-z-]+)?\)", text)
    assert [file for file, _ in targets if file and not (SHEETS / file).exists()] == []
    assert {anchor for _, anchor in targets} <= {"", "#countries"}


def test_the_readme_lists_every_model_as_its_profile_has_it() -> None:
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    assert rows == [model_row(each) for each in PROFILES]


def test_the_readme_lists_every_country_as_its_tone_plan_has_it() -> None:
    table = README.partition("## Countries")[2]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert rows == [country_row(plan) for plan in sorted(map(tone_plan, COUNTRIES), key=lambda plan: plan.name)]
