# Readies a server for one build and prints the build's private folder.
# $1 names the installation's build folders, $2 this run of the control plane, $3 is the docker command.
set -u
umask 077

# Folders are in memory where that is possible, so that no secret ever reaches a disk.
base=/dev/shm
[ -d "$base" ] && [ -w "$base" ] || base=/tmp
for old in "$base/$1".*; do
  case $old in
    "$base/$1.$2".*) ;;
    *) [ -d "$old" ] && [ -O "$old" ] && rm -rf -- "$old" ;;
  esac
done

# What a Dockerfile runs is put by the engine into the control group "buildkit" under its own, whatever the priority of
# the docker command. That group gets a small share of the CPU when the served apps want it too. Only root may do this;
# for others builds have the same share as one app.
lower() {
  [ "$(cat "$1" 2>/dev/null)" = "$2" ] || echo "$2" >"$1"
}
all_named_buildkit() {
  find "$1" -maxdepth 4 -type d -name buildkit
}
{
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    root=/sys/fs/cgroup/docker
    if [ "$(cat "$root/buildkit/cpu.weight" 2>/dev/null)" != 6 ]; then
      mkdir -p "$root/buildkit" &&
        echo +cpu >/sys/fs/cgroup/cgroup.subtree_control &&
        echo +cpu >"$root/cgroup.subtree_control"
      # With the systemd driver apps are in slices beside this group, not in it.
      if [ "$("$3" info --format '{{.CgroupDriver}}')" = systemd ]; then
        lower "$root/cpu.weight" 6
      fi
    fi
    all_named_buildkit /sys/fs/cgroup | while read -r group; do lower "$group/cpu.weight" 6; done
  else
    for controller in /sys/fs/cgroup/cpu /sys/fs/cgroup/cpu,cpuacct; do
      if [ -f "$controller/cpu.shares" ]; then
        mkdir -p "$controller/docker/buildkit"
        all_named_buildkit "$controller/" | while read -r group; do lower "$group/cpu.shares" 64; done
        break
      fi
    done
  fi
} >/dev/null 2>&1

mktemp -d "$base/$1.$2.XXXXXXXX"
