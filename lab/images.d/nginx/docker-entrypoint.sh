#!/bin/sh
# Fills /etc/nginx/templates/*.template in with the environment, runs /docker-entrypoint.d/*.sh, then the command.
set -e

case "${1-}" in
  nginx | nginx-debug)
    for template in /etc/nginx/templates/*.template; do
      [ -e "$template" ] || continue
      name=${template##*/}
      # Only names that are set: nginx's own $variables stay.
      # shellcheck disable=SC2016
      defined=$(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/${\1}/p' | tr '\n' ' ')
      envsubst "$defined" <"$template" >"/etc/nginx/conf.d/${name%.template}"
    done
    for hook in /docker-entrypoint.d/*.sh; do
      if [ -x "$hook" ]; then "$hook"; fi
    done
    ;;
esac
exec "$@"
