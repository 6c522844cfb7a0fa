"""`copperdesk demo`: an example office to look at, with people who call now and then. Nothing of it stays."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from appliance.demo.running import demonstrate
from appliance.scenario.officefile import EXAMPLES

OFFICE = EXAMPLES / "riverside-dental.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", type=Path, default=OFFICE, metavar="FILE", help="another office (%(default)s)")
    parser.add_argument("--calls", type=float, default=60.0, metavar="N", help="calls in an hour (%(default)s)")
    parser.add_argument("--for", dest="minutes", type=float, metavar="MINUTES", help="end by itself")
    parser.add_argument("--web-port", type=int, default=8080, metavar="N", help="where the page listens (%(default)s)")
    parser.add_argument("--no-web", action="store_true", help="without the page")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    if not args.calls > 0:
        args.misunderstood("--calls is a number above 0")
    if not args.office.is_file():
        print(f"copperdesk: there is no office {args.office}; --office FILE names another one", file=sys.stderr)
        return 1
    seconds = args.minutes * 60 if args.minutes is not None else None
    port = None if args.no_web else args.web_port
    return asyncio.run(demonstrate(args.office, port, args.calls, seconds, lambda what: print(f"  {what}", flush=True)))
