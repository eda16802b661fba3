//! References of images, and the login of their registry.

use emt_model::image::{Image, ImageSymbol, OptionalImageSymbol};
use helmwright::expression::{Expr, Symbol, first_text, not_empty};
use helmwright::typed::{Fragment, lines_helper};
use helmwright::values::Symbolic;
use helmwright::{fragment, text};
use helmwright_k8s::types::{Container, PodSpec};

use crate::common::Common;

/// The reference of an image. The registry is the parent chart's, else the image's own, else that of all images.
pub(crate) fn reference(common: &Common, image: &ImageSymbol) -> Expr<String> {
    let values = common.values.clone();
    let reference = lines_helper(
        "apim-emt.image",
        "Reference of an image. The registry is the parent chart's, else the image's own, else that of all images.",
        ["image"],
        |lines, (image,): (ImageSymbol,)| {
            let own = first_text(&image.registry, &values.image.registry);
            lines.bind("registry", &first_text(&values.global.image_registry, own), |lines, registry| {
                lines.line(text!("{registry}/{image.repository}:{image.tag}"));
            });
        },
    );
    reference.call((image.clone(),))
}

/// The image of a container: its own where it has one, else another.
pub(crate) fn or(common: &Common, own: &OptionalImageSymbol, otherwise: &ImageSymbol) -> Fragment<Container> {
    fragment!(Container {
        if not_empty(&own.repository) {
            image: reference(common, &Image::symbol(own.expression())),
        } else {
            image: reference(common, otherwise),
        }
    })
}

/// The Secrets with the registry's login.
pub(crate) fn pull_secrets(common: &Common) -> Fragment<PodSpec> {
    fragment!(PodSpec {
        with secrets = &common.values.image.pull_secrets {
            imagePullSecrets: [for secret in &secrets { { name: secret }, }],
        }
    })
}
