//! The reader of `src/generated/table.txt`.
//!
//! Form: columns parted by tabs. `type`, name, apiVersion, kind, flags, description; below it one line a field, which
//! begins with a tab: name, shape, flags, values, description. `#` starts a comment.
//!
//! Limits: all or nothing, of the types and of each type's fields; a text that codegen did not write gives `None`. It borrows every text from the embedded file.

use super::{Allowed, FieldInfo, Fields, Kind, ListKind, ObjectType, Shape, Table, TypeRef};
use crate::version::{Version, Versions};

/// The types of the table, whose fields are still text.
pub(super) fn types(text: &'static str) -> Option<Table> {
    let mut types = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, mut below) = rest.split_once('\n').unwrap_or((rest, ""));
        if let Some(head) = line.strip_prefix("type\t") {
            let end = below.find("\ntype\t").map_or(below.len(), |end| end + 1);
            let end = if below.starts_with("type\t") { 0 } else { end };
            types.push(object_type(head, &below[..end])?);
            below = &below[end..];
        } else if !line.starts_with('#') && !line.starts_with("versions\t") {
            return None;
        }
        rest = below;
    }
    Some(Table { types })
}

/// The fields below a type's line. `reference` finds the types that they are of.
pub(super) fn fields(text: &'static str, reference: &dyn Fn(&str) -> Option<TypeRef>) -> Option<Vec<FieldInfo>> {
    text.lines().map(|line| field(line.strip_prefix('\t')?, reference)).collect()
}

fn object_type(line: &'static str, fields: &'static str) -> Option<ObjectType> {
    let mut columns = line.splitn(5, '\t');
    let name = columns.next()?;
    let (api_version, kind) = (columns.next()?, columns.next()?);
    let open = columns.next()? == "open";
    let kind = (!kind.is_empty()).then_some(Kind { api_version, kind });
    Some(ObjectType { name, kind, open, fields: Fields::new(fields), description: columns.next()? })
}

fn field(line: &'static str, reference: &dyn Fn(&str) -> Option<TypeRef>) -> Option<FieldInfo> {
    let mut columns = line.splitn(5, '\t');
    let mut field = FieldInfo {
        name: columns.next()?,
        shape: shape(columns.next()?, reference)?,
        versions: Versions::ALL,
        required: None,
        list: ListKind::Atomic,
        enumeration: &[],
        description: "",
    };
    for flag in columns.next()?.split(' ').filter(|flag| !flag.is_empty()) {
        apply(flag, &mut field)?;
    }
    let values = columns.next()?;
    if !values.is_empty() {
        field.enumeration = values.split(',').map(allowed).collect::<Option<Vec<_>>>()?.leak();
    }
    field.description = columns.next()?;
    Some(field)
}

fn apply(flag: &'static str, field: &mut FieldInfo) -> Option<()> {
    match flag.split_once('=') {
        None if flag == "required" => field.required = Some(Versions::ALL),
        None if flag == "set" => field.list = ListKind::Set,
        Some(("since", version)) => field.versions.first = version.parse().ok()?,
        Some(("until", version)) => field.versions.last = version.parse().ok()?,
        Some(("keys", keys)) => field.list = ListKind::Map(keys.split(',').collect()),
        Some(("required", range)) => {
            let (first, last) = range.split_once("..")?;
            let or = |text: &str, open: Version| if text.is_empty() { Some(open) } else { text.parse().ok() };
            field.required = Some(Versions { first: or(first, Version::OLDEST)?, last: or(last, Version::NEWEST)? });
        }
        _ => return None,
    }
    Some(())
}

fn allowed(text: &'static str) -> Option<Allowed> {
    let (value, since) = match text.split_once('@') {
        Some((value, since)) => (value, since.parse().ok()?),
        None => (text, Version::OLDEST),
    };
    Some(Allowed { value: if value == "\"\"" { "" } else { value }, since })
}

fn shape(text: &'static str, reference: &dyn Fn(&str) -> Option<TypeRef>) -> Option<Shape> {
    let inner = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inner("list<") {
        return Some(Shape::List(Box::new(shape(inner, reference)?)));
    }
    if let Some(inner) = inner("map<") {
        return Some(Shape::Map(Box::new(shape(inner, reference)?)));
    }
    Some(match text {
        "string" => Shape::String,
        "bytes" => Shape::Bytes,
        "time" => Shape::Time,
        "int32" => Shape::Integer { bits: 32 },
        "int64" => Shape::Integer { bits: 64 },
        "number" => Shape::Number,
        "boolean" => Shape::Boolean,
        "int-or-string" => Shape::IntOrString,
        "quantity" => Shape::Quantity,
        "json" => Shape::Json,
        name => Shape::Object(reference(name)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(name: &str) -> Option<TypeRef> {
        (name == "B").then_some(TypeRef(1))
    }

    #[test]
    fn every_form_is_read() {
        let text = "# x\nversions\t1.33\ntype\tA\tg/v1\tA\topen\tAn A.\n\tb\tlist<B>\trequired=..1.34 until=1.35 keys=x,y\t\t\n\tc\tmap<string>\trequired since=1.34\tp,\"\",q@1.35\tA c.\ntype\tB\t\t\t\t\n";
        let types = types(text).unwrap().types;
        let a = &types[0];
        assert!(a.open && a.kind == Some(Kind { api_version: "g/v1", kind: "A" }) && a.description == "An A.");
        let fields = fields(a.fields.text, &reference).unwrap();
        let (b, c) = (&fields[0], &fields[1]);
        assert_eq!(b.shape, Shape::List(Box::new(Shape::Object(TypeRef(1)))));
        assert_eq!(b.list_map_keys(), ["x", "y"]);
        assert_eq!((b.until().unwrap().to_string(), c.since().to_string()), ("1.35".into(), "1.34".into()));
        assert!(b.required_in(Version::OLDEST) && !b.required_in(Version::NEWEST));
        assert_eq!(c.enumeration.iter().map(|one| one.value).collect::<Vec<_>>(), ["p", "", "q"]);
        assert_eq!(c.shape, Shape::Map(Box::new(Shape::String)));
    }

    #[test]
    fn what_codegen_does_not_write_is_refused() {
        for text in ["x", "\tb\tstring\t\t\t", "type\tA"] {
            assert!(types(text).is_none(), "{text}");
        }
        for text in ["x", "\tb\tC\t\t\t", "\tb\tstring\todd\t\t"] {
            assert!(fields(text, &reference).is_none(), "{text}");
        }
    }
}
