#!/bin/sh
# Starts RabbitMQ as one node; user and virtual host are set anew at every start.
set -eu
umask 077
PATH=/opt/rabbitmq/sbin:/usr/lib/rabbitmq/bin:$PATH
mkdir -p "$HOME" /data/mnesia
cat > /run/shera/definitions.json <<JSON
{"users": [{"name": "$SHERA_USER", "password": "$SHERA_PASSWORD", "tags": "administrator"}],
 "vhosts": [{"name": "$SHERA_NAME"}],
 "permissions": [{"user": "$SHERA_USER", "vhost": "$SHERA_NAME", "configure": ".*", "write": ".*", "read": ".*"}]}
JSON
cat > /run/shera/rabbitmq.conf <<CONF
listeners.tcp.default = 5672
load_definitions = /run/shera/definitions.json
vm_memory_high_watermark.absolute = ${SHERA_CACHE_MIB}MiB
disk_free_limit.absolute = 64MB
log.console = true
log.file = false
CONF
echo '[].' > /run/shera/enabled_plugins
export RABBITMQ_MNESIA_BASE=/data/mnesia RABBITMQ_CONFIG_FILE=/run/shera/rabbitmq.conf RABBITMQ_LOGS=- \
  RABBITMQ_LOG_BASE=/run/shera RABBITMQ_ENABLED_PLUGINS_FILE=/run/shera/enabled_plugins RABBITMQ_PID_FILE=/run/shera/pid \
  RABBITMQ_GENERATED_CONFIG_DIR=/run/shera/config
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
exec rabbitmq-server
