#!/bin/sh
# Whether the node is up with its definitions.
PATH=/opt/rabbitmq/sbin:/usr/lib/rabbitmq/bin:$PATH
exec rabbitmqctl -q await_startup --timeout 5
