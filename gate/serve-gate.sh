#!/usr/bin/env bash
# Runs the gate, and ends when Docker's socket is not the one that was mounted any more.
set -u

readonly docker=/var/run/docker.sock
readonly gate=/run/percore/gate/docker.sock

say() { printf 'percore gate: %s\n' "$*" >&2; }

if [[ ! -S $docker ]]; then
  say "there is no socket of Docker at $docker. Set PERCORE_DOCKER_SOCKET to where this machine has it (docker context inspect)."
  exit 1
fi

# Left behind by a gate that was killed; Nginx would not listen on it.
rm -f "$gate"

nginx -e stderr -c /etc/nginx/gate/nginx.conf &
nginx=$!
trap 'kill -QUIT "$nginx"' TERM INT QUIT
say 'started.'

# A descriptor that never has anything to read: `read -t` on it is a sleep without a process.
exec {never}<> <(:)
while kill -0 "$nginx" 2>/dev/null; do
  read -rt 2 -u "$never"
  # A Docker that restarts while containers live on makes a new socket under the old name. What is mounted here is
  # then a file without a name, on which nobody listens; only a start of this container mounts the new one.
  if [[ $(stat -c %h "$docker" 2>/dev/null) == 0 ]]; then
    say "Docker has replaced its socket; ending, so that Docker's restart mounts the new one."
    kill -QUIT "$nginx"
    wait "$nginx"
    exit 1
  fi
done
wait "$nginx"
code=$?
say "Nginx ended with code $code."
exit "$code"
