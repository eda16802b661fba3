//! The reader of `src/generated/table.txt`.
//!
//! Form: columns parted by tabs. `type`, name, apiVersion, kind, flags, description; below it one line a field, which
//! begins with a tab: name, shape, flags, values, description. `#` starts a comment.
//!
//! Limits: all or nothing; a text that codegen did not write gives `None`. It borrows every text from the embedded file.

use super::{Allowed, FieldInfo, Kind, ListKind, ObjectType, Shape, Table, TypeRef};
use crate::version::{Version, Versions};

/// Parses the whole table. It lives as long as the program: its fields are leaked, once.
pub(super) fn parse(text: &'static str) -> Option<Table> {
    let heads = text.lines().filter_map(|line| line.strip_prefix("type\t"));
    let names: Vec<&str> = heads.map(|head| head.split('\t').next().unwrap_or_default()).collect();
    let mut types: Vec<(ObjectType, usize)> = Vec::with_capacity(names.len());
    let mut fields: Vec<FieldInfo> = Vec::with_capacity(names.len() * 5);
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("type\t") {
            types.push((object_type(head)?, fields.len()));
        } else if let Some(field) = line.strip_prefix('\t') {
            types.last()?;
            fields.push(parse_field(field, &names)?);
        } else if !line.starts_with('#') && !line.starts_with("versions\t") {
            return None;
        }
    }
    let fields: &'static [FieldInfo] = fields.leak();
    let ends: Vec<usize> = types.iter().skip(1).map(|(_, start)| *start).chain([fields.len()]).collect();
    let types = types.into_iter().zip(ends);
    let types = types.map(|((found, start), end)| Some(ObjectType { fields: fields.get(start..end)?, ..found }));
    Some(Table { types: types.collect::<Option<_>>()? })
}

fn object_type(line: &'static str) -> Option<ObjectType> {
    let mut columns = line.splitn(5, '\t');
    let name = columns.next()?;
    let (api_version, kind) = (columns.next()?, columns.next()?);
    let open = columns.next()? == "open";
    let kind = (!kind.is_empty()).then_some(Kind { api_version, kind });
    Some(ObjectType { name, kind, open, fields: &[], description: columns.next()? })
}

fn parse_field(line: &'static str, names: &[&str]) -> Option<FieldInfo> {
    let mut columns = line.splitn(5, '\t');
    let mut field = FieldInfo {
        name: columns.next()?,
        shape: shape(columns.next()?, names)?,
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

fn shape(text: &'static str, names: &[&str]) -> Option<Shape> {
    let inner = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inner("list<") {
        return Some(Shape::List(Box::new(shape(inner, names)?)));
    }
    if let Some(inner) = inner("map<") {
        return Some(Shape::Map(Box::new(shape(inner, names)?)));
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
        name => Shape::Object(TypeRef(u16::try_from(names.binary_search(&name).ok()?).ok()?)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let text = "# x\nversions\t1.33\ntype\tA\tg/v1\tA\topen\tAn A.\n\tb\tlist<B>\trequired=..1.34 until=1.35 keys=x,y\t\t\n\tc\tmap<string>\trequired since=1.34\tp,\"\",q@1.35\tA c.\ntype\tB\t\t\t\t\n";
        let table = parse(text).unwrap();
        let a = &table.types[0];
        assert!(a.open && a.kind == Some(Kind { api_version: "g/v1", kind: "A" }) && a.description == "An A.");
        let (b, c) = (&a.fields[0], &a.fields[1]);
        assert_eq!(b.list_map_keys(), ["x", "y"]);
        assert_eq!((b.until().unwrap().to_string(), c.since().to_string()), ("1.35".into(), "1.34".into()));
        assert!(b.required_in(Version::OLDEST) && !b.required_in(Version::NEWEST));
        assert_eq!(c.enumeration.iter().map(|one| one.value).collect::<Vec<_>>(), ["p", "", "q"]);
        assert_eq!(c.shape, Shape::Map(Box::new(Shape::String)));
    }

    #[test]
    fn what_codegen_does_not_write_is_refused() {
        for text in [
            "x",
            "\tb\tstring\t\t\t",
            "type\tA",
            "type\tA\t\t\t\t\n\tb\tC\t\t\t",
            "type\tA\t\t\t\t\n\tb\tstring\todd\t\t",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
