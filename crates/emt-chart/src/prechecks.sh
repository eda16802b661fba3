reachable() {
  if ! command -v nc >/dev/null 2>&1; then
    timeout 3 bash -c "exec 3<>/dev/tcp/${1%:*}/${1##*:}" >/dev/null 2>&1
  elif nc -h 2>&1 | grep -q -e -z; then
    nc -z -w 3 "${1%:*}" "${1##*:}" >/dev/null 2>&1
  else
    nc -w 3 "${1%:*}" "${1##*:}" -e true >/dev/null 2>&1
  fi
}
if ! command -v nc >/dev/null 2>&1 && ! command -v bash >/dev/null 2>&1; then
  echo "prechecks: the image has neither nc nor bash: set prechecks.mode to none"; exit 2
fi
end=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  missing=""; hosts=0; up=0
  for target in ${METRICS_DATABASE:-} ${ADMIN_NODE_MANAGER:-} ${API_MANAGER:-} ${TRAFFIC:-}; do
    reachable "$target" || missing="$missing $target"
  done
  for host in ${CASSANDRA_HOSTS:-}; do
    hosts=$((hosts + 1))
    if reachable "$host:$CASSANDRA_PORT"; then
      up=$((up + 1))
    elif [ "$MODE" = strict ]; then
      missing="$missing $host:$CASSANDRA_PORT"
    fi
  done
  if [ "$MODE" = soft ] && [ "$hosts" -gt 0 ] && [ "$up" -le $((hosts / 2)) ]; then
    missing="$missing cassandra($up/$hosts)"
  fi
  if [ -z "$missing" ]; then echo "prechecks: all answer"; exit 0; fi
  if [ "$(date +%s)" -ge "$end" ]; then break; fi
  echo "prechecks: waiting for$missing"
  sleep 2
done
if [ "$MODE" = soft ]; then echo "prechecks: go on without$missing after $TIMEOUT_SECONDS s"; exit 0; fi
echo "prechecks: no answer within $TIMEOUT_SECONDS s from$missing"; exit 1
