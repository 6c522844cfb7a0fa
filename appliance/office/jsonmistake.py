"""What is wrong with a text that is not JSON, in words that help whoever has to correct it."""

from __future__ import annotations

import json

_CURLY = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019"
_LITERALS = {"True": "true", "False": "false", "None": "null", "yes": "true", "no": "false"}


def json_mistake(text: str, error: json.JSONDecodeError) -> str:
    """The mistake and where it is: lines and columns are counted from 1."""
    text = error.doc
    where = f"line {error.lineno}, column {error.colno}"
    here, before = text[error.pos : error.pos + 1], text[: error.pos].rstrip()
    line_before = before.count("\n") + 1
    if not text.strip():
        return "the file is empty"
    if here and here in _CURLY:
        return f'a curly or angled quotation mark at {where}; JSON knows only straight ones: "'
    if here == "'":
        return f'a single quotation mark at {where}; JSON knows only double ones: "'
    if text.startswith(("//", "/*", "#"), error.pos):
        return f"a comment at {where}; JSON has none"
    if error.msg.startswith("Illegal trailing comma"):  # Python 3.13 names the comma itself.
        return f"a comma too many in line {error.lineno}"
    match error.msg:
        case "Expecting ',' delimiter" if not here:
            return f"the end is missing: a bracket is not closed behind line {line_before}"
        case "Expecting ',' delimiter" if here in "]}":
            return f"a {here} at {where} that closes nothing, or another bracket than the one that is open"
        case "Expecting ',' delimiter":
            return f"a comma is missing behind line {line_before}, before {where}"
        case "Expecting ':' delimiter":
            return f"a colon is missing behind the name before {where}"
        case "Expecting property name enclosed in double quotes":
            if before.endswith(",") and here in ("}", ""):
                return f"a comma too many in line {line_before}"
            return f"a name without quotation marks at {where}"
        case "Expecting value":
            if here == "]" and before.endswith(","):
                return f"a comma too many in line {line_before}"
            word = _word(text, error.pos)
            if word in _LITERALS:
                return f"{word} at {where}; in JSON it is {_LITERALS[word]}"
            if not here:
                return f"the end is missing behind line {line_before}"
            return f"a value is missing or has no quotation marks at {where}"
        case "Invalid control character at":
            return f"a text is not closed in line {error.lineno}: a quotation mark is missing"
        case "Unterminated string starting at":
            return f"the text that begins at {where} is never closed: a quotation mark is missing"
        case "Extra data":
            return f"something behind the end of the document, at {where}"
        case _:
            return f"{error.msg} at {where}"


def _word(text: str, place: int) -> str:
    end = place
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[place:end]
