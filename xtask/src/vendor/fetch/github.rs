//! The repository, the file and the commit in the URL of a file on GitHub.

use std::{process::Command, time::Duration};

use super::{
    address::Address,
    command::{self, Limits},
};

/// A file of a repository, as it is on a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawFile {
    /// `owner/name`
    pub(super) repository: String,
    pub(super) branch: String,
    /// Its path.
    pub(super) file: String,
}

const HOST: &str = "raw.githubusercontent.com";

impl RawFile {
    /// The file of an address, `/owner/name/branch/path`; none where it is no such address.
    pub(super) fn of(address: &Address) -> Option<Self> {
        if address.host() != HOST {
            return None;
        }
        let mut parts = address.path().strip_prefix('/')?.splitn(4, '/');
        let mut part = || parts.next().filter(|part| !part.is_empty());
        let (owner, name, branch, file) = (part()?, part()?, part()?, part()?);
        Some(Self {
            repository: format!("{owner}/{name}"),
            branch: branch.to_owned(),
            file: file.to_owned(),
        })
    }

    /// The commit that the branch is at. The file is fetched from there, so that its revision is
    /// known even if somebody pushes meanwhile.
    pub(super) fn commit(&self) -> Result<String, String> {
        commit(
            &format!("https://github.com/{}", self.repository),
            &self.branch,
        )
    }

    /// The address of the file at a commit.
    pub(super) fn at(&self, commit: &str) -> Result<Address, String> {
        Address::parse(&format!(
            "https://{HOST}/{}/{commit}/{}",
            self.repository, self.file
        ))
    }
}

/// The commit of a branch or tag of a repository.
fn commit(repository: &str, branch: &str) -> Result<String, String> {
    if is_commit(branch) {
        return Ok(branch.to_owned());
    }
    let mut git = Command::new("git");
    git.args(["ls-remote", "--exit-code", "--", repository]);
    git.args([
        format!("refs/heads/{branch}"),
        format!("refs/tags/{branch}"),
    ]);
    git.env("GIT_TERMINAL_PROMPT", "0");
    let limits = Limits {
        bytes: 4096,
        time: Duration::from_secs(60),
    };
    let problem = || format!("the commit of `{branch}` in {repository} cannot be found");
    let output = command::run(git, limits).map_err(|_| problem())?;
    let printed = String::from_utf8_lossy(&output.printed);
    let commit = printed.split_whitespace().next().unwrap_or_default();
    if !output.status.success() || !is_commit(commit) {
        return Err(problem());
    }
    Ok(commit.to_owned())
}

fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_repository_and_file() {
        let of = |text| RawFile::of(&Address::parse(text).unwrap());
        let found = of("https://raw.githubusercontent.com/a/b/main/c/d.yml").unwrap();
        assert_eq!(found.repository, "a/b");
        assert_eq!(found.branch, "main");
        assert_eq!(found.file, "c/d.yml");
        let pinned = found.at("0123").unwrap();
        assert_eq!(
            pinned.as_str(),
            "https://raw.githubusercontent.com/a/b/0123/c/d.yml"
        );
        assert_eq!(of("https://raw.githubusercontent.com/a/b/main"), None);
        assert_eq!(of("https://docs.example/a/b/main/c.yml"), None);
    }

    #[test]
    fn a_branch_is_at_a_commit() {
        let folder = tempfile::tempdir().unwrap();
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.arg("-C").arg(folder.path()).args(arguments);
            git.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
            let output = git.output().unwrap();
            assert!(output.status.success(), "{arguments:?}");
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        git(&["init", "--quiet", "--initial-branch", "main"]);
        git(&[
            "-c",
            "user.name=n",
            "-c",
            "user.email=e@e.example",
            "commit",
            "--quiet",
            "--allow-empty",
            "-m",
            "m",
        ]);
        let head = git(&["rev-parse", "HEAD"]);
        let repository = folder.path().display().to_string();
        assert_eq!(commit(&repository, "main"), Ok(head.clone()));
        assert_eq!(commit("nowhere", &head), Ok(head));
        let missing = commit(&repository, "other").unwrap_err();
        assert!(
            missing.starts_with("the commit of `other` in "),
            "{missing}"
        );
    }
}
