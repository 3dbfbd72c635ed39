#!/bin/sh
# Writes everything to the output as an RDB file, as it is at one moment; nothing is stopped meanwhile.
set -eu
umask 077
client=$(command -v redis-cli || command -v valkey-cli)
export REDISCLI_AUTH="$SHERA_PASSWORD" VALKEYCLI_AUTH="$SHERA_PASSWORD"
file=/data/backup.$$.rdb
trap 'rm -f "$file"' EXIT
"$client" -h 127.0.0.1 -p 6379 --rdb "$file" >&2
cat "$file"
