#!/bin/sh
# Writes users, virtual hosts, exchanges, queues, bindings and policies to the output as JSON. Messages are not part of it.
set -eu
PATH=/opt/rabbitmq/sbin:/usr/lib/rabbitmq/bin:$PATH
exec rabbitmqctl -q export_definitions -
