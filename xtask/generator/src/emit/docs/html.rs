//! HTML in descriptions: its tags go, its text stays.

/// A piece of a text with HTML in it.
pub(super) enum Piece<'a> {
    /// Text, tags that are no HTML included (`<session_id>` is a placeholder).
    Text(&'a str),
    /// The end of a line: `<br>`, `<p>`, `<li>`.
    Break,
}

/// Parses HTML.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        let end = if tag.starts_with("<!--") {
            tag.find("-->").map_or(tag.len(), |at| at + 3)
        } else {
            tag.find('>').map_or(tag.len(), |at| at + 1)
        };
        let name = tag_name(&tag[..end]);
        let known = tag.starts_with("<!") || ELEMENTS.contains(&name.as_str());
        if known {
            push_text(&mut pieces, &rest[..start]);
            if matches!(name.as_str(), "br" | "p" | "li" | "tr" | "div") {
                pieces.push(Piece::Break);
            }
            rest = &tag[end..];
        } else {
            push_text(&mut pieces, &rest[..=start]);
            rest = &tag[1..];
        }
    }
    push_text(&mut pieces, rest);
    pieces
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

fn tag_name(tag: &str) -> String {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "nobr",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];
