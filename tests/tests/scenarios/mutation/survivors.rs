//! Mutants that may live, each with its reason: what they change cannot matter.

use super::trials::Place;

/// A reason, and the mutants that it holds for.
struct Reason {
    /// The operators.
    operators: &'static [&'static str],
    /// A part of the file's name.
    file: &'static str,
    /// A part of the line as it was.
    before: &'static str,
    /// A part of what stands in its place.
    after: &'static str,
    /// Why nothing changes.
    why: &'static str,
}

const REASONS: &[Reason] = &[
    Reason {
        operators: &["bare integer"],
        file: "",
        before: "runAs",
        after: "",
        why: "Helm writes a large number with an exponent, and reads the same number back",
    },
    Reason {
        operators: &["bare integer"],
        file: "",
        before: "fsGroup: ",
        after: "",
        why: "Helm writes a large number with an exponent, and reads the same number back",
    },
    Reason {
        operators: &["indent"],
        file: "-deployment.yaml",
        before: "DuringSchedulingIgnoredDuringExecution:",
        after: "",
        why: "the only key of its map in its branch, above a list, which may stand in the same column",
    },
    Reason {
        operators: &["drop deepCopy"],
        file: "",
        before: "(deepCopy $group.",
        after: "",
        why: "the group is a copy already, and is read once",
    },
    Reason {
        operators: &["drop quote"],
        file: "-networkpolicy.yaml",
        before: "cidr: {{",
        after: "",
        why: "a range of addresses is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: " .cidrs | quote",
        after: "",
        why: "a range of addresses is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "protocol: \"{{",
        after: "",
        why: "HTTP and HTTPS need no quotes",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "{{ .root.Release.Namespace }}/",
        after: "",
        why: "a slash stands between two names",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "name: {{ .secret | quote",
        after: "",
        why: "the name of such a Secret ends with a word behind a hyphen",
    },
    Reason {
        operators: &["drop quote"],
        file: "events-persistentvolume.yaml",
        before: "apim-emt.eventsClaim",
        after: "",
        why: "the name of the release's claim ends with a word behind a hyphen",
    },
    Reason {
        operators: &["drop quote"],
        file: "-deployment.yaml",
        before: "\"$(POD_NAME)\"",
        after: "",
        why: "a text that needs no quotes",
    },
    Reason {
        operators: &["change text"],
        file: "traffic-ingress-alb.yaml",
        before: "\"audience\" \"callers\"",
        after: "",
        why: "callers are whoever the helper does not know as administrators",
    },
    Reason {
        operators: &["drop deepCopy"],
        file: "-serviceaccount.yaml",
        before: "serviceAccount.annotations",
        after: "",
        why: "nothing reads the common annotations after it in its file, and each file is tried alone",
    },
    Reason {
        operators: &["change text"],
        file: "refused-values.yaml",
        before: "$taken := printf",
        after: ",%s,x\"",
        why: "a name is looked for with commas on both sides, and nothing begins behind the last one",
    },
    Reason {
        operators: &["drop guard"],
        file: "admin-node-manager-configmap.yaml",
        before: "$nodeManager.jvm.options",
        after: "",
        why: "the ConfigMap is there for nothing else",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "wafAclArn",
        after: "",
        why: "an ARN is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "certificate.arn",
        after: "",
        why: "an ARN is never read as anything but a text",
    },
    Reason {
        operators: &["change text"],
        file: "refused-values.yaml",
        before: "(printf \",%s,",
        after: "x\" $variables.",
        why: "a name is looked for with commas on both sides, and nothing begins behind the last one",
    },
    Reason {
        operators: &["indent"],
        file: "",
        before: "- ",
        after: "",
        why: "an item may stand in its list's column or two deeper, alone in its list, and what belongs to it stands deeper still",
    },
    Reason {
        operators: &["indent"],
        file: "",
        before: "apiVersion: ",
        after: "",
        why: "the first line of a document: Helm trims the white space before it",
    },
    Reason {
        operators: &["indent"],
        file: "extra-objects.yaml",
        before: "toYaml .",
        after: "",
        why: "the first line of a document: Helm trims the white space before it",
    },
    Reason {
        operators: &["indent"],
        file: "",
        before: "drop:",
        after: "",
        why: "the only key of its map, above a list, which may stand in the same column",
    },
    Reason {
        operators: &["indent"],
        file: "limitrange.yaml",
        before: "limits:",
        after: "",
        why: "the only key of its map, above a list, which may stand in the same column",
    },
    Reason {
        operators: &["indent"],
        file: "_helpers.tpl",
        before: "paths:",
        after: "",
        why: "the only key of its map, above a list, which may stand in the same column",
    },
    Reason {
        operators: &["indent"],
        file: "-route.yaml",
        before: "\"secret\" (printf",
        after: "",
        why: "a map alone below its key, which may stand deeper",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "-{{ .name }}",
        after: "",
        why: "the name of the release's claim ends with a word behind a hyphen",
    },
    Reason {
        operators: &["indent"],
        file: "NOTES.txt",
        before: "API Management runs as",
        after: "",
        why: "the first line: spaces around the whole text are nobody's",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "image: {{ include \"apim-emt.image\"",
        after: "",
        why: "an image has a tag behind a colon, and is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "mountPath: ",
        after: "",
        why: "a path begins with a slash, and is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "healthcheck-path",
        after: "",
        why: "a path begins with a slash, and is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "sha256sum | quote",
        after: "",
        why: "a digest of 64 hexadecimal digits is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "Values.metricsDatabase.host }}:",
        after: "",
        why: "a host with a port behind a colon is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "\"apim-emt.metricsDatabaseUrl\"",
        after: "",
        why: "a JDBC URL is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "-deployment.yaml",
        before: "usageLog.directory",
        after: "",
        why: "a path begins with a slash, and is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "-deployment.yaml",
        before: "path: {{ $",
        after: "",
        why: "a path begins with a slash, and is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "-deployment.yaml",
        before: "healthCheck.path",
        after: "",
        why: "a path begins with a slash, and is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "-anm:{{",
        after: "",
        why: "a host with a port behind a colon is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "-deployment.yaml",
        before: "\"apim-emt.adminNodeManagers\"",
        after: "",
        why: "a host with a port behind a colon is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "-deployment.yaml",
        before: "Values.license.key",
        after: "",
        why: "the key ends in .lic, and is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "-deployment.yaml",
        before: "value: {{ . | quote",
        after: "",
        why: "the directory of audit files begins with a slash; their name is tried with digits",
    },
    Reason {
        operators: &["drop quote"],
        file: "podmonitor.yaml",
        before: "podMonitor.path",
        after: "",
        why: "a path begins with a slash, and is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "-manager:{{",
        after: "",
        why: "a host with a port behind a colon is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "tests.yaml",
        before: "-traffic:{{",
        after: "",
        why: "a host with a port behind a colon is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "-ingress-alb.yaml",
        before: "\"audience\"",
        after: "",
        why: "the name of a group ends with a word behind a hyphen",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "- {{ $host | quote",
        after: "",
        why: "a host below a domain has two dots at least, and is no number",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "host: {{ $host | quote",
        after: "",
        why: "a host below a domain has two dots at least, and is no number",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "host: {{ .host | quote",
        after: "",
        why: "a host below a domain has two dots at least, and is no number",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "}}s\"",
        after: "",
        why: "a number with its unit is no number",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "}}m\"",
        after: "",
        why: "a number with its unit is no number",
    },
    Reason {
        operators: &["drop quote"],
        file: "",
        before: "name: {{ $service | quote",
        after: "",
        why: "the name of a Service ends with a word behind a hyphen",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "name: {{ .service | quote",
        after: "",
        why: "the name of a Service ends with a word behind a hyphen",
    },
    Reason {
        operators: &["drop guard"],
        file: "metrics-database-job.yaml",
        before: "{{- if .Values.metricsDatabase.enabled }}",
        after: "",
        why: "there is no setup without the database",
    },
    Reason {
        operators: &["drop guard"],
        file: "manager-deployment.yaml",
        before: "{{- if $cassandra.enabled }}",
        after: "",
        why: "API Manager without Cassandra is refused",
    },
    Reason {
        operators: &["wrong variable"],
        file: "manager-networkpolicy.yaml",
        before: "$cassandra.enabled",
        after: "$manager.enabled",
        why: "API Manager without Cassandra is refused",
    },
    Reason {
        operators: &["change text"],
        file: "-deployment.yaml",
        before: "ternary \"yes\" \"no\"",
        after: "\"nox\"",
        why: "no gateway starts without consent, so that values without it are refused",
    },
    Reason {
        operators: &["wrong dot"],
        file: "",
        before: "include \"apim-emt.prechecks\" $",
        after: "",
        why: "the script is the same for all pods, and reads nothing of the release",
    },
    Reason {
        operators: &["drop deepCopy"],
        file: "-tlsroute.yaml",
        before: "commonAnnotations",
        after: "",
        why: "nothing but the same annotations is put over the common ones in a file, and each file is tried alone",
    },
    Reason {
        operators: &["drop deepCopy"],
        file: "-referencegrant.yaml",
        before: "commonAnnotations",
        after: "",
        why: "nothing but the same annotations is put over the common ones in a file, and each file is tried alone",
    },
    Reason {
        operators: &["drop stage", "drop quote", "change number", "change text"],
        file: "_helpers.tpl",
        before: "helm.sh/chart",
        after: "",
        why: "this version of the chart is short and of no build; a test of the helper evaluates others",
    },
    Reason {
        operators: &["change number"],
        file: "_helpers.tpl",
        before: "(ternary 1 0 (and ",
        after: "(ternary 2 0 ",
        why: "NOTES.txt asks whether there are any, not how many",
    },
];

/// Survivors, told apart.
pub(super) struct Reasons {
    /// How many live with a reason.
    pub(super) reasoned: usize,
    /// The others, with their place.
    pub(super) unexplained: Vec<String>,
    /// Reasons that hold for none of them, as they name their places.
    pub(super) needless: Vec<String>,
}

/// Tells survivors apart.
pub(super) fn reasons<'p>(places: impl Iterator<Item = &'p Place>) -> Reasons {
    let mut found = Reasons { reasoned: 0, unexplained: Vec::new(), needless: Vec::new() };
    let mut used = [false; REASONS.len()];
    for place in places {
        let fits = |reason: &&Reason| {
            let mutant = &place.mutant;
            reason.operators.contains(&mutant.operator)
                && place.file.contains(reason.file)
                && mutant.before.contains(reason.before)
                && mutant.after.contains(reason.after)
        };
        match REASONS.iter().position(|reason| fits(&reason)) {
            Some(index) => {
                found.reasoned += 1;
                used[index] = true;
            }
            None => {
                let mutant = &place.mutant;
                let (file, line, operator) = (&place.file, mutant.line, mutant.operator);
                found.unexplained.push(format!("{file}:{line}: {operator}: {} => {}", mutant.before, mutant.after));
            }
        }
    }
    let needless = REASONS.iter().zip(used).filter(|(_, used)| !used);
    found.needless.extend(
        needless.map(|(reason, _)| format!("{:?} {} {}: {}", reason.operators, reason.file, reason.before, reason.why)),
    );
    found
}
