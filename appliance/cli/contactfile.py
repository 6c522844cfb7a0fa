"""`copperdesk contact import` and `export`: contacts from and to somebody's own file."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from appliance.cli.athand import Ask, sent

MOST_SHOWN = 20


def import_contacts(call: Ask, args: argparse.Namespace) -> int:
    """0: something is in the contacts now, or was before; 1: all that the file has was refused."""
    with Path(args.words[0]).open("rb") as file:
        upload = sent(call, "contacts.upload", file)
    done = call("contacts.import", upload=upload)
    refused: list[dict[str, Any]] = []
    while len(refused) < done["refused"]:
        refused += call("contacts.refused", upload=upload, after=len(refused))["refused"]
    if args.refused is not None:
        with args.refused.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("line", "reason"))
            writer.writerows((one["line"], one["reason"]) for one in refused)
    if args.json:
        print(json.dumps(done | {"refused": refused}, indent=2, ensure_ascii=False))
    else:
        for one in refused[:MOST_SHOWN]:
            print(f"line {one['line']}: {one['reason']}" if one["line"] else one["reason"], file=sys.stderr)
        if (more := len(refused) - MOST_SHOWN) > 0:
            where = f"all are in {args.refused}" if args.refused else "--refused FILE writes all of them to a file"
            print(f"and {more} more; {where}", file=sys.stderr)
        counts = ", ".join(f"{done[what]} {what}" for what in ("added", "changed", "unchanged", "refused"))
        print(f"{args.words[0]}: {counts}.")
    return 1 if refused and not done["added"] + done["changed"] + done["unchanged"] else 0


def export_contacts(call: Ask, args: argparse.Namespace) -> int:
    path = Path(args.words[0])
    form = "vcard" if path.suffix.lower() in (".vcf", ".vcard") else "csv"
    part = path.with_name(f"{path.name}.part")
    after: int | None = 0
    # Spreadsheets take a CSV file for UTF-8 only by the mark in front.
    with part.open("w", encoding="utf-8-sig" if form == "csv" else "utf-8", newline="") as file:
        while after is not None:
            exported = call("contacts.export", form=form, after=after)
            file.write(exported["text"])
            after = exported["after"]
    part.replace(path)
    if args.json:
        print(json.dumps({"file": str(path), "form": form}))
    else:
        print(f"All contacts are in {path}.")
    return 0
