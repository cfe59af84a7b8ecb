//! Imports of several names: on one line where they fit, as many a line as fit where not.

use quote::ToTokens;
use syn::UseTree;

use super::{WIDTH, macros::flat};

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
    // rustfmt keeps two columns free here, and one behind each line but the last.
    if whole.chars().count() <= WIDTH - 2 {
        out.push_str(&whole);
        out.push('\n');
        return;
    }
    out.push_str(&format!("{margin}use {path}{{\n"));
    let mut line = format!("{margin}   ");
    let last = names.len() - 1;
    for (at, name) in names.into_iter().enumerate() {
        // A space before the name and a comma behind it.
        let free = usize::from(at != last);
        if line.chars().count() + name.chars().count() + 2 + free > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = format!("{margin}   ");
        }
        line.push_str(&format!(" {name},"));
    }
    out.push_str(&format!("{line}\n{margin}}};\n"));
}
