#!/bin/sh
# Runs a unit test program from the top of the tree and prints what failed and the counts.
# usage: tests/unit.sh PROGRAM
set -eu
cd "$(dirname "$0")/.."
. tests/env.sh
exec "$1"
