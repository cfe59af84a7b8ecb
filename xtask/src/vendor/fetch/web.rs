//! Documents from the web, fetched by the user's own `curl`.
//!
//! A client of our own would need TLS: with ureq and rustls the first build of xtask takes 17
//! seconds of processor time more, and whoever has cloned the repository waits for it. `curl` is
//! on every machine that builds this, knows its proxies and its certificates, and runs about once
//! a day.

use std::{process::Command, time::Duration};

use super::{
    Rules,
    address::{Address, Scheme},
    command::{self, Failure, Limits},
};
use sdk_openapi::diagnostics::sanitize;

/// How long a whole answer may take.
const TIME: Duration = Duration::from_secs(120);
/// How long connecting may take.
const CONNECTING: &str = "15";
/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// The body that an address answers with.
pub(super) fn fetch(address: &Address, rules: &Rules) -> Result<Vec<u8>, String> {
    let mut address = address.clone();
    for _ in 0..=REDIRECTS {
        check_scheme(&address, rules)?;
        let answer = ask(&address, rules)?;
        match answer.status {
            200..=299 => {
                check_content_type(&answer.content_type)?;
                return Ok(answer.body);
            }
            300..=399 if !answer.location.is_empty() => {
                let next = Address::parse(&answer.location)
                    .map_err(|problem| format!("the redirect leads nowhere: {problem}"))?;
                if !next.is_same_server(&address) {
                    let to = sanitize(next.as_str());
                    return Err(format!("the redirect to another server is refused: {to}"));
                }
                address = next;
            }
            status => return Err(format!("the server answers with status {status}")),
        }
    }
    Err(format!("there are more than {REDIRECTS} redirects"))
}

fn check_scheme(address: &Address, rules: &Rules) -> Result<(), String> {
    if address.scheme() == Scheme::Http && !rules.allow_http && !address.is_loopback() {
        return Err("http is not private: use https, or say --allow-http".to_owned());
    }
    Ok(())
}

/// Documents are JSON, YAML or plain text; a page is not what was asked for.
fn check_content_type(content_type: &str) -> Result<(), String> {
    let essence = content_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let (kind, format) = essence.split_once('/').unwrap_or_default();
    let is = |name: &str| {
        let format = format.strip_prefix("x-").unwrap_or(format);
        format == name || format.ends_with(&format!("+{name}"))
    };
    let known = match kind {
        "application" => is("json") || is("yaml") || format == "vnd.oai.openapi",
        "text" => is("plain") || is("yaml") || is("json"),
        _ => false,
    };
    match essence.as_str() {
        _ if known => Ok(()),
        "" => Err("the server does not say what it sends (no Content-Type)".to_owned()),
        other => Err(format!(
            "the server sends `{}`, not JSON, YAML or plain text",
            sanitize(other)
        )),
    }
}

struct Response {
    status: u16,
    content_type: String,
    /// Where a redirect leads, as a whole address.
    location: String,
    body: Vec<u8>,
}

/// Asks once; redirects are not followed.
fn ask(address: &Address, rules: &Rules) -> Result<Response, String> {
    let limits = Limits {
        bytes: rules.most_bytes,
        // curl's message says more, so it comes first.
        time: TIME + Duration::from_secs(10),
    };
    let output = command::run(curl(address), limits).map_err(|failure| match failure {
        Failure::TooLarge => super::too_large(rules.most_bytes),
        Failure::Other(problem) => problem,
    })?;
    // The three lines of `--write-out` follow the messages of curl.
    let mut lines = output.stderr.rsplit('\n').skip(1);
    let mut line = || lines.next().unwrap_or_default().to_owned();
    let (location, content_type, status) = (line(), line(), line());
    if !output.status.success() {
        let message = output.stderr.lines().find(|line| line.starts_with("curl:"));
        return Err(sanitize(message.unwrap_or("curl failed")));
    }
    Ok(Response {
        status: status.parse().unwrap_or_default(),
        content_type,
        location,
        body: output.printed,
    })
}

fn curl(address: &Address) -> Command {
    let mut curl = Command::new("curl");
    // The settings of the user's ~/.curlrc could be anything. This has to come first.
    curl.arg("--disable");
    curl.args(["--silent", "--show-error", "--globoff", "--compressed"]);
    curl.args(["--proto", &format!("={}", address.scheme().as_str())]);
    curl.args(["--connect-timeout", CONNECTING]);
    curl.args(["--max-time", &TIME.as_secs().to_string()]);
    curl.args([
        "--header",
        "Accept: application/yaml, application/json, text/plain, */*;q=0.1",
    ]);
    curl.args([
        "--write-out",
        "%{stderr}\n%{http_code}\n%{content_type}\n%{redirect_url}\n",
    ]);
    if address.is_loopback() {
        curl.args(["--noproxy", "*"]);
    }
    curl.args(["--url", address.as_str()]);
    curl
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_distinguished_from_pages() {
        let taken = [
            "application/json",
            "application/vnd.oai.openapi+json; version=3.1",
            "application/yaml",
            "application/x-yaml",
            "application/vnd.oai.openapi",
            "text/plain; charset=utf-8",
            "TEXT/YAML",
            "text/x-yaml",
        ];
        for content_type in taken {
            assert_eq!(check_content_type(content_type), Ok(()), "{content_type}");
        }
        let refused = [
            "text/html; charset=utf-8",
            "application/xml",
            "image/png",
            "application/octet-stream",
            "",
            "json",
        ];
        for content_type in refused {
            assert!(check_content_type(content_type).is_err(), "{content_type}");
        }
    }

    #[test]
    fn http_is_for_loopback() {
        let check = |text: &str, allow_http| {
            let rules = Rules {
                allow_http,
                ..Rules::default()
            };
            check_scheme(&Address::parse(text).unwrap(), &rules)
        };
        assert!(check("http://docs.example/a.yml", false).is_err());
        assert_eq!(check("http://docs.example/a.yml", true), Ok(()));
        assert_eq!(check("http://127.0.0.1:80/a.yml", false), Ok(()));
        assert_eq!(check("https://docs.example/a.yml", false), Ok(()));
    }
}
