//! `in: querystring` (3.2): one form that is the whole query becomes a query parameter for each of
//! its properties, which is the same on the wire.

use serde_json::{Map, Value, json};

use crate::node::Node;
use crate::operation::operations_of;
use crate::pointer::SpecPointer;
use crate::refs::RefResolver;

/// Replaces the querystring parameters whose form has declared properties only.
pub(crate) fn normalize(tree: &mut Value) {
    for (list, index, parameters) in forms(tree) {
        let Some(Value::Array(list)) = tree.pointer_mut(&list) else {
            continue;
        };
        let mut parameters = parameters.into_iter();
        if let (Some(element), Some(first)) = (list.get_mut(index), parameters.next()) {
            *element = first;
        }
        list.extend(parameters);
    }
}

/// The lists of parameters with a form, its index in them, and the parameters for its properties.
fn forms(tree: &Value) -> Vec<(String, usize, Vec<Value>)> {
    let root = Node {
        value: tree,
        origin: SpecPointer::root(),
    };
    let refs = RefResolver::default();
    let mut found = Vec::new();
    let paths = root.get("paths");
    for (_, item) in paths.iter().flat_map(Node::members) {
        let Ok(item) = refs.resolve(tree, &item) else {
            continue;
        };
        let operations = operations_of(&item).into_iter().map(|(_, node)| node);
        for holder in operations.chain([item.clone()]) {
            let list = holder.get("parameters");
            for (index, listed) in list.iter().flat_map(Node::elements).enumerate() {
                let parameter = refs.resolve(tree, &listed).ok();
                let parameters = parameter.and_then(|node| properties(tree, &refs, &node));
                if let (Some(list), Some(parameters)) = (&list, parameters) {
                    found.push((list.origin.pointer().to_owned(), index, parameters));
                }
            }
        }
    }
    found
}

/// The parameters that a form consists of. None where it may have others, or encodes them.
fn properties(tree: &Value, refs: &RefResolver, parameter: &Node<'_>) -> Option<Vec<Value>> {
    if parameter.text("in") != Some("querystring") {
        return None;
    }
    let form = parameter
        .get("content")?
        .get("application/x-www-form-urlencoded")?;
    let schema = refs.resolve(tree, &form.get("schema")?).ok()?;
    let members = schema.value.as_object()?;
    let others = ["allOf", "anyOf", "oneOf", "patternProperties", "$ref"];
    let is_open = others.iter().any(|key| members.contains_key(*key))
        || members
            .get("additionalProperties")
            .is_some_and(|value| *value != json!(false));
    if is_open || form.get("encoding").is_some() {
        return None;
    }
    let required: Vec<&str> = match members.get("required").and_then(Value::as_array) {
        Some(names) => names.iter().filter_map(Value::as_str).collect(),
        None => Vec::new(),
    };
    let properties = schema.get("properties")?;
    let parameters: Vec<Value> = properties
        .members()
        .map(|(name, property)| {
            let value = property.value.clone();
            let mut all = Map::new();
            all.insert("name".to_owned(), json!(name));
            all.insert("in".to_owned(), json!("query"));
            all.insert("required".to_owned(), json!(required.contains(&name)));
            match is_object(tree, refs, &property) {
                true => all.insert(
                    "content".to_owned(),
                    json!({"application/json": {"schema": value}}),
                ),
                false => all.insert("schema".to_owned(), value),
            };
            Value::Object(all)
        })
        .collect();
    (!parameters.is_empty()).then_some(parameters)
}

fn is_object(tree: &Value, refs: &RefResolver, property: &Node<'_>) -> bool {
    let resolved = refs.resolve(tree, property);
    resolved
        .is_ok_and(|node| node.text("type") == Some("object") || node.get("properties").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_becomes_a_parameter_for_each_property() {
        let schema = json!({
            "type": "object", "required": ["term"],
            "properties": {"term": {"type": "string"}, "where": {"type": "object"}}
        });
        let content = json!({"application/x-www-form-urlencoded": {"schema": schema}});
        let form = json!({"name": "q", "in": "querystring", "content": content});
        let mut tree = json!({"paths": {"/s": {"get": {"parameters": [form, {"name": "h"}]}}}});
        normalize(&mut tree);
        let parameters = &tree["paths"]["/s"]["get"]["parameters"];
        let text = json!({"type": "string"});
        let term = json!({"name": "term", "in": "query", "required": true, "schema": text});
        assert_eq!(parameters[0], term);
        assert_eq!(parameters[1], json!({"name": "h"}));
        let object = json!({"application/json": {"schema": {"type": "object"}}});
        assert_eq!(parameters[2]["content"], object);
    }
}
