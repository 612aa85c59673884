#!/bin/bash
# Prints kvm where guests run under it, else tcg. /dev/kvm alone does not tell: inside some VMs it is there and a
# guest hangs in it, or cannot have the processor that the real guests get.
# bash itself would tell of a QEMU that aborts.
exec 2> /dev/null
sector=$(mktemp) || exit
trap 'rm -f "$sector"' EXIT
# The smallest guest: writes 32 to the port whose device ends QEMU with 2 * 32 + 1, or else halts.
{ printf '\xb0\x20\xe6\xf4\xf4\xeb\xfd'; head -c 503 /dev/zero; printf '\x55\xaa'; } > "$sector"
timeout --kill-after=1 5 qemu-system-x86_64 -accel kvm -cpu max -nodefaults -display none -m 32 \
    -drive "file=$sector,format=raw,if=ide" -device isa-debug-exit,iobase=0xf4,iosize=1 > /dev/null
[ $? = 65 ] && echo kvm || echo tcg
