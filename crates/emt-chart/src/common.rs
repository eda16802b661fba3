//! What all objects share: names, labels, annotations, and the walk over gateway groups.

use emt_model::ValuesSymbol;
use emt_model::group::{GatewayGroup, GatewayGroupSymbol};
use emt_model::names::GroupName;
use emt_model::pod::Labels;
use helmwright::expression::{
    Expr, any, before, contains, greater, length, not_empty, overlay, replace, sha256, trim_suffix, truncate,
};
use helmwright::tree::Document;
use helmwright::typed::{
    DocumentBuilder, Fits, Fragment, FragmentHelper, Map, Text, choose, fragment_helper, text_helper,
};
use helmwright::values::{Label, Name, release};
use helmwright::{fragment, text};
use helmwright_k8s::types::ObjectMeta;

/// What all objects share.
pub(crate) struct Common {
    /// The chart's values.
    pub(crate) values: ValuesSymbol,
    /// What every object's name begins with: at most 30 characters, beginning with a letter, without dots.
    pub(crate) fullname: Expr<Name>,
    /// Labels of every object of a component.
    pub(crate) labels: FragmentHelper<(Expr<Label>,), Map<Text>>,
    /// The same without the user's, for objects that have further labels of the user's.
    chart_labels: FragmentHelper<(Expr<Label>,), Map<Text>>,
    /// Labels that select the pods of a component.
    pub(crate) selector: FragmentHelper<(Expr<Label>,), Map<Text>>,
}

/// A gateway group, laid over the defaults, inside the walk over all groups.
#[derive(Clone)]
pub(crate) struct Group {
    /// The group's name.
    pub(crate) name: Expr<GroupName>,
    /// Its values.
    pub(crate) values: GatewayGroupSymbol,
}

impl Common {
    pub(crate) fn new(values: ValuesSymbol) -> Self {
        let fullname = fullname(&values);
        let selector: FragmentHelper<(Expr<Label>,), Map<Text>> = fragment_helper(
            "apim-emt.selectorLabels",
            "Labels that select the pods of one component. They never change.",
            ["component"],
            |map, (component,)| {
                map.splice(fragment!(Map<Text> {
                    "app.kubernetes.io/name": crate::NAME,
                    "app.kubernetes.io/instance": release::name(),
                    "app.kubernetes.io/component": component,
                }));
            },
        );
        let select = selector.clone();
        let common_labels = values.common_labels.clone();
        let chart_labels: FragmentHelper<(Expr<Label>,), Map<Text>> = fragment_helper(
            "apim-emt.chartLabels",
            "Labels of every object of one component, without those of the user.",
            ["component"],
            move |map, (component,)| {
                map.splice(fragment!(Map<Text> {
                    ..select.call((component,)),
                    "app.kubernetes.io/part-of": "amplify-api-management",
                    "app.kubernetes.io/version": release::app_version(),
                    "app.kubernetes.io/managed-by": release::service(),
                    // A label holds neither the + of a version nor more than 63 characters.
                    "helm.sh/chart": truncate(
                        replace(text!("{crate::NAME}-{release::chart_version()}"), "+", "_"),
                        63,
                    ),
                }));
            },
        );
        let of_chart = chart_labels.clone();
        let labels = fragment_helper(
            "apim-emt.labels",
            "Labels of every object of one component.",
            ["component"],
            move |map, (component,)| {
                map.splice(fragment!(Map<Text> { ..of_chart.call((component,)), ..&common_labels }));
            },
        );
        Self { values, fullname, labels, chart_labels, selector }
    }

    /// Labels of an object that has further labels of the user's: they come over the common ones.
    pub(crate) fn labels_and(&self, component: &'static str, own: &Expr<Labels>) -> Fragment<Map<Text>> {
        let users = overlay::<Labels>(&self.values.common_labels, own);
        fragment!(Map<Text> { ..self.chart_labels.call((Expr::<Label>::from(component),)), ..&users })
    }

    /// Metadata of an object that belongs to no component, with the common annotations.
    pub(crate) fn metadata(&self, component: &'static str, name: impl Fits<Text>) -> Fragment<ObjectMeta> {
        let annotations = &self.values.common_annotations;
        fragment!(ObjectMeta {
            name: name,
            namespace: release::namespace(),
            labels: self.labels.call((Expr::<Label>::from(component),)),
            with annotations = annotations { annotations: annotations, }
        })
    }

    /// Documents for each gateway group that runs and meets the condition, its entry laid over the defaults.
    pub(crate) fn for_groups(
        &self,
        condition: impl Fn(&GatewayGroupSymbol) -> Expr<bool>,
        build: impl Fn(&mut DocumentBuilder, &Group),
    ) -> Vec<Document> {
        let values = &self.values;
        DocumentBuilder::documents(|documents| {
            documents.range(["name", "entry"], &values.gateway_groups, |documents, name, entry| {
                let merged = overlay::<GatewayGroup>(&values.gateway_group_defaults, &entry);
                documents.bind("group", &merged, |documents, values| {
                    documents.when(condition(&values), |documents| build(documents, &Group { name, values }));
                });
            });
        })
    }
}

fn fullname(values: &ValuesSymbol) -> Expr<Name> {
    let release_name = release::name();
    let unusual =
        any([&greater(length(&release_name), 30), &contains(&release_name, "."), &before(&release_name, "a")]);
    let cut = trim_suffix(replace(truncate(&release_name, 21), ".", "-"), "-");
    let hash = truncate(sha256(&release_name), 6);
    text_helper(
        "apim-emt.fullname",
        "What every object's name begins with: the release's name. One that is too long, holds a dot or begins with a\n\
         digit is cut and told from others by a hash, so that every name fits 63 characters.",
        choose::<Name>(
            &[(&not_empty(&values.fullname_override), &values.fullname_override), (&unusual, &text!("r-{cut}-{hash}"))],
            &release_name,
        ),
    )
}
