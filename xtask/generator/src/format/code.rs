//! Code inside functions and statics, in the layout that rustfmt gives it when every small
//! construct may be as wide as the line. `emit` writes few forms: these are all there are.

use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Item, Member, Stmt};

use super::{WIDTH, flat::flat as flat_tokens};

/// The statements of a block, each at `indent`.
pub(super) fn block(statements: &[Stmt], indent: usize, out: &mut String) {
    for statement in statements {
        out.push_str(&" ".repeat(indent));
        match statement {
            Stmt::Local(local) => {
                let pattern = flat_tokens(local.pat.to_token_stream());
                out.push_str(&format!("let {pattern}"));
                if let Some(init) = &local.init {
                    out.push_str(" = ");
                    assigned(&init.expr, indent, out);
                }
                out.push(';');
            }
            Stmt::Expr(Expr::ForLoop(each), _) => {
                let pattern = flat_tokens(each.pat.to_token_stream());
                out.push_str(&format!("for {pattern} in "));
                expression(&each.expr, indent, 2, out);
                out.push_str(" {\n");
                self::block(&each.body.stmts, indent + 4, out);
                out.push_str(&format!("{}}}", " ".repeat(indent)));
            }
            Stmt::Expr(Expr::Assign(assign), _) => {
                out.push_str(&format!("{} = ", flat(&assign.left)));
                assigned(&assign.right, indent, out);
                out.push(';');
            }
            Stmt::Expr(value, semicolon) => {
                expression(value, indent, usize::from(semicolon.is_some()), out);
                out.push_str(if semicolon.is_some() { ";" } else { "" });
            }
            Stmt::Item(Item::Static(item)) => {
                let ty = flat_tokens(item.ty.to_token_stream());
                out.push_str(&format!("static {}: {ty} = ", item.ident));
                assigned(&item.expr, indent, out);
                out.push(';');
            }
            other => out.push_str(&flat_tokens(other.to_token_stream())),
        }
        out.push('\n');
    }
}

/// What stands behind `=` and before `;`: on the next line where it fits there whole, and not on
/// this one.
pub(super) fn assigned(value: &Expr, indent: usize, out: &mut String) {
    let flat = flat(value);
    if fits(out, &flat, 1) {
        out.push_str(&flat);
        return;
    }
    let next_line = indent + 4 + flat.chars().count() < WIDTH;
    let head = head(value);
    if !next_line && break_type(indent, out) {
        expression(value, indent, 1, out);
    } else if next_line || !fits(out, &head, usize::from(!head.is_empty())) {
        while out.ends_with(' ') {
            out.pop();
        }
        out.push_str(&format!("\n{}", " ".repeat(indent + 4)));
        expression(value, indent + 4, 1, out);
    } else {
        expression(value, indent, 1, out);
    }
}

/// Puts a static's type on the next line where its name leaves no room, as long as that is of use.
fn break_type(indent: usize, out: &mut String) -> bool {
    let start = out.rfind('\n').map_or(0, |at| at + 1);
    let line = &out[start..];
    let is_static = line.trim_start().starts_with("static ");
    let Some(colon) = line.find(": ").filter(|_| is_static) else {
        return false;
    };
    // rustfmt keeps three columns free behind the name.
    if line.trim_end().chars().count() <= WIDTH || colon + 1 > WIDTH - 3 {
        return false;
    }
    let gap = format!("\n{}", " ".repeat(indent + 4));
    out.replace_range(start + colon + 1..start + colon + 2, &gap);
    true
}

/// What an expression begins with when it is broken.
fn head(value: &Expr) -> String {
    match value {
        Expr::Struct(literal) => format!("{} {{", flat_tokens(literal.path.to_token_stream())),
        Expr::Call(call) => format!("{}(", flat(&call.func)),
        _ => String::new(),
    }
}

/// An expression with `after` characters behind it.
fn expression(value: &Expr, indent: usize, after: usize, out: &mut String) {
    let flat = flat(value);
    if fits(out, &flat, after) {
        out.push_str(&flat);
        return;
    }
    match value {
        Expr::Reference(reference) => {
            out.push('&');
            expression(&reference.expr, indent, after, out);
        }
        Expr::Struct(literal) => {
            out.push_str(&head(value));
            out.push('\n');
            for field in &literal.fields {
                out.push_str(&" ".repeat(indent + 4));
                if field.colon_token.is_some() {
                    let Member::Named(name) = &field.member else {
                        continue;
                    };
                    out.push_str(&format!("{name}: "));
                }
                expression(&field.expr, indent + 4, 1, out);
                out.push_str(",\n");
            }
            out.push_str(&format!("{}}}", " ".repeat(indent)));
        }
        Expr::Array(array) => {
            out.push('[');
            arguments(array.elems.iter(), indent, after, out);
            out.push(']');
        }
        Expr::Call(call) => {
            out.push_str(&self::flat(&call.func));
            out.push('(');
            arguments(call.args.iter(), indent, after, out);
            out.push(')');
        }
        Expr::MethodCall(call) => chain(call, indent, after, out),
        _ => out.push_str(&flat),
    }
}

/// Arguments or elements that do not fit on the line: one that is a bracketed thing itself stays
/// with the bracket, others have a line each.
fn arguments<'e>(
    values: impl ExactSizeIterator<Item = &'e Expr>,
    indent: usize,
    after: usize,
    out: &mut String,
) {
    let mut values = values.peekable();
    if values.len() == 1
        && let Some(only) = values.peek()
        && is_bracketed(only)
        && fits(out, &head(only), 1)
    {
        return expression(only, indent, after + 1, out);
    }
    out.push('\n');
    for value in values {
        out.push_str(&" ".repeat(indent + 4));
        expression(value, indent + 4, 1, out);
        out.push_str(",\n");
    }
    out.push_str(&" ".repeat(indent));
}

fn is_bracketed(value: &Expr) -> bool {
    match value {
        Expr::Struct(_) | Expr::Array(_) | Expr::Call(_) => true,
        Expr::Reference(reference) => is_bracketed(&reference.expr),
        _ => false,
    }
}

/// A chain of calls: broken inside the last call where that is all that is too long, one call a
/// line otherwise.
fn chain(call: &ExprMethodCall, indent: usize, after: usize, out: &mut String) {
    let (mut root, mut links) = (String::new(), Vec::new());
    collect(&call.receiver, &mut root, &mut links);
    // A short root at the start of a line takes the first link along.
    let at_start = out
        .rsplit('\n')
        .next()
        .is_some_and(|line| line.trim().is_empty());
    if at_start && root.chars().count() <= 4 && !links.is_empty() {
        root.push_str(&links.remove(0));
    }
    let last = format!(".{}", flat_call(call));
    let own_line = indent + 4 + last.chars().count() + after <= WIDTH;
    let before = format!("{root}{}", links.concat());
    if fits(out, &format!("{before}.{}(", call.method), 0) {
        let mut inside = format!("{before}.{}{}(", call.method, turbofish(call));
        arguments(call.args.iter(), indent, after, &mut inside);
        inside.push(')');
        // rustfmt prefers the last call on a line of its own, unless the other way has this many.
        if !own_line || inside.lines().count() >= 5 {
            out.push_str(&inside);
            return;
        }
    }
    out.push_str(&root);
    for link in links {
        out.push_str(&format!("\n{}{link}", " ".repeat(indent + 4)));
    }
    out.push_str(&format!("\n{}", " ".repeat(indent + 4)));
    if own_line {
        out.push_str(&last);
    } else {
        out.push_str(&format!(".{}{}(", call.method, turbofish(call)));
        arguments(call.args.iter(), indent + 4, after, out);
        out.push(')');
    }
}

/// What a chain begins with, and its links in order.
fn collect(value: &Expr, root: &mut String, links: &mut Vec<String>) {
    match value {
        Expr::MethodCall(call) => {
            collect(&call.receiver, root, links);
            links.push(format!(".{}", flat_call(call)));
        }
        Expr::Field(field) => {
            collect(&field.base, root, links);
            links.push(format!(".{}", flat_tokens(field.member.to_token_stream())));
        }
        other => root.push_str(&flat(other)),
    }
}

/// Whether text, and what follows it, fits on the last line.
fn fits(out: &str, text: &str, after: usize) -> bool {
    let line = out.rsplit('\n').next().unwrap_or(out);
    line.chars().count() + text.chars().count() + after <= WIDTH
}

fn turbofish(call: &ExprMethodCall) -> String {
    call.turbofish
        .as_ref()
        .map_or_else(String::new, |types| flat_tokens(types.to_token_stream()))
}

fn flat_call(call: &ExprMethodCall) -> String {
    format!(
        "{}{}({})",
        call.method,
        turbofish(call),
        flat_list(call.args.iter())
    )
}

fn flat_list<'e>(values: impl Iterator<Item = &'e Expr>) -> String {
    values.map(flat).collect::<Vec<_>>().join(", ")
}

/// An expression on one line.
fn flat(value: &Expr) -> String {
    match value {
        Expr::Reference(reference) => format!("&{}", flat(&reference.expr)),
        Expr::Unary(unary) => {
            format!("{}{}", unary.op.to_token_stream(), flat(&unary.expr))
        }
        Expr::Paren(paren) => format!("({})", flat(&paren.expr)),
        Expr::Field(field) => {
            format!(
                "{}.{}",
                flat(&field.base),
                flat_tokens(field.member.to_token_stream())
            )
        }
        Expr::MethodCall(call) => format!("{}.{}", flat(&call.receiver), flat_call(call)),
        Expr::Call(call) => format!("{}({})", flat(&call.func), flat_list(call.args.iter())),
        Expr::Array(array) => format!("[{}]", flat_list(array.elems.iter())),
        Expr::Tuple(tuple) => format!("({})", flat_list(tuple.elems.iter())),
        Expr::Closure(closure) => {
            let inputs: Vec<String> = closure
                .inputs
                .iter()
                .map(|input| flat_tokens(input.to_token_stream()))
                .collect();
            format!("|{}| {}", inputs.join(", "), flat(&closure.body))
        }
        Expr::Struct(literal) => {
            let fields: Vec<String> = literal
                .fields
                .iter()
                .map(|field| {
                    let value = flat(&field.expr);
                    match (&field.member, &field.colon_token) {
                        (Member::Named(name), Some(_)) => format!("{name}: {value}"),
                        _ => value,
                    }
                })
                .collect();
            format!(
                "{} {{ {} }}",
                flat_tokens(literal.path.to_token_stream()),
                fields.join(", ")
            )
        }
        Expr::Macro(call) => {
            let path = flat_tokens(call.mac.path.to_token_stream());
            format!("{path}!({})", flat_tokens(call.mac.tokens.clone()))
        }
        other => flat_tokens(other.to_token_stream()),
    }
}
