//! The modules and names of types. Those of an inline type depend on its JSON pointer only.

use foldhash::HashMap;

use super::pointer_path::{self, NameSegment, Root};
use super::reader::SchemaReader;
use crate::reserved;
use sdk_model::names::{Claim, Kind, Scope};
use sdk_model::{Ident, ModulePath, Name, SpecPointer, TypeId};
use sdk_openapi::Document;

/// The scope of a module's types. A struct with many required fields has a companion `…Required`.
fn types_inside() -> Scope {
    Scope::new(Kind::Type)
        .reserving(&reserved::TYPES, "type")
        .reserving_ending(reserved::TYPE_ENDING, "type")
}

/// Longer names begin with the parent's own segment instead of its whole name.
const LONG_NAME: usize = 60;

/// The operation that inline types of its bodies and parameters belong to.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    /// The operation's module.
    pub(crate) module: ModulePath,
    /// The prefix of the types' names.
    pub(crate) prefix: Ident,
    /// The successful statuses with a body.
    pub(crate) success: Vec<String>,
}

/// The module and name of a type.
#[derive(Debug, Clone)]
pub(crate) struct TypePath {
    pub(crate) module: ModulePath,
    pub(crate) name: Name,
    pub(crate) parent: Option<TypeId>,
    /// The submodule of the types nested in it; none: its own module.
    inner: Option<String>,
    /// False for an operation.
    is_type: bool,
    /// The name without the parent's prefix.
    segment: Option<Ident>,
}

/// Assigns modules and names to types.
#[derive(Debug)]
pub(crate) struct ModuleLayout<'d> {
    schemas: HashMap<&'d str, (Ident, Ident)>,
    owners: HashMap<SpecPointer, Owner>,
    known: HashMap<(String, String), TypePath>,
    assigned: HashMap<TypeId, SpecPointer>,
    types: HashMap<ModulePath, Scope>,
    modules: HashMap<ModulePath, Scope>,
    module_idents: HashMap<(ModulePath, String), Ident>,
    pub(super) variants: HashMap<SpecPointer, String>,
}

impl<'d> ModuleLayout<'d> {
    /// Names all component schemas, used or not, so that a selection of operations renames nothing.
    pub(crate) fn new(document: &'d Document, owners: HashMap<SpecPointer, Owner>) -> Self {
        let keys: Vec<&'d str> = document
            .component_schemas()
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        let types = Scope::new(Kind::Type)
            .reserving(&reserved::TYPES, "type")
            .claim_wires(&keys);
        let modules = Scope::new(Kind::Module)
            .reserving(&reserved::TYPES_MODULES, "schema")
            .claim_wires(&keys);
        let schemas = keys
            .into_iter()
            .zip(modules.into_iter().zip(types))
            .collect();
        Self {
            schemas,
            owners,
            known: HashMap::default(),
            assigned: HashMap::default(),
            types: HashMap::default(),
            modules: HashMap::default(),
            module_idents: HashMap::default(),
            variants: HashMap::default(),
        }
    }

    /// The identifier of a submodule.
    fn module_ident(&mut self, below: &ModulePath, wire: &str) -> Ident {
        let key = (below.clone(), wire.to_owned());
        if let Some(known) = self.module_idents.get(&key) {
            return known.clone();
        }
        let ident = self
            .modules
            .entry(below.clone())
            .or_insert_with(|| Scope::new(Kind::Module))
            .claim_wire(wire);
        self.module_idents.insert(key, ident.clone());
        ident
    }

    fn below(&mut self, module: &ModulePath, wire: &str) -> ModulePath {
        let mut path = module.clone();
        path.0.push(self.module_ident(module, wire));
        path
    }

    fn claim_type(&mut self, module: &ModulePath, claim: Claim<'_>) -> Ident {
        self.types
            .entry(module.clone())
            .or_insert_with(types_inside)
            .claim(claim)
    }

    /// The path of a root type.
    fn root_path(&mut self, root: &Root<'_>) -> TypePath {
        let types = ModulePath(Vec::new());
        let types = self.below(&types, "types");
        match root {
            Root::Schema(key) => {
                let Some((module, ident)) = self.schemas.get(key).cloned() else {
                    return self.root_path(&Root::Other("inline", (*key).to_owned()));
                };
                let mut path = types;
                path.0.push(module);
                self.types
                    .entry(path.clone())
                    .or_insert_with(types_inside)
                    .block(&ident);
                TypePath::root(path, key, ident)
            }
            Root::Operation(origin) => {
                let Some(owner) = self.owners.get(origin).cloned() else {
                    return self.root_path(&Root::Other("inline", origin.to_string()));
                };
                TypePath {
                    is_type: false,
                    ..TypePath::root(owner.module, "", owner.prefix)
                }
            }
            Root::Other(kind, wire) => {
                let group = self.below(&types, kind);
                let module = self.below(&group, wire);
                let ident = self.claim_type(&module, Claim::of(wire));
                TypePath::root(module, wire, ident)
            }
        }
    }

    /// The path of a nested type.
    fn child_path(&mut self, parent: &TypePath, segment: &NameSegment) -> TypePath {
        let module = match &parent.inner {
            None => parent.module.clone(),
            Some(short) => self.below(&parent.module, short),
        };
        let short = format!("{} {}", segment.wire, segment.suffix);
        let own_ident = Scope::new(Kind::Variant).claim_wire(short.trim());
        // Deeply nested types are qualified by their modules; their names restart at the parent.
        let length = parent.name.ident.plain().len() + own_ident.plain().len();
        let begin = match &parent.segment {
            Some(segment) if length > LONG_NAME => segment,
            _ => &parent.name.ident,
        };
        let ident = self.claim_type(
            &module,
            Claim {
                parent: Some(begin),
                suffix: &segment.suffix,
                disambiguators: if segment.is_variant {
                    &["variant"]
                } else {
                    &["field"]
                },
                ..Claim::of(&segment.wire)
            },
        );
        TypePath {
            name: Name {
                wire: segment.wire.clone(),
                ident,
            },
            parent: parent.is_type.then(|| parent.id()),
            // The module of an operation is named after it and holds its types directly.
            inner: parent.is_type.then(|| short.trim().to_owned()),
            is_type: true,
            segment: Some(own_ident),
            module,
        }
    }
}

impl TypePath {
    fn root(module: ModulePath, wire: &str, ident: Ident) -> Self {
        Self {
            module,
            name: Name {
                wire: wire.to_owned(),
                ident,
            },
            parent: None,
            inner: None,
            is_type: true,
            segment: None,
        }
    }

    fn id(&self) -> TypeId {
        TypeId::new(&self.module, &self.name.ident)
    }
}

/// Names types and their modules.
pub(super) struct TypeNamer<'d, 'a> {
    pub(super) reader: SchemaReader<'d, 'a>,
    pub(super) layout: ModuleLayout<'d>,
}

impl TypeNamer<'_, '_> {
    /// The path of the type at `pointer`.
    pub(super) fn type_path(&mut self, pointer: &SpecPointer) -> TypePath {
        let (root, rest) = pointer_path::root(
            pointer,
            |origin| self.layout.owners.contains_key(origin),
            self.reader.document,
        );
        let key = (format!("{root:?}"), String::new());
        let mut path = match self.layout.known.get(&key) {
            Some(known) => known.clone(),
            None => {
                let path = self.layout.root_path(&root);
                self.layout.known.insert(key.clone(), path.clone());
                path
            }
        };
        let mut key = key;
        for segment in self.name_segments(&root, pointer, rest) {
            key.1.push_str(&format!("/{segment:?}"));
            path = match self.layout.known.get(&key) {
                Some(known) => known.clone(),
                None => {
                    let child = self.layout.child_path(&path, &segment);
                    self.layout.known.insert(key.clone(), child.clone());
                    child
                }
            };
        }
        self.assign(pointer, path)
    }

    /// Assigns a path to a pointer. A second pointer with the same path, a part that was merged into
    /// the first, becomes a nested type `part`.
    fn assign(&mut self, pointer: &SpecPointer, path: TypePath) -> TypePath {
        let id = path.id();
        let holder = self
            .layout
            .assigned
            .entry(id)
            .or_insert_with(|| pointer.clone());
        if holder == pointer && path.is_type {
            return path;
        }
        let part = NameSegment {
            wire: "part".to_owned(),
            ..NameSegment::default()
        };
        let child = self.layout.child_path(&path, &part);
        self.layout.assigned.insert(child.id(), pointer.clone());
        child
    }

    /// The name segments of the types between the root and the pointer.
    fn name_segments(
        &mut self,
        root: &Root<'_>,
        pointer: &SpecPointer,
        rest: usize,
    ) -> Vec<NameSegment> {
        let success = match root {
            Root::Operation(origin) => self
                .layout
                .owners
                .get(origin)
                .map(|owner| owner.success.as_slice()),
            _ => None,
        };
        let operation = matches!(root, Root::Operation(_));
        let steps = pointer_path::steps(
            pointer,
            rest,
            operation,
            success.unwrap_or_default(),
            self.reader.document,
        );
        steps
            .into_iter()
            .map(|step| match step.variant {
                None => step.segment,
                Some(member) => NameSegment {
                    wire: self.alternative_name(&member),
                    suffix: step.segment.suffix,
                    is_variant: true,
                },
            })
            .collect()
    }

    /// The name of the alternative at a pointer.
    fn alternative_name(&mut self, member: &SpecPointer) -> String {
        if let Some(known) = self.layout.variants.get(member) {
            return known.clone();
        }
        let union = pointer_path::up(member, 2);
        let discriminator = self
            .reader
            .document
            .node(&union)
            .and_then(|node| self.reader.schema(&node).ok())
            .and_then(|schema| schema.discriminator.clone());
        let wire = match self.reader.document.node(member) {
            Some(node) => self.variant_wire(&node, discriminator.as_deref()),
            None => "part".to_owned(),
        };
        self.layout.variants.insert(member.clone(), wire.clone());
        wire
    }
}
