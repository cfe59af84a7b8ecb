//! Where inline types live and what they are called: a function of their place alone.

use foldhash::HashMap;

use super::Schemas;
use super::places::{self, Own, Root};
use sdk_model::names::{Claim, Kind, Scope};
use sdk_model::{Ident, ModulePath, Name, SpecPointer, TypeId};
use sdk_openapi::Document;

/// Modules beside the components' own in `types`.
const BESIDE: [&str; 6] = [
    "headers",
    "parameters",
    "places",
    "request_bodies",
    "responses",
    "webhooks",
];

/// What a type cannot be called: `New::new` would be a constructor of its own name.
const TAKEN: [&str; 1] = ["New"];

/// A module's types. A struct with many required values has one beside it that takes them.
fn types_inside() -> Scope {
    Scope::new(Kind::Type)
        .reserving(&TAKEN, "type")
        .reserving_ending("Required", "type")
}

/// From here on a type's name does not begin with all of its parents' names.
const LONG: usize = 60;

/// What the types of an operation's bodies and parameters are children of.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    /// The operation's module.
    pub(crate) module: ModulePath,
    /// What their names begin with.
    pub(crate) prefix: Ident,
    /// The statuses that mean success and have a body.
    pub(crate) success: Vec<String>,
}

/// Where a type lives.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    pub(crate) module: ModulePath,
    pub(crate) name: Name,
    pub(crate) parent: Option<TypeId>,
    /// The module of the types named after it, below its own; none: its own.
    inner: Option<String>,
    /// Whether there is such a type at all: an operation is none.
    is_type: bool,
    /// Its own part of the name, without the parent's.
    own: Option<Ident>,
}

/// The homes handed out so far.
#[derive(Debug)]
pub(crate) struct Homes<'d> {
    schemas: HashMap<&'d str, (Ident, Ident)>,
    owners: HashMap<SpecPointer, Owner>,
    known: HashMap<(String, String), Home>,
    occupied: HashMap<TypeId, SpecPointer>,
    types: HashMap<ModulePath, Scope>,
    modules: HashMap<ModulePath, Scope>,
    segments: HashMap<(ModulePath, String), Ident>,
    pub(super) variants: HashMap<SpecPointer, String>,
}

impl<'d> Homes<'d> {
    /// Names all component schemas, whether they are used or not, so that a selection renames
    /// nothing.
    pub(crate) fn new(document: &'d Document, owners: HashMap<SpecPointer, Owner>) -> Self {
        let keys: Vec<&'d str> = document
            .component_schemas()
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        let types = Scope::new(Kind::Type)
            .reserving(&TAKEN, "type")
            .claim_wires(&keys);
        let modules = Scope::new(Kind::Module)
            .reserving(&BESIDE, "schema")
            .claim_wires(&keys);
        let schemas = keys
            .into_iter()
            .zip(modules.into_iter().zip(types))
            .collect();
        Self {
            schemas,
            owners,
            known: HashMap::default(),
            occupied: HashMap::default(),
            types: HashMap::default(),
            modules: HashMap::default(),
            segments: HashMap::default(),
            variants: HashMap::default(),
        }
    }

    /// The identifier of a module below another.
    fn segment(&mut self, below: &ModulePath, wire: &str) -> Ident {
        let key = (below.clone(), wire.to_owned());
        if let Some(known) = self.segments.get(&key) {
            return known.clone();
        }
        let ident = self
            .modules
            .entry(below.clone())
            .or_insert_with(|| Scope::new(Kind::Module))
            .claim_wire(wire);
        self.segments.insert(key, ident.clone());
        ident
    }

    fn below(&mut self, module: &ModulePath, wire: &str) -> ModulePath {
        let mut path = module.clone();
        path.0.push(self.segment(module, wire));
        path
    }

    fn claim_type(&mut self, module: &ModulePath, claim: Claim<'_>) -> Ident {
        self.types
            .entry(module.clone())
            .or_insert_with(types_inside)
            .claim(claim)
    }

    /// The home of the type that a place begins with.
    fn root_home(&mut self, root: &Root<'_>) -> Home {
        let types = ModulePath(Vec::new());
        let types = self.below(&types, "types");
        match root {
            Root::Schema(key) => {
                let Some((module, ident)) = self.schemas.get(key).cloned() else {
                    return self.root_home(&Root::Beside("places", (*key).to_owned()));
                };
                let mut path = types;
                path.0.push(module);
                self.types
                    .entry(path.clone())
                    .or_insert_with(types_inside)
                    .block(&ident);
                Home::root(path, key, ident)
            }
            Root::Operation(origin) => {
                let Some(owner) = self.owners.get(origin).cloned() else {
                    return self.root_home(&Root::Beside("places", origin.to_string()));
                };
                Home {
                    is_type: false,
                    ..Home::root(owner.module, "", owner.prefix)
                }
            }
            Root::Beside(kind, wire) => {
                let group = self.below(&types, kind);
                let module = self.below(&group, wire);
                let ident = self.claim_type(&module, Claim::of(wire));
                Home::root(module, wire, ident)
            }
        }
    }

    /// The home of a type named after another.
    fn child_home(&mut self, parent: &Home, own: &Own) -> Home {
        let module = match &parent.inner {
            None => parent.module.clone(),
            Some(short) => self.below(&parent.module, short),
        };
        let short = format!("{} {}", own.wire, own.suffix);
        let own_ident = Scope::new(Kind::Variant).claim_wire(short.trim());
        // Far down, the modules say where a type belongs; its name begins anew with its parent's.
        let length = parent.name.ident.plain().len() + own_ident.plain().len();
        let begin = match &parent.own {
            Some(own) if length > LONG => own,
            _ => &parent.name.ident,
        };
        let ident = self.claim_type(
            &module,
            Claim {
                parent: Some(begin),
                suffix: &own.suffix,
                apart: if own.is_variant {
                    &["variant"]
                } else {
                    &["field"]
                },
                ..Claim::of(&own.wire)
            },
        );
        Home {
            name: Name {
                wire: own.wire.clone(),
                ident,
            },
            parent: parent.is_type.then(|| parent.id()),
            // An operation's module is named after the operation: its types' own stand there too.
            inner: parent.is_type.then(|| short.trim().to_owned()),
            is_type: true,
            own: Some(own_ident),
            module,
        }
    }
}

impl Home {
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
            own: None,
        }
    }

    fn id(&self) -> TypeId {
        TypeId::new(&self.module, &self.name.ident)
    }
}

impl<'d> Schemas<'d, '_> {
    /// Where the type at `place` lives.
    pub(super) fn home(&mut self, place: &SpecPointer) -> Home {
        let (root, rest) = places::root(
            place,
            |origin| self.homes.owners.contains_key(origin),
            self.document,
        );
        let key = (format!("{root:?}"), String::new());
        let mut home = match self.homes.known.get(&key) {
            Some(known) => known.clone(),
            None => {
                let home = self.homes.root_home(&root);
                self.homes.known.insert(key.clone(), home.clone());
                home
            }
        };
        let mut path = key;
        for own in self.owns(&root, place, rest) {
            path.1.push_str(&format!("/{own:?}"));
            home = match self.homes.known.get(&path) {
                Some(known) => known.clone(),
                None => {
                    let child = self.homes.child_home(&home, &own);
                    self.homes.known.insert(path.clone(), child.clone());
                    child
                }
            };
        }
        self.occupy(place, home)
    }

    /// Gives a home to a place. A second place of the same name, a part of what was merged into
    /// the first, gets a name beside it.
    fn occupy(&mut self, place: &SpecPointer, home: Home) -> Home {
        let id = home.id();
        let holder = self
            .homes
            .occupied
            .entry(id)
            .or_insert_with(|| place.clone());
        if holder == place && home.is_type {
            return home;
        }
        let part = Own {
            wire: "part".to_owned(),
            ..Own::default()
        };
        let child = self.homes.child_home(&home, &part);
        self.homes.occupied.insert(child.id(), place.clone());
        child
    }

    /// What each type on the way from the root to the place is called.
    fn owns(&mut self, root: &Root<'_>, place: &SpecPointer, rest: usize) -> Vec<Own> {
        let success = match root {
            Root::Operation(origin) => self
                .homes
                .owners
                .get(origin)
                .map(|owner| owner.success.as_slice()),
            _ => None,
        };
        let operation = matches!(root, Root::Operation(_));
        let steps = places::steps(
            place,
            rest,
            operation,
            success.unwrap_or_default(),
            self.document,
        );
        steps
            .into_iter()
            .map(|step| match step.variant {
                None => step.own,
                Some(member) => Own {
                    wire: self.variant_at(&member),
                    suffix: step.own.suffix,
                    is_variant: true,
                },
            })
            .collect()
    }

    /// The name of the union's member at a place.
    fn variant_at(&mut self, member: &SpecPointer) -> String {
        if let Some(known) = self.homes.variants.get(member) {
            return known.clone();
        }
        let union = places::up(member, 2);
        let discriminator = self
            .document
            .node(&union)
            .and_then(|node| self.schema(&node).ok())
            .and_then(|schema| schema.discriminator.clone());
        let wire = match self.document.node(member) {
            Some(node) => self.variant_wire(&node, discriminator.as_ref()),
            None => "part".to_owned(),
        };
        self.homes.variants.insert(member.clone(), wire.clone());
        wire
    }
}
