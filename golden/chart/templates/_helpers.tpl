{{/*
Admin Node Managers that gateways register with, as host:port: the release's own, and those outside.
*/}}
{{- define "apim-emt.adminNodeManagers" -}}
{{- $outside := join "," .Values.topology.externalAdminNodeManagers }}
{{- $own := printf "%s-anm:%d" (include "apim-emt.fullname" .) (int64 .Values.adminNodeManager.ports.management.port) }}
{{- if and .Values.adminNodeManager.enabled .Values.topology.externalAdminNodeManagers -}}
{{ $own }},{{ $outside }}
{{- else if .Values.adminNodeManager.enabled -}}
{{ $own }}
{{- else -}}
{{ $outside }}
{{- end }}
{{- end }}

{{/*
Brings the metrics database's schema with the product's own tool; never drops what is there.
*/}}
{{- define "apim-emt.databaseSetup" -}}
tool="${DBSETUP:-/opt/Axway/apigateway/posix/bin/dbsetup}"
attempt=1
until "$tool" "--dburl=$METRICS_DB_URL" "--dbuser=$METRICS_DB_USERNAME" "--dbpass=$METRICS_DB_PASS" </dev/null; do
  if [ "$attempt" -ge "${ATTEMPTS:-5}" ]; then echo "dbsetup: failed $attempt times"; exit 1; fi
  echo "dbsetup: attempt $attempt failed, once more in ${RETRY_SECONDS:-10} s"
  attempt=$((attempt + 1)); sleep "${RETRY_SECONDS:-10}"
done
echo "dbsetup: the schema is there"
{{- end }}

{{/*
All that the job of the metrics database is made of, without Secrets' values. A Job cannot change, so its name
holds a hash of it.
*/}}
{{- define "apim-emt.databaseSetupInputs" -}}
{{ .Chart.Version }} {{ .Values.global.imageRegistry }}
{{ .Values.image | toJson }}
{{ .Values.adminNodeManager.image | toJson }}
{{ .Values.metricsDatabase | toJson }}
{{ .Values.prechecks | toJson }}
{{ .Values.podDefaults | toJson }}
{{ .Values.security | toJson }}
{{- range $name, $entry := .Values.secrets }}
{{- $secret := mergeOverwrite (deepCopy $.Values.secretDefaults) $entry }}
{{ $name }} {{ $secret.source }}
{{- end }}
{{- end }}

{{/*
Name of the Secret with the user who brings the metrics database's schema.
*/}}
{{- define "apim-emt.databaseSetupSecret" -}}
{{- $database := .Values.metricsDatabase -}}
{{ $database.setup.credentials.existingSecret | default $database.credentials.existingSecret }}
{{- end }}

{{/*
envSettings.props of a gateway group: what its configuration reads as ${env.NAME}.
*/}}
{{- define "apim-emt.envSettings" -}}
env.PORT.TRAFFIC={{ .group.traffic.ports.plain.port }}
env.PORT.PORTAL.TRAFFIC={{ .group.traffic.ports.traffic.port }}
env.PORT.APIPORTAL={{ .group.manager.ports.manager.port }}
env.PORT.MANAGEMENT={{ .group.traffic.ports.management.port }}
{{- if .group.traffic.ports.sample.enabled }}
env.PORT.SAMPLE.SERVICES={{ .group.traffic.ports.sample.port }}
{{- end }}
{{- if .group.traffic.ports.oauth.enabled }}
env.PORT.OAUTH2.SERVICES={{ .group.traffic.ports.oauth.port }}
{{- end }}
{{- range $setting, $value := .group.envSettings.properties }}
env.{{ $setting }}={{ $value }}
{{- end }}
{{- end }}

{{/*
Name of the claim that holds the events.
*/}}
{{- define "apim-emt.eventsClaim" -}}
{{- if eq .Values.events.storage.type "existing" -}}
{{ .Values.events.storage.existingClaim }}
{{- else -}}
{{ include "apim-emt.fullname" . }}-events
{{- end }}
{{- end }}

{{/*
Size of the events volume: the largest number of gateways times the disk that each fills, and the reserve.
*/}}
{{- define "apim-emt.eventsSize" -}}
{{- $gateways := 0 }}
{{- range .Values.gatewayGroups }}
{{- $group := mergeOverwrite (deepCopy $.Values.gatewayGroupDefaults) . }}
{{- if $group.enabled }}
{{- $gateways = add $gateways (add (ternary $group.traffic.autoscaling.maxReplicas $group.traffic.replicas $group.traffic.autoscaling.enabled) $.Values.events.headroomReplicas) }}
{{- end }}
{{- end }}
{{- $size := add (mul (add $gateways .Values.events.gatewaysOfOtherReleases) .Values.events.maxDiskSpacePerGatewayMiB) .Values.events.reserveMiB }}
{{- if eq (mod $size 1024) 0 -}}
{{ div $size 1024 }}Gi
{{- else -}}
{{ int64 $size }}Mi
{{- end }}
{{- end }}

{{/*
What every object's name begins with: the release's name. One that is too long, holds a dot or begins with a
digit is cut and told from others by a hash, so that every name fits 63 characters.
*/}}
{{- define "apim-emt.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride }}
{{- else if or (gt (len .Release.Name) 30) (contains "." .Release.Name) (lt .Release.Name "a") -}}
r-{{ .Release.Name | trunc 21 | replace "." "-" | trimSuffix "-" }}-{{ .Release.Name | sha256sum | trunc 6 }}
{{- else -}}
{{ .Release.Name }}
{{- end }}
{{- end }}

{{/*
Reference of an image. The registry is the parent chart's, else the image's own, else that of all images.
*/}}
{{- define "apim-emt.image" -}}
{{- $registry := coalesce .root.Values.global.imageRegistry .image.registry | default .root.Values.image.registry -}}
{{ $registry }}/{{ .image.repository }}:{{ .image.tag }}
{{- end }}

{{/*
jvm.xml of a component: options of the Java virtual machine, in order.
*/}}
{{- define "apim-emt.jvm" -}}
<ConfigurationFragment>
{{- range .jvm.options }}
  <VMArg name="{{ . }}"/>
{{- end }}
</ConfigurationFragment>
{{- end }}

{{/*
Labels of every object of one component.
*/}}
{{- define "apim-emt.labels" -}}
{{ include "apim-emt.selectorLabels" . }}
app.kubernetes.io/part-of: amplify-api-management
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: "apim-emt-{{ .root.Chart.Version }}"
{{- with .root.Values.commonLabels }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}

{{/*
Parameters of the metrics database's JDBC URL for TLS as the values want it.
*/}}
{{- define "apim-emt.metricsDatabaseTls" -}}
{{- if eq .Values.metricsDatabase.tls "none" -}}
useSSL=false
{{- else if eq .Values.metricsDatabase.tls "verify" -}}
useSSL=true&requireSSL=true&verifyServerCertificate=true
{{- else -}}
useSSL=true&requireSSL=true
{{- end }}
{{- end }}

{{/*
JDBC URL of the metrics database.
*/}}
{{- define "apim-emt.metricsDatabaseUrl" -}}
{{- $database := .Values.metricsDatabase -}}
jdbc:mysql://{{ $database.host }}:{{ $database.port }}/{{ $database.name }}?{{ include "apim-emt.metricsDatabaseTls" . }}
{{- end }}

{{/*
Waits until what a component needs answers: all of it (MODE strict), or a quorum of Cassandra (soft). Ends within
TIMEOUT_SECONDS: strict fails then, soft goes on.
*/}}
{{- define "apim-emt.prechecks" -}}
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
{{- end }}

{{/*
Labels that select the pods of one component. They never change.
*/}}
{{- define "apim-emt.selectorLabels" -}}
app.kubernetes.io/name: apim-emt
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/*
All files that the release merges into a gateway's configuration; its pods carry their checksum.
*/}}
{{- define "apim-emt.settings" -}}
{{ include "apim-emt.envSettings" . }}
{{ include "apim-emt.jvm" . }}
{{- end }}

{{/*
Where usage records of the topology go, as the product numbers it.
*/}}
{{- define "apim-emt.usageLogDestination" -}}
{{- if eq .Values.topology.usageLog.destination "topologyLog" -}}
1
{{- else if eq .Values.topology.usageLog.destination "traceLog" -}}
2
{{- else -}}
3
{{- end }}
{{- end }}
