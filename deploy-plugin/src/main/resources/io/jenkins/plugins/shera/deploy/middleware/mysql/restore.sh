#!/bin/sh
# Puts back what backup.sh wrote: its tables replace those of the same name, others stay.
set -eu
client=$(command -v mariadb || command -v mysql)
export MYSQL_PWD="$SHERA_ROOT_PASSWORD"
IFS= read -r first || { echo "The input is empty: nothing was restored." >&2; exit 1; }
{ printf '%s\n' "$first"; cat; } | "$client" --no-defaults -u root -S /run/shera/mysqld.sock
