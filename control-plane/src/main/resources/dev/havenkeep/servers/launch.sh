# Starts a command whose arguments and environment come as lines on standard input; see Launch.
# Comments go and lines are joined before use, so each statement ends in a semicolon. No single quotes here.
line() {
  IFS= read -r v || exit 125;
  case $v in
    *\\*) v=$(printf %b. "$v"); v=${v%.};;
  esac;
};
line; t=$v;
line; n=$v;
set --;
while [ "$n" -gt 0 ]; do line; set -- "$@" "$v"; n=$((n-1)); done;
w=$(command -v timeout) || w=;
line; n=$v;
while [ "$n" -gt 0 ]; do line; export "$v"; n=$((n-1)); done;
if [ -n "$w" ]; then exec "$w" -s KILL "$t" "$@"; fi;
exec "$@"
