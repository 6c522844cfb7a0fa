"""`copperdesk card`: what can be dialled, to read or to print."""

from __future__ import annotations

import sys
from pathlib import Path

from appliance.card.content import card_of
from appliance.card.text import as_text
from appliance.cli.main import main
from tests.card.test_card import RIVERSIDE, office
from tests.cli.running import not_understood


def test_the_card_of_a_document_is_shown_as_text(capsys):
    assert main(["card", "--office", str(RIVERSIDE)]) == 0
    assert capsys.readouterr().out == as_text(card_of(office())) + "\n"


def test_the_card_of_the_office_in_use_is_written_to_be_printed(tmp_path, capsys):
    data, file = str(tmp_path / "data"), tmp_path / "card.pdf"
    main(["office", "load", str(RIVERSIDE), "--data", data])
    capsys.readouterr()
    assert main(["card", "--data", data, "--pdf", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: one page\n"
    assert file.read_bytes().startswith(b"%PDF-")


def test_it_can_be_had_in_another_language(capsys):
    main(["card", "--office", str(RIVERSIDE), "--language", "de"])
    assert capsys.readouterr().out == as_text(card_of(office(), "de")) + "\n"
    assert not_understood("card", "--language", "tlh") == 2


def test_without_an_office_or_with_a_broken_one_it_is_said_what_to_do(tmp_path, capsys):
    assert main(["card", "--data", str(tmp_path / "data")]) == 1
    assert "name one with --office FILE, or load one" in capsys.readouterr().err
    broken = tmp_path / "broken.json"
    broken.write_text(Path(RIVERSIDE).read_text().replace('"maria"', '"marai"', 1))
    assert main(["card", "--office", str(broken)]) == 1
    assert f"{broken} has mistakes" in capsys.readouterr().err
    assert main(["card", "--office", str(RIVERSIDE), "--pdf", str(tmp_path / "nowhere" / "card.pdf")]) == 1
    assert "there is no folder" in capsys.readouterr().err


def test_without_what_writes_pdf_there_is_the_card_as_text(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "appliance.card.pdf", None)
    assert main(["card", "--office", str(RIVERSIDE), "--pdf", str(tmp_path / "card.pdf")]) == 1
    assert "ReportLab" in capsys.readouterr().err
    assert main(["card", "--office", str(RIVERSIDE), "--text"]) == 0
