"""The half of `copperdesk fax` for faxes that were received: lists, writes as PDF, deletes and forwards them."""

from __future__ import annotations

import argparse
import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appliance.cli.ask import ask
from appliance.cli.table import columns
from appliance.cli.times import Times
from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder

EXAMPLES = """\
inbox                the boxes of received faxes; @office has those that are nobody's
inbox BOX            the faxes in the box of a person or department, by id or extension
open BOX ID          write the pages of a fax as PDF
opened BOX           who has opened the faxes of a box
delete BOX ID        delete a fax; within a day, restore BOX ID brings it back
forward BOX ID TO    put a fax into another box, too"""


def _inbox(args: argparse.Namespace) -> int:
    if not args.words:
        boxes = ask(args.data, "faxes.boxes")
        found = [(one["box"], one["name"], str(one["new"]), str(one["seen"])) for one in boxes]
        return _told(args, boxes, [("box", "whose", "new", "seen"), *found])
    faxes: list[dict[str, Any]] = []
    more = True
    while more:
        listed = ask(args.data, "faxes.list", box=args.words[0], after=len(faxes))
        faxes += listed["faxes"]
        more = bool(listed["faxes"]) and listed["next"] < listed["total"]
    times = Times(args.data)
    rows = [(one["id"], one["state"], times(one["received"]), _sender(one), _pages(one)) for one in faxes]
    return _told(args, faxes, [("id", "", "received", "from", "pages"), *rows])


def _open(args: argparse.Namespace) -> int:
    box, id = args.words
    content = b""
    with BlockingClient(DataFolder(args.data).socket) as daemon:
        while True:
            told = daemon.call("faxes.pdf", box=box, id=id, at=len(content), how="command")
            content += base64.b64decode(told["piece"])
            if not told["piece"] or len(content) >= told["size"]:
                break
    out: Path = args.out or Path(f"fax-{box.removeprefix('@')}-{id}.pdf")
    out.write_bytes(content)
    print(json.dumps({"file": str(out)}) if args.json else f"{out}: the pages of fax {id}.")
    return 0


def _opened(args: argparse.Namespace) -> int:
    found = ask(args.data, "faxes.opened", box=args.words[0])
    times = Times(args.data)
    rows = [(times(one["at"]), one["by"], one["how"], one["fax"], one["sender"]) for one in found]
    return _told(args, found, [("opened", "by", "", "fax", "from"), *rows])


def _delete(args: argparse.Namespace) -> int:
    return _done(args, "faxes.delete", "It is deleted. For a day `copperdesk fax restore` brings it back.")


def _restore(args: argparse.Namespace) -> int:
    return _done(args, "faxes.restore", "It is back.")


def _forward(args: argparse.Namespace) -> int:
    return _done(args, "faxes.forward", "It is in the other box, too.", to=args.words[2])


def _done(args: argparse.Namespace, method: str, words: str, **further: str) -> int:
    fax = ask(args.data, method, box=args.words[0], id=args.words[1], **further)
    print(json.dumps(fax, indent=2) if args.json else words)
    return 0


def _told(args: argparse.Namespace, found: list[dict[str, Any]], rows: list[tuple[str, ...]]) -> int:
    if args.json:
        print(json.dumps(found, indent=2))
    else:
        print("\n".join(columns(rows)) if found else "There is nothing.")
    return 0


def _sender(fax: Mapping[str, Any]) -> str:
    return str(fax["contact"] or fax["identity"] or fax["number"])


def _pages(fax: Mapping[str, Any]) -> str:
    return str(fax["pages"]) if fax["complete"] else f"{fax['pages']}, broken off"


RECEIVED = {
    "inbox": ("[BOX]", 0, 1, _inbox),
    "open": ("BOX ID", 2, 2, _open),
    "opened": ("BOX", 1, 1, _opened),
    "delete": ("BOX ID", 2, 2, _delete),
    "restore": ("BOX ID", 2, 2, _restore),
    "forward": ("BOX ID TO", 3, 3, _forward),
}
"""The actions: what stands behind each, how many words at least and at most, and what does it."""
