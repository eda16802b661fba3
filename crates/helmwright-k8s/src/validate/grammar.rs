//! Grammars of texts: quantities, times, base64.
//!
//! Purpose: one place for what [`crate::validate()`] checks and what [`crate::json_schema`] writes as patterns; a test holds
//! both together. Limits: patterns use explicit character classes, as Helm's schema reader knows no others.

/// A Kubernetes quantity: <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>.
pub(crate) const QUANTITY: &str = "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

/// A point in time as in RFC 3339, with capital `T` and `Z`, as Go reads it.
pub(crate) const TIME: &str =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$";

/// Standard base64 with padding; line breaks are passed over, as Go does.
pub(crate) const BASE64: &str = "^[\\r\\n]*(([A-Za-z0-9+/][\\r\\n]*){4})*(([A-Za-z0-9+/][\\r\\n]*){2}=[\\r\\n]*=[\\r\\n]*|([A-Za-z0-9+/][\\r\\n]*){3}=[\\r\\n]*)?$";

/// Whether `text` is a quantity, see [`QUANTITY`].
pub(crate) fn quantity(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = digits(rest);
    let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), digits);
    if whole.is_empty() && fraction.is_empty() {
        return false;
    }
    match suffix {
        "" | "n" | "u" | "m" | "k" | "M" | "G" | "T" | "P" | "E" => true,
        "Ki" | "Mi" | "Gi" | "Ti" | "Pi" | "Ei" => true,
        exponent => exponent.strip_prefix(['e', 'E']).is_some_and(|rest| {
            let (digits, rest) = digits(rest.strip_prefix(['+', '-']).unwrap_or(rest));
            !digits.is_empty() && rest.is_empty()
        }),
    }
}

/// What a text that is no quantity was probably meant to be.
pub(crate) fn quantity_hint(text: &str) -> Option<&'static str> {
    let suffix = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-')).trim();
    match suffix.to_lowercase().as_str() {
        "gb" | "gib" | "gi" | "g" => Some("did you mean `Gi` (1024³) or `G` (1000³)?"),
        "mb" | "mib" | "mi" => Some("did you mean `Mi` (1024²) or `M` (1000²)?"),
        "kb" | "kib" | "ki" | "k" => Some("did you mean `Ki` (1024) or `k` (1000)?"),
        _ => Some("a quantity is a number with a suffix such as `m`, `M`, `Mi` or `Gi`"),
    }
}

/// Whether `text` is a time, see [`TIME`].
pub(crate) fn time(text: &str) -> bool {
    let Some((head, rest)) = text.split_at_checked(19) else { return false };
    let form = |text: &str, form: &str| {
        let matches = |(c, expected): (char, char)| if expected == '0' { c.is_ascii_digit() } else { c == expected };
        text.len() == form.len() && text.chars().zip(form.chars()).all(matches)
    };
    let zone = match rest.strip_prefix('.').map(digits) {
        Some(("", _)) => return false,
        Some((_, zone)) => zone,
        None => rest,
    };
    form(head, "0000-00-00T00:00:00") && (zone == "Z" || form(zone, "+00:00") || form(zone, "-00:00"))
}

/// Whether `text` is base64, see [`BASE64`].
pub(crate) fn base64(text: &str) -> bool {
    let bytes: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let padding = bytes.iter().rev().take_while(|byte| **byte == b'=').count();
    let letters = &bytes[..bytes.len() - padding];
    let valid = letters.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    valid && padding <= 2 && bytes.len().is_multiple_of(4)
}

/// Splits after the leading ASCII digits.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonschema::validator_for;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn quantities_of_kubernetes() {
        for good in ["0", "1", "500m", "2Gi", "1.5", ".5", "1.", "+1", "-1k", "1e3", "1E3", "1E", "1e-3", "12n", "1Ei"]
        {
            assert!(quantity(good), "{good}");
        }
        for bad in ["", ".", "4GiB", "2GB", "1 Gi", "1e", "1K", "Gi", "1,5", "0x1", "1ei", "--1", "1m ", "１"] {
            assert!(!quantity(bad), "{bad}");
        }
        assert!(quantity_hint("2GB").unwrap().contains("Gi"));
    }

    #[test]
    fn times_and_base64() {
        for good in ["2030-01-31T12:00:00Z", "2030-01-31T12:00:00.123Z", "2030-01-31T12:00:00+01:00"] {
            assert!(time(good), "{good}");
        }
        for bad in [
            "",
            "2030-01-31",
            "2030-01-31 12:00:00Z",
            "2030-01-31T12:00:00",
            "2030-01-31T12:00:00.Z",
            "2030-01-31T12:00:0０Z",
        ] {
            assert!(!time(bad), "{bad}");
        }
        for good in ["", "YQ==", "YWI=", "YWJj", "YW\nJj\n"] {
            assert!(base64(good), "{good}");
        }
        for bad in ["a", "YQ=", "YQ", "Y===", "YQ==YQ==", "Y-_j", "ab c"] {
            assert!(!base64(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn patterns_say_the_same(
            quantity_text in "[+-]{0,2}[0-9.]{0,4}[numkKMGTPEei+-]{0,3}[0-9]{0,2}",
            time_text in "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}[.]?[0-9]{0,2}[Z+-]{0,2}[0-9:]{0,5}",
            base64_text in "[a-zA-Z0-9+/=\n]{0,12}",
        ) {
            for (pattern, text, ours) in [
                (QUANTITY, &quantity_text, quantity(&quantity_text)),
                (TIME, &time_text, time(&time_text)),
                (BASE64, &base64_text, base64(&base64_text)),
            ] {
                let validator = validator_for(&json!({ "pattern": pattern })).unwrap();
                prop_assert_eq!(validator.is_valid(&json!(text)), ours, "{:?} against {}", text, pattern);
            }
        }
    }
}
