#!/bin/sh
# Runs HAProxy as master and worker in the foreground, so that signals reload and stop it; any other command as it is.
set -e

case "${1-}" in
  -*) set -- haproxy "$@" ;;
esac
if [ "${1-}" = haproxy ]; then
  shift
  set -- haproxy -W -db "$@"
fi
exec "$@"
