//! What each controller is told for each kind of host: every need, and the field, value or sentence that answers it.
//!
//! One way of publishing a small release for each controller is written here, and for each need what else may be asked.
//! Everything else is read from the rendered objects and the chart's table. The example writes the pages, and the test
//! `ingress` judges them. Must not know where they are kept.

use std::error::Error;
use std::fmt::Write as _;

use emt::model::choices::IngressController;
use emt::yaml::{display_path, leaves};
use emt::{Input, Manifest, Release};
use emt_chart::ingress::{Answer, Need, answers};
use serde_json::{Map, Value, json};

/// The controllers, in the order of their support.
pub(crate) const CONTROLLERS: [IngressController; 4] =
    [IngressController::Alb, IngressController::GatewayApi, IngressController::Openshift, IngressController::Nginx];

/// A kind of host, by the name of its objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HostKind {
    /// Whose it is.
    pub(crate) title: &'static str,
    object: &'static str,
    /// Whether it is for administrators.
    pub(crate) is_administration: bool,
}

const fn host(title: &'static str, object: &'static str, is_administration: bool) -> HostKind {
    HostKind { title, object, is_administration }
}

const PLAIN: &str = "plain API traffic";

/// The kinds of host: those of the reference architecture, and one whose pods speak no TLS.
pub(crate) const HOST_KINDS: [HostKind; 5] = [
    host("Admin Node Manager", "apim-anm-management", true),
    host("API Manager", "apim-main-manager-manager", true),
    host("API traffic", "apim-main-traffic-traffic", false),
    host("OAuth", "apim-main-traffic-oauth", false),
    host(PLAIN, "apim-main-traffic-plain", false),
];

/// The objects of hosts, or why there are none.
type Objects = Result<Vec<Value>, Box<dyn Error>>;

/// Values that ask for something else than usual: each with its path.
type Wish = Vec<(&'static str, Value)>;

/// How one controller meets one need of one kind of host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The need.
    pub(crate) need: Need,
    /// The kind of host.
    pub(crate) host: HostKind,
    /// What stands in objects, and the sentences.
    pub(crate) told: Vec<Told>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// The annotation or field, or who does it.
    pub(crate) place: String,
    /// Its value, or the sentence: as the values stand, then under each wish. None where it is not written.
    pub(crate) values: Vec<Option<String>>,
    is_sentence: bool,
}

/// What one controller is told.
#[derive(Clone, Debug)]
pub(crate) struct IngressTable {
    /// The controller.
    pub(crate) controller: IngressController,
    /// A cell for each need and kind of host.
    pub(crate) cells: Vec<Cell>,
}

impl IngressTable {
    /// Renders a small release behind a controller, and each wish over it.
    ///
    /// # Errors
    ///
    /// A refusal of the values, which the test rules out.
    pub(crate) fn new(controller: IngressController) -> Result<Self, Box<dyn Error>> {
        Self::of(controller, &render)
    }

    /// The same of what `render` makes of values, of which the last win.
    ///
    /// # Errors
    ///
    /// What `render` says.
    pub(crate) fn of(
        controller: IngressController,
        render: &dyn Fn(&[Value]) -> Objects,
    ) -> Result<Self, Box<dyn Error>> {
        let usual = render(&[values(controller)])?;
        let mut table = Self { controller, cells: Vec::new() };
        for need in Need::ALL {
            let mut renderings = vec![usual.clone()];
            for wish in wishes(controller, *need) {
                let wished = wish.iter().map(|(path, value)| nested(path, value));
                renderings.push(render(&std::iter::once(values(controller)).chain(wished).collect::<Vec<_>>())?);
            }
            for host in HOST_KINDS {
                let answers = answers(controller, *need);
                let told = answers.iter().filter_map(|answer| told(answer, host, &renderings)).collect();
                table.cells.push(Cell { need: *need, host, told });
            }
        }
        Ok(table)
    }

    /// Cells that nothing answers, and those in which no wish changes anything although no sentence says why.
    #[must_use]
    pub(crate) fn unanswered(&self) -> Vec<String> {
        let unanswered = self.cells.iter().filter(|cell| {
            let moves = |told: &Told| told.values.iter().any(|value| *value != told.values[0]);
            let is_free = wishes(self.controller, cell.need).is_empty()
                // Callers have no load balancer of their own to ask for.
                || (cell.need == Need::AdminLoadBalancer && !cell.host.is_administration)
                // What speaks no TLS is not told what to check.
                || (cell.need == Need::BackendTls && cell.host.title == PLAIN);
            !cell.told.iter().any(|told| told.is_sentence || moves(told) || is_free)
        });
        let name = |cell: &Cell| format!("{}: {:?} of {}", self.controller.as_str(), cell.need, cell.host.title);
        unanswered.map(name).collect()
    }

    /// A page: a table for each need.
    #[must_use]
    pub(crate) fn to_markdown(&self) -> String {
        let controller = self.controller.as_str();
        let mut page = format!(
            "<!-- Written by `cargo xtask codegen`. Do not edit. -->\n# {controller}: what is told for each host\n\n\
             For a release with `{}`.\n",
            words(&ingress_values(self.controller)),
        );
        for need in Need::ALL {
            let wishes = wishes(self.controller, *need);
            // Writing to a text cannot fail.
            let _ = write!(page, "\n## {}\n\n| Where | usually |", title(*need));
            for wish in &wishes {
                let wish: Vec<_> = wish.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect();
                let _ = write!(page, " with `{}` |", words(&wish));
            }
            let _ = write!(page, " Hosts |\n|---|---|{}---|\n", "---|".repeat(wishes.len()));
            for (told, hosts) in self.rows(*need) {
                let _ = write!(page, "| {} |", told.place);
                for value in &told.values {
                    let _ = write!(page, " {} |", value.as_deref().unwrap_or("-").replace('|', "\\|"));
                }
                let all = hosts.len() == HOST_KINDS.len();
                let _ = writeln!(page, " {} |", if all { "all".to_owned() } else { hosts.join(", ") });
            }
        }
        page
    }

    /// The answers of a need, each once, with the hosts that it holds for.
    fn rows(&self, need: Need) -> Vec<(&Told, Vec<&'static str>)> {
        let mut rows: Vec<(&Told, Vec<&'static str>)> = Vec::new();
        for cell in self.cells.iter().filter(|cell| cell.need == need) {
            for told in &cell.told {
                match rows.iter_mut().find(|(known, _)| *known == told) {
                    Some((_, hosts)) => hosts.push(cell.host.title),
                    None => rows.push((told, vec![cell.host.title])),
                }
            }
        }
        let order = |told: &Told| self.cells.iter().flat_map(|cell| &cell.told).position(|one| one.place == told.place);
        rows.sort_by_key(|(told, _)| (told.is_sentence, order(told)));
        rows
    }
}

/// What an answer comes to for a host; none where nothing of it is written for this host.
fn told(answer: &Answer, host: HostKind, renderings: &[Vec<Value>]) -> Option<Told> {
    let sentence = |place: String, text: String| {
        let mut values = vec![Some(text)];
        values.resize(renderings.len(), Some("the same".to_owned()));
        Some(Told { place, values, is_sentence: true })
    };
    let read = |place: String, read: &dyn Fn(&Value) -> Option<Value>| {
        // The host's own objects come before the one that only redirects.
        let own = |object: &&Value| object["metadata"]["name"] == host.object;
        let in_one = |objects: &Vec<Value>| {
            let of_host = objects.iter().filter(|object| is_of(object, host));
            of_host.clone().filter(own).find_map(read).or_else(|| of_host.filter(|one| !own(one)).find_map(read))
        };
        let text = |value: Value| one_line(&plain(&value));
        let values: Vec<_> = renderings.iter().map(|objects| in_one(objects).map(text)).collect();
        values.iter().any(Option::is_some).then_some(Told { place, values, is_sentence: false })
    };
    match answer {
        Answer::Annotation(key) => {
            read(format!("annotation `{key}`"), &|object| object["metadata"]["annotations"].get(key).cloned())
        }
        Answer::Field { kind, pointer } => {
            let place = match pointer.strip_prefix("/metadata/annotations/") {
                Some(key) => format!("annotation `{}`", key.replace("~1", "/")),
                None => format!("{kind} `{}`", pointer.trim_start_matches('/').replace('/', ".")),
            };
            let of_kind = |object: &Value| (object["kind"] == *kind).then(|| object.pointer(pointer).cloned());
            read(place, &|object| of_kind(object).flatten())
        }
        Answer::Inherent(reason) => sentence("the controller".to_owned(), (*reason).to_owned()),
        Answer::Administrator(duty) => {
            sentence(format!("administrator: {}", duty.place), format!("{} ({})", duty.setting, duty.reason))
        }
    }
}

/// Whether an object is for a host: alone, or for all of its component.
fn is_of(object: &Value, host: HostKind) -> bool {
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    let component = host.object.rsplit_once('-').map(|(component, _)| component);
    name.strip_suffix("-redirect").unwrap_or(name) == host.object && object["kind"] != "Service"
        || component.is_some() && name.strip_suffix("-certificates") == component
}

/// The values of the small release behind a controller.
fn values(controller: IngressController) -> Value {
    let mut ingress = match controller {
        IngressController::Alb => json!({}),
        IngressController::GatewayApi => json!({
            "parent": { "name": "edge", "namespace": "gateways" },
            "certificate": { "source": "certManager", "issuer": { "name": "company" } },
            "backendTls": { "trust": "configMap", "existingConfigMap": "ca" },
        }),
        IngressController::Openshift => json!({
            "certificate": { "source": "certManager", "issuer": { "name": "company" } },
            "backendTls": { "trust": "system" },
        }),
        IngressController::Nginx => json!({
            "certificate": { "source": "certManager", "issuer": { "name": "company" } },
            "backendTls": { "trust": "secret", "existingSecret": "ca" },
        }),
    };
    ingress["controller"] = json!(controller.as_str());
    json!({
        "domain": "example.com",
        "acceptGeneralConditions": true,
        "image": { "registry": "registry.example.com" },
        "adminNodeManager": { "image": { "tag": "1.0.0" } },
        "gatewayGroups": { "main": {
            "image": { "tag": "1.0.0" },
            "cassandra": { "keyspace": "apim" },
            "hosts": { "oauth": "oauth", "plain": "plain" },
            "traffic": { "ports": { "oauth": { "enabled": true } } },
        } },
        "cassandra": { "hosts": ["cassandra.example.com"] },
        "metricsDatabase": { "enabled": false },
        "ingress": ingress,
    })
}

/// What those say of the ingress, each with its path.
fn ingress_values(controller: IngressController) -> Vec<(String, Value)> {
    let mut said = Vec::new();
    leaves(&json!({ "ingress": values(controller)["ingress"] }), &mut |path, value| {
        said.push((display_path(path), value.clone()));
    });
    said
}

/// What may be asked of a need beside the usual; nothing where the controller leaves no choice.
fn wishes(controller: IngressController, need: Need) -> Vec<Wish> {
    let alb = controller == IngressController::Alb;
    match need {
        Need::Certificate if alb => vec![vec![
            ("ingress.certificate.source", json!("acm")),
            ("ingress.certificate.arn", json!("arn:aws:acm:eu-west-1:111122223333:certificate/a")),
        ]],
        Need::Certificate => vec![
            vec![
                ("ingress.certificate.source", json!("secret")),
                ("ingress.certificate.existingSecret", json!("wildcard")),
            ],
            vec![("ingress.certificate.source", json!("passthrough")), ("gatewayGroups.main.hosts.plain", json!(""))],
        ],
        // An AWS load balancer never checks the pods' certificate.
        Need::BackendTls if alb => Vec::new(),
        Need::BackendTls if controller == IngressController::Openshift => vec![vec![
            ("ingress.backendTls.trust", json!("inline")),
            (
                "ingress.backendTls.caCertificate",
                json!("-----BEGIN CERTIFICATE-----\nZmFrZQ==\n-----END CERTIFICATE-----\n"),
            ),
        ]],
        Need::BackendTls => vec![vec![
            ("ingress.backendTls.trust", json!("secret")),
            ("ingress.backendTls.existingSecret", json!("other-ca")),
            ("ingress.backendTls.serverName", json!("gateway.internal")),
        ]],
        Need::HttpsOnly | Need::Redirect => vec![vec![("ingress.httpPolicy", json!("drop"))]],
        Need::MinimumTls => vec![vec![("ingress.minimumTlsVersion", json!("1.3"))]],
        Need::Http2 => vec![vec![("ingress.http2", json!(true))]],
        Need::SessionAffinity => vec![
            vec![
                ("ingress.sessionAffinity.mode", json!("cookie")),
                ("ingress.sessionAffinity.cookieName", json!("APIM")),
            ],
            vec![
                ("adminNodeManager.ingress.sessionAffinity.mode", json!("none")),
                ("gatewayGroupDefaults.manager.ingress.sessionAffinity.mode", json!("none")),
            ],
        ],
        Need::AllowedCidrs => vec![vec![
            ("ingress.allowedCidrs", json!(["192.0.2.0/24", "198.51.100.0/24"])),
            ("ingress.adminAllowedCidrs", json!(["10.10.0.0/16"])),
        ]],
        Need::Exposure => {
            vec![vec![("ingress.exposure", json!("public")), ("ingress.adminAllowedCidrs", json!(["10.10.0.0/16"]))]]
        }
        Need::AdminLoadBalancer => vec![vec![("ingress.adminLoadBalancer", json!("shared"))]],
        Need::HealthCheck => vec![vec![
            ("ingress.healthCheck.path", json!("/ready")),
            ("ingress.healthCheck.intervalSeconds", json!(30)),
            ("ingress.healthCheck.successCodes", json!("200-204")),
        ]],
        Need::Timeouts => {
            vec![vec![("ingress.limits.idleSeconds", json!(120)), ("ingress.limits.requestSeconds", json!(300))]]
        }
        Need::BodySize => vec![vec![("ingress.limits.bodyMiB", json!(50))]],
    }
}

/// The objects of the hosts that values give, of which the last win.
///
/// # Errors
///
/// As [`emt::render`].
pub(crate) fn render(values: &[Value]) -> Objects {
    let files = values.iter().map(|values| ("values", values.to_string()));
    let release = Release::new("apim", "apim")?;
    let manifests = emt::render(&Input::from_files(files, release)?)?;
    let hosts = manifests.iter().map(Manifest::object);
    Ok(hosts.filter(|object| HOST_KINDS.iter().any(|host| is_of(object, *host))).cloned().collect())
}

fn title(need: Need) -> &'static str {
    match need {
        Need::Certificate => "The certificate (S1-159, S1-171)",
        Need::BackendTls => "HTTPS to the pods (S1-170)",
        Need::HttpsOnly => "Nothing but HTTPS (S1-167)",
        Need::Redirect => "Redirect from HTTP (S1-168)",
        Need::MinimumTls => "The lowest version of TLS (S1-169)",
        Need::Http2 => "HTTP/2 off (S1-166)",
        Need::SessionAffinity => "A client stays with one pod (S1-239)",
        Need::AllowedCidrs => "Who may call (S1-172)",
        Need::Exposure => "Internal or public",
        Need::AdminLoadBalancer => "A load balancer for administrators",
        Need::HealthCheck => "Which pods answer",
        Need::Timeouts => "Limits of time",
        Need::BodySize => "Limits of size",
    }
}

/// A value below the keys of a dotted path.
fn nested(path: &str, value: &Value) -> Value {
    path.rsplit('.').fold(value.clone(), |inner, key| Value::Object(Map::from_iter([(key.to_owned(), inner)])))
}

/// A scalar as people write it, references by their names, anything else as JSON.
fn plain(value: &Value) -> String {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let names: Option<Vec<&str>> = items.iter().map(|item| item["name"].as_str()).collect();
    match (value, names) {
        (Value::String(text), _) => text.clone(),
        (_, Some(names)) if !names.is_empty() => names.join(", "),
        _ => value.to_string(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(values: &[(String, Value)]) -> String {
    let word = |(path, value): &(String, Value)| match value {
        // Quoted, or YAML would read something else.
        Value::String(text) if text.is_empty() || text.parse::<f64>().is_ok() => format!("{path}: {value}"),
        value => format!("{path}: {}", one_line(&plain(value))),
    };
    values.iter().map(word).collect::<Vec<_>>().join(", ")
}
