//! Whole objects of the user, printed as they are.

use helmwright::tree::File;
use helmwright::typed::DocumentBuilder;

use crate::common::Common;

/// The template file.
pub(crate) fn file(common: &Common) -> File {
    let documents = DocumentBuilder::documents(|documents| {
        documents.range(["name", "object"], &common.values.extra_objects, |documents, _, object| {
            documents.whole(&object);
        });
    });
    File { name: "extra-objects.yaml", purpose: "Objects of yours, printed as they are.", documents }
}
