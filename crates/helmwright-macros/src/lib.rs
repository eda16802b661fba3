//! The macros of `helmwright`: manifests that read like YAML, composed texts, and the derive of values types.
//!
//! Use them through `helmwright`, which documents the language that they write. This crate turns syntax into calls of
//! `helmwright::typed` and `helmwright::expression`; it knows no Kubernetes field and no value.

mod manifest;
mod text;
mod values;

use proc_macro::TokenStream;

/// A Kubernetes object: `object!(Deployment { metadata: {…}, spec: {…} })`.
///
/// Identifiers are fields of the Kubernetes type, string literals are keys of open maps, `(expression)` is a key taken
/// from values. A value is a map `{…}`, a list `[…]` or any expression that fits the field. Between entries may stand
///
/// - `if condition {…} else if condition {…} else {…}`,
/// - `with name = subject {…}`: only when the text, list or map is not empty,
/// - `for (key, entry) in map {…}` and, in lists, `for element in list {…}`,
/// - `let name = value;`: what follows, with a name for a value,
/// - `..fragment`: all entries of a fragment, or of a map of the values,
/// - `# "comment"`: for the reader of the chart.
#[proc_macro]
pub fn object(input: TokenStream) -> TokenStream {
    manifest::object(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A map, or part of one, of a Kubernetes type, to be used in several places: `fragment!(Probe { periodSeconds: 10 })`.
#[proc_macro]
pub fn fragment(input: TokenStream) -> TokenStream {
    manifest::fragment(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A list, or part of one: `list!(EnvVar [ { name: "A", value: "b" } ])`.
#[proc_macro]
pub fn list(input: TokenStream) -> TokenStream {
    manifest::list(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A text composed of constants and values: `text!("{registry}/{image.repository}:{image.tag}")`.
///
/// Between braces stands any expression that is a text or an integer; `{{` and `}}` are braces.
#[proc_macro]
pub fn text(input: TokenStream) -> TokenStream {
    text::text(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Derives what stands for a values struct in expressions (`…Symbol`) and its partial form (`…Partial`).
///
/// The struct also derives serde's and schemars' traits, with `rename_all = "camelCase"` and `deny_unknown_fields`; a
/// field's `#[serde(rename = "…")]` is followed.
#[proc_macro_derive(Values, attributes(serde, schemars))]
pub fn derive_values(input: TokenStream) -> TokenStream {
    values::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
