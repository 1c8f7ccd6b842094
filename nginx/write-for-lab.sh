# For serve-and-reload.sh: writes what the lab needs to know of this container, into $scratch.

port_or_exit() {
  [[ $2 =~ ^(0|[1-9][0-9]{0,4})$ && $2 -le 65535 ]] && return
  say "$1 must be a port such as $3, but is \"$2\". Set one, or leave it empty for $3."
  exit 1
}

# Where Compose has published the ports. It knows; from in here they cannot be seen.
read_published_ports() {
  local lab=${PERCORE_LAB_PORTS:-8081-8085}
  main_port=${PERCORE_PORT:-8080}
  baseline_port=${PERCORE_BASELINE_PORT:-8090}
  port_or_exit PERCORE_PORT "$main_port" 8080
  port_or_exit PERCORE_BASELINE_PORT "$baseline_port" 8090
  if [[ ! $lab =~ ^([1-9][0-9]{0,4})-([1-9][0-9]{0,4})$ ]] || ((BASH_REMATCH[2] - BASH_REMATCH[1] != 4 || BASH_REMATCH[2] > 65535)); then
    say "PERCORE_LAB_PORTS must be a range of five ports such as 8081-8085, but is \"$lab\". Set one, or leave it empty for that."
    exit 1
  fi
  first_lab_port=${BASH_REMATCH[1]}
}

# The list for the lab page: which mode is published where, and what the main port does now.
write_modes() {
  local sticky ports=$first_lab_port
  case $1 in
    '') sticky=off ;;
    *'sticky cookie'*) sticky=cookie ;;
    ip_hash*) sticky=ip_hash ;;
    least_conn*) sticky=least_conn ;;
    *) sticky=other ;;
  esac
  printf >"$scratch/modes.json.new" '%s\n' \
    '{"modes":[' \
    "{\"id\":\"main\",\"port\":$main_port,\"sticky\":\"$sticky\"}," \
    "{\"id\":\"round_robin\",\"port\":$ports}," \
    "{\"id\":\"least_conn\",\"port\":$((ports + 1))}," \
    "{\"id\":\"ip_hash\",\"port\":$((ports + 2))}," \
    "{\"id\":\"cookie\",\"port\":$((ports + 3))}," \
    "{\"id\":\"per_connection\",\"port\":$((ports + 4))}," \
    "{\"id\":\"cluster\",\"port\":$baseline_port,\"optional\":true}" \
    ']}'
  # A reader sees the old file or the new one, whole.
  mv "$scratch/modes.json.new" "$scratch/modes.json"
}

# The gateway of the default route is who connects to a published port on behalf of the host. The kernel writes
# addresses as one number, low byte first: 010014AC is 172.20.0.1. Without such a route (no network, or one without
# the outside) nobody is believed.
write_gateway() {
  local destination gateway
  while read -r _ destination gateway _; do
    [[ $destination == 00000000 && $gateway != 00000000 ]] || continue
    printf 'set_real_ip_from %d.%d.%d.%d;\n' "0x${gateway:6:2}" "0x${gateway:4:2}" "0x${gateway:2:2}" "0x${gateway:0:2}"
    break
  done </proc/net/route >"$scratch/believe-gateway.conf"
}
