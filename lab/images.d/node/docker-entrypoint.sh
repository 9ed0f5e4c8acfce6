#!/bin/sh
# Options, and anything that is not a command, are for node; any other command runs as it is.
set -e

if [ "${1#-}" != "${1-}" ] || { [ -z "$(command -v "${1-}")" ] && [ -f "${1-}" ]; }; then
  set -- node "$@"
fi
exec "$@"
