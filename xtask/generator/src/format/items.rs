//! The heads of items, in the layout that rustfmt gives them.

use quote::ToTokens;
use syn::{Path, Type};

use super::{
    WIDTH,
    flat::{flat, split},
    functions::Signature,
};

/// `fn name(…) -> …`: on one line, or one parameter a line.
pub(super) fn signature(signature: &Signature, before: &str, after: &str, out: &mut String) {
    let visibility = before.trim_end().strip_suffix("fn").unwrap_or(before);
    let indent = before.len() - before.trim_start().len();
    let inputs: Vec<String> = split(signature.inputs.clone()).iter().map(flat).collect();
    let output = match flat(signature.output.clone()) {
        nothing if nothing.is_empty() => nothing,
        output => format!(" -> {output}"),
    };
    // The mark has no parameters and no result.
    let brace = after.strip_prefix("()").unwrap_or(after);
    let name = &signature.name;
    let whole = format!(
        "{visibility}fn {name}({}){output}{brace}",
        inputs.join(", ")
    );
    if whole.chars().count() <= WIDTH || inputs.is_empty() {
        out.push_str(&whole);
    } else {
        out.push_str(&format!("{visibility}fn {name}(\n"));
        for input in inputs {
            let input = format!("{}{input}", " ".repeat(indent + 4));
            out.push_str(&typed(&input, indent + 4, ","));
            out.push('\n');
        }
        let end = format!("{}){output}", " ".repeat(indent));
        let brace = end_brace(&end, indent, brace);
        out.push_str(&format!("{end}{brace}"));
    }
    out.push('\n');
}

/// The brace behind a result. rustfmt counts the indentation twice here; it puts the brace on the
/// next line, and right behind a result that is too long for any.
fn end_brace(end: &str, indent: usize, brace: &str) -> String {
    let width = end.chars().count();
    if width + brace.chars().count() <= WIDTH.saturating_sub(indent) {
        brace.to_owned()
    } else if width <= WIDTH + 2 {
        format!("\n{}{}", " ".repeat(indent), brace.trim_start())
    } else {
        brace.trim_start().to_owned()
    }
}

/// `impl Trait for Type`.
pub(super) fn header(path: &Path, ty: &Type, before: &str, after: &str, out: &mut String) {
    let indent = " ".repeat(before.len() - before.trim_start().len());
    let (path, ty) = (flat(path.to_token_stream()), flat(ty.to_token_stream()));
    let whole = format!("{before}{path} for {ty}{after}");
    if whole.trim_start().chars().count() <= WIDTH {
        out.push_str(&whole);
    } else {
        let (brace, head) = (after.trim_start(), before.trim_end());
        if before.chars().count() + path.chars().count() <= WIDTH {
            out.push_str(&format!("{before}{path}\n{indent}    for {ty}"));
        } else {
            let margin = indent.len() + 4;
            let path = typed(&format!("{indent}    {path}"), margin, "");
            // Behind a closed bracket there is room.
            let gap = if path.contains('\n') {
                " ".to_owned()
            } else {
                format!("\n{indent}    ")
            };
            out.push_str(&format!("{head}\n{path}{gap}for {ty}"));
        }
        out.push_str(&format!("\n{indent}{brace}"));
    }
    out.push('\n');
}

/// The type of a field or an alias: on the next line where it fits there, and not on this one.
pub(super) fn field(ty: &Type, before: &str, after: &str, out: &mut String) {
    let indent = before.len() - before.trim_start().len();
    let ty = flat(ty.to_token_stream());
    let this_line = before.chars().count() + ty.chars().count() + after.len();
    let next_line = indent + 4 + ty.chars().count() + after.len();
    if this_line > WIDTH && next_line <= WIDTH {
        out.push_str(&format!(
            "{}\n{}{ty}{after}\n",
            before.trim_end(),
            " ".repeat(indent + 4)
        ));
    } else {
        out.push_str(&typed(&format!("{before}{ty}"), indent, after));
        out.push('\n');
    }
}

/// A variant with one value: the value on a line of its own where it is too long.
pub(super) fn variant(ty: &Type, before: &str, after: &str, out: &mut String) {
    let indent = before.len() - before.trim_start().len();
    let ty = flat(ty.to_token_stream());
    let whole = format!("{before}{ty}{after}");
    if before.trim().is_empty() {
        // The printer broke behind a long name already.
        out.push_str(&typed(&format!("{before}{ty}"), indent, after));
    } else if whole.chars().count() <= WIDTH {
        out.push_str(&whole);
    } else {
        let value = typed(&format!("{}{ty}", " ".repeat(indent + 4)), indent + 4, ",");
        out.push_str(&format!("{before}\n{value}\n{}{after}", " ".repeat(indent)));
    }
    out.push('\n');
}

/// `name: Type`, what stands in the type's brackets on lines of its own where it is too long.
pub(super) fn typed(text: &str, indent: usize, after: &str) -> String {
    let whole = format!("{text}{after}");
    if whole.chars().count() <= limit(text) {
        return whole;
    }
    broken(text, indent, after).unwrap_or(whole)
}

/// How wide a line with a type may be. rustfmt does not count the word `impl` before one.
fn limit(line: &str) -> usize {
    let code = line.trim_start();
    let ty = code
        .split_once(": ")
        .or_else(|| code.split_once(" = "))
        .map_or(code, |(_, ty)| ty);
    if ty.starts_with("impl ") {
        WIDTH + 5
    } else {
        WIDTH
    }
}

/// A type with its outermost brackets opened; none where that is of no use.
fn broken(text: &str, indent: usize, after: &str) -> Option<String> {
    let (close, open) = match text.chars().last()? {
        '>' => ('>', text.find('<')?),
        ')' => (')', text.find('(')?),
        _ => return None,
    };
    let (head, inside) = (&text[..=open], &text[open + 1..text.len() - 1]);
    let margin = " ".repeat(indent + 4);
    let lines: Vec<String> = arguments_of(inside)
        .into_iter()
        .map(|part| typed(&format!("{margin}{part}"), indent + 4, ","))
        .collect();
    let fits = lines
        .iter()
        .flat_map(|part| part.lines())
        .all(|line| line.chars().count() <= limit(line));
    fits.then(|| {
        format!(
            "{head}\n{}\n{}{close}{after}",
            lines.join("\n"),
            " ".repeat(indent)
        )
    })
}

/// A line of the printer's own; the brace behind a long name goes to the next one. rustfmt does
/// not count the indentation of heads.
pub(super) fn line(line: &str, out: &mut String) {
    let code = line.trim_start();
    // rustfmt keeps one column free behind an attribute.
    if line.chars().count() == WIDTH
        && let Some((name, arguments)) = code
            .strip_suffix(")]")
            .and_then(|code| code.split_once('('))
        && name.starts_with("#[")
    {
        let margin = " ".repeat(line.len() - code.len());
        let arguments: Vec<String> = attribute_arguments(arguments)
            .iter()
            .map(|part| format!("{margin}    {part}"))
            .collect();
        out.push_str(&format!(
            "{margin}{name}(\n{}\n{margin})]\n",
            arguments.join(",\n")
        ));
        return;
    }
    let is_head = code.starts_with("pub struct ") || code.starts_with("pub enum ");
    match line.strip_suffix(" {") {
        // A longer name, or one in a module, has no room anywhere.
        Some(head)
            if line.starts_with("impl ") && (WIDTH - 1..=WIDTH + 1).contains(&head.len()) =>
        {
            let name = head.trim_start_matches("impl ");
            out.push_str(&format!("impl\n    {name}\n{{\n"));
        }
        Some(head) if is_head && code.chars().count() > WIDTH => {
            let indent = line.len() - code.len();
            out.push_str(&format!("{head}\n{}{{\n", " ".repeat(indent)));
        }
        _ => {
            out.push_str(line);
            out.push('\n');
        }
    }
}

/// What commas outside of strings separate.
fn attribute_arguments(text: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            ',' if !quoted => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(text[start..].trim());
    parts
}

/// The generic arguments of a type.
fn arguments_of(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '<' | '(' => depth += 1,
            '>' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}
