#!/bin/sh
# Starts MariaDB or MySQL: makes the data folder once, and sets database and credentials anew at every start.
set -eu
umask 077
PATH=$PATH:/usr/local/sbin:/usr/sbin
server=$(command -v mariadbd || command -v mysqld)
socket=/run/shera/mysqld.sock
if [ ! -d /data/mysql ]; then
  rm -rf /data/mysql.new
  if command -v mariadb-install-db >/dev/null; then
    mariadb-install-db --no-defaults --datadir=/data/mysql.new --auth-root-authentication-method=normal \
      --skip-test-db --skip-name-resolve
  else
    "$server" --no-defaults --initialize-insecure --datadir=/data/mysql.new
  fi
  mv /data/mysql.new /data/mysql
fi
# In GRANT an underscore stands for any character.
granted=$(printf %s "$SHERA_NAME" | sed 's/_/\\_/g')
cat > /run/shera/init.sql <<SQL
CREATE DATABASE IF NOT EXISTS \`$SHERA_NAME\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$SHERA_USER'@'%' IDENTIFIED BY '$SHERA_PASSWORD';
ALTER USER '$SHERA_USER'@'%' IDENTIFIED BY '$SHERA_PASSWORD';
GRANT ALL PRIVILEGES ON \`$granted\`.* TO '$SHERA_USER'@'%';
ALTER USER 'root'@'localhost' IDENTIFIED BY '$SHERA_ROOT_PASSWORD';
SQL
if command -v mariadb-upgrade >/dev/null; then
  (
    until /bin/sh /shera/ready.sh 2>/dev/null; do sleep 2; done
    MYSQL_PWD=$SHERA_ROOT_PASSWORD mariadb-upgrade --no-defaults --silent -u root -S "$socket" || true
  ) &
fi
exec "$server" --no-defaults --datadir=/data/mysql --socket="$socket" --pid-file=/run/shera/mysqld.pid \
  --init-file=/run/shera/init.sql --tmpdir=/tmp --port=3306 --bind-address=0.0.0.0 --skip-name-resolve --skip-log-bin \
  --loose-mysqlx=OFF --character-set-server=utf8mb4 --max-connections="$SHERA_MAX_CONNECTIONS" \
  --innodb-buffer-pool-size="${SHERA_CACHE_MIB}M"
