//! The limits that schemas set on values: `maxLength`, `pattern` and others.
//!
//! They do not shape generated code, so they are read after the model is built, at the location
//! that each part of it came from.

use std::collections::BTreeMap;

use sdk_model::{
    Api, Body, BodyContent, Constraints, Field, Operation, Part, Resource, Shape, SpecPointer,
    Type, TypeId, Variant,
};
use sdk_openapi::{Document, Node};
use serde_json::Value;

/// Keywords of which the larger value is stricter.
const LOWER: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];

/// Keywords of which the smaller value is stricter.
const UPPER: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];

/// Keywords that are either set or not.
const FLAGS: [&str; 3] = ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"];

/// Keywords of any value.
const VALUES: [&str; 3] = ["multipleOf", "pattern", "format"];

/// References and nested schemas are followed to this depth.
const DEEPEST: usize = 16;

/// Fills in the limits of parameters, bodies, fields and named types.
pub(super) fn fill(api: &mut Api, document: &Document) {
    let reader = Reader { document };
    let origins: BTreeMap<TypeId, SpecPointer> = api
        .types
        .iter()
        .map(|(id, definition)| (id.clone(), definition.origin.clone()))
        .collect();
    for definition in api.types.values_mut() {
        let own = match &definition.shape {
            Shape::Alias(ty) => ty.clone(),
            // Of nothing but the object itself.
            _ => Type::Json,
        };
        definition.constraints = reader.at(&definition.origin, &own);
        match &mut definition.shape {
            Shape::Struct { fields, .. } => reader.fields(fields, &origins),
            Shape::Union { variants, .. } => {
                let limits = reader.variants(&definition.origin, variants);
                definition.constraints.0.extend(limits);
            }
            Shape::StringEnum { .. } | Shape::IntegerEnum { .. } | Shape::Alias(_) => {}
        }
    }
    for resource in &mut api.resources {
        reader.resource(resource, &origins);
    }
}

struct Reader<'d> {
    document: &'d Document,
}

impl<'d> Reader<'d> {
    /// The limits of alternatives that have no type of their own, by the variant's name.
    fn variants(&self, origin: &SpecPointer, variants: &[Variant]) -> BTreeMap<String, Value> {
        let mut found = BTreeMap::new();
        let Some(schema) = self.node(origin) else {
            return found;
        };
        let lists = ["oneOf", "anyOf"].map(|keyword| schema.get(keyword));
        let alternatives: Vec<Node<'d>> = lists.iter().flatten().flat_map(Node::elements).collect();
        // With null among the alternatives there are fewer variants.
        if alternatives.len() != variants.len() {
            return found;
        }
        for (variant, alternative) in variants.iter().zip(&alternatives) {
            if named(&variant.ty).is_none() {
                let prefix = format!("{}/", variant.name.ident.plain());
                self.collect(alternative, &variant.ty, &prefix, DEEPEST, &mut found);
            }
        }
        found
    }

    fn resource(&self, resource: &mut Resource, types: &BTreeMap<TypeId, SpecPointer>) {
        for operation in &mut resource.operations {
            self.operation(operation, types);
        }
        for child in &mut resource.children {
            self.resource(child, types);
        }
    }

    fn operation(&self, operation: &mut Operation, types: &BTreeMap<TypeId, SpecPointer>) {
        let parameters = [
            &mut operation.path_params,
            &mut operation.query,
            &mut operation.headers,
            &mut operation.cookies,
        ];
        for parameter in parameters.into_iter().flatten() {
            let node = self.node(&parameter.origin);
            let schema = node.and_then(|node| {
                let content = || node.get("content")?.members().next()?.1.get("schema");
                node.get("schema").or_else(content)
            });
            if let Some(schema) = schema {
                parameter.constraints = self.of_use(&schema, &parameter.ty, types);
            }
        }
        if let Some(body) = &mut operation.body {
            self.body(body, types);
        }
    }

    fn body(&self, body: &mut Body, types: &BTreeMap<TypeId, SpecPointer>) {
        let schema = self.node(&body.origin).and_then(|node| {
            let content = node.get("content")?;
            let exact = content.get(&body.media_type);
            let media = exact.or_else(|| content.members().next().map(|(_, media)| media))?;
            media.get("schema")
        });
        if let Some(schema) = &schema {
            body.constraints = match &body.content {
                BodyContent::Json(ty) | BodyContent::Form { ty, .. } => {
                    self.of_use(schema, ty, types)
                }
                _ => self.read(schema, &Type::Json),
            };
        }
        match &mut body.content {
            BodyContent::JsonFields(fields) => self.fields(fields, types),
            BodyContent::FormFields(parts) | BodyContent::Multipart { parts, .. } => {
                for part in parts.iter_mut() {
                    self.field(&mut part.field, types);
                }
                if let Some(schema) = schema.filter(|_| !body.required) {
                    self.required_parts(&schema, parts);
                }
            }
            BodyContent::Json(_)
            | BodyContent::JsonItems { .. }
            | BodyContent::UnnamedParts { .. }
            | BodyContent::Form { .. }
            | BodyContent::Text
            | BodyContent::Bytes => {}
        }
    }

    /// The parts that a body must have if it is there: it may be absent as a whole, so no argument
    /// is required.
    fn required_parts(&self, schema: &Node<'d>, parts: &mut [Part]) {
        let Ok(schema) = self.document.resolve(schema) else {
            return;
        };
        let required = schema.get("required");
        let required: Vec<&str> = required
            .iter()
            .flat_map(Node::elements)
            .filter_map(|name| name.value.as_str())
            .collect();
        for part in parts {
            if required.contains(&part.field.name.wire.as_str()) {
                let limits = &mut part.field.constraints.0;
                limits.insert("required".to_owned(), Value::Bool(true));
            }
        }
    }

    fn fields(&self, fields: &mut [Field], types: &BTreeMap<TypeId, SpecPointer>) {
        for field in fields {
            self.field(field, types);
        }
    }

    fn field(&self, field: &mut Field, types: &BTreeMap<TypeId, SpecPointer>) {
        if let Some(schema) = self.node(&field.origin) {
            field.constraints = self.of_use(&schema, &field.ty, types);
        }
    }

    fn at(&self, origin: &SpecPointer, ty: &Type) -> Constraints {
        self.node(origin)
            .map(|node| self.read(&node, ty))
            .unwrap_or_default()
    }

    /// The limits at a use of a type. Those of a named type are the type's own.
    fn of_use(
        &self,
        schema: &Node<'d>,
        ty: &Type,
        types: &BTreeMap<TypeId, SpecPointer>,
    ) -> Constraints {
        match named(ty).and_then(|id| types.get(id)) {
            Some(origin) if *origin == schema.origin => Constraints::default(),
            Some(_) => self.beside_reference(schema),
            None => self.read(schema, ty),
        }
    }

    /// What is declared next to a `$ref`: normalization makes both members of an `allOf`.
    fn beside_reference(&self, schema: &Node<'d>) -> Constraints {
        let mut found = BTreeMap::new();
        let parts = schema.get("allOf");
        for part in parts.iter().flat_map(Node::elements) {
            if part.reference().is_none() {
                self.collect(&part, &Type::Json, "", DEEPEST, &mut found);
            }
        }
        Constraints(found)
    }

    fn read(&self, schema: &Node<'d>, ty: &Type) -> Constraints {
        let mut found = BTreeMap::new();
        self.collect(schema, ty, "", DEEPEST, &mut found);
        Constraints(found)
    }

    fn collect(
        &self,
        schema: &Node<'d>,
        ty: &Type,
        prefix: &str,
        depth: usize,
        found: &mut BTreeMap<String, Value>,
    ) {
        let (Some(depth), Ok(schema)) = (depth.checked_sub(1), self.document.resolve(schema))
        else {
            return;
        };
        keywords(&schema, prefix, found);
        let parts = schema.get("allOf");
        for part in parts.iter().flat_map(Node::elements) {
            self.collect(&part, ty, prefix, depth, found);
        }
        let inner = match ty {
            Type::List(inner) => Some(("items", inner)),
            Type::Map(inner) => Some(("additionalProperties", inner)),
            Type::Nullable(inner) | Type::Boxed(inner) => {
                self.collect(&schema, inner, prefix, depth, found);
                None
            }
            _ => None,
        };
        if let Some((keyword, inner)) = inner
            && let Some(nested) = schema.get(keyword)
            && named(inner).is_none()
        {
            let prefix = format!("{prefix}{keyword}/");
            self.collect(&nested, inner, &prefix, depth, found);
        }
    }

    fn node(&self, origin: &SpecPointer) -> Option<Node<'d>> {
        if !origin.file().is_empty() {
            return None;
        }
        let value = self.document.root().value.pointer(origin.pointer())?;
        Some(Node {
            value,
            origin: origin.clone(),
        })
    }
}

/// The named type that a value is, if it is one.
fn named(ty: &Type) -> Option<&TypeId> {
    match ty {
        Type::Named(id) => Some(id),
        Type::Nullable(inner) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}

/// Adds a schema's own keywords, the stricter one where there are two.
fn keywords(schema: &Node<'_>, prefix: &str, found: &mut BTreeMap<String, Value>) {
    let Some(members) = schema.value.as_object() else {
        return;
    };
    let mut add = |keyword: &str, value: &Value, is_stricter: fn(f64, f64) -> bool| {
        let key = format!("{prefix}{keyword}");
        let known = found.get(&key).and_then(Value::as_f64);
        let kept = match (known, value.as_f64()) {
            (Some(known), Some(new)) => !is_stricter(new, known),
            _ => false,
        };
        if !kept {
            found.insert(key, value.clone());
        }
    };
    let named = |keyword: &str| members.get(keyword).filter(|value| !value.is_null());
    for keyword in LOWER {
        if let Some(value) = named(keyword) {
            add(keyword, value, |new, known| new > known);
        }
    }
    for keyword in UPPER {
        if let Some(value) = named(keyword) {
            add(keyword, value, |new, known| new < known);
        }
    }
    for keyword in VALUES {
        if let Some(value) = named(keyword) {
            add(keyword, value, |_, _| true);
        }
    }
    for keyword in FLAGS {
        if let Some(value @ Value::Bool(true)) = named(keyword) {
            add(keyword, value, |_, _| true);
        }
    }
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
        if let Some(value @ Value::Bool(false)) = named(keyword) {
            add("additionalProperties", value, |_, _| true);
        }
    }
}
