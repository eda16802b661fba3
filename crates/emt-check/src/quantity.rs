//! Kubernetes quantities as numbers, to compare and to add them.
//!
//! Limit: whole thousandths; that is how the scheduler counts processors, and far below a byte.

/// Thousandths of the unit: millicores, thousandths of a byte. None if the text is no quantity.
pub(crate) fn thousandths(text: &str) -> Option<i128> {
    let digits = text.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(digits);
    let factor: i128 = match suffix {
        "m" => 1,
        "" => 1000,
        "k" => 1000 * 1000,
        "M" => 1000 * 1_000_000,
        "G" => 1000 * 1_000_000_000,
        "T" => 1000 * 1_000_000_000_000,
        "Ki" => 1000 << 10,
        "Mi" => 1000 << 20,
        "Gi" => 1000 << 30,
        "Ti" => 1000 << 40,
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: i128 = whole.parse().ok()?;
    let fraction = match fraction {
        "" => 0,
        digits => {
            let scale = 10_i128.checked_pow(u32::try_from(digits.len()).ok()?)?;
            digits.parse::<i128>().ok()? * factor / scale
        }
    };
    Some(whole * factor + fraction)
}

/// Mebibytes, rounded up.
pub(crate) fn mebibytes(text: &str) -> Option<i64> {
    let unit = 1000_i128 << 20;
    i64::try_from((thousandths(text)? + unit - 1) / unit).ok()
}

/// Millicores.
pub(crate) fn millicores(text: &str) -> Option<i64> {
    i64::try_from(thousandths(text)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_as_kubernetes_reads_them() {
        assert_eq!(millicores("500m"), Some(500));
        assert_eq!(millicores("2"), Some(2000));
        assert_eq!(millicores("0.5"), Some(500));
        assert_eq!(mebibytes("2Gi"), Some(2048));
        assert_eq!(mebibytes("13Gi"), Some(13 * 1024));
        assert_eq!(mebibytes("1.5Gi"), Some(1536));
        assert_eq!(mebibytes("2G"), Some(1908));
        assert_eq!(thousandths("two"), None);
        assert_eq!(thousandths(""), None);
    }
}
