//! Imports of several names: on one line where they fit, as many a line as fit where not.

use quote::ToTokens;
use syn::UseTree;

use super::{WIDTH, flat::flat};

pub(super) fn print(tree: &UseTree, indent: usize, out: &mut String) {
    let margin = " ".repeat(indent);
    let mut path = String::new();
    let mut rest = tree;
    while let UseTree::Path(segment) = rest {
        path.push_str(&format!("{}::", segment.ident));
        rest = &segment.tree;
    }
    let names: Vec<String> = match rest {
        UseTree::Group(group) => group
            .items
            .iter()
            .map(|item| flat(item.to_token_stream()))
            .collect(),
        other => vec![flat(other.to_token_stream())],
    };
    let whole = format!("{margin}use {path}{{{}}};", names.join(", "));
    // rustfmt keeps two columns free here, and one behind each of several lines.
    if whole.chars().count() <= WIDTH - 2 {
        out.push_str(&whole);
        out.push('\n');
        return;
    }
    out.push_str(&format!("{margin}use {path}{{\n"));
    for line in lines(&names, WIDTH.saturating_sub(indent + 4)) {
        out.push_str(&format!("{margin}    {line}\n"));
    }
    out.push_str(&format!("{margin}}};\n"));
}

/// The names on one line where they fit, on lines with as many as fit where not.
fn lines(names: &[String], width: usize) -> Vec<String> {
    let one = format!("{},", names.join(", "));
    if one.chars().count() <= width {
        return vec![one];
    }
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            // A space before the name, a comma behind it, and the free column.
            Some(line) if line.chars().count() + name.chars().count() + 3 <= width => {
                line.push_str(&format!(" {name},"));
            }
            _ => lines.push(format!("{name},")),
        }
    }
    lines
}
