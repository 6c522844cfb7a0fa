"""Labels for units: what stands on them, and on how many sheets."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from appliance.card.labels import COLUMNS, MARGIN, ROWS, UnitLabel, label_sheets
from appliance.card.layout import A4, LETTER
from appliance.cli.main import main
from appliance.store.labelcode import unit_code
from tests.card.pdfreader import shown
from tests.cli.running import daemon


def test_a_label_tells_name_address_codes_and_how_a_telephone_says_it():
    (page,) = shown(label_sheets([UnitLabel("front-desk", "abcd-efgh-jkmn", "**1")], A4))
    assert [text.text for text in page] == [
        "front-desk",
        "http://front-desk.local",
        f"Unit {unit_code('abcd-efgh-jkmn')}",
        "Code abcd-efgh-jkmn",
        "Its address by telephone: **1",
    ]


@pytest.mark.parametrize("name", ["front-desk", "a-name-that-is-as-long-as-a-name-may-be-in-the-whole-network-63"])
def test_a_reader_of_qr_codes_reads_the_address_from_the_printed_page(tmp_path: Path, name: str) -> None:
    (tmp_path / "label.pdf").write_bytes(label_sheets([UnitLabel(name, "abcd-efgh-jkmn", "**1")], A4))
    printed = ["pdftoppm", "-r", "150", "-gray", "-singlefile", "-png", tmp_path / "label.pdf", tmp_path / "label"]
    subprocess.run(printed, check=True, timeout=20)
    read = ["zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", tmp_path / "label.png"]
    assert (
        subprocess.run(read, check=True, timeout=20, capture_output=True, text=True).stdout == f"http://{name}.local\n"
    )


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_many_labels_fill_sheets_and_none_leaves_its_own(paper):
    pages = shown(label_sheets([UnitLabel("front-desk", "", "**1")] * (COLUMNS * ROWS + 1), paper))
    assert [len(page) for page in pages] == [3 * COLUMNS * ROWS, 3]
    assert all(0 < text.x < paper[0] and 0 < text.y < paper[1] for page in pages for text in page)


@pytest.mark.parametrize("paper", [A4, LETTER])
@pytest.mark.parametrize("name", ["a-name-that-is-as-long-as-a-name-may-be-in-the-whole-network-63", "w" * 63])
def test_the_longest_names_are_broken_into_lines_that_can_be_read(paper, name):
    (page,) = shown(label_sheets([UnitLabel(name, "abcd-efgh-jkmn", "**1")], paper))
    texts = [text.text for text in page]
    begins = next(place for place, text in enumerate(texts) if text.startswith("http://"))
    ends = texts.index(f"Unit {unit_code('abcd-efgh-jkmn')}")
    assert ("".join(texts[:begins]), "".join(texts[begins:ends])) == (name, f"http://{name}.local")
    assert min(text.size for text in page) >= 6.5
    highest, lowest = paper[1] - MARGIN, paper[1] - MARGIN - (paper[1] - 2 * MARGIN) / ROWS
    assert all(lowest < text.y and text.y + text.size < highest for text in page)


def test_the_label_of_this_unit_has_its_code(tmp_path: Path) -> None:
    async def label(_params):
        return {"code": "abcd-efgh-jkmn"}

    with daemon(tmp_path, recovery_label=(label, {})):
        assert main(["label", "--pdf", str(tmp_path / "label.pdf"), "--data", str(tmp_path)]) == 0
    assert "Code abcd-efgh-jkmn" in [text.text for text in shown((tmp_path / "label.pdf").read_bytes())[0]]


def test_a_name_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["label", "Front desk", "shop", "0012", "--pdf", str(tmp_path / "label.pdf")]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "copperdesk: Front desk: a name has letters from a to z, digits and hyphens",
        "copperdesk: 0012: a name needs letters, too: digits alone are taken for an address",
    ]
    assert not (tmp_path / "label.pdf").exists()
