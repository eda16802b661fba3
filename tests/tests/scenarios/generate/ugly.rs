//! Texts that YAML, Go templates, Helm or shells like to misread.

/// Texts that readers misread. Those that a pattern allows stand for every text with that pattern.
pub(crate) const UGLY: &[&str] = &[
    "", " ", "  two  ", " leading", "trailing ", "on", "off", "yes", "no", "y", "n", "Y", "N", "On", "OFF", "true", "false",
    "True", "FALSE", "null", "Null", "NULL", "~", "nan", ".nan", ".inf", "-.inf", "inf", "0", "00", "007", "0o17", "0x1F",
    "0b11", "1_000", "1e3", "1E3", "1e+06", "1e", "e1", "1.0", "1.", ".5", "-1", "+1", "1,000", "1:30", "12:30:45",
    "2001-01-01", "2001-12-14t21:59:43.10-05:00", "9007199254740991", "9007199254740993", "0.1", "1000000", "-", "--", "---",
    "...", "- x", "? x", ": x", "a: b", "a:", "a #b", "#c", "# c", "&a", "*a", "!a", "!!str a", "|", ">", "|-", "%a", "@a",
    "`a`", "'", "''", "\"", "\"\"", "'a'", "\"a\"", "it's", "say \"hi\"", "\\", "\\n", "a\\b", "C:\\dir", "{}", "[]", "{a}",
    "[a]", "{a: b}", "{{", "}}", "{{ .Values }}", "{{ fail \"x\" }}", "{{- end }}", "{{/* c */}}", "%s", "%d%%", "$HOME",
    "${HOME}", "$(HOME)", "$$", "a|b", "a,b", ",", "a;b", "a=b", "=", "<<", "<", ">", "&", "<&>", "</a>", "\u{e9}\u{e8}",
    "\u{fc}n\u{ef}", "\u{4f60}\u{597d}", "\u{1f600}", "\u{200b}", "\u{202e}x", "a\u{a0}b", "\u{2028}", "\u{2029}",
    "\u{feff}", "\u{feff}x", "\u{85}", "\u{7f}", "\u{1}", "\u{1b}[0m", "\u{fffd}", "\t", "a\tb", "\ta", "\n", "a\n", "\na",
    "a\nb", "a\n\nb\n\n", "  a\n b", "a\r\nb", "\r", "<no value>", "no value", "map[]", "nil", "None", "undefined", "-x",
    "x-", ".x", "x.", "_x", "/", "/a/b", "//", "a//b", "http://a/b?c=d&e=f#g", "a@b", "a:1", "1/2", "1-2-3", "a.b.c", "A",
    "Z9", "x--y", "x.-y", "0a", "a0", "a-b", "0.0.0.0", "1.1.1.1", "localhost", "-Xmx1g", "-1e3", "-0", "-D_a=b,c", "25%",
    "100%", "500m", "2Gi", "1k", "1E", "12E", "0.5",
];
