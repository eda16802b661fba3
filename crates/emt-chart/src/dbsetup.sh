tool="${DBSETUP:-/opt/Axway/apigateway/posix/bin/dbsetup}"
attempt=1
until "$tool" "--dburl=$METRICS_DB_URL" "--dbuser=$METRICS_DB_USERNAME" "--dbpass=$METRICS_DB_PASS" </dev/null; do
  if [ "$attempt" -ge "${ATTEMPTS:-5}" ]; then echo "dbsetup: failed $attempt times"; exit 1; fi
  echo "dbsetup: attempt $attempt failed, once more in ${RETRY_SECONDS:-10} s"
  attempt=$((attempt + 1)); sleep "${RETRY_SECONDS:-10}"
done
echo "dbsetup: the schema is there"
