#!/bin/sh
# Replaces everything by what backup.sh wrote. A second server reads the file first, so that a broken one changes nothing; Redis then
# copies it as a replica would, without a restart.
set -eu
umask 077
PATH=$PATH:/usr/local/sbin:/usr/sbin
client=$(command -v redis-cli || command -v valkey-cli)
export REDISCLI_AUTH="$SHERA_PASSWORD" VALKEYCLI_AUTH="$SHERA_PASSWORD"
folder=/data/restore.$$
main() { "$client" -h 127.0.0.1 -p 6379 "$@"; }
second() { "$client" -h 127.0.0.1 -p 6390 "$@"; }
tidy() {
  main REPLICAOF NO ONE >/dev/null || true
  second SHUTDOWN NOSAVE >/dev/null 2>&1 || true
  rm -rf "$folder"
}
mkdir "$folder"
trap tidy EXIT
cat > "$folder/dump.rdb"
case $(head -c 5 "$folder/dump.rdb") in
  REDIS|VALKE) ;;
  *) echo "The input is not an RDB file: nothing was restored." >&2; exit 1 ;;
esac
{
  printf 'port 6390\nbind 127.0.0.1\ndir %s\nappendonly no\nsave ""\n' "$folder"
  printf 'requirepass %s\nlogfile %s/log\n' "$SHERA_PASSWORD" "$folder"
} | "$(command -v redis-server || command -v valkey-server)" - &
server=$!
until [ "$(second ping 2>/dev/null)" = PONG ]; do
  kill -0 "$server" 2>/dev/null || { echo "The file cannot be read: nothing was restored." >&2; tail -n 5 "$folder/log" >&2; exit 1; }
  sleep 1
done
main REPLICAOF 127.0.0.1 6390 >/dev/null
until main INFO replication | grep -q '^master_link_status:up'; do
  kill -0 "$server" 2>/dev/null || { echo "Copying failed: look at the data before you go on." >&2; exit 1; }
  sleep 1
done
main REPLICAOF NO ONE >/dev/null
echo "Restored: $(main DBSIZE) keys." >&2
