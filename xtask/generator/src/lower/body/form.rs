//! The fields of forms (`application/x-www-form-urlencoded`).

use super::super::media_type::MediaKind;
use super::super::schema::Schemas;
use super::parts::media_types;
use sdk_model::{Field, FormStyle, Part, PartContent, Style};
use sdk_openapi::diagnostics::sanitize;
use sdk_openapi::{MediaTypeView, Node};

/// The fields of a form, each with its style.
pub(super) fn fields<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
    fields: Vec<Field>,
) -> Vec<Part> {
    let styles = styles(schemas, media);
    let fields = fields.into_iter().map(|field| Part {
        style: styles
            .iter()
            .find(|style| style.name == field.name.wire)
            .cloned(),
        content: PartContent::Value,
        media_types: Vec::new(),
        field,
    });
    fields.collect()
}

/// The members of a form that `encoding` gives a style, or JSON.
pub(super) fn styles<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
) -> Vec<FormStyle> {
    media
        .encoding
        .iter()
        .filter_map(|(name, encoding)| style(schemas, name, encoding))
        .collect()
}

/// The style of a member. With `style`, `explode` or `allowReserved`, `contentType` is ignored.
fn style<'d>(schemas: &mut Schemas<'d, '_>, name: &str, encoding: &Node<'d>) -> Option<FormStyle> {
    let is_styled = ["style", "explode", "allowReserved"]
        .iter()
        .any(|keyword| encoding.get(keyword).is_some());
    if !is_styled {
        return content_style(schemas, name, encoding);
    }
    let style = match encoding.text("style") {
        None | Some("form") => Style::Form,
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("deepObject") => Style::DeepObject,
        Some(other) => {
            schemas.inexpressible(
                &encoding.origin,
                format!("unknown style `{}`", sanitize(other)),
                "using the style `form`",
                format!("the style `{}`", sanitize(other)),
            );
            Style::Form
        }
    };
    let explode = encoding
        .get("explode")
        .and_then(|node| node.value.as_bool());
    Some(FormStyle {
        name: name.to_owned(),
        style,
        explode: explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject)),
        allow_reserved: encoding.flag("allowReserved"),
    })
}

/// The style that `contentType` asks for: JSON, or the default one.
fn content_style<'d>(
    schemas: &mut Schemas<'d, '_>,
    name: &str,
    encoding: &Node<'d>,
) -> Option<FormStyle> {
    let media_types = media_types(encoding);
    let first = media_types.first()?;
    if media_types
        .iter()
        .any(|media_type| MediaKind::of(media_type).is_json())
    {
        return Some(FormStyle {
            name: name.to_owned(),
            style: Style::Json,
            explode: false,
            allow_reserved: false,
        });
    }
    if MediaKind::of(first) != MediaKind::Text || first.contains("xml") || first.contains("yaml") {
        schemas.inexpressible(
            &encoding.origin,
            format!(
                "a field of a form cannot be written as `{}`",
                sanitize(first)
            ),
            "using the default encoding",
            format!("the content type of `{}`", sanitize(name)),
        );
    }
    None
}
