//! The ids and rights that containers run under: what the Pod Security level `restricted` wants.

use emt_model::pod::SecuritySymbol;
use helmwright::expression::equal;
use helmwright::fragment;
use helmwright::typed::{Fragment, fragment_helper};
use helmwright_k8s::types::{PodSecurityContext, SecurityContext};

/// Of the pod.
pub(crate) fn pod(security: &SecuritySymbol) -> Fragment<PodSecurityContext> {
    let helper = fragment_helper(
        "apim-emt.podSecurityContext",
        "The ids that pods run under, as the Pod Security Standard restricted wants them.",
        ["security"],
        |map, (security,): (SecuritySymbol,)| {
            map.splice(fragment!(PodSecurityContext {
                runAsNonRoot: true,
                if equal(&security.user_ids, "fixed") {
                    runAsUser: &security.run_as_user,
                    runAsGroup: &security.run_as_group,
                    fsGroup: &security.fs_group,
                }
                seccompProfile: { type: "RuntimeDefault" },
            }));
        },
    );
    helper.call((security.clone(),))
}

/// Of a container that writes nothing outside its volumes.
pub(crate) fn helper_container() -> Fragment<SecurityContext> {
    fragment!(SecurityContext {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
    })
}

/// Of a container of the product.
pub(crate) fn container(security: &SecuritySymbol) -> Fragment<SecurityContext> {
    fragment!(SecurityContext {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: &security.read_only_root_filesystem,
        capabilities: { drop: ["ALL"] },
    })
}
