//! Diagnostics, and the omissions of their repairs.

use super::*;

#[test]
fn a_contradiction_is_reported_or_omitted() {
    let text = "
openapi: 3.0.3
info: { title: Demo, version: '1' }
paths:
  /thing:
    get:
      responses:
        '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
components:
  schemas:
    Thing: { allOf: [{ type: string }, { type: integer }] }
";
    let (_, problems) = lowered(text, "", false);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].contains("allOf/0") && problems[0].contains("allOf/1"),
        "{problems:?}"
    );
    let (api, _) = lowered(text, "", true);
    assert_eq!(api.map(|api| api.omissions.len()), Some(1));
}

#[test]
fn what_a_repair_leaves_out_is_listed() {
    let text = "
openapi: 3.0.3
info: { title: Demo, version: '1' }
paths:
  /open/{id: { get: { operationId: open, responses: { '200': { description: Fine } } } }
  /things:
    get:
      operationId: list_things
      parameters: [{ name: filter, in: body, schema: { type: string } }]
      responses:
        '200': { description: Fine }
        '2000': { description: Never }
";
    let (api, problems) = lowered(text.trim_start(), "", true);
    assert_eq!(problems.len(), 3, "{problems:#?}");
    let listed: Vec<_> = api
        .iter()
        .flat_map(|api| &api.omissions)
        .map(|omission| omission.what.as_str())
        .collect();
    assert_eq!(
        listed,
        [
            "the parameter `filter`",
            "the response `2000`",
            "the operations of `/open/{id`"
        ]
    );
}
