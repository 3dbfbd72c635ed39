#!/bin/sh
# Whether an application could log in now.
client=$(command -v redis-cli || command -v valkey-cli)
export REDISCLI_AUTH="$SHERA_PASSWORD" VALKEYCLI_AUTH="$SHERA_PASSWORD"
[ "$("$client" -h 127.0.0.1 -p 6379 ping)" = PONG ]
