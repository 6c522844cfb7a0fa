"""The program's own phrases, read from its source, against the catalogue."""

import ast
import functools
from pathlib import Path
from string import Formatter

import appliance
from appliance.prompts.language import CatalogueEntry
from appliance.prompts.languages.en.catalogue import CATALOGUE
from appliance.prompts.wording import all_forms


@functools.cache
def used() -> dict[str, set[frozenset[str]]]:
    """Name -> the sets of blanks it is given, from every call `phrase("name", blank=...)`."""
    names: dict[str, set[frozenset[str]]] = {}
    for path in Path(appliance.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("phrase"), args=[ast.Constant(str(name))], keywords=blanks):
                    names.setdefault(name, set()).add(frozenset(blank.arg or "" for blank in blanks))
    return names


def blanks_of(entry: CatalogueEntry) -> frozenset[str]:
    return frozenset(blank for text in all_forms(entry) for _, blank, *_ in Formatter().parse(text) if blank)


def test_every_phrase_of_the_program_is_in_the_catalogue_with_its_blanks() -> None:
    assert {name: blanks for name, blanks in used().items() if blanks != {blanks_of(CATALOGUE.get(name, ""))}} == {}


def test_every_phrase_named_in_the_program_is_in_the_catalogue() -> None:
    assert used().keys() - CATALOGUE.keys() == set()
    assert used(), "the flows say something"
