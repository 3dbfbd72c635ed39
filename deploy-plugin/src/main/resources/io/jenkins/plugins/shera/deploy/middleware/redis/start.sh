#!/bin/sh
# Starts Redis or Valkey with the password in a file that only it can read.
set -eu
umask 077
PATH=$PATH:/usr/local/sbin:/usr/sbin
mkdir -p /data/redis
cat > /run/shera/redis.conf <<CONF
port 6379
bind 0.0.0.0
dir /data/redis
appendonly yes
maxmemory ${SHERA_CACHE_MIB}mb
maxmemory-policy $SHERA_MAXMEMORY_POLICY
requirepass $SHERA_PASSWORD
masterauth $SHERA_PASSWORD
CONF
exec "$(command -v redis-server || command -v valkey-server)" /run/shera/redis.conf
