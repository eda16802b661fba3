//! Calculations that rows refer to by name: each gives a text that the table states.

use serde_json::Value;

use super::assertion::plain;
use crate::Rendered;
use crate::plan::{dedicated, node_types, seed_capacity};
use crate::quantity::mebibytes;

/// The result of a calculation; none for a name that there is not.
pub(super) fn calculate(name: &str, rendered: &Rendered<'_>) -> Option<String> {
    let (name, argument) = name.split_once(' ').unwrap_or((name, ""));
    match name {
        "events-size" => {
            let mut claims = rendered.objects.iter().filter(|object| object["kind"] == "PersistentVolumeClaim");
            let size = claims.next().map(|claim| &claim["spec"]["resources"]["requests"]["storage"]);
            size.map(plain)
        }
        "events-formula" => {
            let disk = rendered.values["events"]["maxDiskSpacePerGatewayMiB"].as_i64()?;
            let reserve = rendered.values["events"]["reserveMiB"].as_i64()?;
            let claim = rendered.objects.iter().find(|object| object["kind"] == "PersistentVolumeClaim")?;
            let size = mebibytes(claim["spec"]["resources"]["requests"]["storage"].as_str()?)?;
            // What is left after the reserve is room for so many gateways at their limit.
            let gateways = (size - reserve) / disk;
            let wanted = crate::plan::most_traffic_pods(&rendered.objects);
            Some(if gateways >= wanted { "room for all gateways" } else { "too small" }.to_owned())
        }
        "surge" => {
            let (pods, percentage) = argument.split_once(' ')?;
            let (pods, percentage): (i64, Value) = (pods.parse().ok()?, percentage.into());
            Some((pods + crate::plan::share(&percentage, pods, crate::plan::Rounding::Up)).to_string())
        }
        "unavailable" => {
            let (pods, percentage) = argument.split_once(' ')?;
            let (pods, percentage): (i64, Value) = (pods.parse().ok()?, percentage.into());
            Some(crate::plan::share(&percentage, pods, crate::plan::Rounding::Down).to_string())
        }
        "node-type" => {
            let node = node_types().iter().find(|node| node.name == argument)?;
            Some(format!("{} vCPU, {} GiB", node.cores, node.gibibytes))
        }
        "dedicated-storage" if argument.is_empty() => Some(format!("{} GB", dedicated::asset_gigabytes())),
        "dedicated-storage" => {
            let disks = dedicated::DISKS.iter().find(|disks| disks.key == argument)?;
            Some(format!("{} GB", disks.gigabytes))
        }
        "seed-capacity" => Some(seed_capacity().traffic_pods_that_fit.to_string()),
        _ => None,
    }
}
