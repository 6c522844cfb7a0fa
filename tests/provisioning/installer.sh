# What an installer does with two units, from the table to the comparison, in a network of its own. The first of them is made here.
#   installer.sh FOLDER PYTHON: FOLDER holds template.toml, units.csv, office.json, avahi.conf and services/
set -eu
cd "$1"
copperdesk() { "$python" -m appliance.cli "$@"; }
python=$2
mount --bind services /etc/avahi/services
mount -t tmpfs run /run
hostname front-desk

copperdesk fleet make units --template template.toml --units units.csv
copperdesk fleet check units
cp -r units/front-desk boot
mkdir data
copperdesk provision --boot boot --data data --connections connections
grep -r kettles boot/copperdesk.toml && exit 1

"$python" -m appliance.cli run --data data >run.log & daemon=$!
"$python" -m appliance.cli web --data data --port 80 --https-port 443 & page=$!
avahi-daemon --no-drop-root --no-chroot --no-rlimits --file avahi.conf >avahi.log 2>&1 & avahi=$!
trap 'kill $daemon $page $avahi; wait' EXIT
until grep -q "Stop it with" run.log; do sleep 0.2; done
copperdesk announce --data data
until [ -e data/web/unit.crt ]; do sleep 0.2; done
copperdesk find --seconds 2
printf 'call 5550100\nwait 8\nhang up\nquit\n' | copperdesk phone --data data
copperdesk fleet compare units && exit 1
copperdesk office show --json --pins --data data | sed 's/"extension": "101"/"extension": "198"/' >changed.json
cp changed.json units/front-desk/office.json
copperdesk fleet compare units && exit 1
exit 0
