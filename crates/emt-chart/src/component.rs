//! A component while one of its objects is written: what it is called, labelled and configured by.

use emt_model::pod::{Annotations, Labels, PodSymbols};
use emt_model::secrets::MountedBySymbol;
use helmwright::expression::{Expr, overlay};
use helmwright::typed::{Fragment, Map, Text};
use helmwright::values::{Label, release};
use helmwright::{fragment, text};
use helmwright_k8s::types::ObjectMeta;

use crate::common::{Common, Group};

/// What tells a component from the others.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// Its name: its label, its container's name.
    pub(crate) name: &'static str,
    /// What its objects' names end in.
    pub(crate) suffix: &'static str,
    /// Which of the components that may mount a Secret it is.
    pub(crate) mounts: fn(&MountedBySymbol) -> Expr<bool>,
}

/// A component, of a gateway group or of the whole release.
#[derive(Clone)]
pub(crate) struct Component<'a> {
    pub(crate) common: &'a Common,
    pub(crate) kind: Kind,
    /// The gateway group; none for what the release has once.
    pub(crate) group: Option<&'a Group>,
    /// What every pod has, of this component.
    pub(crate) pod: PodSymbols,
}

impl Component<'_> {
    /// The name of the component's objects.
    pub(crate) fn name(&self) -> Expr<String> {
        let (fullname, suffix) = (&self.common.fullname, self.kind.suffix);
        match self.group {
            Some(group) => text!("{fullname}-{group.name}-{suffix}"),
            None => text!("{fullname}-{suffix}"),
        }
    }

    /// Labels that select the component's pods.
    pub(crate) fn selector(&self) -> Fragment<Map<Text>> {
        self.with_group(self.common.selector.call((Expr::<Label>::from(self.kind.name),)))
    }

    /// Labels of every object of the component.
    pub(crate) fn labels(&self) -> Fragment<Map<Text>> {
        self.with_group(self.common.labels.call((Expr::<Label>::from(self.kind.name),)))
    }

    /// Labels of an object that has further labels of the user's.
    pub(crate) fn labels_and(&self, own: &Expr<Labels>) -> Fragment<Map<Text>> {
        self.with_group(self.common.labels_and(self.kind.name, own))
    }

    fn with_group(&self, labels: Fragment<Map<Text>>) -> Fragment<Map<Text>> {
        match self.group {
            Some(group) => fragment!(Map<Text> { ..labels, "apim-emt/group": &group.name }),
            None => labels,
        }
    }

    /// Metadata of an object, with annotations of its own over the common ones.
    pub(crate) fn metadata(&self, annotations: Option<&Expr<Annotations>>) -> Fragment<ObjectMeta> {
        let common = &self.common.values.common_annotations;
        let annotations = annotations.map_or_else(|| common.clone(), |own| overlay::<Annotations>(common, own));
        fragment!(ObjectMeta {
            name: self.name(),
            namespace: release::namespace(),
            labels: self.labels(),
            with annotations = &annotations { annotations: annotations, }
        })
    }
}
