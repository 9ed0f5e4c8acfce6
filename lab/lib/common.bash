# Shared by the lab's scripts; sourced, never run.
# shellcheck shell=bash

# Where the lab keeps what outlives one command: the registry's storage, the base tarball, keys, logs.
readonly LAB_STATE="${HAVEN_LAB_STATE:-/var/lib/havenkeep-lab}"
# The lab's registry, as the host's Docker Engine sees it. The engine trusts 127.0.0.0/8 without TLS.
# shellcheck disable=SC2034
readonly LAB_REGISTRY=127.0.0.1:5000
readonly DOCKER_SOCKET=/var/run/docker.sock

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# become_root "$@": runs the calling script again as root when it is not.
become_root() {
  if [ "$(id -u)" -eq 0 ]; then
    return
  fi
  command -v sudo >/dev/null || die "needs root, and there is no sudo: run it as root"
  exec sudo --preserve-env=HAVEN_LAB_STATE -- "$(readlink -f "$0")" "$@"
}

# lock NAME: holds the lab-wide lock NAME until the script ends (file descriptor 9).
# Anything started to outlive the script must close it: `9>&-`.
lock() {
  mkdir -p "$LAB_STATE/locks"
  exec 9>"$LAB_STATE/locks/$1"
  flock 9
}

# wait_until SECONDS COMMAND...: true as soon as the command succeeds, false when the time is over.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      return 1
    fi
    sleep 0.2
  done
}

# install_packages PACKAGE...: installs what is missing, and only then asks the archive.
install_packages() {
  local missing=() package
  for package in "$@"; do
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
      missing+=("$package")
    fi
  done
  if [ "${#missing[@]}" -eq 0 ]; then
    return
  fi
  say "installing ${missing[*]}"
  local log="$LAB_STATE/apt.log"
  mkdir -p "$LAB_STATE"
  (
    # One apt at a time, whichever lab script asks; apt itself also waits for other users of its lock.
    exec 8>"$LAB_STATE/apt.lock"
    flock 8
    export DEBIAN_FRONTEND=noninteractive
    local -a apt=(apt-get -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
    "${apt[@]}" install --no-install-recommends "${missing[@]}" \
      || { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"; }
  ) >"$log" 2>&1 8>&- 9>&- </dev/null || {
    tail -n 20 "$log" >&2
    die "could not install ${missing[*]} (whole output: $log)"
  }
}

# docker_cli ARGUMENT...: Docker's command against the local engine. Debian's own client comes first: it has
# BuildKit built in, while another one on the PATH may lack the buildx plug-in that it then needs.
docker_cli() {
  local binary=/usr/bin/docker
  [ -x "$binary" ] || binary=docker
  env -u DOCKER_CONTEXT DOCKER_HOST="unix://$DOCKER_SOCKET" DOCKER_BUILDKIT=1 "$binary" "$@"
}

engine_answers() { timeout 10 env -u DOCKER_CONTEXT DOCKER_HOST="unix://$DOCKER_SOCKET" \
  docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# public_registry_answers: true when Docker Hub can be reached; it answers 401 to a caller without a token.
public_registry_answers() {
  local status
  status=$(curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}' \
    https://registry-1.docker.io/v2/ 2>/dev/null) || return 1
  [ "$status" = 401 ] || [ "$status" = 200 ]
}

# bridge_address: the host's own address on Docker's default bridge, where containers reach it.
bridge_address() {
  local address
  address=$(ip -4 -oneline address show dev docker0 2>/dev/null | sed -n 's/.* inet \([0-9.]*\)\/.*/\1/p' | head -n 1)
  echo "${address:-172.17.0.1}"
}

# free_port: a loopback port that nobody listens on just now, below the range that the kernel gives to clients.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# run STATE ROLE COMMAND...: detached, its process id in STATE/ROLE.pid, its output in STATE/ROLE.log.
run() {
  local state=$1 role=$2
  shift 2
  setsid nohup "$@" >"$state/$role.log" 2>&1 </dev/null 8>&- 9>&- &
  echo "$! $(start_time $!)" >"$state/$role.pid"
}

# A process id alone may have been given to another process since: the time of its start tells. Nothing for a zombie.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | grep -v '^Z' | cut -d ' ' -f 20; }

# runs STATE ROLE: true while what `run` started there runs.
runs() {
  local pid started
  read -r pid started 2>/dev/null <"$1/$2.pid" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ]
}

# stop STATE ROLE: ends what `run` started there, and the children that it left; no error when it does not run.
stop() {
  local pid
  if runs "$1" "$2"; then
    pid=$(cut -d ' ' -f 1 "$1/$2.pid")
    kill "$pid" || true
    stopped() { ! runs "$1" "$2"; }
    wait_until 20 stopped "$1" "$2" || kill -KILL -- "-$pid" || true
  fi
}

# localhost_certificate STATE: an authority of its own (ca.pem) and a certificate by it for this machine (server.pem,
# server.key): for localhost, every name below it, and the loopback address.
localhost_certificate() {
  local state=$1
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=Havenkeep lab' \
    -keyout "$state/ca.key" -out "$state/ca.pem" 2>/dev/null
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=localhost' \
    -addext 'subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1' -addext 'basicConstraints=critical,CA:FALSE' \
    -CA "$state/ca.pem" -CAkey "$state/ca.key" -keyout "$state/server.key" -out "$state/server.pem" 2>/dev/null
}

# check_name NAME: names end up in paths and container names.
check_name() {
  [[ "${1-}" =~ ^[a-z0-9][a-z0-9-]{0,40}$ ]] || die "a name is lower-case letters, digits and hyphens: '${1-}'"
}
