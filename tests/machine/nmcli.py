"""Run in place of nmcli by the driver under test. What it knows stands in machine.json beside it."""

import json
import sys
from pathlib import Path

FILE = Path(__file__).with_name("machine.json")
HOME = "0d8f2c3e-6a51-4c56-9d65-3a3a4a1c0b11"
state = json.loads(FILE.read_text())
words = sys.argv[1:]


def end(code, said=""):
    FILE.write_text(json.dumps(state))
    if said:
        print("Error: " + said, file=sys.stderr)
    sys.exit(code)


state["asked"].append(words)
if not state["running"]:
    end(8, "NetworkManager is not running.")
if words[:2] == ["-t", "-f"] and words[3:] == ["device", "status"]:
    print("lo:loopback:connected (externally):\neth0:ethernet:connected:" + HOME)
    print("br\\:0\\\\:bridge:unmanaged:\nwlan0:wifi:disconnected:")
elif words[:2] == ["-t", "-f"] and words[3:6] == ["connection", "show", "uuid"]:
    if words[6] != HOME:
        end(10, words[6] + " - no such connection profile.")
    print("connection.id:Wired connection 1")
    for name, value in state["memory"].items():
        print("ipv4." + name + ":" + value)
elif words[:2] == ["-t", "-f"] and words[3:5] == ["device", "show"]:
    for number, one in enumerate(state["device"]["addresses"], 1):
        print(f"IP4.ADDRESS[{number}]:{one}")
    print("IP4.GATEWAY:" + state["device"]["gateway"])
    for number, one in enumerate(state["device"]["dns"], 1):
        print(f"IP4.DNS[{number}]:{one}")
    print("IP6.ADDRESS[1]:fe80::1/64")
elif words[:2] == ["connection", "modify"]:
    told, temporary = words[2:], False
    if told[0] == "--temporary":
        told, temporary = told[1:], True
    if told[:2] != ["uuid", HOME]:
        end(10, f"unknown connection '{told[1]}'.")
    new = dict(state["memory"])
    for name, value in zip(told[2::2], told[3::2], strict=True):
        if not name.startswith("ipv4.") or name[5:] not in new:
            end(2, f"invalid or not allowed setting '{name}'")
        new[name[5:]] = value
    if (new["method"] == "manual") != bool(new["addresses"]):
        end(1, "Failed to modify connection: ipv4.addresses: this property cannot be empty for 'method=manual'")
    state["memory"] = new
    if not temporary:
        state["disk"] = new
elif words[0] == "--wait" and words[2:5] == ["connection", "up", "uuid"]:
    if words[5] != HOME:
        end(10, f"unknown connection '{words[5]}'.")
    if state["refuses_up"] and state["memory"]["method"] == "manual":
        end(4, "Connection activation failed: IP configuration could not be reserved.")
    if state["memory"]["method"] == "auto":
        state["device"] = {"addresses": ["192.168.20.7/22"], "gateway": "192.168.20.1", "dns": ["192.168.20.1"]}
    else:
        dns = [one for one in state["memory"]["dns"].split(",") if one]
        memory = state["memory"]
        state["device"] = {"addresses": memory["addresses"].split(","), "gateway": memory["gateway"], "dns": dns}
elif words == ["connection", "reload"]:
    pass
elif words[0] == "--wait" and words[2:5] == ["connection", "up", "id"]:
    if state["refuses_up"]:
        end(4, "Connection activation failed: No network with SSID found.")
else:
    end(2, f"argument '{words[0]}' not understood.")
end(0)
