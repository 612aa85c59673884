# `make run` shows it, `make test` proves it. Both install what they need first and say what that is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

DOTNET := .make/dotnet
QUIET := -nologo -clp:ErrorsOnly -v:quiet
VERSION := $(shell sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
DEB := artifacts/redishabake-agent_$(VERSION)_amd64.deb
BIN := artifacts/bin
IMAGES := artifacts/images
# Of `make image` and its like: the kind of image, the spec that it is for, or a variable file of `redishabake image`, a cloud image.
ROLE := all
SPEC := cloud-init/lab/cluster.yaml
VARS :=
BASE :=
SUITE := bookworm
IMAGE :=
# The variable files of a spec's images: a directory for each spec.
INPUTS = $(IMAGES)/inputs/$(subst /,-,$(basename $(SPEC)))

.PHONY: help run test test-unit test-contract test-cluster test-image lint publish cli agent deb image base-image image-check bench bench-image clean setup build

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## A three-node cluster in the lab on this computer: boots, takes writes, loses its master, goes on (root)
	@.make/setup sdk deb lab
	@$(MAKE) cli deb
	@$(BIN)/redishabake lab tour cloud-init/lab/cluster.yaml

test: ## Everything below but test-image, of which it takes what bakes and boots nothing (root; under an hour on 2 cores)
	@.make/setup sdk unit deb contract lab image
	@$(MAKE) build deb
	@.make/test unit contract cluster packer

test-unit: ## Each project on its own, no root; FILTER='...' as in dotnet test
	@.make/setup sdk unit
	@$(MAKE) build
	@.make/test unit

test-contract: ## What is generated goes through the real programs: redis, haproxy, keepalived, cloud-init, dpkg, a browser
	@.make/setup sdk deb contract
	@$(MAKE) build deb
	@.make/test contract

test-cluster: ## Real machines in the lab: boots, failovers, lost writes counted (root)
	@.make/setup sdk deb lab
	@$(MAKE) build deb
	@.make/test cluster

test-image: ## A real image: baked by Packer, looked through, booted as three VMs, its master killed (root)
	@.make/setup sdk deb lab image
	@$(MAKE) build deb
	@.make/test image

lint: ## Format and analyzers, shell scripts, the .deb
	@.make/setup sdk deb lint
	@$(MAKE) build deb
	@.make/lint

publish: ## The command line and the agent into artifacts/bin
	@.make/setup sdk deb
	@$(MAKE) cli agent

deb: ## The agent's package into artifacts/
	@.make/setup sdk deb
	@$(MAKE) agent
	@.make/deb $(VERSION) $(BIN)/redishabake-agent $(DEB)

image: ## Bake an image and prove it clean: ROLE=all|data|sentinel|proxy SPEC=cluster.yaml BASE=cloud-image.qcow2 (root)
	@.make/setup sdk deb image
	@$(MAKE) cli deb
	@$(if $(VARS),,$(BIN)/redishabake image --quiet $(SPEC) --role $(ROLE) -o $(INPUTS))
	@.make/image $(ROLE) '$(or $(VARS),$(INPUTS)/$(ROLE).pkrvars.hcl)' $(DEB) $(IMAGES) '$(BASE)'

base-image: ## A Debian disk to bake on, where no cloud image can be downloaded: SUITE=bookworm|trixie (root)
	@.make/setup image
	@images/base-image $(SUITE) $(IMAGES)/base-$(SUITE).qcow2

image-check: ## Look through a finished image for what must not be in it: IMAGE=file.qcow2 (root)
	@.make/setup image
	@images/check '$(or $(IMAGE),$(firstword $(wildcard $(IMAGES)/*/*.qcow2)))'

bench: ## Size, start-up, memory of the agent; the generator's speed; first boots on the lab against the tutorial's commands (root)
	@.make/setup sdk deb lab bench
	@$(MAKE) cli deb
	@.make/bench $(DEB) $(BIN)/redishabake-agent
	@.make/bench-generator $(BIN)/redishabake
	@$(DOTNET) run --project tests/RedisHaBake.Bench -c Release -- cloud-init/lab/cluster.yaml $(DEB)

bench-image: ## The image's size; three VMs of it to ready against three of the base image (root)
	@.make/setup sdk deb lab image
	@$(MAKE) cli deb
	@.make/bench-image $(BIN)/redishabake $(IMAGES)

clean: ## Remove what was built; installed packages and the SDK stay
	@rm -rf artifacts src/*/bin src/*/obj tests/*/bin tests/*/obj

setup: ## Install what is missing for all of the above
	@.make/setup

build:
	@echo "Building the solution"
	@$(DOTNET) build RedisHaBake.sln -c Release $(QUIET)

cli:
	@echo "Publishing redishabake"
	@$(DOTNET) publish src/RedisHaBake.Cli -c Release -o $(BIN) $(QUIET)

agent:
	@echo "Publishing redishabake-agent"
	@$(DOTNET) publish src/RedisHaBake.Agent -c Release -o $(BIN) $(QUIET)
