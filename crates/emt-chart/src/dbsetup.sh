install=/opt/Axway/apigateway
# A driver that is merged: the product itself would copy it at its start.
if [ -d /merge/apigateway/ext/lib ]; then cp /merge/apigateway/ext/lib/* "$install/ext/lib/"; fi
attempt=1
until "$install/posix/bin/dbsetup" \
  "--dburl=$METRICS_DB_URL" "--dbuser=$METRICS_DB_USERNAME" "--dbpass=$METRICS_DB_PASS" </dev/null
do
  if [ "$attempt" -ge 5 ]; then echo "dbsetup: failed $attempt times"; exit 1; fi
  echo "dbsetup: attempt $attempt failed, once more in 10 s"
  attempt=$((attempt + 1)); sleep 10
done
echo "dbsetup: the schema is there"
