"""What the daemon says is shown in the language of the page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from appliance.explaining import met
from appliance.office.changewords import changes
from appliance.office.document import parse_office
from appliance.office.lint import lint
from appliance.office.problem import OfficeErrors, Problem
from hw.said import counted, in_a_row, said, wording
from tests.web.texts import extracted, has_words, sentences_of_the_daemon
from web.advicewords import MENDS
from web.saying import in_words, sentence, templates_in
from web.texts import use_texts

OFFICES = sorted((Path(__file__).parents[2] / "examples" / "offices").glob("*.json"))
LEFT = {
    "%(line)s is dead: %(why)s": "%(line)s ist tot: %(why)s",
    "no voltage on the line": "keine Spannung auf der Leitung",
    "main": "HAUPT",
}
TELEPHONES = {1: "%(num)s Telefon in %(where)s", 2: "%(num)s Telefone in %(where)s"}


class German:
    """A catalogue of a few texts."""

    def ugettext(self, text: str) -> str:
        return LEFT.get(text, text)

    def ungettext(self, one: str, several: str, number: int) -> str:
        assert (one, several) == ("%(num)s telephone in %(where)s", "%(num)s telephones in %(where)s")
        return TELEPHONES[min(number, 2)]


@pytest.fixture
def german(monkeypatch) -> Any:
    app = Flask(__name__)
    use_texts(app)
    monkeypatch.setattr("web.texts.translations", lambda _language: German())
    with app.test_request_context(), force_locale("de"):
        yield


@pytest.mark.usefixtures("german")
def test_a_sentence_and_the_sentences_in_it_are_translated_and_names_are_not():
    dead = said("%(line)s is dead: %(why)s", line="main", why=said("no voltage on the line"))
    assert in_words(wording(dead)) == "main ist tot: keine Spannung auf der Leitung"
    assert sentence(wording(dead)) == "Main ist tot: keine Spannung auf der Leitung."
    assert in_words(wording(in_a_row(dead, "main", by="; "))) == "main ist tot: keine Spannung auf der Leitung; main"


@pytest.mark.usefixtures("german")
def test_the_name_of_somebody_who_is_changed_is_not_translated_where_it_is_a_word_of_the_catalogue():
    person = {"id": "main", "name": "main", "extension": "101"}
    (change,) = changes({"people": [person]}, {"people": [person | {"extension": "102"}]})
    assert in_words(wording(change.text)) == "main, extension: 101 → 102"


@pytest.mark.usefixtures("german")
def test_numbers_have_the_forms_of_the_language():
    for number, shown in ((1, "1 Telefon in A, B"), (3, "3 Telefone in A, B")):
        there = counted("%(num)s telephone in %(where)s", "%(num)s telephones in %(where)s", number, where=("A", "B"))
        assert in_words(wording(there)) == shown


@pytest.mark.usefixtures("german")
def test_a_name_may_be_called_otherwise_on_the_page():
    told = wording(said("it is given at %(path)s", path="people[2].cell"))
    assert (
        in_words(told, lambda blank, text: {("path", "people[2].cell"): "Olga"}[blank, text]) == "it is given at Olga"
    )


@pytest.mark.usefixtures("german")
def test_a_text_without_a_template_is_shown_as_it_is():
    assert sentence(wording("No space left on device")) == "No space left on device."
    assert sentence(wording("Is it on?")) == "Is it on?"


@pytest.mark.usefixtures("german")
def test_a_sentence_begins_with_a_capital_but_the_name_of_a_file_is_as_it_was():
    assert sentence(wording(said("%(name)s is empty.", name="scan.pdf"))) == "scan.pdf is empty."
    assert sentence(wording(said("%(name)s is busy", name="scan"))) == "Scan is busy."
    assert sentence(wording("no.")) == "No."


def test_the_texts_of_the_translators_have_what_the_daemon_says():
    assert {"%(line)s is dead: %(why)s", "the disk is full: no room for %(what)s"} <= set(sentences_of_the_daemon())


def test_every_mend_belongs_to_a_fault_that_the_daemon_can_tell_and_every_full_disk_has_one():
    assert set(MENDS) - set(sentences_of_the_daemon()) == set()
    assert {one for one in sentences_of_the_daemon() if "the disk is full" in one or "a letter" in one} - set(
        MENDS
    ) == {
        "a letter"  # What there is no room for.
    }


def test_what_the_example_offices_are_told_is_in_the_catalogue_to_the_last_word():
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in extracted()}
    for file in OFFICES:
        document = json.loads(file.read_text())
        office = parse_office(document)
        told = [part for one in lint(office, date(2026, 11, 30)) for part in (one.reason, one.mend)]
        if file == OFFICES[0]:  # What is wrong with a document goes by its schema, whatever else it says.
            told += [mistake.reason for broken in spoiled(document) for mistake in mistakes(broken)]
        moment = datetime(2026, 11, 27, 18, 5, tzinfo=office.time_zone)
        for trunk in office.trunks:
            told += met(office, trunk, "", moment, 0, "", None, lambda _hours: ()).sentences
        told += [part for one in changes({}, document) for part in (one.what, one.text)]
        parts = {part for sentence in told for part in templates_in(wording(sentence))}
        assert {part for part in parts if has_words(part)} - known == set(), file.name


def spoiled(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The document with one part after another taken out, or made something else."""
    for name in document:
        yield {key: value for key, value in document.items() if key != name}
        for wrong in (None, "", "?", -1, [], {}, ["?"], {"?": "?"}):
            yield document | {name: wrong}


def mistakes(document: dict[str, Any]) -> Sequence[Problem]:
    try:
        parse_office(document)
    except OfficeErrors as errors:
        return errors.problems
    return ()


def test_what_is_said_in_a_row_has_nothing_that_a_terminal_would_carry_out():
    assert in_a_row(said("a"), "\x1b[2J", by=": ") == r"a: \x1b[2J"
