//! Rendered objects as rules look at them: the pods that they make, and the values that they come from.

use serde_json::Value;

use super::Subject;

/// Objects that make pods, each with the pod that it makes.
pub(super) fn pods<'a>(objects: &[&'a Value]) -> Vec<(&'a Value, &'a Value)> {
    let pod = |object: &&'a Value| {
        let object = *object;
        let pod = match object["kind"].as_str()? {
            "Pod" => object,
            "Deployment" | "StatefulSet" | "DaemonSet" | "Job" => &object["spec"]["template"],
            "CronJob" => &object["spec"]["jobTemplate"]["spec"]["template"],
            _ => return None,
        };
        Some((object, pod))
    };
    objects.iter().filter_map(pod).collect()
}

/// Kind and name of an object.
pub(super) fn title(object: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    format!("{} {}", text(&object["kind"]), text(&object["metadata"]["name"]))
}

/// The label that holds the name of an object's gateway group.
pub(crate) const GROUP_LABEL: &str = "apim-emt/group";

/// The entry of `extraObjects` that an object is.
fn extra<'s>(subject: &'s Subject<'_>, object: &Value) -> Option<&'s String> {
    let mut extra = subject.rendered.values["extraObjects"].as_object().into_iter().flatten();
    let is_it =
        |other: &Value| other["kind"] == object["kind"] && other["metadata"]["name"] == object["metadata"]["name"];
    extra.find(|(_, other)| is_it(other)).map(|(name, _)| name)
}

/// Whether an object is an entry of `extraObjects`.
pub(super) fn is_extra(subject: &Subject<'_>, object: &Value) -> bool {
    extra(subject, object).is_some()
}

/// The path of the values that an object comes from: an entry of `extraObjects`, or a component.
pub(super) fn path_of(subject: &Subject<'_>, object: &Value) -> String {
    if let Some(name) = extra(subject, object) {
        return format!("extraObjects.{name}");
    }
    let labels = &object["metadata"]["labels"];
    let component = labels["app.kubernetes.io/component"].as_str().unwrap_or_default();
    match (labels[GROUP_LABEL].as_str(), component) {
        (Some(group), component) => format!("gatewayGroups.{group}.{component}"),
        (None, _) => "adminNodeManager".to_owned(),
    }
}

/// The path of the values that a field of a container of an object's pods comes from.
pub(super) fn path_in_container(subject: &Subject<'_>, object: &Value, list: &str, name: &str, field: &str) -> String {
    let path = path_of(subject, object);
    if is_extra(subject, object) {
        return path;
    }
    let key = if list == "initContainers" { "extraInitContainers" } else { "extraContainers" };
    format!("{path}.{key}.{name}.{field}")
}

/// Whether a selector's labels all stand among those of a pod.
pub(super) fn selects(selector: &Value, pod: &Value) -> bool {
    let labels = &pod["metadata"]["labels"];
    selector.as_object().is_none_or(|wanted| wanted.iter().all(|(key, value)| labels[key] == *value))
}
