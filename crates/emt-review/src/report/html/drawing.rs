//! Where the nodes and ways of a drawing stand. The template makes SVG of it.

use minijinja::{Value, context};

use crate::risk::Class;
use crate::topology::{Column, Topology};

/// Sizes, in units of the drawing.
const WIDTH: usize = 250;
const HEIGHT: usize = 52;
const BETWEEN_COLUMNS: usize = 56;
const BETWEEN_NODES: usize = 14;
const TOP: usize = 34;
const EDGE: usize = 2;

/// Characters of a name that have room in a node.
const LONGEST: usize = 31;
/// Those of its end that are kept where it is longer.
const TAIL: usize = 11;

const COLUMNS: [(Column, &str); 4] = [
    (Column::Entry, "Entries"),
    (Column::Service, "Services"),
    (Column::Workload, "Workloads"),
    (Column::Store, "Stores"),
];

/// Nodes, ways and titles with their places.
pub(super) fn drawing(topology: &Topology) -> Value {
    let used: Vec<&(Column, &str)> =
        COLUMNS.iter().filter(|(column, _)| topology.nodes.iter().any(|node| node.column == *column)).collect();
    let x = |column: Column| {
        let index = used.iter().position(|(known, _)| *known == column).unwrap_or(0);
        EDGE + index * (WIDTH + BETWEEN_COLUMNS)
    };
    let mut rows = [0; COLUMNS.len()];
    let mut places = Vec::new();
    for node in &topology.nodes {
        let row = &mut rows[node.column as usize];
        places.push((x(node.column), TOP + *row * (HEIGHT + BETWEEN_NODES)));
        *row += 1;
    }
    let nodes = topology.nodes.iter().zip(&places).map(|(node, (x, y))| {
        let (word, class) = node.mark.map_or(("", ""), |(word, class)| (word, class.name()));
        context! {
            x => x, y => y, kind => &node.kind, name => &node.name, short => short(&node.name), word => word, class => class,
        }
    });
    let edges = topology.edges.iter().filter_map(|(from, to)| {
        let ((from_x, from_y), (to_x, to_y)) = (places.get(*from)?, places.get(*to)?);
        let (start, end) = ((from_x + WIDTH, from_y + HEIGHT / 2), (*to_x, to_y + HEIGHT / 2));
        let middle = (start.0 + end.0) / 2;
        let gone = [from, to].iter().any(|node| topology.nodes[**node].mark.is_some_and(|(word, _)| word == "gone"));
        Some(context! {
            path => format!("M{} {}C{middle} {} {middle} {} {} {}", start.0, start.1, start.1, end.1, end.0, end.1),
            gone => gone,
        })
    });
    let longest = rows.into_iter().max().unwrap_or(0).max(1);
    let marked: Vec<String> = topology
        .nodes
        .iter()
        .filter_map(|node| {
            let (word, class): (&str, Class) = node.mark?;
            Some(format!("{} {}: {word} ({})", node.kind, node.name, class.name()))
        })
        .collect();
    context! {
        width => used.len().max(1) * (WIDTH + BETWEEN_COLUMNS) - BETWEEN_COLUMNS + 2 * EDGE,
        height => TOP + longest * (HEIGHT + BETWEEN_NODES),
        box_width => WIDTH,
        box_height => HEIGHT,
        columns => used.iter().map(|(column, title)| context! { x => x(*column), title => *title }).collect::<Vec<_>>(),
        nodes => nodes.collect::<Vec<_>>(),
        edges => edges.collect::<Vec<_>>(),
        marked => marked,
    }
}

/// A name with its middle left out where it is too long: what tells names apart often stands at their end.
fn short(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    if characters.len() <= LONGEST {
        return name.to_owned();
    }
    let (head, tail) = (&characters[..LONGEST - TAIL - 1], &characters[characters.len() - TAIL..]);
    head.iter().chain(&['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_keep_both_ends() {
        assert_eq!(short("apim-banking-manager"), "apim-banking-manager");
        assert_eq!(short("cass-a.prod.example.com and 2 more"), "cass-a.prod.example… and 2 more");
        assert_eq!(short(&"ü".repeat(33)).chars().count(), LONGEST);
    }
}
