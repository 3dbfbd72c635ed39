#!/bin/sh
# Writes the database to the output as SQL, as it is at one moment; nothing is stopped meanwhile.
set -eu
dump=$(command -v mariadb-dump || command -v mysqldump)
export MYSQL_PWD="$SHERA_ROOT_PASSWORD"
exec "$dump" --no-defaults -u root -S /run/shera/mysqld.sock --single-transaction --routines --triggers --events --hex-blob \
  --databases "$SHERA_NAME"
