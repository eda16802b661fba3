//! Macros with something left out.

mod sample;

use helmwright::{fragment, object, text};
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue { metadata: });
    let _ = object!({ metadata: { name: "mail" } });
    let _ = fragment!(Queue { replicas: 2 metadata: { name: "mail" } });
    let _ = fragment!(Queue { if { replicas: 2 } });
    let _ = fragment!(Queue { with = &values.line { replicas: 2 } });
    let _ = text!();
    let _ = text!("{}");
    let _ = text!("{values.line");
}
