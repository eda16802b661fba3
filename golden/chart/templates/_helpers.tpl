{{/*
What is wrong with the ingress of the Admin Node Manager or API Manager; nothing where all is well.
*/}}
{{- define "apim-emt.adminIngressFault" -}}
{{- $controller := .ingress.controller }}
{{- if and (eq .ingress.exposure "public") (eq $controller "nginx") (eq .ingress.certificate.source "passthrough") -}}
exposure: ingress-nginx passes TLS through whoever calls: set internal for hosts of administrators
{{- else if and (eq .ingress.exposure "public") (not .ingress.adminAllowedCidrs)
    (or (ne $controller "alb") (not .ingress.alb.securityGroups)) -}}
adminAllowedCidrs: name who may reach it, or set ingress.exposure to internal
{{- else if and (eq $controller "alb") (eq .ingress.adminLoadBalancer "shared") .ingress.adminAllowedCidrs -}}
adminLoadBalancer: a shared AWS load balancer has one list of ranges: set separate
{{- else if and (eq $controller "alb") .ingress.alb.securityGroups .ingress.adminAllowedCidrs -}}
alb.securityGroups: beside them AWS ignores allowed ranges: say these in the groups
{{- else if and (eq $controller "nginx") (eq .ingress.certificate.source "passthrough") .ingress.adminAllowedCidrs -}}
adminAllowedCidrs: ingress-nginx passes TLS through whoever calls: name the ranges at its load balancer instead
{{- else -}}
{{ include "apim-emt.ingressFault" . }}
{{- end }}
{{- end }}

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
Annotations for the AWS Load Balancer Controller: what the load balancer does for its clients.
*/}}
{{- define "apim-emt.albEntry" -}}
alb.ingress.kubernetes.io/load-balancer-attributes: |
  {{- include "apim-emt.albLoadBalancerAttributes" . | nindent 2 }}
{{- if eq .ingress.exposure "public" }}
alb.ingress.kubernetes.io/scheme: internet-facing
{{- else }}
alb.ingress.kubernetes.io/scheme: internal
{{- end }}
{{- if eq .ingress.httpPolicy "redirect" }}
alb.ingress.kubernetes.io/listen-ports: "[{\"HTTP\": 80}, {\"HTTPS\": 443}]"
{{- else }}
alb.ingress.kubernetes.io/listen-ports: "[{\"HTTPS\": 443}]"
{{- end }}
{{- if eq .ingress.httpPolicy "redirect" }}
alb.ingress.kubernetes.io/ssl-redirect: "443"
{{- end }}
{{- if eq .ingress.minimumTlsVersion "1.3" }}
alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-3-2021-06
{{- else }}
alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-2-2021-06
{{- end }}
{{- if eq .ingress.certificate.source "acm" }}
alb.ingress.kubernetes.io/certificate-arn: {{ .ingress.certificate.arn | quote }}
{{- end }}
{{- if .cidrs }}
alb.ingress.kubernetes.io/inbound-cidrs: {{ join "," .cidrs | quote }}
{{- end }}
{{- if .ingress.alb.subnets }}
alb.ingress.kubernetes.io/subnets: {{ join "," .ingress.alb.subnets | quote }}
{{- end }}
{{- if .ingress.alb.securityGroups }}
alb.ingress.kubernetes.io/security-groups: {{ join "," .ingress.alb.securityGroups | quote }}
{{- end }}
{{- if .ingress.alb.wafAclArn }}
alb.ingress.kubernetes.io/wafv2-acl-arn: {{ .ingress.alb.wafAclArn | quote }}
{{- end }}
{{- end }}

{{/*
Group of a host's load balancer: hosts share one unless they differ in exposure, or are for administrators.
*/}}
{{- define "apim-emt.albGroup" -}}
{{- if and (eq .audience "admin") (eq .ingress.adminLoadBalancer "separate") -}}
{{ .ingress.alb.group | default (include "apim-emt.albGroupBase" .root) }}-admin-{{ .ingress.exposure }}
{{- else -}}
{{ .ingress.alb.group | default (include "apim-emt.albGroupBase" .root) }}-{{ .ingress.exposure }}
{{- end }}
{{- end }}

{{/*
What the names of load balancer groups begin with. They are known in the whole cluster.
*/}}
{{- define "apim-emt.albGroupBase" -}}
{{- if gt (len (printf "%s-%s" .Release.Namespace (include "apim-emt.fullname" .))) 46 -}}
{{ include "apim-emt.fullname" . }}-{{ .Release.Namespace | sha256sum | trunc 6 }}
{{- else -}}
{{ .Release.Namespace }}-{{ include "apim-emt.fullname" . }}
{{- end }}
{{- end }}

{{/*
Annotations for the AWS Load Balancer Controller: how the load balancer sees that a pod is ready.
*/}}
{{- define "apim-emt.albHealthCheck" -}}
alb.ingress.kubernetes.io/healthcheck-protocol: "{{ .port.scheme }}"
alb.ingress.kubernetes.io/healthcheck-port: {{ .port.port | quote }}
alb.ingress.kubernetes.io/healthcheck-path: {{ .ingress.healthCheck.path | default .path | quote }}
alb.ingress.kubernetes.io/healthcheck-interval-seconds: {{ .ingress.healthCheck.intervalSeconds | quote }}
alb.ingress.kubernetes.io/success-codes: {{ .ingress.healthCheck.successCodes | quote }}
{{- end }}

{{/*
Attributes of an AWS load balancer, separated by commas.
*/}}
{{- define "apim-emt.albLoadBalancerAttributes" -}}
routing.http2.enabled={{ .ingress.http2 }},
{{- range $attribute, $value := .ingress.alb.attributes }}
{{ $attribute }}={{ $value }},
{{- end }}
idle_timeout.timeout_seconds={{ .ingress.limits.idleSeconds }}
{{- end }}

{{/*
Annotations for the AWS Load Balancer Controller: how the load balancer speaks to the pods.
*/}}
{{- define "apim-emt.albPods" -}}
alb.ingress.kubernetes.io/target-type: ip
alb.ingress.kubernetes.io/backend-protocol: "{{ .scheme }}"
{{- if eq .ingress.sessionAffinity.mode "cookie" }}
alb.ingress.kubernetes.io/target-group-attributes: |
  {{- include "apim-emt.albStickiness" . | nindent 2 }}
{{- end }}
{{- end }}

{{/*
Attributes of an AWS target group whose clients stay with one pod, separated by commas.
*/}}
{{- define "apim-emt.albStickiness" -}}
stickiness.enabled=true,
{{- if .ingress.sessionAffinity.cookieName }}
stickiness.type=app_cookie,
stickiness.app_cookie.cookie_name={{ .ingress.sessionAffinity.cookieName }},
stickiness.app_cookie.duration_seconds={{ .ingress.sessionAffinity.durationSeconds }}
{{- else }}
stickiness.type=lb_cookie,
stickiness.lb_cookie.duration_seconds={{ .ingress.sessionAffinity.durationSeconds }}
{{- end }}
{{- end }}

{{/*
What a Gateway checks the pods' certificate against.
*/}}
{{- define "apim-emt.backendValidation" -}}
hostname: {{ .ingress.backendTls.serverName | default .host | quote }}
{{- if eq .ingress.backendTls.trust "configMap" }}
caCertificateRefs:
  - group: ""
    kind: ConfigMap
    name: {{ .ingress.backendTls.existingConfigMap | quote }}
{{- else if eq .ingress.backendTls.trust "secret" }}
caCertificateRefs:
  - group: ""
    kind: Secret
    name: {{ .ingress.backendTls.existingSecret | quote }}
{{- else }}
wellKnownCACertificates: System
{{- end }}
{{- end }}

{{/*
Labels of every object of one component, without those of the user.
*/}}
{{- define "apim-emt.chartLabels" -}}
{{ include "apim-emt.selectorLabels" . }}
app.kubernetes.io/part-of: amplify-api-management
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "apim-emt-%s" .root.Chart.Version | replace "+" "_" | trunc 63 | quote }}
{{- end }}

{{/*
Copies a directory of the configuration image to /merge.
*/}}
{{- define "apim-emt.copyConfiguration" -}}
image: {{ include "apim-emt.image" (dict "root" .root "image" .volume.image) | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
command:
  - sh
  - -c
  - "cp -R {{ .volume.path }}/. /copied/"
resources:
  {{- include "apim-emt.resources" (dict "resources" .root.Values.prechecks.resources) | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
volumeMounts:
  - name: merge
    mountPath: /copied
{{- end }}

{{/*
Brings the metrics database's schema with the product's own tool; never drops what is there.
*/}}
{{- define "apim-emt.databaseSetup" -}}
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
{{- end }}

{{/*
All that the job of the metrics database is made of, without Secrets' values. A Job cannot change, so its name
holds a hash of it.
*/}}
{{- define "apim-emt.databaseSetupInputs" -}}
{{ .Chart.Version }} {{ .Values.global.imageRegistry }}
{{ .Values.image | toJson }}
{{ .Values.adminNodeManager.image | toJson }}
{{ .Values.adminNodeManager.configuration | toJson }}
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
{{- $gateways = add $gateways
    (ternary $group.traffic.autoscaling.maxReplicas $group.traffic.replicas $group.traffic.autoscaling.enabled)
    $.Values.events.headroomReplicas }}
{{- end }}
{{- end }}
{{- $size := add
    (mul (add $gateways .Values.events.gatewaysOfOtherReleases) .Values.events.maxDiskSpacePerGatewayMiB)
    .Values.events.reserveMiB }}
{{- if eq (mod $size 1024) 0 -}}
{{ div $size 1024 }}Gi
{{- else -}}
{{ $size }}Mi
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
How many ports of the release claim a host.
*/}}
{{- define "apim-emt.hostClaims" -}}
{{- $claims := 0 }}
{{- range .root.Values.gatewayGroups }}
{{- $group := mergeOverwrite (deepCopy $.root.Values.gatewayGroupDefaults) . }}
{{- $managerIngress := mergeOverwrite (deepCopy $.root.Values.ingress) $group.manager.ingress }}
{{- $trafficIngress := mergeOverwrite (deepCopy $.root.Values.ingress) $group.traffic.ingress }}
{{- $manager := ternary 1 0 (and $group.manager.enabled $managerIngress.enabled (eq $group.hosts.manager $.label)) }}
{{- $traffic := ternary 1 0 (and $trafficIngress.enabled (eq $group.hosts.traffic $.label)) }}
{{- $plain := ternary 1 0 (and $trafficIngress.enabled (eq $group.hosts.plain $.label)) }}
{{- $sample := ternary 1 0 (and $trafficIngress.enabled (eq $group.hosts.sample $.label)) }}
{{- $secure := ternary 1 0 (and $trafficIngress.enabled (eq $group.hosts.secure $.label)) }}
{{- $oauth := ternary 1 0 (and $trafficIngress.enabled (eq $group.hosts.oauth $.label)) }}
{{- if and $group.enabled (eq ($group.domain | default $.root.Values.domain) $.domain) }}
{{- $claims = add $claims $manager $traffic $plain $sample $secure $oauth }}
{{- end }}
{{- end }}
{{- $nodeManager := .root.Values.adminNodeManager }}
{{- $ingress := mergeOverwrite (deepCopy .root.Values.ingress) $nodeManager.ingress }}
{{- $here := ternary 1 0 (and $nodeManager.enabled $ingress.enabled (eq .root.Values.domain .domain)) }}
{{- $management := ternary 1 0 (eq $nodeManager.hosts.management .label) }}
{{- $ui := ternary 1 0 (eq $nodeManager.hosts.ui .label) -}}
{{ add $claims (mul $here (add $management $ui)) }}
{{- end }}

{{/*
Reference of an image. The registry is the parent chart's, else the image's own, else that of all images.
*/}}
{{- define "apim-emt.image" -}}
{{- $registry := coalesce .root.Values.global.imageRegistry .image.registry | default .root.Values.image.registry -}}
{{ $registry }}/{{ .image.repository }}:{{ .image.tag }}
{{- end }}

{{/*
What is wrong with the ingress of a component; nothing where all is well.
*/}}
{{- define "apim-emt.ingressFault" -}}
{{- $controller := .ingress.controller }}
{{- $source := .ingress.certificate.source }}
{{- $trust := .ingress.backendTls.trust }}
{{- if and (eq $controller "alb") (not (or (eq $source "controllerDefault") (eq $source "acm"))) -}}
certificate.source: an AWS load balancer ends TLS itself, with certificates in ACM: acm or controllerDefault
{{- else if and (eq $controller "alb") (ne $trust "none") -}}
backendTls.trust: an AWS load balancer never checks the pods' certificate: only none is possible
{{- else if and (eq $controller "gateway-api") (eq $source "acm") -}}
certificate.source: the Gateway API has no ACM: secret, certManager, passthrough or controllerDefault
{{- else if and (eq $controller "gateway-api") (or (eq $trust "none") (eq $trust "inline"))
    (ne $source "passthrough") -}}
backendTls.trust: the Gateway API always checks the pods' certificate: system, configMap or secret
{{- else if and (eq $controller "openshift") (eq $source "acm") -}}
certificate.source: OpenShift's router has no ACM: secret, certManager, passthrough or controllerDefault
{{- else if and (eq $controller "openshift") (not (or (eq $trust "system") (eq $trust "inline")))
    (ne $source "passthrough") -}}
backendTls.trust: OpenShift's router always checks the pods' certificate: system (its own CA) or inline
{{- else if and (eq $controller "nginx") (eq $source "acm") -}}
certificate.source: ingress-nginx has no ACM: secret, certManager, passthrough or controllerDefault
{{- else if and (eq $controller "nginx") (not (or (eq $trust "none") (eq $trust "secret")))
    (ne $source "passthrough") -}}
backendTls.trust: ingress-nginx takes the CA from a Secret: secret or none
{{- else if and (eq $source "acm") (not .ingress.certificate.arn) -}}
certificate.arn: name the certificate in ACM
{{- else if and (eq $source "secret") (not .ingress.certificate.existingSecret) -}}
certificate.existingSecret: name the Secret with the certificate
{{- else if and (eq $source "certManager") (not .ingress.certificate.issuer.name) -}}
certificate.issuer.name: name cert-manager's issuer
{{- else if and (eq $trust "configMap") (not .ingress.backendTls.existingConfigMap) -}}
backendTls.existingConfigMap: name the ConfigMap with the CA
{{- else if and (eq $trust "secret") (not .ingress.backendTls.existingSecret) -}}
backendTls.existingSecret: name the Secret with the CA
{{- else if and (eq $trust "inline") (not .ingress.backendTls.caCertificate) -}}
backendTls.caCertificate: give the CA's certificates
{{- else if and (eq $controller "gateway-api") (not .ingress.parent.name) -}}
parent.name: name the Gateway
{{- else if and (eq $controller "alb") .ingress.alb.securityGroups .ingress.allowedCidrs -}}
alb.securityGroups: beside them AWS ignores allowed ranges: say these in the groups
{{- else if and (eq $controller "nginx") (eq $source "passthrough") .ingress.allowedCidrs -}}
allowedCidrs: ingress-nginx passes TLS through whoever calls: name the ranges at its load balancer instead
{{- end }}
{{- end }}

{{/*
Rules of an Ingress that hands everything for one host to one port.
*/}}
{{- define "apim-emt.ingressRules" -}}
rules:
  - host: {{ .host | quote }}
    http:
      paths:
        - path: /
          pathType: Prefix
          backend:
            service:
              name: {{ .service | quote }}
              port:
                name: {{ .port }}
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
What kube-score passes over, one check a line.
*/}}
{{- define "apim-emt.kubeScoreExceptions" -}}
container-security-context-user-group-id,
pod-probes-identical,
{{- if not .root.Values.security.readOnlyRootFilesystem }}
container-security-context-readonlyrootfilesystem,
{{- end }}
{{- if ne .root.Values.image.pullPolicy "Always" }}
container-image-pull-policy,
{{- end }}
{{- if .onePod }}
deployment-replicas,
{{- end }}
{{- if not .root.Values.networkPolicy.enabled }}
pod-networkpolicy,
{{- end }}
{{- end }}

{{/*
What kube-score passes over, one check a line.
*/}}
{{- define "apim-emt.kubeScoreExceptionsOfSetup" -}}
container-security-context-user-group-id,
{{- if not .Values.security.readOnlyRootFilesystem }}
container-security-context-readonlyrootfilesystem,
{{- end }}
{{- if ne .Values.image.pullPolicy "Always" }}
container-image-pull-policy,
{{- end }}
{{- if not .Values.networkPolicy.enabled }}
pod-networkpolicy,
{{- end }}
{{- end }}

{{/*
What kube-score passes over, one check a line.
*/}}
{{- define "apim-emt.kubeScoreExceptionsOfTests" -}}
container-security-context-user-group-id,
{{- if ne .Values.image.pullPolicy "Always" }}
container-image-pull-policy,
{{- end }}
{{- if not .Values.networkPolicy.enabled }}
pod-networkpolicy,
{{- end }}
{{- end }}

{{/*
Labels of every object of one component.
*/}}
{{- define "apim-emt.labels" -}}
{{ include "apim-emt.chartLabels" . }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/*
Which checks of linters do not hold, and why: see README.md.
*/}}
{{- define "apim-emt.linterExceptions" -}}
kube-score/ignore: |
  {{- include "apim-emt.kubeScoreExceptions" . | nindent 2 }}
{{- if not .root.Values.security.readOnlyRootFilesystem }}
checkov.io/skip1: "CKV_K8S_22=the vendor's images write into their installation: security.readOnlyRootFilesystem"
{{- end }}
checkov.io/skip2: "CKV_K8S_40=the vendor's images run as user 1000, or the platform assigns the ids: security.userIds"
{{- if ne .root.Values.image.pullPolicy "Always" }}
checkov.io/skip3: "CKV_K8S_15=a tag is moved by nobody: image.pullPolicy, Always in the hardened profile"
{{- end }}
checkov.io/skip4: "CKV_K8S_43=image.tag takes a digest beside the tag: whether it does is the environment's to say"
checkov.io/skip5: CKV_K8S_35=the product reads users and passwords from its environment
{{- if not .root.Values.networkPolicy.enabled }}
checkov.io/skip6: "CKV2_K8S_6=network policies are off: networkPolicy.enabled, on in the hardened profile"
{{- end }}
{{- end }}

{{/*
Which checks of linters do not hold, and why: see README.md.
*/}}
{{- define "apim-emt.linterExceptionsOfSetup" -}}
kube-score/ignore: |
  {{- include "apim-emt.kubeScoreExceptionsOfSetup" . | nindent 2 }}
{{- if not .Values.security.readOnlyRootFilesystem }}
checkov.io/skip1: "CKV_K8S_22=the vendor's images write into their installation: security.readOnlyRootFilesystem"
{{- end }}
checkov.io/skip2: "CKV_K8S_40=the vendor's images run as user 1000, or the platform assigns the ids: security.userIds"
{{- if ne .Values.image.pullPolicy "Always" }}
checkov.io/skip3: "CKV_K8S_15=a tag is moved by nobody: image.pullPolicy, Always in the hardened profile"
{{- end }}
checkov.io/skip4: "CKV_K8S_43=image.tag takes a digest beside the tag: whether it does is the environment's to say"
checkov.io/skip5: CKV_K8S_35=the product reads users and passwords from its environment
{{- if not .Values.networkPolicy.enabled }}
checkov.io/skip6: "CKV2_K8S_6=network policies are off: networkPolicy.enabled, on in the hardened profile"
{{- end }}
{{- end }}

{{/*
Which checks of linters do not hold, and why: see README.md.
*/}}
{{- define "apim-emt.linterExceptionsOfTests" -}}
kube-score/ignore: |
  {{- include "apim-emt.kubeScoreExceptionsOfTests" . | nindent 2 }}
checkov.io/skip1: "CKV_K8S_40=the vendor's images run as user 1000, or the platform assigns the ids: security.userIds"
{{- if ne .Values.image.pullPolicy "Always" }}
checkov.io/skip2: "CKV_K8S_15=a tag is moved by nobody: image.pullPolicy, Always in the hardened profile"
{{- end }}
checkov.io/skip3: "CKV_K8S_43=image.tag takes a digest beside the tag: whether it does is the environment's to say"
checkov.io/skip4: CKV_K8S_8=the pod asks once and ends
checkov.io/skip5: CKV_K8S_9=the pod asks once and ends
{{- if not .Values.networkPolicy.enabled }}
checkov.io/skip6: "CKV2_K8S_6=network policies are off: networkPolicy.enabled, on in the hardened profile"
{{- end }}
{{- end }}

{{/*
What holds a kind of logs: the pod's own directory, a claim that exists, or the release's.
*/}}
{{- define "apim-emt.logVolume" -}}
{{- if eq .log.storage.type "emptyDir" }}
emptyDir:
  sizeLimit: {{ .log.sizeLimit | quote }}
{{- else if eq .log.storage.type "existing" }}
persistentVolumeClaim:
  claimName: {{ .log.storage.existingClaim | quote }}
{{- else }}
persistentVolumeClaim:
  claimName: "{{ include "apim-emt.fullname" .root }}-{{ .name }}"
{{- end }}
{{- end }}

{{/*
What the JDBC URL of the metrics database says of TLS.
*/}}
{{- define "apim-emt.metricsDatabaseTls" -}}
{{- $database := .Values.metricsDatabase }}
{{- if and (eq $database.engine "oracle") (eq $database.tls "verify") -}}
ssl_server_dn_match=true
{{- else if eq $database.engine "oracle" -}}
ssl_server_dn_match=false
{{- else if and (eq $database.engine "sqlserver") (eq $database.tls "none") -}}
encrypt=false
{{- else if and (eq $database.engine "sqlserver") (eq $database.tls "verify") -}}
encrypt=true;trustServerCertificate=false
{{- else if eq $database.engine "sqlserver" -}}
encrypt=true;trustServerCertificate=true
{{- else if eq $database.tls "none" -}}
useSSL=false
{{- else if and (eq $database.engine "mariadb") (eq $database.tls "verify") -}}
useSSL=true&trustServerCertificate=false
{{- else if eq $database.engine "mariadb" -}}
useSSL=true&trustServerCertificate=true
{{- else if eq $database.tls "verify" -}}
useSSL=true&requireSSL=true&verifyServerCertificate=true
{{- else -}}
useSSL=true&requireSSL=true&verifyServerCertificate=false
{{- end }}
{{- end }}

{{/*
JDBC URL of the metrics database, as the driver of its engine wants it.
*/}}
{{- define "apim-emt.metricsDatabaseUrl" -}}
{{- $database := .Values.metricsDatabase }}
{{- $tls := include "apim-emt.metricsDatabaseTls" . }}
{{- if eq $database.engine "sqlserver" -}}
jdbc:sqlserver://{{ $database.host }}:{{ $database.port }};databaseName={{ $database.name }};{{ $tls }}
{{- else if and (eq $database.engine "oracle") (eq $database.tls "none") -}}
jdbc:oracle:thin:@//{{ $database.host }}:{{ $database.port }}/{{ $database.name }}
{{- else if eq $database.engine "oracle" -}}
jdbc:oracle:thin:@tcps://{{ $database.host }}:{{ $database.port }}/{{ $database.name }}?{{ $tls }}
{{- else -}}
jdbc:{{ $database.engine }}://{{ $database.host }}:{{ $database.port }}/{{ $database.name }}?{{ $tls }}
{{- end }}
{{- end }}

{{/*
Annotations for ingress-nginx: what it does for its clients.
*/}}
{{- define "apim-emt.nginxEntry" -}}
{{- if eq .ingress.certificate.source "passthrough" }}
nginx.ingress.kubernetes.io/ssl-passthrough: "true"
{{- end }}
nginx.ingress.kubernetes.io/force-ssl-redirect: "true"
nginx.ingress.kubernetes.io/ssl-redirect: "true"
{{- if .cidrs }}
nginx.ingress.kubernetes.io/whitelist-source-range: {{ join "," .cidrs | quote }}
{{- end }}
{{- if and (eq .ingress.sessionAffinity.mode "cookie") (ne .ingress.certificate.source "passthrough") }}
nginx.ingress.kubernetes.io/affinity: cookie
nginx.ingress.kubernetes.io/affinity-mode: persistent
nginx.ingress.kubernetes.io/session-cookie-max-age: {{ .ingress.sessionAffinity.durationSeconds | quote }}
nginx.ingress.kubernetes.io/session-cookie-secure: "true"
nginx.ingress.kubernetes.io/session-cookie-change-on-failure: "true"
{{- end }}
{{- if and (eq .ingress.sessionAffinity.mode "cookie")
    (ne .ingress.certificate.source "passthrough") .ingress.sessionAffinity.cookieName }}
nginx.ingress.kubernetes.io/session-cookie-name: {{ .ingress.sessionAffinity.cookieName | quote }}
{{- end }}
{{- end }}

{{/*
Annotations for ingress-nginx: how it speaks to the pods.
*/}}
{{- define "apim-emt.nginxPods" -}}
nginx.ingress.kubernetes.io/backend-protocol: "{{ .scheme }}"
{{- if and (eq .scheme "HTTPS") (eq .ingress.backendTls.trust "secret")
    (ne .ingress.certificate.source "passthrough") }}
nginx.ingress.kubernetes.io/proxy-ssl-verify: "on"
nginx.ingress.kubernetes.io/proxy-ssl-secret: "{{ .root.Release.Namespace }}/{{ .ingress.backendTls.existingSecret }}"
nginx.ingress.kubernetes.io/proxy-ssl-server-name: "on"
{{- end }}
{{- if ne .ingress.certificate.source "passthrough" }}
nginx.ingress.kubernetes.io/proxy-read-timeout: {{ .ingress.limits.requestSeconds | quote }}
nginx.ingress.kubernetes.io/proxy-send-timeout: {{ .ingress.limits.requestSeconds | quote }}
{{- end }}
{{- if and (ne .ingress.certificate.source "passthrough") (gt (int64 .ingress.limits.bodyMiB) 0) }}
nginx.ingress.kubernetes.io/proxy-body-size: "{{ int64 .ingress.limits.bodyMiB }}m"
{{- end }}
{{- end }}

{{/*
The ids that pods run under, as the Pod Security Standard restricted wants them.
*/}}
{{- define "apim-emt.podSecurityContext" -}}
runAsNonRoot: true
{{- if eq .security.userIds "fixed" }}
runAsUser: {{ int64 .security.runAsUser }}
runAsGroup: {{ int64 .security.runAsGroup }}
fsGroup: {{ int64 .security.fsGroup }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/*
Waits until what a component needs answers: all of it, but of Cassandra a majority of the hosts where MODE is soft.
After TIMEOUT_SECONDS it ends with the round that it is in: strict fails then, soft goes on.
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
How many components have their hosts published by a controller.
*/}}
{{- define "apim-emt.publishedBy" -}}
{{- $published := 0 }}
{{- range .root.Values.gatewayGroups }}
{{- $group := mergeOverwrite (deepCopy $.root.Values.gatewayGroupDefaults) . }}
{{- $manager := mergeOverwrite (deepCopy $.root.Values.ingress) $group.manager.ingress }}
{{- $traffic := mergeOverwrite (deepCopy $.root.Values.ingress) $group.traffic.ingress }}
{{- if $group.enabled }}
{{- $published = add $published
    (ternary 1 0 (and $group.manager.enabled $manager.enabled (eq $manager.controller $.controller)))
    (ternary 1 0 (and $traffic.enabled (eq $traffic.controller $.controller))) }}
{{- end }}
{{- end }}
{{- $nodeManager := .root.Values.adminNodeManager }}
{{- $ingress := mergeOverwrite (deepCopy .root.Values.ingress) $nodeManager.ingress -}}
{{ add $published (ternary 1 0 (and $nodeManager.enabled $ingress.enabled (eq $ingress.controller .controller))) }}
{{- end }}

{{/*
What a container asks for, and what it may use at most.
*/}}
{{- define "apim-emt.resources" -}}
requests:
  cpu: {{ .resources.requests.cpu | quote }}
  memory: {{ .resources.requests.memory | quote }}
  ephemeral-storage: {{ .resources.requests.ephemeralStorage | quote }}
limits:
  cpu: {{ .resources.limits.cpu | quote }}
  memory: {{ .resources.limits.memory | quote }}
  ephemeral-storage: {{ .resources.limits.ephemeralStorage | quote }}
{{- end }}

{{/*
Annotations for OpenShift's router: what it does for its clients.
*/}}
{{- define "apim-emt.routeEntry" -}}
haproxy.router.openshift.io/timeout: "{{ .ingress.limits.requestSeconds }}s"
{{- if .cidrs }}
haproxy.router.openshift.io/ip_allowlist: {{ join " " .cidrs | quote }}
haproxy.router.openshift.io/ip_whitelist: {{ join " " .cidrs | quote }}
{{- end }}
{{- if not (or (eq .ingress.sessionAffinity.mode "cookie") (eq .ingress.certificate.source "passthrough")) }}
haproxy.router.openshift.io/disable_cookies: "true"
{{- end }}
{{- if and (eq .ingress.sessionAffinity.mode "cookie") .ingress.sessionAffinity.cookieName
    (ne .ingress.certificate.source "passthrough") }}
router.openshift.io/cookie_name: {{ .ingress.sessionAffinity.cookieName | quote }}
{{- end }}
{{- end }}

{{/*
TLS of a Route: from clients to the router, and on to the pods.
*/}}
{{- define "apim-emt.routeTls" -}}
{{- if eq .ingress.certificate.source "passthrough" }}
termination: passthrough
{{- else if eq .scheme "HTTPS" }}
termination: reencrypt
{{- if eq .ingress.backendTls.trust "inline" }}
destinationCACertificate: {{ .ingress.backendTls.caCertificate | quote }}
{{- end }}
{{- else }}
termination: edge
{{- end }}
{{- if eq .ingress.httpPolicy "redirect" }}
insecureEdgeTerminationPolicy: Redirect
{{- else }}
insecureEdgeTerminationPolicy: None
{{- end }}
{{- if eq .ingress.certificate.source "secret" }}
externalCertificate:
  name: {{ .ingress.certificate.existingSecret | quote }}
{{- else if eq .ingress.certificate.source "certManager" }}
externalCertificate:
  name: {{ .secret | quote }}
{{- end }}
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
