use super::docs;
use super::media_type::MediaKind;
use super::schema::Schemas;
use sdk_model::names::{Claim, Kind, Scope};
use sdk_model::{Name, Type, Webhook};
use sdk_openapi::OperationView;

/// The payloads that the API sends: those of webhooks and of callbacks.
pub(super) fn lower<'d>(
    schemas: &mut Schemas<'d, '_>,
    views: &[OperationView<'d>],
) -> Vec<Webhook> {
    let mut found: Vec<(String, Webhook)> = Vec::new();
    let document = schemas.document;
    let webhooks = document.webhooks(schemas.reader().diagnostics);
    for view in &webhooks {
        add(
            schemas,
            &mut found,
            view.path.to_owned(),
            String::new(),
            view,
        );
    }
    for operation in views {
        let of = operation
            .id
            .map_or_else(|| super::select::signature(operation), str::to_owned);
        for callback in &operation.callbacks {
            for view in &callback.operations {
                add(
                    schemas,
                    &mut found,
                    callback.name.to_owned(),
                    of.clone(),
                    view,
                );
            }
        }
    }
    let disambiguators: Vec<[&str; 1]> = found.iter().map(|(word, _)| [word.as_str()]).collect();
    let claims: Vec<Claim<'_>> = found
        .iter()
        .zip(&disambiguators)
        .map(|((_, webhook), disambiguators)| Claim {
            disambiguators,
            ..Claim::of(&webhook.name.wire)
        })
        .collect();
    let idents = Scope::new(Kind::Type).claim_all(&claims);
    found
        .into_iter()
        .zip(idents)
        .map(|((_, webhook), ident)| Webhook {
            name: Name {
                ident,
                ..webhook.name
            },
            ..webhook
        })
        .collect()
}

fn add<'d>(
    schemas: &mut Schemas<'d, '_>,
    found: &mut Vec<(String, Webhook)>,
    wire: String,
    of: String,
    view: &OperationView<'d>,
) {
    let content = view.request_body.iter().flat_map(|body| &body.content);
    let media = content.min_by_key(|media| MediaKind::of(media.media_type));
    let payload = match media.and_then(|media| media.schema.as_ref()) {
        Some(schema) => schemas.resolve(schema).ty,
        None => Type::Json,
    };
    let (summary, text) = docs::operation(view);
    let docs = [summary, text].join("\n\n").trim().to_owned();
    found.push((
        format!("{of} {}", view.method.as_str()),
        Webhook {
            name: Name {
                ident: Scope::new(Kind::Type).claim_wire(&wire),
                wire,
            },
            docs,
            payload,
            origin: view.origin().clone(),
        },
    ));
}
