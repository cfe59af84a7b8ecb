//! Which parts of the document come from other files.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path as FilePath, PathBuf};

use super::Target;
use crate::grammar::ObjectKind;
use crate::pointer::enclosing;

/// The parts of the document that come from other files, or from other locations in its own.
pub(super) struct Parts {
    main: PathBuf,
    by_pointer: HashMap<String, Target>,
    by_target: BTreeMap<Target, String>,
}

impl Parts {
    pub(super) fn new(main: &FilePath) -> Self {
        Self {
            main: main.to_owned(),
            by_pointer: HashMap::new(),
            by_target: BTreeMap::new(),
        }
    }

    pub(super) fn insert(&mut self, pointer: &str, target: &Target) {
        self.by_pointer.insert(pointer.to_owned(), target.clone());
        if target.file != self.main {
            self.by_target
                .entry(target.clone())
                .or_insert_with(|| pointer.to_owned());
        }
    }

    /// Where the value at a pointer into the document is written.
    pub(super) fn locate(&self, pointer: &str) -> Target {
        if !self.by_pointer.is_empty() {
            for above in enclosing(pointer) {
                if let Some(target) = self.by_pointer.get(above) {
                    let rest = &pointer[above.len()..];
                    return Target {
                        file: target.file.clone(),
                        inside: format!("{}{rest}", target.inside),
                    };
                }
            }
        }
        Target {
            file: self.main.clone(),
            inside: pointer.to_owned(),
        }
    }

    /// Where a value of another file is in the document, as an object of this kind.
    pub(super) fn find(&self, target: &Target, kind: ObjectKind) -> Option<String> {
        enclosing(&target.inside).find_map(|above| {
            let key = Target {
                file: target.file.clone(),
                inside: above.to_owned(),
            };
            let pointer = self.by_target.get(&key)?;
            let pointer = format!("{pointer}{}", &target.inside[above.len()..]);
            (ObjectKind::at(&pointer) == kind).then_some(pointer)
        })
    }
}
