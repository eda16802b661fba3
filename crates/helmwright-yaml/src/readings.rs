//! What three kinds of reader make of a plain scalar.
//!
//! Ports of their rules, kept apart so that each can be compared with its original. Must not know which differences
//! matter: that is the resolver's.

/// What a reader makes of a plain scalar.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading {
    /// No value.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer; the extremes of the type stand for all beyond.
    Integer(i128),
    /// A number with a fraction or an exponent; may be infinite or not a number.
    Float(f64),
    /// The text as it stands.
    String,
    /// A scalar with a special role, `<<` or `=`, that cannot be a value.
    Special,
}

impl PartialEq for Reading {
    /// Integral floats equal integers, and not-a-number equals itself: the question is whether readers agree.
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Null, Self::Null) | (Self::String, Self::String) | (Self::Special, Self::Special) => true,
            (Self::Bool(one), Self::Bool(two)) => one == two,
            (Self::Integer(one), Self::Integer(two)) => one == two,
            (Self::Float(one), Self::Float(two)) => one == two || (one.is_nan() && two.is_nan()),
            (Self::Integer(integer), Self::Float(float)) | (Self::Float(float), Self::Integer(integer)) => {
                integer as f64 == float
            }
            _ => false,
        }
    }
}

/// True if every reader takes the text for a string, told by its first letter. Most keys and words are such.
pub(crate) fn is_certainly_string(text: &str) -> bool {
    // The first letters of `yes`, `no`, `true`, `false`, `on`, `off`, `null`.
    text.as_bytes().first().is_some_and(|first| {
        (first.is_ascii_alphabetic() && !b"yYnNtTfFoO".contains(first)) || matches!(first, b'/' | b'_' | b'$' | b'(')
    })
}

/// Helm's reader: `resolve.go` of go-yaml v2, on which `sigs.k8s.io/yaml` stands. Dates are left out, since
/// `sigs.k8s.io/yaml` turns them back into the strings they were.
pub(crate) fn helm(text: &str) -> Reading {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Reading::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Reading::Bool(false),
        _ => {}
    }
    if let Some(reading) = common_word(text) {
        return reading;
    }
    match text.as_bytes().first() {
        Some(b'.') => match go_dot_float(text) {
            Some(float) => Reading::Float(float),
            None => Reading::String,
        },
        Some(b'+' | b'-' | b'0'..=b'9') => {
            let plain = text.replace('_', "");
            if let Some(integer) = go_integer(&plain) {
                return Reading::Integer(integer);
            }
            // Go reports a number out of range as an error, and then the text stays a string.
            if let Some(float) = decimal_float(&plain).filter(|float| float.is_finite()) {
                return Reading::Float(float);
            }
            go_signed_binary(&plain).map_or(Reading::String, Reading::Integer)
        }
        _ => Reading::String,
    }
}

/// The core schema of YAML 1.2.2, section 10.3.2.
pub(crate) fn core(text: &str) -> Reading {
    if let Some(reading) = common_word(text) {
        return reading;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_digits(unsigned, 10) {
        return Reading::Integer(integer(text, unsigned, 10));
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix).filter(|digits| is_digits(digits, radix)) {
            return Reading::Integer(integer(text, digits, radix));
        }
    }
    decimal_float(text).map_or(Reading::String, Reading::Float)
}

/// Readers that follow the type pages of YAML 1.1 more closely than Helm's, such as PyYAML, where they differ from
/// Helm's: base 60, octal only with a plain leading zero, `<<` and `=`.
///
/// Left out on purpose: floats without a dot or with a sign before it (`1e3`, `+.5`, strings there) and dates, on which Helm and YAML 1.2 agree; and
/// `y` and `n`, which those readers keep as strings.
pub(crate) fn classic(text: &str) -> Reading {
    if matches!(text, "<<" | "=") {
        return Reading::Special;
    }
    if let Some(reading) = common_word(text) {
        return reading;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return if unsigned.len() < text.len() { Reading::String } else { helm(text) };
    }
    if let Some(reading) = base_60(text, unsigned) {
        return reading;
    }
    let plain = unsigned.replace('_', "");
    let starts_with_zero = unsigned.len() > 1 && unsigned.starts_with('0');
    for (prefix, radix) in [("0b", 2), ("0x", 16)] {
        if let Some(digits) = plain.strip_prefix(prefix).filter(|digits| is_digits(digits, radix)) {
            return Reading::Integer(integer(text, digits, radix));
        }
    }
    if starts_with_zero && is_digits(&plain, 8) {
        return Reading::Integer(integer(text, &plain, 8));
    }
    if !starts_with_zero && is_digits(&plain, 10) {
        return Reading::Integer(integer(text, &plain, 10));
    }
    // No underscore may follow a dot at the start.
    if unsigned.starts_with("._") {
        return helm(text);
    }
    if let Some(float) = decimal_float(&plain).filter(|_| plain.contains(['.', 'e', 'E'])) {
        return Reading::Float(if text.starts_with('-') { -float } else { float });
    }
    Reading::String
}

/// The words that all readers know: null, booleans, infinity and not-a-number.
fn common_word(text: &str) -> Option<Reading> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Reading::Null,
        "true" | "True" | "TRUE" => Reading::Bool(true),
        "false" | "False" | "FALSE" => Reading::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Reading::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Reading::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Reading::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, the form on which go-yaml and YAML 1.2 agree.
fn decimal_float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = only_digits(whole)
        && fraction.is_none_or(only_digits)
        && !(whole.is_empty() && fraction.is_none_or(str::is_empty));
    let exponent_fits =
        exponent.is_none_or(|exponent| is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent), 10));
    if mantissa_fits && exponent_fits { text.parse().ok() } else { None }
}

/// Go's `ParseFloat` for a text that starts with a dot: an underscore may stand between two digits.
fn go_dot_float(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    let separated =
        bytes.iter().enumerate().all(|(at, byte)| *byte != b'_' || (at > 0 && digit(at - 1) && digit(at + 1)));
    if separated { decimal_float(&text.replace('_', "")).filter(|float| float.is_finite()) } else { None }
}

/// Go's `ParseInt` and `ParseUint` with base 0: a prefix in either case chooses the base, a leading zero octal.
fn go_integer(plain: &str) -> Option<i128> {
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let prefix = unsigned.get(..2).map(str::to_ascii_lowercase);
    let (digits, radix) = match prefix.as_deref() {
        Some("0b") => (unsigned.get(2..)?, 2),
        Some("0o") => (unsigned.get(2..)?, 8),
        Some("0x") => (unsigned.get(2..)?, 16),
        Some(other) if other.starts_with('0') => (unsigned.get(1..)?, 8),
        _ => (unsigned, 10),
    };
    if !is_digits(digits, radix) {
        return None;
    }
    let value = integer(plain, digits, radix);
    let signed = unsigned.len() < plain.len();
    let range = i128::from(i64::MIN)..=if signed { i128::from(i64::MAX) } else { i128::from(u64::MAX) };
    range.contains(&value).then_some(value)
}

/// go-yaml's second look at `0b…`, by which a sign may follow the prefix.
fn go_signed_binary(plain: &str) -> Option<i128> {
    let digits = plain.strip_prefix("0b")?;
    let unsigned = digits.strip_prefix(['+', '-'])?;
    is_digits(unsigned, 2).then(|| integer(digits, unsigned, 2))
}

/// `[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+` and `[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*`.
fn base_60(text: &str, unsigned: &str) -> Option<Reading> {
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let (first, rest) = whole.split_once(':')?;
    let first_fits = first.starts_with(|digit: char| digit.is_ascii_digit() && (digit != '0' || fraction.is_some()));
    let digits_fit = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let rest_fits = rest.split(':').all(|part| match part.as_bytes() {
        [digit] => digit.is_ascii_digit(),
        [tens, ones] => matches!(tens, b'0'..=b'5') && ones.is_ascii_digit(),
        _ => false,
    });
    if !(first_fits && digits_fit(first) && rest_fits && fraction.is_none_or(digits_fit)) {
        return None;
    }
    let first = integer("", &first.replace('_', ""), 10);
    let value = rest.split(':').fold(first, |sum, part| sum.saturating_mul(60).saturating_add(integer("", part, 10)));
    let value = if text.starts_with('-') { value.saturating_neg() } else { value };
    let Some(fraction) = fraction else { return Some(Reading::Integer(value)) };
    let fraction = decimal_float(&format!("0.{}", fraction.replace('_', ""))).unwrap_or_default();
    Some(Reading::Float(if text.starts_with('-') { value as f64 - fraction } else { value as f64 + fraction }))
}

fn is_digits(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_digit(radix))
}

/// The value of `digits`, negative if `signed` starts with a minus, held at the type's ends.
fn integer(signed: &str, digits: &str, radix: u32) -> i128 {
    let value = digits
        .chars()
        .filter_map(|digit| digit.to_digit(radix))
        .fold(0i128, |sum, digit| sum.saturating_mul(i128::from(radix)).saturating_add(i128::from(digit)));
    if signed.starts_with('-') { value.saturating_neg() } else { value }
}

#[cfg(test)]
mod tests {
    use super::Reading::{Bool, Float, Integer, Null, Special, String};
    use super::{Reading, classic, core, helm, is_certainly_string};

    /// Helm's column is what `sigs.k8s.io/yaml` 1.4 and 1.6 gave; the last one is what PyYAML 6 gave, but for `y`.
    const TABLE: &[(&str, Reading, Reading, Reading)] = &[
        ("", Null, Null, Null),
        ("~", Null, Null, Null),
        ("NULL", Null, Null, Null),
        ("nUll", String, String, String),
        ("True", Bool(true), Bool(true), Bool(true)),
        ("on", Bool(true), String, Bool(true)),
        ("Off", Bool(false), String, Bool(false)),
        ("y", Bool(true), String, Bool(true)),
        ("yEs", String, String, String),
        ("0", Integer(0), Integer(0), Integer(0)),
        ("-12", Integer(-12), Integer(-12), Integer(-12)),
        ("+12", Integer(12), Integer(12), Integer(12)),
        ("017", Integer(15), Integer(17), Integer(15)),
        ("-017", Integer(-15), Integer(-17), Integer(-15)),
        ("08", Float(8.0), Integer(8), String),
        ("0o17", Integer(15), Integer(15), String),
        ("0O17", Integer(15), String, String),
        ("0x1F", Integer(31), Integer(31), Integer(31)),
        ("0X1F", Integer(31), String, String),
        ("-0x1F", Integer(-31), String, Integer(-31)),
        ("0b11", Integer(3), String, Integer(3)),
        ("+0b11", Integer(3), String, Integer(3)),
        ("0b-11", Integer(-3), String, String),
        ("1_000", Integer(1000), String, Integer(1000)),
        ("1_", Integer(1), String, Integer(1)),
        ("_1", String, String, String),
        ("-_1", Integer(-1), String, String),
        ("1:30", String, String, Integer(90)),
        ("-1:30", String, String, Integer(-90)),
        ("0:30", String, String, String),
        ("1:30.5", String, String, Float(90.5)),
        ("1:60", String, String, String),
        ("1.5", Float(1.5), Float(1.5), Float(1.5)),
        ("1.", Float(1.0), Float(1.0), Float(1.0)),
        (".5_0", Float(0.5), String, Float(0.5)),
        ("._5", String, String, String),
        ("1_0.5", Float(10.5), String, Float(10.5)),
        ("1.5e+3", Float(1500.0), Float(1500.0), Float(1500.0)),
        ("-.inf", Float(f64::NEG_INFINITY), Float(f64::NEG_INFINITY), Float(f64::NEG_INFINITY)),
        (".nan", Float(f64::NAN), Float(f64::NAN), Float(f64::NAN)),
        ("18446744073709551615", Integer(u64::MAX as i128), Integer(u64::MAX as i128), Integer(u64::MAX as i128)),
        ("1.2.3", String, String, String),
        ("2001-01-01", String, String, String),
        ("<<", String, String, Special),
        ("=", String, String, Special),
        ("text", String, String, String),
    ];

    #[test]
    fn every_reader_has_its_rules() {
        for &(text, by_helm, by_core, by_classic) in TABLE {
            assert_eq!(helm(text), by_helm, "Helm on {text:?}");
            assert_eq!(core(text), by_core, "YAML 1.2 on {text:?}");
            assert_eq!(classic(text), by_classic, "YAML 1.1 on {text:?}");
        }
    }

    #[test]
    fn numbers_beyond_every_type_do_not_overflow() {
        let digits = "9".repeat(1000);
        let hex = format!("0x{}", "F".repeat(1000));
        let minutes = format!("1{}", ":59".repeat(1000));
        for text in [digits.as_str(), &hex, &minutes, "1e99999999999", "-1e99999999999"] {
            let _ = (helm(text), core(text), classic(text));
        }
        assert_eq!(core(&digits), Integer(i128::MAX));
        assert_eq!(helm("1e1000"), String);
        assert_eq!(core("1e1000"), Float(f64::INFINITY));
    }

    #[test]
    fn the_short_cut_agrees_with_the_readers() {
        for (text, ..) in TABLE {
            let all = [helm(text), core(text), classic(text)];
            assert!(!is_certainly_string(text) || all.iter().all(|reading| *reading == String), "{text:?}");
        }
        assert!(is_certainly_string("registry.example.com/apim") && is_certainly_string("/healthcheck"));
    }
}
