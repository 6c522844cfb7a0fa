# Copperdesk: `make` lists what can be done. Every command sets up what it needs by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test proofs check shots texts bench hil fuzz screened year fax-trials power-cuts check-systems image image-twice image-test

OFFICE ?= examples/offices/riverside-dental.json
BENCH ?= tests/hil/simulated.toml --simulated
BIN := .venv/bin
ARCH ?= arm64
# Files of tests are in memory, where 2 GB of it are free for them: thousands are synced, as if they were an office's.
TESTS_IN = $(shell [ "$$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 2000000 ] 2>/dev/null && echo /dev/shm || echo /tmp)

help: ## list these commands
	@sed -nE 's/^([a-z-]+): .*## (.*)/  make \1\t\2/p' Makefile

setup: ## install what is missing, for running and for developing: Debian packages, and Python packages in .venv
	@image/setup test
	@echo "Everything is in place. \`make run\` starts Copperdesk."

run: ## start Copperdesk on the built-in telephone exchange, with its web page and an example office
	@image/setup run
	@$(BIN)/copperdesk run --web --office $(OFFICE)

test: ## run all tests (TESTS="tests/hw -k sip": some)
	@image/setup test
	@$(BIN)/python -m tests.spoken
	@TMPDIR=$(TESTS_IN) $(BIN)/pytest -n auto --dist worksteal $(TESTS)

proofs: ## all tests, with every case of the longer proofs: some seconds more for each, half an hour in all
	@COPPERDESK_PROOFS=1 $(MAKE) --no-print-directory test

check: ## lint, format, types, and which part may import which
	@image/setup test
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/pytest tests/test_layers.py

shots: ## pictures of every web page and dialog, light and dark, as on a phone and on a desk: in build/shots
	@image/setup test
	@$(BIN)/python -m tests.web.shots

texts: ## bring the texts of the web page into the files of the translators
	@image/setup test
	@$(BIN)/python -m tests.web.texts

bench: ## measure speed, delays, and how well tones are heard: a table, and bench.json (VERSUS=/path/of/asterisk: beside it)
	@image/setup test
	@$(BIN)/python -m tests.bench $(if $(VERSUS),--versus $(VERSUS))

hil: ## try a whole unit with a gateway, in simulation or on a bench (BENCH=my-bench.toml): report in build/hil
	@image/setup test
	@$(BIN)/copperdesk hil $(BENCH) --report build/hil

fuzz: ## malformed SIP and RTP for ten minutes, while proper calls must be answered (SANITIZE=1: memory errors are found)
	@image/setup test
	@$(if $(SANITIZE),image/sanitized) $(BIN)/python -m tests.sip.fuzz

screened: ## 10,000 screened calls, in which nobody may be connected without a key: an hour (CALLS=500, SEED=7: others)
	@image/setup test
	@$(BIN)/python -m tests.screened $(if $(CALLS),--calls $(CALLS)) $(if $(SEED),--seed $(SEED))

year: ## a year at an office, in which every promise must be kept: half an hour (DAYS=30, CALLS=10, SEED=7: others)
	@image/setup test
	@$(BIN)/copperdesk simulate --days $(or $(DAYS),365) $(if $(CALLS),--calls $(CALLS)) $(if $(SEED),--seed $(SEED)) --out build

fax-trials: ## 200 faxes over noisy, long, echoing lines: success rate, speed, errors, by impairment (CALLS=500, SEED=7: others)
	@image/setup test
	@$(BIN)/python -m tests.faxtrials $(if $(CALLS),--calls $(CALLS)) $(if $(SEED),--seed $(SEED))

power-cuts: ## 1,000 power cuts below a real file system, after which nothing acknowledged may be lost (root; CUTS=50, SEED=7: others)
	@image/setup test
	@$(BIN)/python -m tests.powercuts --cuts $(or $(CUTS),1000) $(if $(SEED),--seed $(SEED))

check-systems: ## setup, check and test in a new Debian 12 and 13, as root and as a plain user (needs root and an hour)
	@image/check-systems

image: ## the image for the SD card of a Raspberry Pi, in build/image (ARCH=amd64: for a virtual PC; needs root, see docs/image.md)
	@image/setup image
	@image/build --arch $(ARCH)
image-twice: ## build an image two times, and compare all bytes (ARCH=amd64; needs root and 10 GB)
	@image/setup image
	@image/build --arch $(ARCH) --twice --out build/image-twice
image-test: ## boot an image in QEMU and try it: calls, restart, twenty power cuts, memory, writes (IMAGE=FILE ARCH=arm64; an hour)
	@image/setup test
	@image/setup image
	@$(BIN)/python -m tests.image $(IMAGE) --arch $(or $(ARCH),arm64)
