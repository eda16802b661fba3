//! Rules: what can be said against values that are valid, and against the objects that they give.
//!
//! A rule is a file of this folder, named after its id. The head of the file is its documentation, in fixed sections: the
//! first line is its title, then *What it does*, *Why it matters*, *Example* and *Instead*; the two last are values, which
//! its test lays over those of a clean environment. In the example, `# found here` marks the lines that the findings point
//! at. Below stands `RULE` and its check. [`rules`] is the registry.
//!
//! Rules that can never be right and that the expression language can state are no rules but refusals of the chart.
//!
//! Must not know files or places: a finding names the value by its path.

mod claims;
mod documentation;
mod found;
mod images;
mod objects;
mod subject;

use std::sync::OnceLock;

use emt_model::layers::layer_below;
use helmwright::impact::at_or_below;

pub use claims::{Claim, Claims, Conflict, conflicts};
pub use documentation::{Documentation, Example};
pub use found::Found;
pub(crate) use objects::GROUP_LABEL;
pub use subject::{Component, Entry, Group, Pod, Probe, Subject};

pub(crate) use crate::plan::Rounding;
use subject::pods_of;

/// How binding a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What it finds is an error: no environment can take it on.
    Required,
    /// What it finds is a warning: an environment may take it on, with a reason.
    Recommended,
    /// What it finds is a suggestion.
    Advisory,
}

impl Level {
    /// The word of the rules' pages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Recommended => "recommended",
            Self::Advisory => "advisory",
        }
    }
}

impl From<Level> for helmwright_diagnostics::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Required => Self::Error,
            Level::Recommended => Self::Warning,
            Level::Advisory => Self::Advice,
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One environment.
    Environment(fn(&Subject<'_>) -> Vec<Found>),
    /// An environment, and the one that it is promoted from.
    Promotion(fn(&Subject<'_>, &Subject<'_>) -> Vec<Found>),
    /// What an environment claims for itself; no two may claim the same.
    Claim(fn(&Subject<'_>) -> Vec<Claim>),
}

/// What a rule's file says of it beside its documentation.
struct Definition {
    id: &'static str,
    level: Level,
    rows: &'static [&'static str],
    check: Check,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// A letter for what it is about, and three digits. Stable, and never given twice.
    pub id: &'static str,
    /// Its name in words, with `-` between them.
    pub name: String,
    /// How binding it is.
    pub level: Level,
    /// Rows of the reference architecture on which it rests.
    pub rows: &'static [&'static str],
    /// What it says of itself.
    pub documentation: Documentation,
    /// What it looks at.
    pub check: Check,
}

/// What the letters of the ids stand for.
pub const CATEGORIES: [(char, &str); 8] = [
    ('A', "Access and secrets"),
    ('C', "Capacity and memory"),
    ('D', "Data"),
    ('H', "High availability"),
    ('I', "Images"),
    ('N', "Network"),
    ('O', "Objects and operation"),
    ('P', "Promotion between environments"),
];

macro_rules! registry {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*
        /// Each rule's file name, definition and text.
        const FILES: &[(&str, Definition, &str)] =
            &[$((stringify!($module), $module::RULE, include_str!(concat!(stringify!($module), ".rs")))),*];
    };
}

registry! {
    a001_inline_secrets_beyond_development,
    a002_secret_in_variable,
    a003_certificate_of_the_images,
    a004_users_of_the_image,
    a005_privileged_container,
    c001_heap_above_limit,
    c002_no_room_beside_heap,
    c003_request_below_heap,
    c004_request_above_limit,
    c005_memory_autoscaling_of_a_fixed_heap,
    c006_more_pods_than_nodes_hold,
    c007_autoscaling_without_request,
    c008_quota_below_pods,
    c009_small_monitoring_nodes,
    c010_another_unit,
    d001_cassandra_below_three_hosts,
    d002_cassandra_in_the_cluster,
    d003_groups_share_a_keyspace,
    d004_events_without_headroom,
    d005_events_volume_too_small,
    d006_volume_of_one_node,
    d007_metrics_without_events,
    d008_metrics_database_without_tls,
    d009_small_disks,
    d010_library_where_nothing_loads_it,
    d011_driver_for_some,
    h001_fewer_pods_than_zones,
    h002_budget_blocks_drains,
    h003_rollout_takes_all_pods,
    h004_drain_shorter_than_requests,
    h005_short_startup,
    h006_rollout_fails_before_pods_start,
    h007_restart_before_out_of_rotation,
    h008_managers_without_affinity,
    h009_production_without_autoscaling,
    h010_pods_side_by_side,
    h011_no_prechecks,
    h012_registration_forgotten,
    h013_entry_gives_up_first,
    i001_latest,
    i002_no_digest,
    i003_moving_tag_kept_by_nodes,
    i004_candidate_in_production,
    i005_fips_without_licence,
    n001_admin_hosts_open_to_all,
    n002_admin_hosts_public,
    n003_weak_tls,
    n004_clear_text_behind_the_entry,
    n005_http2,
    n006_retired_controller,
    n007_nobody_may_call,
    n008_no_network_policies,
    n009_tls_passed_through,
    n010_shared_load_balancer,
    n011_node_manager_on_another_port,
    n012_gateways_call_nothing,
    n013_no_mail,
    n014_one_gateway_inside_and_out,
    n015_listener_of_two_kinds,
    n016_ranges_without_a_field,
    n017_ports_that_collide,
    o001_selector_of_nothing,
    o002_two_who_scale,
    o003_hook_before_what_it_needs,
    o004_traces_of_contents,
    o005_deployment_by_hand,
    o006_images_of_your_own,
    o007_production_that_nobody_watches,
    o008_embedded_message_broker,
    p001_ahead_of_its_source,
    p002_untried_group,
    p003_standby_drifts,
    p004_shared_data,
    p005_shared_host,
    p006_newer_cluster,
    p007_promotion_without_test,
}

/// Every rule, by id.
#[must_use]
pub fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let rule = |(file, definition, text): &(&'static str, Definition, &'static str)| Rule {
            id: definition.id,
            name: file.split_once('_').map_or(*file, |(_, name)| name).replace('_', "-"),
            level: definition.level,
            rows: definition.rows,
            documentation: Documentation::of(text),
            check: definition.check,
        };
        FILES.iter().map(rule).collect()
    })
}

/// The rules whose examples find something at a value, or at the same value of another layer. Limit: a rule that looks at
/// more than its examples show is not told.
#[must_use]
pub fn rules_about(path: &str) -> Vec<&'static Rule> {
    let layers = |path: &str| -> Vec<String> {
        std::iter::successors(Some(path.to_owned()), |path| layer_below(path)).collect()
    };
    let asked = layers(path);
    let is_about = |rule: &&Rule| {
        let marked = rule.documentation.fails.iter().flat_map(documentation::Example::marked);
        marked.into_iter().any(|marked| {
            let marked = layers(&marked);
            asked.iter().any(|asked| marked.iter().any(|marked| at_or_below(marked, asked)))
        })
    };
    rules().iter().filter(is_about).collect()
}

/// What the rules say of an environment; `before` is the one that it is promoted from.
#[must_use]
pub fn check(subject: &Subject<'_>, before: Option<&Subject<'_>>) -> Vec<(&'static Rule, Found)> {
    let found = |rule: &'static Rule| {
        let found = match (rule.check, before) {
            (Check::Environment(check), _) => check(subject),
            (Check::Promotion(check), Some(before)) => check(subject, before),
            (Check::Promotion(_), None) | (Check::Claim(_), _) => Vec::new(),
        };
        found.into_iter().map(move |found| (rule, found))
    };
    rules().iter().flat_map(found).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_value_has_the_rules_that_find_something_at_it_in_any_layer() {
        let ids = |path: &str| rules_about(path).into_iter().map(|rule| rule.id).collect::<Vec<_>>();
        for path in ["gatewayGroupDefaults", "gatewayGroups.*", "gatewayGroups.main"] {
            assert!(ids(&format!("{path}.traffic.resources.requests.memory")).contains(&"C003"), "{path}");
        }
        assert!(ids("gatewayGroups.main.traffic.resources").contains(&"C003"));
        assert!(!ids("gatewayGroups.main.traffic.resources.requests.cpu").contains(&"C003"));
    }

    #[test]
    fn ids_are_sorted_unique_and_those_of_their_files() {
        assert!(rules().windows(2).all(|pair| pair[0].id < pair[1].id));
        for (file, definition, _) in FILES {
            assert!(file.starts_with(&format!("{}_", definition.id.to_lowercase())), "{file}");
            assert!(CATEGORIES.iter().any(|(letter, _)| definition.id.starts_with(*letter)), "{file}");
        }
    }

    #[test]
    fn every_file_of_the_folder_is_registered() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<String> = names
            .filter(|name| name.as_bytes()[1].is_ascii_digit())
            .map(|name| name.trim_end_matches(".rs").to_owned())
            .collect();
        assert_eq!(files, FILES.iter().map(|(file, ..)| (*file).to_owned()).collect());
    }

    #[test]
    fn every_rule_has_all_sections_and_rests_on_rows_that_there_are() {
        for rule in rules() {
            let said = &rule.documentation;
            for (section, text) in [("title", &said.title), ("what", &said.what), ("why", &said.why)] {
                assert!(!text.is_empty(), "{} has no {section}", rule.id);
            }
            assert!(!said.title.ends_with('.') && said.what.ends_with('.') && said.why.ends_with('.'), "{}", rule.id);
            assert!(!said.fails.is_empty() && !said.passes.is_empty(), "{} has no examples", rule.id);
            for row in rule.rows {
                assert!(crate::rows().iter().any(|known| known.id == *row), "{}: {row}", rule.id);
            }
        }
    }
}
