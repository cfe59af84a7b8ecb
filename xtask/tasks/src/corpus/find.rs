//! Which files of a folder are documents.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use openapi_sdk::targets;

/// A document of the folder.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its path below the folder.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// The name of its crate, unlike any other's.
    pub package: String,
}

/// What a folder holds.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The documents, sorted by name.
    pub documents: Vec<Document>,
    /// How many files are no documents: parts that documents refer to, and what else is there.
    pub parts: usize,
}

/// Looks for documents in a folder and the folders in it.
///
/// # Errors
///
/// Where a folder cannot be read.
pub fn find(folder: &Path) -> io::Result<Found> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(&below)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else if is_candidate(&path) {
                files.push(path);
            }
        }
    }
    files.sort();

    let mut found = Found::default();
    let mut packages = BTreeSet::new();
    for path in files {
        if !is_document(&path) {
            found.parts += 1;
            continue;
        }
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let name = below.to_string_lossy().into_owned();
        // The extension disambiguates documents that differ in nothing else.
        let short = below.with_extension("").to_string_lossy().into_owned();
        let package = [short, name.clone()]
            .iter()
            .map(|name| targets::package_name(name))
            .find(|package| packages.insert(package.clone()))
            .unwrap_or_else(|| targets::package_name(&format!("{name}-{}", packages.len())));
        found.documents.push(Document {
            name,
            path,
            package,
        });
    }
    Ok(found)
}

fn is_candidate(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("json" | "yaml" | "yml"))
}

/// Whether the file says that it is an OpenAPI document: a key `openapi` with a scalar. Anything
/// closer would be the parser's work, which the generator does anyway.
fn is_document(path: &Path) -> bool {
    let Ok(text) = fs::read(path) else {
        return false;
    };
    let text = String::from_utf8_lossy(&text);
    text.match_indices("openapi").any(|(at, key)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + key.len()..).unwrap_or_default();
        let (before, after) = match before.chars().next_back() {
            Some(quote @ ('"' | '\'')) => match after.strip_prefix(quote) {
                Some(after) => (before.strip_suffix(quote).unwrap_or(before), after),
                None => return false,
            },
            _ => (before, after),
        };
        let starts = before
            .chars()
            .next_back()
            .is_none_or(|c| matches!(c, '\n' | '\r' | '{' | ',' | ' ' | '\t' | '\u{feff}'));
        let value = after.trim_start().strip_prefix(':').map(str::trim_start);
        starts && value.is_some_and(|value| value.starts_with(['3', '"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::find;

    #[test]
    fn documents_are_distinguished_from_parts() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("in"))?;
        for (name, text) in [
            ("a.json", "{\"openapi\":\"3.0.0\"}"),
            ("a.yaml", "openapi: 3.1.0\n"),
            ("in/b.yml", "# b\n'openapi': '3.0.1'\n"),
            ("part.yaml", "schemas: {}\n# not openapi: itself\n"),
            ("in/other.json", "{\"x-openapi\":\"3.0.0\"}"),
            ("notes.txt", "openapi: 3.0.0"),
        ] {
            fs::write(folder.path().join(name), text)?;
        }
        let found = find(folder.path())?;
        let packages: Vec<_> = found.documents.iter().map(|d| d.package.as_str()).collect();
        assert_eq!(packages, ["a-sdk", "a-yaml-sdk", "in-b-sdk"]);
        assert_eq!(found.parts, 2);
        Ok(())
    }
}
