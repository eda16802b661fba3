//! Rendered objects, in Helm's order, hooks apart.
//!
//! Must not know values or templates: it holds finished objects.

use serde_json::Value;

use crate::order::{by_kind, rank};

/// One rendered object.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    template: String,
    object: Value,
}

impl Manifest {
    /// The template file that made the object, such as `traffic-deployment.yaml`; empty for one that was added in code.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The object.
    #[must_use]
    pub fn object(&self) -> &Value {
        &self.object
    }

    /// The object's kind.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.object["kind"].as_str().unwrap_or_default()
    }

    /// The object's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.object["metadata"]["name"].as_str().unwrap_or_default()
    }

    /// The words of the annotation `helm.sh/hook`; empty for an object of the release itself.
    fn hooks(&self) -> impl Iterator<Item = &str> {
        let words = self.object["metadata"]["annotations"]["helm.sh/hook"].as_str().unwrap_or_default();
        words.split(',').map(str::trim).filter(|word| !word.is_empty())
    }

    /// The annotation `helm.sh/hook-weight`; 0 where it is absent or no integer, as for Helm.
    fn weight(&self) -> i64 {
        let weight = self.object["metadata"]["annotations"]["helm.sh/hook-weight"].as_str();
        weight.and_then(|weight| weight.parse().ok()).unwrap_or(0)
    }

    /// Whether Helm runs the object at certain moments instead of keeping it with the release.
    #[must_use]
    pub fn is_hook(&self) -> bool {
        self.hooks().next().is_some()
    }

    /// Whether the object is a hook that `helm test` runs, alone or among other moments.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.hooks().any(|word| word.eq_ignore_ascii_case("test") || word.eq_ignore_ascii_case("test-success"))
    }
}

/// The rendered objects of one release, in the order in which Helm installs them; hooks come last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifests {
    /// Sorted by whether they are hooks, then by kind.
    all: Vec<Manifest>,
}

/// A value that is no Kubernetes object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a Kubernetes object needs texts apiVersion, kind and metadata.name")]
pub struct NotAnObject;

impl Manifests {
    /// Objects with the template files that they come from, in any order of the files.
    pub(crate) fn new(rendered: impl IntoIterator<Item = (String, Value)>) -> Self {
        let mut all: Vec<Manifest> =
            rendered.into_iter().map(|(template, object)| Manifest { template, object }).collect();
        // As Helm does it: files by name, then a stable sort by kind.
        all.sort_by(|one, other| {
            let hooks = one.is_hook().cmp(&other.is_hook());
            hooks.then_with(|| by_kind(one.kind(), other.kind())).then_with(|| one.template.cmp(&other.template))
        });
        Self { all }
    }

    /// All objects with their origin: those of the release in Helm's order, then its hooks.
    pub fn iter(&self) -> std::slice::Iter<'_, Manifest> {
        self.all.iter()
    }

    /// The objects of the release, without hooks.
    pub fn objects(&self) -> impl Iterator<Item = &Value> {
        self.iter().filter(|manifest| !manifest.is_hook()).map(Manifest::object)
    }

    /// The hooks, those of `helm test` included.
    pub fn hooks(&self) -> impl Iterator<Item = &Value> {
        self.iter().filter(|manifest| manifest.is_hook()).map(Manifest::object)
    }

    /// How many objects there are, hooks included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The first object of this kind and name.
    #[must_use]
    pub fn find(&self, kind: &str, name: &str) -> Option<&Value> {
        self.iter().find(|manifest| manifest.kind() == kind && manifest.name() == name).map(Manifest::object)
    }

    /// Adds an object of your own behind the others of its kind.
    ///
    /// # Errors
    ///
    /// [`NotAnObject`] if it has no `apiVersion`, `kind` or name.
    pub fn add(&mut self, object: Value) -> Result<(), NotAnObject> {
        let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
        let named = [&object["apiVersion"], &object["kind"], &object["metadata"]["name"]].into_iter().all(is_text);
        if !named {
            return Err(NotAnObject);
        }
        let added = Manifest { template: String::new(), object };
        let place = self.all.partition_point(|manifest| {
            let hooks = manifest.is_hook().cmp(&added.is_hook());
            hooks.then_with(|| by_kind(manifest.kind(), added.kind())).is_le()
        });
        self.all.insert(place, added);
        Ok(())
    }

    /// Without hooks, as `helm template --no-hooks` prints.
    #[must_use]
    pub fn without_hooks(mut self) -> Self {
        self.all.retain(|manifest| !manifest.is_hook());
        self
    }

    /// Without hooks of `helm test`, as `helm template --skip-tests` prints.
    #[must_use]
    pub fn without_tests(mut self) -> Self {
        self.all.retain(|manifest| !manifest.is_test());
        self
    }

    /// All objects as YAML documents, each after a line `---`.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        helmwright_yaml::write_documents(self.iter().map(Manifest::object))
    }

    /// One file for each object, as path and content: `24-service-apim-banking-traffic.yaml`. The number is the kind's, in
    /// the order in which Helm installs them, so that a file keeps its name whatever objects come and go beside it. Hooks
    /// stand in `hooks/`, those of `helm test` in `tests/`, each numbered in the order in which Helm runs them, so that
    /// `kubectl apply -f DIRECTORY` takes the objects of the release alone.
    #[must_use]
    pub fn to_files(&self) -> Vec<(String, String)> {
        let (mut objects, mut hooks, mut tests) = (Vec::new(), Vec::new(), Vec::new());
        for manifest in self {
            match (manifest.is_test(), manifest.is_hook()) {
                (true, _) => tests.push(manifest),
                (false, true) => hooks.push(manifest),
                (false, false) => objects.push(manifest),
            }
        }
        // Helm runs hooks by weight, then by name.
        for run in [&mut hooks, &mut tests] {
            run.sort_by(|one, other| one.weight().cmp(&other.weight()).then_with(|| one.name().cmp(other.name())));
        }
        let mut files = Files::default();
        for manifest in objects {
            files.add("", rank(manifest.kind()).unwrap_or(UNRANKED), manifest);
        }
        for (folder, run) in [("hooks/", hooks), ("tests/", tests)] {
            for (index, manifest) in run.into_iter().enumerate() {
                files.add(folder, index + 1, manifest);
            }
        }
        files.0
    }
}

/// The number of kinds behind those that Helm ranks.
const UNRANKED: usize = 99;

/// Files of objects: path and content.
#[derive(Default)]
struct Files(Vec<(String, String)>);

impl Files {
    fn add(&mut self, folder: &str, number: usize, manifest: &Manifest) {
        let (kind, name) = (manifest.kind().to_lowercase(), file_name(manifest.name()));
        let stem = format!("{folder}{number:02}-{kind}-{name}");
        // Two API groups may have a kind of one name.
        let others = (2..).map(|count| format!("{stem}-{count}.yaml"));
        let mut paths = std::iter::once(format!("{stem}.yaml")).chain(others);
        if let Some(path) = paths.find(|path| self.0.iter().all(|(known, _)| known != path)) {
            self.0.push((path, helmwright_yaml::write(&manifest.object)));
        }
    }
}

impl<'a> IntoIterator for &'a Manifests {
    type Item = &'a Manifest;
    type IntoIter = std::slice::Iter<'a, Manifest>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// An object's name as part of a file's name: some kinds take names with colons.
fn file_name(name: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.');
    name.chars().map(|character| if plain(character) { character } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(kind: &str, name: &str, hook: Option<&str>) -> Value {
        let mut object = json!({ "apiVersion": "v1", "kind": kind, "metadata": { "name": name } });
        if let Some(hook) = hook {
            object["metadata"]["annotations"] = json!({ "helm.sh/hook": hook });
        }
        object
    }

    fn sample() -> Manifests {
        let rendered = [
            ("b.yaml", object("Service", "two", None)),
            ("b.yaml", object("Service", "one", None)),
            ("z.yaml", object("ConfigMap", "z", None)),
            ("t.yaml", object("Pod", "check", Some("test"))),
            ("a.yaml", object("Service", "zero", None)),
            ("j.yaml", object("Job", "setup", Some("pre-install, pre-upgrade"))),
            ("c.yaml", object("Route", "r", None)),
        ];
        Manifests::new(rendered.map(|(file, object)| (file.to_owned(), object)))
    }

    fn names(manifests: &Manifests) -> Vec<&str> {
        manifests.iter().map(Manifest::name).collect()
    }

    #[test]
    fn the_order_is_that_of_helm_template() {
        assert_eq!(names(&sample()), ["z", "zero", "two", "one", "r", "check", "setup"]);
    }

    #[test]
    fn hooks_and_tests_are_left_out_as_helm_does() {
        assert_eq!(names(&sample().without_tests()), ["z", "zero", "two", "one", "r", "setup"]);
        assert_eq!(names(&sample().without_hooks()), ["z", "zero", "two", "one", "r"]);
        assert_eq!((sample().objects().count(), sample().hooks().count()), (5, 2));
    }

    #[test]
    fn an_object_of_ones_own_goes_behind_those_of_its_kind() {
        let mut manifests = sample();
        manifests.add(object("Service", "a", None)).unwrap();
        manifests.add(object("Job", "b", Some("post-install"))).unwrap();
        assert_eq!(names(&manifests), ["z", "zero", "two", "one", "a", "r", "check", "setup", "b"]);
        for wrong in [json!(null), json!({ "kind": "Service" }), object("", "x", None), object("Service", "", None)] {
            assert_eq!(manifests.add(wrong), Err(NotAnObject));
        }
    }

    #[test]
    fn files_are_numbered_by_the_order_of_their_kinds() {
        let mut manifests = sample();
        manifests.add(object("ClusterRole", "system:x/y", None)).unwrap();
        let paths: Vec<String> = manifests.to_files().into_iter().map(|(path, _)| path).collect();
        let expected = [
            "11-configmap-z.yaml",
            "16-clusterrole-system_x_y.yaml",
            "24-service-zero.yaml",
            "24-service-two.yaml",
            "24-service-one.yaml",
            "99-route-r.yaml",
            "hooks/01-job-setup.yaml",
            "tests/01-pod-check.yaml",
        ];
        assert_eq!(paths, expected);
    }

    #[test]
    fn no_file_takes_the_place_of_another() {
        let mut other = object("Service", "one", None);
        other["apiVersion"] = "serving.example.com/v1".into();
        let mut manifests = sample();
        manifests.add(other).unwrap();
        let files = manifests.to_files();
        let paths: std::collections::BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths.len(), files.len());
        assert!(paths.contains("24-service-one-2.yaml"), "{paths:?}");
    }

    #[test]
    fn hooks_are_numbered_by_weight_then_name() {
        let hook = |name: &str, weight: &str| {
            let mut hook = object("Job", name, Some("pre-install"));
            hook["metadata"]["annotations"]["helm.sh/hook-weight"] = weight.into();
            ("j.yaml".to_owned(), hook)
        };
        let manifests = Manifests::new([hook("c", "5"), hook("b", "-5"), hook("a", "5"), hook("d", "")]);
        let paths: Vec<String> = manifests.to_files().into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["hooks/01-job-b.yaml", "hooks/02-job-d.yaml", "hooks/03-job-a.yaml", "hooks/04-job-c.yaml"]);
    }
}
