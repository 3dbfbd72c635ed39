#!/bin/sh
# Whether an application could log in now.
client=$(command -v mariadb || command -v mysql)
export MYSQL_PWD="$SHERA_PASSWORD"
exec "$client" --no-defaults -h 127.0.0.1 -P 3306 -u "$SHERA_USER" -e 'SELECT 1' "$SHERA_NAME" >/dev/null
