//! What a row of the ingress table says: how one controller meets one need.
//!
//! A controller is a [`Column`]: rows, and duties for what no object can say. Everything else is read from there: the
//! annotations of the printed chart, the keys that users' annotations may not use, the administrator's list, and the
//! test that no need is dropped.
//!
//! Limit: rows state single annotations and fields. Objects that a controller needs besides an Ingress are written in the
//! controller's own module, and a [`Way::Field`] row points at them.

use emt_model::ingress::IngressSymbol;
use emt_model::names::{Cidr, UrlPath};
use emt_model::traffic::OpenPortSymbol;
use helmwright::expression::{Condition, Expr, Symbol};
use helmwright::typed::{Map, MapBuilder, Text, block};

/// What every published host needs of its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// TLS ends at the entry, with the host's certificate (S1-159, S1-171).
    Certificate,
    /// HTTPS from the entry to the pods (S1-170).
    BackendTls,
    /// Nothing but HTTPS is answered (S1-167).
    HttpsOnly,
    /// HTTP is redirected to HTTPS (S1-168).
    Redirect,
    /// The lowest version of TLS (S1-169).
    MinimumTls,
    /// HTTP/2 is off (S1-166).
    Http2,
    /// A client stays with one pod (S1-239).
    SessionAffinity,
    /// Who may call (S1-172).
    AllowedCidrs,
    /// Internal or public.
    Exposure,
    /// A load balancer of their own for the hosts of administrators.
    AdminLoadBalancer,
    /// The load balancer knows which pods answer.
    HealthCheck,
    /// How long a connection may be silent and a request may take.
    Timeouts,
    /// How large a request may be.
    BodySize,
}

impl Need {
    /// All needs.
    pub const ALL: &'static [Self] = &[
        Self::Certificate,
        Self::BackendTls,
        Self::HttpsOnly,
        Self::Redirect,
        Self::MinimumTls,
        Self::Http2,
        Self::SessionAffinity,
        Self::AllowedCidrs,
        Self::Exposure,
        Self::AdminLoadBalancer,
        Self::HealthCheck,
        Self::Timeouts,
        Self::BodySize,
    ];
}

/// What only the cluster's administrator can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What it is for.
    pub need: Need,
    /// Where it is set: the object or the controller's configuration.
    pub place: &'static str,
    /// The exact setting.
    pub setting: &'static str,
    /// Why no object of the release can say it, or when it is needed.
    pub reason: &'static str,
}

impl Duty {
    /// A line of a list.
    pub(crate) fn setting_and_place(&self) -> String {
        format!("- {}: {}", self.place, self.setting)
    }
}

/// One controller.
pub(super) struct Column {
    /// Its word in values.
    pub(super) controller: &'static str,
    /// Sources of certificates that it can take.
    pub(super) certificates: &'static [&'static str],
    /// Said of another source.
    pub(super) certificate_fault: &'static str,
    /// What it can check the pods' certificate against.
    pub(super) trusts: &'static [&'static str],
    /// Said of another trust.
    pub(super) trust_fault: &'static str,
    /// How it meets the needs.
    pub(super) rows: &'static [Row],
    /// What is left to the cluster's administrator.
    pub(super) duties: &'static [Duty],
}

/// How a controller meets one need, or a part of it.
pub(super) struct Row {
    pub(super) need: Need,
    pub(super) way: Way,
}

/// One way of telling a controller.
pub(super) enum Way {
    /// An annotation about the entry.
    Entry(Annotation<Entry>),
    /// An annotation about the way to the pods.
    Pods(Annotation<Pods>),
    /// An annotation about the health check.
    Check(Annotation<Check>),
    /// A field of an object, as a JSON pointer, that the controller's module writes.
    Field { kind: &'static str, pointer: &'static str },
    /// The controller does it, or has nothing of the kind: why.
    Inherent(&'static str),
}

impl Row {
    pub(super) const fn entry(need: Need, key: &'static str, cases: &'static [Case<Entry>]) -> Self {
        Self { need, way: Way::Entry(Annotation { key, cases }) }
    }
    pub(super) const fn pods(need: Need, key: &'static str, cases: &'static [Case<Pods>]) -> Self {
        Self { need, way: Way::Pods(Annotation { key, cases }) }
    }
    pub(super) const fn check(need: Need, key: &'static str, cases: &'static [Case<Check>]) -> Self {
        Self { need, way: Way::Check(Annotation { key, cases }) }
    }
    pub(super) const fn field(need: Need, kind: &'static str, pointer: &'static str) -> Self {
        Self { need, way: Way::Field { kind, pointer } }
    }
    pub(super) const fn inherent(need: Need, reason: &'static str) -> Self {
        Self { need, way: Way::Inherent(reason) }
    }
}

/// What annotations about the entry are made from.
pub(super) struct Entry {
    pub(super) ingress: IngressSymbol,
    /// Who may call.
    pub(super) cidrs: Expr<Vec<Cidr>>,
}

/// What annotations about the way to the pods are made from.
pub(super) struct Pods {
    pub(super) ingress: IngressSymbol,
    /// Scheme of the published port.
    pub(super) scheme: Expr<emt_model::choices::Scheme>,
}

/// What annotations about the health check of a load balancer are made from.
pub(super) struct Check {
    pub(super) ingress: IngressSymbol,
    /// Path of the readiness probe.
    pub(super) path: Expr<UrlPath>,
    /// The port that the readiness probe asks.
    pub(super) port: OpenPortSymbol,
}

/// An annotation: the first case that holds decides its value; without one there is no annotation.
pub(super) struct Annotation<I: 'static> {
    pub(super) key: &'static str,
    pub(super) cases: &'static [Case<I>],
}

/// A value under a condition.
pub(super) struct Case<I> {
    pub(super) when: fn(&I) -> Expr<bool>,
    pub(super) value: Value<I>,
}

/// A value of an annotation.
pub(super) enum Value<I> {
    /// A constant.
    Text(&'static str),
    /// A text from values.
    Of(fn(&I) -> Expr<String>),
    /// A text of several lines from values.
    Block(fn(&I) -> Expr<String>),
}

/// A case that always holds.
pub(super) const fn always<I>(value: Value<I>) -> Case<I> {
    Case { when: |_| Expr::from(true), value }
}

/// A case under a condition.
pub(super) const fn case<I>(when: fn(&I) -> Expr<bool>, value: Value<I>) -> Case<I> {
    Case { when, value }
}

impl<I> Value<I> {
    fn set(&self, map: &mut MapBuilder<Map<Text>>, key: &str, input: &I) {
        match self {
            Self::Text(text) => map.set_key(key, *text),
            Self::Of(text) => map.set_key(key, text(input)),
            Self::Block(text) => map.set_key(key, block(text(input))),
        }
    }
}

/// Writes annotations in the order of the table. Neighbours under the same condition share one `if`.
pub(super) fn write<I>(map: &mut MapBuilder<Map<Text>>, annotations: &[&Annotation<I>], input: &I) {
    let mut rest = annotations;
    while let Some((first, others)) = rest.split_first() {
        let [only] = first.cases else {
            write_cases(map, first, input);
            rest = others;
            continue;
        };
        let condition = (only.when)(input);
        let same = |annotation: &&&Annotation<I>| match annotation.cases {
            [only] => (only.when)(input).expression() == condition.expression(),
            _ => false,
        };
        let neighbours = rest.iter().take_while(same).count();
        let (together, behind) = rest.split_at(neighbours);
        let set = |map: &mut MapBuilder<Map<Text>>| {
            for annotation in together {
                annotation.cases.iter().for_each(|case| case.value.set(map, annotation.key, input));
            }
        };
        if is_always(&condition) {
            set(map)
        } else {
            map.when(condition, set)
        }
        rest = behind;
    }
}

fn write_cases<I>(map: &mut MapBuilder<Map<Text>>, annotation: &Annotation<I>, input: &I) {
    let (mut branches, mut otherwise) = (Vec::new(), Vec::new());
    for case in annotation.cases {
        let condition = (case.when)(input);
        let entries = map.branch(|map| case.value.set(map, annotation.key, input));
        if is_always(&condition) {
            otherwise = entries;
        } else {
            branches.push((condition.condition(), entries));
        }
    }
    map.choose(branches, otherwise);
}

fn is_always(condition: &Expr<bool>) -> bool {
    condition.expression() == Expr::from(true).expression()
}
