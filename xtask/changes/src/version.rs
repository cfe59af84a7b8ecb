//! Versions of the crate: whether one says what a change asks for.

use std::fmt;

use toml::Table;

use super::Bump;

/// `major.minor.patch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u64; 3]);

impl Version {
    /// Reads a version. What follows the three numbers says nothing of compatibility.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers = text.split(['-', '+']).next()?;
        let mut parts = numbers.split('.').map(|part| part.parse().ok());
        let version = Self([parts.next()??, parts.next()??, parts.next()??]);
        parts.next().is_none().then_some(version)
    }

    /// What a step to a newer version means to cargo, which takes `0.2` for another major version
    /// than `0.1`, and `0.0.2` for another one than `0.0.1`.
    pub fn bump_to(self, new: Self) -> Bump {
        let Self(parts) = self;
        let leading = parts.iter().take(2).take_while(|part| **part == 0).count();
        let differs = parts.iter().zip(&new.0).position(|(old, new)| old != new);
        match differs {
            _ if new < self => Bump::None,
            None => Bump::None,
            Some(at) if at <= leading => Bump::Major,
            Some(1) => Bump::Minor,
            Some(_) => Bump::Patch,
        }
    }

    /// The next version that may break callers.
    fn next_major(self) -> Self {
        match self.0 {
            [0, 0, patch] => Self([0, 0, patch.saturating_add(1)]),
            [0, minor, _] => Self([0, minor.saturating_add(1), 0]),
            [major, ..] => Self([major.saturating_add(1), 0, 0]),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// The version of a workspace's packages, in its manifest.
///
/// # Errors
///
/// Where there is none.
pub fn of_workspace(manifest: &str) -> Result<Version, String> {
    let table: Table = manifest
        .parse()
        .map_err(|error| format!("the workspace's manifest: {error}"))?;
    let version = || {
        table
            .get("workspace")?
            .get("package")?
            .get("version")?
            .as_str()
    };
    version()
        .and_then(Version::parse)
        .ok_or_else(|| "the workspace's manifest has no version".to_owned())
}

/// What is wrong where changes break callers and the version does not say so.
pub fn unversioned(needed: Bump, old: Version, new: Version) -> Option<String> {
    (needed == Bump::Major && old.bump_to(new) < Bump::Major).then(|| {
        let next = old.next_major();
        format!(
            "changes break callers: the workspace's version, {old} before and {new} now, has to be \
             {next} or a later one (Cargo.toml, then `cargo xtask codegen`)"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn a_step_means_what_cargo_takes_it_for() {
        let cases = [
            ("1.2.3", "1.2.3", Bump::None),
            ("1.2.3", "1.2.2", Bump::None),
            ("1.2.3", "0.9.9", Bump::None),
            ("1.2.3", "1.2.4", Bump::Patch),
            ("1.2.3", "1.3.0", Bump::Minor),
            ("1.2.3", "2.0.0", Bump::Major),
            ("1.2.3", "2.2.3", Bump::Major),
            ("0.1.0", "0.1.1", Bump::Patch),
            ("0.1.0", "0.2.0", Bump::Major),
            ("0.1.0", "1.0.0", Bump::Major),
            ("0.0.1", "0.0.2", Bump::Major),
            ("0.0.1", "0.1.0", Bump::Major),
            ("0.1.0", "0.2.0-rc.1", Bump::Major),
        ];
        for (old, new, bump) in cases {
            assert_eq!(version(old).bump_to(version(new)), bump, "{old} {new}");
        }
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in ["", "1", "1.2", "1.2.3.4", "1.2.x", "v1.2.3", "-1.0.0"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_break_needs_its_version() {
        let message = unversioned(Bump::Major, version("0.1.0"), version("0.1.1")).unwrap();
        assert!(
            message.contains("has to be 0.2.0 or a later one"),
            "{message}"
        );
        let message = unversioned(Bump::Major, version("1.4.2"), version("1.5.0")).unwrap();
        assert!(
            message.contains("has to be 2.0.0 or a later one"),
            "{message}"
        );
        assert_eq!(
            unversioned(Bump::Major, version("0.1.0"), version("0.2.0")),
            None
        );
        assert_eq!(
            unversioned(Bump::Minor, version("0.1.0"), version("0.1.0")),
            None
        );
    }

    #[test]
    fn the_version_stands_in_the_manifest() {
        let manifest = "[workspace.package]\nversion = \"0.3.1\"";
        assert_eq!(of_workspace(manifest), Ok(version("0.3.1")));
        for manifest in [
            "",
            "version = \"1.0.0\"",
            "[workspace.package]\nversion = 1",
            "[",
        ] {
            assert!(of_workspace(manifest).is_err(), "{manifest}");
        }
    }
}
