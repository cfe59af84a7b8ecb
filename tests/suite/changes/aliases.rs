//! Other names for types: whoever uses one finds all the parts of the type.

use super::units::{DOCS, Part, Unit, Units};

/// A file, module and name, and the module and name of what it is another name for.
pub(crate) type Alias = ((String, String, String), (String, String));

/// Another name for a type of the same file has all the parts of that type too: whoever uses it
/// finds them.
pub(crate) fn expand(path: &str, aliases: &[Alias], units: &mut Units) {
    for ((file, module, name), (target_module, target)) in aliases {
        let parts: Vec<(Part, String)> = units
            .iter()
            .filter(|(unit, _)| unit.file == path && unit.module == *target_module)
            .filter_map(|(unit, text)| {
                let part = unit.part.clone().renamed(target, name)?;
                let words = text
                    .split(' ')
                    .map(|it| if it == target { name } else { it });
                Some((part, words.collect::<Vec<_>>().join(" ")))
            })
            .collect();
        for (part, text) in parts {
            let unit = Unit {
                file: file.clone(),
                module: module.clone(),
                part,
            };
            units.insert(unit, text);
        }
    }
}

/// A path from the crate's root, of one that begins in a module.
pub(crate) fn absolute(module: &str, path: &str) -> String {
    let mut module: Vec<&str> = module.split("::").collect();
    let mut rest = path;
    while let Some(above) = rest.strip_prefix("super::") {
        module.pop();
        rest = above;
    }
    format!("{}::{rest}", module.join("::"))
}

impl Part {
    /// The item that it is a part of.
    pub(crate) fn owner(&self) -> Option<&str> {
        match self {
            Self::Item(name, _) | Self::Member(name, ..) | Self::Order(name, _) => Some(name),
            Self::Docs | Self::Imports | Self::Module(_) | Self::Export(_) => None,
        }
    }

    /// The same part of another item, which has its own description; none where it is of none
    /// that is called so.
    pub(crate) fn renamed(self, from: &str, to: &str) -> Option<Self> {
        let to = to.to_owned();
        match self {
            Self::Item(name, what) if name == from && what != DOCS => Some(Self::Item(to, what)),
            Self::Member(name, member, what) if name == from => {
                Some(Self::Member(to, member, what))
            }
            Self::Order(name, what) if name == from => Some(Self::Order(to, what)),
            _ => None,
        }
    }
}
