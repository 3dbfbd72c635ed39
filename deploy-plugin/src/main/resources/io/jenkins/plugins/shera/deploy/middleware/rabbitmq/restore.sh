#!/bin/sh
# Adds what backup.sh wrote to what is there; the password of the application stays the one of the Secret.
set -eu
umask 077
PATH=/opt/rabbitmq/sbin:/usr/lib/rabbitmq/bin:$PATH
file=/run/shera/restore.$$.json
trap 'rm -f "$file"' EXIT
cat > "$file"
[ -s "$file" ] || { echo "The input is empty: nothing was restored." >&2; exit 1; }
rabbitmqctl -q import_definitions "$file" >&2
printf '%s\n' "$SHERA_PASSWORD" | rabbitmqctl -q change_password "$SHERA_USER" >&2
