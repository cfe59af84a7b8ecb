//! Which servers there are, and how each is started.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Failure;
use super::documents::Documents;

const FAKE_SEAM: &str = "node_modules/@seamapi/fake-seam-connect/dist/server.js";
const EMULATE: &str = "node_modules/emulate/dist/index.js";
const PRISM: &str = "node_modules/@stoplight/prism-cli/dist/index.js";

/// A server to start.
#[derive(Debug)]
pub(super) struct Launch {
    /// What it is called here.
    pub(super) name: &'static str,
    /// The environment variable that tells the tests its base address.
    pub(super) variable: &'static str,
    /// What the base address has behind host and port.
    pub(super) base_path: &'static str,
    /// The program, a JavaScript file.
    pub(super) script: PathBuf,
    /// The program's arguments.
    pub(super) arguments: Vec<OsString>,
    /// The server whose base address is the last argument.
    upstream: Option<(&'static str, &'static str)>,
}

impl Launch {
    /// Puts in the address of the server behind this one.
    pub(super) fn resolve(mut self, addresses: &[(&'static str, String)]) -> Result<Self, Failure> {
        if let Some((upstream, base_path)) = self.upstream {
            let (_, address) = addresses
                .iter()
                .find(|(name, _)| *name == upstream)
                .ok_or_else(|| {
                    Failure::new(format!("{upstream} has to start before {}", self.name))
                })?;
            self.arguments.push(format!("{address}{base_path}").into());
        }
        Ok(self)
    }
}

/// All servers: each wave starts when those before it are ready.
pub(super) fn waves(packages: &Path, documents: &Documents) -> [Vec<Launch>; 2] {
    // The ports are a formality: servers/loopback.cjs lets the system pick.
    let mock = |name, variable, document: &Path| Launch {
        name,
        variable,
        base_path: "",
        script: packages.join(PRISM),
        // One process, no worker beside it.
        arguments: arguments(&["mock", "--multiprocess", "false"], document),
        upstream: None,
    };
    let proxy = |name, variable, document: &Path, upstream| Launch {
        name,
        variable,
        base_path: "",
        script: packages.join(PRISM),
        arguments: arguments(&["proxy", "--multiprocess", "false"], document),
        upstream: Some(upstream),
    };
    [
        vec![
            Launch {
                name: "seam-fake",
                variable: "CONFORMANCE_SEAM_FAKE",
                base_path: "",
                script: packages.join(FAKE_SEAM),
                arguments: vec!["--seed".into()],
                upstream: None,
            },
            Launch {
                name: "clerk-fake",
                variable: "CONFORMANCE_CLERK_FAKE",
                base_path: "/v1",
                script: packages.join(EMULATE),
                arguments: arguments(
                    &["start", "--service", "clerk", "--port", "4000", "--seed"],
                    &packages.join("servers/clerk.yaml"),
                ),
                upstream: None,
            },
            mock("seam-mock", "CONFORMANCE_SEAM_MOCK", &documents.seam),
            mock("clerk-mock", "CONFORMANCE_CLERK_MOCK", &documents.clerk),
        ],
        vec![
            proxy(
                "seam-proxy",
                "CONFORMANCE_SEAM_PROXY",
                &documents.seam,
                ("seam-fake", ""),
            ),
            proxy(
                "clerk-proxy",
                "CONFORMANCE_CLERK_PROXY",
                &documents.clerk,
                ("clerk-fake", "/v1"),
            ),
        ],
    ]
}

fn arguments(first: &[&str], file: &Path) -> Vec<OsString> {
    let mut all: Vec<OsString> = first.iter().map(OsString::from).collect();
    all.push(file.into());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> [Vec<Launch>; 2] {
        let documents = Documents {
            clerk: "clerk.json".into(),
            seam: "seam.json".into(),
        };
        waves(Path::new("packages"), &documents)
    }

    #[test]
    fn a_proxy_gets_the_address_of_the_server_behind_it() {
        let [_, proxies] = all();
        let clerk = proxies
            .into_iter()
            .find(|launch| launch.name == "clerk-proxy");
        let addresses = [("clerk-fake", "http://127.0.0.1:1".to_owned())];
        let resolved = clerk.map(|launch| launch.resolve(&addresses));
        let Some(Ok(launch)) = resolved else {
            panic!("{resolved:?}");
        };
        let last = launch.arguments.last();
        assert_eq!(last, Some(&OsString::from("http://127.0.0.1:1/v1")));
    }

    #[test]
    fn a_proxy_cannot_start_first() {
        let [first, proxies] = all();
        assert!(first.into_iter().all(|launch| launch.resolve(&[]).is_ok()));
        assert!(
            proxies
                .into_iter()
                .all(|launch| launch.resolve(&[]).is_err())
        );
    }

    #[test]
    fn each_server_has_a_variable_of_its_own() {
        let mut variables: Vec<_> = all().into_iter().flatten().map(|l| l.variable).collect();
        let count = variables.len();
        variables.sort_unstable();
        variables.dedup();
        assert_eq!(variables.len(), count);
    }
}
