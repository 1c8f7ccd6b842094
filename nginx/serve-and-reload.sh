#!/usr/bin/env bash
# Runs Nginx in the foreground and reloads it when its configuration or the list of replicas changes.
#
# It looks at the files instead of waiting for inotify's events: these do not cross every bind mount (Docker Desktop,
# network file systems), and need a program that the image does not have. It compares contents, not time stamps, so it
# cannot miss a file that was replaced by an older one, deleted, or edited twice in a second; and it starts no process
# for that. A look takes about a millisecond.

set -u
shopt -s nullglob
# Bytes, not characters: reading is several times faster.
export LC_ALL=C

readonly folder=/etc/nginx/percore
readonly replicas=/run/percore/placement/replicas.conf
readonly scratch=/tmp/percore
readonly seconds_between_looks=0.4
readonly seconds_to_settle=0.1

say() { printf 'percore: %s\n' "$*" >&2; }

# Docker reads what a container writes out of a pipe of 64 KiB. While dockerd is away (it may restart while containers
# live on) or hangs, nobody does, and who writes into a full pipe stops: a worker in the middle of a request. So all
# output takes a way through dd, which does not wait: what finds no room is lost, and with it the end of a line.
pass_on() {
  until dd of=/dev/stdout oflag=nonblock bs=32k status=none; do :; done 2>/dev/null
}
# One way for both, as each costs 4 MB.
exec > >(pass_on) 2>&1
readonly relay=$!
# This container ends when this process does: not before the last words are out.
trap 'exec >&- 2>&-; wait "$relay"' EXIT

. "${BASH_SOURCE[0]%/*}/write-for-lab.sh"

# A descriptor that never has anything to read: `read -t` on it is a sleep without a process.
exec {never}<> <(:)
pause() { read -rt "$1" -u "$never" || true; }

# worker_processes auto counts the machine's CPUs, also those this container may not use; nproc counts the others not.
# A request costs Nginx some 10 µs and a replica 15 µs of CPU, and sums cost Nginx nothing: one worker feeds two
# replicas' cores. More would only take time from them.
choose_workers() {
  local wanted=${PERCORE_NGINX_WORKERS:-} cpus
  if [[ -z $wanted ]]; then
    cpus=$(nproc)
    workers=$(((cpus + 1) / 2))
  elif [[ $wanted =~ ^[1-9][0-9]{0,2}$ ]]; then
    workers=$wanted
  else
    say "PERCORE_NGINX_WORKERS must be a whole number from 1 to 999, but is \"$wanted\". Set one, or leave it empty for one worker per two CPUs."
    exit 1
  fi
}

# Reads files into the array `files` by path, and all of them into the string `sight`: to compare one string is what
# makes an idle look cheap.
declare -A files=() used=()
look_at() {
  local file text
  files=()
  sight=
  for file; do
    # One descriptor for all files: redirecting for each command would cost twice as many system calls.
    exec 9<"$file" || continue
    # Split at NUL bytes, of which there are none: all of it.
    mapfile -d '' -u 9 text
    files[$file]=${text[0]-}
    sight+=$file$'\n'${text[0]-}
  done 2>/dev/null
}

look() { look_at "$folder"/*.conf "$folder"/*/*.conf "$replicas"; }

# The files that change in everyday use are looked at every time, the others every second time: half the cost.
glances=0
anything_new() {
  if ((glances++ % 2 == 0)); then
    look_at "$folder/sticky.conf" "$folder/trusted-proxies.conf" "$replicas"
    [[ $sight != "$glimpsed" ]] || return 1
    glimpsed=$sight
  fi
  look
  [[ $sight != "$seen" ]]
}

# Puts into `changes` the names of the files that are not as they were when Nginx last read them.
changes_since_reload() {
  local file
  changes=
  for file in "${!files[@]}"; do
    [[ -v used[$file] && ${used[$file]} == "${files[$file]}" ]] || changes+=", ${file##*/}"
  done
  for file in "${!used[@]}"; do
    [[ -v files[$file] ]] || changes+=", ${file##*/} (gone)"
  done
  changes=${changes#, }
}

remember() {
  local file
  used=()
  for file in "${!files[@]}"; do used[$file]=${files[$file]}; done
}

# The lines of a file that are not comments, as one line.
active_lines() {
  local line out=
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%%#*}
    read -r line <<<"$line"
    line=${line%;}
    [[ -n $line ]] && out+="${out:+, }$line"
  done <<<"${files[$1]-}"
  printf '%s' "$out"
}

describe() {
  local mode proxies servers
  mode=$(active_lines "$folder/sticky.conf")
  proxies=$(active_lines "$folder/trusted-proxies.conf")
  proxies=${proxies//set_real_ip_from /}
  servers=$(grep '^server ' <<<"${files[$replicas]-}" | grep -cv ' down;')
  printf 'mode: %s; replicas: %d; trusted proxies: %s' "${mode:-round robin}" "$servers" "${proxies:-none}"
}

# Nginx refuses an upstream without servers, so until the pinner has written its first list there is one that is down.
# Only until then: a list that vanishes later leaves the last one in use.
stand_in_for_replicas() {
  if [[ -e $replicas ]]; then
    rm -f "$scratch/no-replicas.conf"
  else
    printf 'server unix:/run/percore/sockets/none.sock down;\n' >"$scratch/no-replicas.conf"
  fi
}

# Puts Nginx's own words about the configuration into `verdict`, in one line; fails when it would not run.
check() {
  local output line good=0
  output=$("${nginx_command[@]}" -t -q 2>&1) || good=1
  verdict=
  while IFS= read -r line; do
    [[ -z $line || $line == *'test failed'* ]] && continue
    # Without the time and process that Nginx puts in front.
    [[ $line =~ \[[a-z]+\]\ ([0-9]+#[0-9]+:\ )?(.*) ]] && line=${BASH_REMATCH[2]}
    verdict+="${verdict:+; }${line//"$folder/"/}"
  done <<<"$output"
  return "$good"
}

# Puts the workers that take new connections into `workers_taking`, by PID.
look_for_workers() {
  local file title
  workers_taking=' '
  for file in /proc/[0-9]*/cmdline; do
    # A process may end meanwhile.
    read -rd '' title <"$file" || continue
    [[ $title == 'nginx: worker process' ]] && workers_taking+="${file//[!0-9]/} "
  done 2>/dev/null
}

# For some 100 ms the workers of both configurations take what comes. What is said of a reload has to be true for the
# next request, so it waits until the old ones have stopped taking.
reload_nginx() {
  local worker waits=0 before
  look_for_workers
  before=$workers_taking
  kill -HUP "$nginx"
  for worker in $before; do
    # 5 s at most: a reload that comes to nothing must not stop all further ones.
    until look_for_workers; [[ $workers_taking != *" $worker "* || -n $stopping ]] || ((waits++ >= 250)); do
      pause 0.02
    done
  done
}

# Nginx tells by the clock how long a replica that failed has been passed over. Set back by an hour, the clock would make
# that an hour; a reload forgets it.
clock=$EPOCHSECONDS
reload_if_set_back() {
  local before=$clock
  clock=$EPOCHSECONDS
  ((clock < before - 1)) || return 0
  reload_nginx
  say "reloaded, as the clock was set back by $((before - clock)) s. Now active: $(describe)."
}

reload_if_changed() {
  anything_new || return 0

  # An editor may be in the middle of writing: what counts is what stays.
  while [[ $sight != "$seen" ]]; do
    seen=$sight
    pause "$seconds_to_settle"
    look
  done

  changes_since_reload
  if [[ -z $changes ]]; then
    say 'the configuration is again the one in use.'
    return 0
  fi

  if [[ ! -e $replicas && -v used[$replicas] ]]; then
    say "kept the configuration in use: $replicas is gone. The pinner writes it again; until then the last list counts."
    return 0
  fi
  stand_in_for_replicas

  if check; then
    remember
    reload_nginx
    write_modes "$(active_lines "$folder/sticky.conf")"
    say "reloaded ($changes). Now active: $(describe).${verdict:+ Nginx remarks: $verdict}"
  else
    say "kept the configuration in use, as Nginx refuses the new one ($changes): $verdict"
  fi
}

stopping= cut_off=
# A second signal means now.
stop() {
  if [[ -z $stopping ]]; then kill -QUIT "$nginx"; else kill -TERM "$nginx"; fi
  stopping=$SECONDS
}

# Nginx ends when its last connection does, and those of port 8085 end when their clients like: Nginx cannot tell an
# idle one. After 10 s, which is as long as an idle connection of the other ports can take (http/keep-connections.conf),
# and when nothing but such connections is left, they are cut off; a page left open would hold up every restart else,
# until Docker kills Nginx.
cut_off_what_is_left() {
  local address state
  [[ -z $cut_off ]] && ((SECONDS - stopping >= 10)) || return 0
  # 01 is an established connection, 1F90 to 1F94 are ports 8080 to 8084.
  while read -r _ address _ state _; do
    [[ $state == 01 && ${address#*:} == 1F9[0-4] ]] && return 0
  done </proc/net/tcp
  say 'cut off the connections left on port 8085.'
  kill -TERM "$nginx"
  cut_off=yes
}

if [[ ! -f $folder/nginx.conf ]]; then
  say "PERCORE_NGINX_DIR must be a folder with percore's nginx.conf, and the one mounted at $folder has none. Set another, or leave it empty for ./nginx."
  exit 1
fi
choose_workers
# -e: what Nginx has to say before it has read the configuration would go to a file.
nginx_command=(nginx -e stderr -c "$folder/nginx.conf" -g "daemon off; worker_processes $workers;")
mkdir -p "$scratch"
read_published_ports
write_gateway
stand_in_for_replicas
look
seen=$sight
glimpsed=
remember
if ! check; then
  say "not started, as Nginx refuses the configuration: $verdict. Mend that line; \"git diff nginx\" shows what is not as it was shipped."
  exit 1
fi
write_modes "$(active_lines "$folder/sticky.conf")"
rm -f /tmp/nginx.pid
"${nginx_command[@]}" &
nginx=$!
trap stop TERM INT QUIT
# Nginx writes this once it can take signals; a HUP before that would end it.
until [[ -s /tmp/nginx.pid ]] || ! kill -0 "$nginx" 2>/dev/null; do pause 0.05; done
say "started with $workers worker(s). Active: $(describe).${verdict:+ Nginx remarks: $verdict}"

while kill -0 "$nginx" 2>/dev/null; do
  pause "$seconds_between_looks"
  if [[ -n $stopping ]]; then
    cut_off_what_is_left
  else
    reload_if_set_back
    reload_if_changed
  fi
done
wait "$nginx"
code=$?
say "Nginx ended with code $code."
exit "$code"
