"""What is wrong with a text that is not JSON, in words that help whoever has to correct it."""

from __future__ import annotations

import json

from hw.said import said

_CURLY = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019"
_LITERALS = {"True": "true", "False": "false", "None": "null", "yes": "true", "no": "false"}


def json_mistake(text: str, error: json.JSONDecodeError) -> str:
    """The mistake and where it is: lines and columns are counted from 1."""
    text = error.doc
    where = said("line %(line)s, column %(column)s", line=error.lineno, column=error.colno)
    here, before = text[error.pos : error.pos + 1], text[: error.pos].rstrip()
    line_before = before.count("\n") + 1
    if not text.strip():
        return "the file is empty"
    if here and here in _CURLY:
        return said('a curly or angled quotation mark at %(where)s; JSON knows only straight ones: "', where=where)
    if here == "'":
        return said('a single quotation mark at %(where)s; JSON knows only double ones: "', where=where)
    if text.startswith(("//", "/*", "#"), error.pos):
        return said("a comment at %(where)s; JSON has none", where=where)
    if error.msg.startswith("Illegal trailing comma"):  # Python 3.13 names the comma itself.
        return said("a comma too many in line %(line)s", line=error.lineno)
    match error.msg:
        case "Expecting ',' delimiter" if not here:
            return said("the end is missing: a bracket is not closed behind line %(line)s", line=line_before)
        case "Expecting ',' delimiter" if here in "]}":
            return said(
                "a %(mark)s at %(where)s that closes nothing, or another bracket than the one that is open",
                mark=here,
                where=where,
            )
        case "Expecting ',' delimiter":
            return said("a comma is missing behind line %(line)s, before %(where)s", line=line_before, where=where)
        case "Expecting ':' delimiter":
            return said("a colon is missing behind the name before %(where)s", where=where)
        case "Expecting property name enclosed in double quotes":
            if before.endswith(",") and here in ("}", ""):
                return said("a comma too many in line %(line)s", line=line_before)
            return said("a name without quotation marks at %(where)s", where=where)
        case "Expecting value":
            if here == "]" and before.endswith(","):
                return said("a comma too many in line %(line)s", line=line_before)
            word = _word(text, error.pos)
            if word in _LITERALS:
                return said(
                    "%(word)s at %(where)s; in JSON it is %(right)s",
                    word=word,
                    where=where,
                    right=_LITERALS[word],
                )
            if not here:
                return said("the end is missing behind line %(line)s", line=line_before)
            return said("a value is missing or has no quotation marks at %(where)s", where=where)
        case "Invalid control character at":
            return said("a text is not closed in line %(line)s: a quotation mark is missing", line=error.lineno)
        case "Unterminated string starting at":
            return said("the text that begins at %(where)s is never closed: a quotation mark is missing", where=where)
        case "Extra data":
            return said("something behind the end of the document, at %(where)s", where=where)
        case _:
            return said("%(what)s at %(where)s", what=error.msg, where=where)


def _word(text: str, place: int) -> str:
    end = place
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[place:end]
