//! Kubernetes quantities as numbers, to compare and to add them.
//!
//! Limit: whole billionths of the unit, the finest that Kubernetes keeps; what is finer is cut off.

/// Billionths of the unit. None if the text is no quantity, or one beyond what Kubernetes can hold.
pub(crate) fn billionths(text: &str) -> Option<i128> {
    const ONE: i128 = 1_000_000_000;
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = text.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(digits);
    let factor = match suffix {
        "n" => 1,
        "u" => 1_000,
        "m" => 1_000_000,
        "" => ONE,
        "k" => ONE * 1_000,
        "M" => ONE * 1_000_000,
        "G" => ONE * 1_000_000_000,
        "T" => ONE * 1_000_000_000_000,
        "P" => ONE * 1_000_000_000_000_000,
        "E" => ONE * 1_000_000_000_000_000_000,
        "Ki" => ONE << 10,
        "Mi" => ONE << 20,
        "Gi" => ONE << 30,
        "Ti" => ONE << 40,
        "Pi" => ONE << 50,
        "Ei" => ONE << 60,
        exponent => {
            let exponent: i32 = exponent.strip_prefix(['e', 'E'])?.parse().ok()?;
            10_i128.checked_pow(u32::try_from(exponent.checked_add(9)?).ok()?)?
        }
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digits = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<i128>().ok() };
    let whole = digits(whole)?.checked_mul(factor)?;
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let sum = whole.checked_add(digits(fraction)?.checked_mul(factor)? / scale)?;
    Some(if negative { -sum } else { sum })
}

/// Whether two texts are quantities of one value, however they are spelled: `1Gi` and `1024Mi`.
#[must_use]
pub fn same_quantity(one: &str, other: &str) -> bool {
    matches!((billionths(one), billionths(other)), (Some(one), Some(other)) if one == other)
}

/// Whether the first of two quantities is the larger one; false if one of them is none.
#[must_use]
pub fn larger_quantity(one: &str, other: &str) -> bool {
    matches!((billionths(one), billionths(other)), (Some(one), Some(other)) if one > other)
}

/// Mebibytes, rounded up.
pub(crate) fn mebibytes(text: &str) -> Option<i64> {
    let unit = 1_000_000_000_i128 << 20;
    i64::try_from((billionths(text)? + unit - 1) / unit).ok()
}

/// Millicores.
pub(crate) fn millicores(text: &str) -> Option<i64> {
    i64::try_from(billionths(text)? / 1_000_000).ok()
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
        for wrong in ["two", "", ".", "1.2.3", "1e99", "1Zi", "99999999999999999999999999999E"] {
            assert_eq!(billionths(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn spelling_does_not_count() {
        for (one, other) in
            [("1Gi", "1024Mi"), ("500m", "0.5"), ("1e3", "1k"), ("2", "2000m"), ("+1", "1."), ("1n", "1e-9")]
        {
            assert!(same_quantity(one, other), "{one} {other}");
        }
        assert!(!same_quantity("1G", "1Gi") && !same_quantity("two", "two"));
        assert!(larger_quantity("1Gi", "1G") && !larger_quantity("1Gi", "1024Mi"));
    }
}
