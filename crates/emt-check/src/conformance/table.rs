//! The seed inventory: every row of the reference architecture with the evidence that answers it, as text tables.
//!
//! A row is `ID | level | checks | title`; the indented lines below it are its evidence, all of which has to hold:
//!
//! - `each | some | no KIND COMPONENT: PATH TEST`: an assertion on rendered objects, see `path` and `assertion`;
//! - `value: PATH`: a value of the chart answers it;
//! - `refusal: PATH`: values are refused with a message about this path;
//! - `calculation: NAME = RESULT`: a calculation gives this result;
//! - `document: TERM`: the generated page says so, with this number or term;
//! - `required: PATH`: values without it are refused;
//! - `invalid: JSON`: what the types of the values refuse, whatever values it is laid over;
//! - `rule: ID`: values are warned about or refused by this rule, which names the row and whose example shows it;
//! - `administrator: NEED`: no object can say it, and the administrator's list does;
//! - `outside: REASON`: nothing in Kubernetes can answer it;
//! - `missing: WHAT`: nothing answers it yet;
//! - `with CONTROLLER|…: EVIDENCE`: where one of these ingress controllers publishes hosts, the evidence. A row has to
//!   have evidence for every controller in use.

use std::sync::OnceLock;

use emt_chart::ingress::Need;
use emt_model::choices::IngressController;
use serde_json::Value;

use super::assertion::Assertion;

/// How binding a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Required.
    Required,
    /// Recommended.
    Recommended,
    /// Optional.
    Optional,
    /// A statement or a number.
    Statement,
    /// Announced for the future.
    Future,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Required, Self::Recommended, Self::Optional, Self::Statement, Self::Future];

    /// The word of the inventory.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "R",
            Self::Recommended => "Rec",
            Self::Optional => "O",
            Self::Statement => "S",
            Self::Future => "F",
        }
    }
}

/// Where a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// In rendered objects.
    Generated,
    /// In values, or in a rule on them.
    Input,
    /// In documentation.
    Document,
    /// Outside Kubernetes.
    Outside,
}

impl Check {
    /// The word of the inventory.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generated => "gen",
            Self::Input => "in",
            Self::Document => "doc",
            Self::Outside => "out",
        }
    }
}

/// What answers a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    Object(Assertion),
    Value(&'static str),
    Refusal(&'static str),
    Calculation { name: &'static str, result: &'static str },
    Document(&'static str),
    Required(&'static str),
    Invalid(Value),
    Rule(&'static str),
    Administrator(Need),
    Outside(&'static str),
    Missing(&'static str),
    With { controllers: Vec<IngressController>, evidence: Box<Evidence> },
}

impl Evidence {
    /// What has to hold, wherever that is.
    pub(super) fn inner(&self) -> &Self {
        match self {
            Self::With { evidence, .. } => evidence.inner(),
            evidence => evidence,
        }
    }
}

/// A row of the inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its id, such as `S1-256`.
    pub id: &'static str,
    /// How binding it is.
    pub level: Level,
    /// Where it shows.
    pub checks: Vec<Check>,
    /// What it says, in two sentences at most.
    pub title: &'static str,
    /// The part of the reference architecture that it is of.
    pub section: &'static str,
    pub(super) evidence: Vec<Evidence>,
}

/// A line of a table that cannot be read: a fault of this library.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{section}, line {line}: {text:?} is no row and no evidence")]
pub struct TableError {
    section: &'static str,
    line: usize,
    text: &'static str,
}

/// The parts of the reference architecture, a file each.
const TABLES: [(&str, &str); 8] = [
    ("Containers in externally managed topology (seed 000)", include_str!("rows/000-containers.txt")),
    ("Principles and general architecture", include_str!("rows/001-principles.txt")),
    ("Infrastructure numbers", include_str!("rows/002-infrastructure.txt")),
    ("Network zones and flows", include_str!("rows/003-network.txt")),
    ("Kubernetes considerations", include_str!("rows/004-kubernetes.txt")),
    ("Components", include_str!("rows/005-components.txt")),
    ("Logs, promotion, performance", include_str!("rows/006-operation.txt")),
    ("Maintenance, backup, disaster recovery, constraints", include_str!("rows/007-maintenance.txt")),
];

/// Every row, in the order of the reference architecture.
#[must_use]
pub fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    // A test holds that the tables are read without an error.
    ROWS.get_or_init(|| read().unwrap_or_default())
}

pub(super) fn read() -> Result<Vec<Row>, TableError> {
    let mut rows: Vec<Row> = Vec::new();
    for (section, table) in TABLES {
        for (index, text) in table.lines().enumerate() {
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let error = TableError { section, line: index + 1, text };
            if let Some(evidence) = text.strip_prefix("  ") {
                let row = rows.last_mut().ok_or_else(|| error.clone())?;
                row.evidence.push(read_evidence(evidence).ok_or(error)?);
            } else {
                rows.push(read_row(section, text).ok_or(error)?);
            }
        }
    }
    Ok(rows)
}

fn read_row(section: &'static str, text: &'static str) -> Option<Row> {
    let mut parts = text.splitn(4, " | ");
    let id = parts.next()?;
    let word = parts.next()?;
    let level = Level::ALL.into_iter().find(|level| level.as_str() == word)?;
    let all = [Check::Generated, Check::Input, Check::Document, Check::Outside];
    let checks = parts.next()?.split(' ').map(|word| all.into_iter().find(|check| check.as_str() == word));
    Some(Row { id, level, checks: checks.collect::<Option<_>>()?, title: parts.next()?, section, evidence: Vec::new() })
}

fn read_evidence(text: &'static str) -> Option<Evidence> {
    if ["each ", "some ", "no "].iter().any(|word| text.starts_with(word)) {
        return Assertion::parse(text).map(Evidence::Object);
    }
    let (kind, what) = text.split_once(": ")?;
    if let Some(words) = kind.strip_prefix("with ") {
        let controllers = words.split('|').map(named);
        let controllers = controllers.collect::<Option<_>>()?;
        return Some(Evidence::With { controllers, evidence: Box::new(read_evidence(what)?) });
    }
    Some(match kind {
        "value" => Evidence::Value(what),
        "refusal" => Evidence::Refusal(what),
        "calculation" => {
            let (name, result) = what.split_once(" = ")?;
            Evidence::Calculation { name, result }
        }
        "document" => Evidence::Document(what),
        "required" => Evidence::Required(what),
        "invalid" => Evidence::Invalid(serde_json::from_str(what).ok()?),
        "rule" => Evidence::Rule(what),
        "administrator" => Evidence::Administrator(need(what)?),
        "outside" => Evidence::Outside(what),
        "missing" => Evidence::Missing(what),
        _ => return None,
    })
}

fn named(word: &str) -> Option<IngressController> {
    serde_json::from_value(word.into()).ok()
}

fn need(word: &str) -> Option<Need> {
    Need::ALL.iter().copied().find(|need| format!("{need:?}") == word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_rows_are_read_and_each_has_evidence_that_fits_its_checks() {
        let rows = read().unwrap();
        assert_eq!(rows.len(), 370);
        assert_eq!(rows.iter().map(|row| row.id).collect::<BTreeSet<_>>().len(), 370);
        for row in &rows {
            assert!(!row.evidence.is_empty(), "{}", row.id);
            let sentences = row.title.matches(". ").count() + 1;
            assert!(sentences <= 2 && !row.title.is_empty(), "{}: {}", row.id, row.title);
            let has = |test: &dyn Fn(&Evidence) -> bool| row.evidence.iter().any(|one| test(one.inner()));
            if row.checks.contains(&Check::Generated) {
                assert!(has(&|one| matches!(one, Evidence::Object(_))), "{}", row.id);
            } else if row.checks.contains(&Check::Input) {
                let fits = |one: &Evidence| !matches!(one, Evidence::Document(_) | Evidence::Outside(_));
                assert!(has(&fits), "{}", row.id);
            } else if row.checks.contains(&Check::Document) {
                assert!(has(&|one| matches!(one, Evidence::Document(_))), "{}", row.id);
            } else {
                assert!(has(&|one| matches!(one, Evidence::Outside(_))), "{}", row.id);
            }
        }
    }
}
