use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use sdk_model::names::PRELUDE;

type Names = BTreeSet<String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn set<'n>(names: impl IntoIterator<Item = &'n &'n str>) -> Names {
    names.into_iter().map(|name| (*name).to_owned()).collect()
}

fn parsed(path: &Path) -> syn::File {
    syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The functions that follow `marker` in the macros of this name, as far as the next `impl`.
fn functions(macros: &str, marker: Option<&str>) -> Names {
    let file = parsed(&root().join("templates/runtime/src/runtime/macros.rs"));
    let mut found = Names::new();
    for item in &file.items {
        if let syn::Item::Macro(item) = item
            && item.ident.as_ref().is_some_and(|name| name == macros)
        {
            collect(item.mac.tokens.clone(), marker, &mut None, &mut found);
        }
    }
    found
}

/// Collects functions in blocks of `impl $marker`.
fn collect(
    tokens: TokenStream,
    marker: Option<&str>,
    implemented: &mut Option<String>,
    found: &mut Names,
) {
    let mut previous = [String::new(), String::new()];
    for token in tokens {
        let text = match &token {
            TokenTree::Group(group) => {
                collect(group.stream(), marker, implemented, found);
                String::new()
            }
            other => other.to_string(),
        };
        if previous[1] == "fn" && marker.is_none_or(|it| implemented.as_deref() == Some(it)) {
            found.insert(text.clone());
        }
        // `impl $client`, `impl … for $builder`
        if ["impl", "for"].contains(&previous[0].as_str()) && previous[1] == "$" && text != "crate"
        {
            *implemented = Some(text.clone());
        }
        let [_, last] = previous;
        previous = [last, text];
    }
}

#[test]
fn request_builders_have_the_methods_of_the_runtime() {
    let mut methods = functions("request_methods", Some("builder"));
    let file = parsed(&root().join("templates/runtime/src/runtime/request_ext.rs"));
    for item in &file.items {
        if let syn::Item::Trait(item) = item {
            methods.extend(item.items.iter().filter_map(|item| match item {
                syn::TraitItem::Fn(function) => Some(function.sig.ident.to_string()),
                _ => None,
            }));
        }
    }
    assert_eq!(methods, set(&super::REQUEST_BUILDER_RUNTIME));
}

#[test]
fn client_builders_have_the_methods_of_the_runtime() {
    let mut methods = functions("client_builder_methods", Some("builder"));
    methods.extend(functions("client_builder_reqwest", None));
    assert_eq!(methods, set(&super::CLIENT_BUILDER_RUNTIME));
}

#[test]
fn clients_have_the_methods_of_the_runtime() {
    let methods = functions("client_builder_methods", Some("client"));
    assert!(!methods.is_empty());
    let reserved = set(&super::CLIENT_METHODS);
    assert!(methods.is_subset(&reserved), "{methods:?}");
}

#[test]
fn crates_and_features_of_the_runtime_cannot_be_apis() {
    let manifest = root().join("templates/runtime/Cargo.toml");
    let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
    let keys = |section: &str| {
        let table = manifest.get(section).and_then(toml::Value::as_table);
        table.unwrap().keys().map(|key| key.replace('-', "_"))
    };
    let mut used: Names = keys("features").chain(keys("dependencies")).collect();
    // Crates of the compiler, and the module of the runtime.
    used.extend(set(&[
        "alloc",
        "core",
        "proc_macro",
        "runtime",
        "std",
        "test",
    ]));
    assert_eq!(set(&super::CRATE), used);
}

/// What a file imports from outside the APIs, by the module that it comes from.
#[derive(Default)]
struct Imports(Vec<(String, String)>);

impl Imports {
    fn items(&mut self, items: &[syn::Item]) {
        for item in items {
            match item {
                syn::Item::Use(item) => self.tree(&item.tree, &mut Vec::new()),
                syn::Item::Mod(inner) => {
                    let inner = inner.content.as_ref().map(|(_, items)| items.as_slice());
                    self.items(inner.unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    fn tree(&mut self, tree: &syn::UseTree, path: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.tree(&inner.tree, path);
                path.pop();
            }
            syn::UseTree::Group(group) => {
                for inner in &group.items {
                    self.tree(inner, path);
                }
            }
            syn::UseTree::Name(name) => self.0.push((path.join("::"), name.ident.to_string())),
            syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => {}
        }
    }
}

/// Types that generated modules import: those of the runtime, and those of other crates.
fn imported() -> (Names, Names) {
    let (mut runtime, mut others) = (Names::new(), Names::new());
    for folder in ["generated/src", "tests/golden/crate/src"] {
        let mut open = vec![root().join(folder)];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if path.is_dir() {
                    open.extend((name != "runtime").then_some(path));
                    continue;
                }
                if name == "lib.rs" || !name.ends_with(".rs") {
                    continue;
                }
                let mut imports = Imports::default();
                imports.items(&parsed(&path).items);
                for (module, name) in imports.0 {
                    let is_type = name.starts_with(|c: char| c.is_ascii_uppercase());
                    let is_constant = name.len() > 1 && name.to_uppercase() == name;
                    if !is_type || is_constant {
                        continue;
                    }
                    match module.split("::").collect::<Vec<_>>().as_slice() {
                        ["crate", "runtime", ..] => drop(runtime.insert(name)),
                        [root, ..] if super::CRATE.contains(root) => drop(others.insert(name)),
                        _ => {}
                    }
                }
            }
        }
    }
    (runtime, others)
}

#[test]
fn types_that_generated_modules_import_are_reserved() {
    let (runtime, others) = imported();
    assert!(runtime.contains("Core") && others.contains("SecretString"));
    let reserved = set(&super::IMPORTED_TYPES);
    let prelude = set(&PRELUDE);
    let missing: Vec<_> = runtime
        .union(&others)
        .filter(|name| !reserved.contains(*name))
        .collect();
    assert_eq!(missing, [""; 0], "not in IMPORTED_TYPES");
    let free: Vec<_> = others
        .iter()
        .filter(|name| !prelude.contains(*name))
        .collect();
    assert_eq!(free, [""; 0], "not in PRELUDE");
    let mut words = Names::new();
    emitted(&root().join("xtask/generator/src/emit"), &mut words);
    let unused: Vec<_> = reserved
        .iter()
        .filter(|name| !runtime.contains(*name) && !others.contains(*name))
        .filter(|name| !words.contains(*name))
        .collect();
    assert_eq!(unused, [""; 0], "nothing imports it");
}

/// The identifiers and literals of the sources that emit code.
fn emitted(folder: &Path, found: &mut Names) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            emitted(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let tokens: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
            words(tokens, found);
        }
    }
}

fn words(tokens: TokenStream, found: &mut Names) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => words(group.stream(), found),
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            TokenTree::Literal(text) => drop(found.insert(text.to_string().replace('"', ""))),
            TokenTree::Punct(_) => {}
        }
    }
}

#[test]
fn reserved_methods_that_are_emitted_occur_in_emission() {
    let mut found = Names::new();
    emitted(&root().join("xtask/generator/src/emit"), &mut found);
    let names = super::REQUEST_BUILDER_EMITTED
        .iter()
        .chain(&super::CLIENT_BUILDER_EMITTED);
    let stale: Vec<_> = names.filter(|name| !found.contains(**name)).collect();
    assert_eq!(stale, [&""; 0]);
}
