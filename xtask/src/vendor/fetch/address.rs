//! The address of a document on the web.

use std::{fmt, net::IpAddr};

/// An http or https address without credentials.
///
/// What is not plainly one is refused, so that nobody reads another host out of it than we do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    text: String,
    scheme: Scheme,
    host: String,
    port: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Http,
    Https,
}

impl Scheme {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl Address {
    /// Reads an address.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let problem = || "this is no plain http(s) address".to_owned();
        let unfit = |c: char| !c.is_ascii_graphic() || matches!(c, '\\' | '"' | '<' | '>' | '`');
        let (scheme, rest) = text.split_once("://").ok_or_else(problem)?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err(problem()),
        };
        if rest.contains(unfit) {
            return Err(problem());
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err("an address with credentials in it is refused".to_owned());
        }
        let (host, port) = host_and_port(authority).ok_or_else(problem)?;
        Ok(Self {
            text: text.to_owned(),
            scheme,
            host: host.to_ascii_lowercase(),
            port,
        })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn scheme(&self) -> Scheme {
        self.scheme
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// The path, without what follows it.
    pub(super) fn path(&self) -> &str {
        let rest = self.text.split_once("://").map_or("", |(_, rest)| rest);
        let path = rest.find('/').and_then(|at| rest.get(at..));
        path.unwrap_or("/").split(['?', '#']).next().unwrap_or("/")
    }

    /// Whether scheme, host and port are the same.
    pub(super) fn is_same_server(&self, other: &Self) -> bool {
        let port = |address: &Self| {
            address.port.unwrap_or(match address.scheme {
                Scheme::Http => 80,
                Scheme::Https => 443,
            })
        };
        self.scheme == other.scheme && self.host == other.host && port(self) == port(other)
    }

    /// Whether it leads to this very machine.
    pub(super) fn is_loopback(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        self.host == "localhost" || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn host_and_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let end = match authority.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, rest) = authority.split_at_checked(end)?;
    let port = match rest.strip_prefix(':') {
        Some(digits) if digits.chars().all(|c| c.is_ascii_digit()) => Some(digits.parse().ok()?),
        Some(_) => return None,
        None if rest.is_empty() => None,
        None => return None,
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let fits = match host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some(ip) => ip.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.chars().all(is_name),
    };
    fits.then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_parsed() {
        let address = Address::parse("https://Docs.example:8443/a/b.yml?x=/y#z").unwrap();
        assert_eq!(address.host(), "docs.example");
        assert_eq!(address.port, Some(8443));
        assert_eq!(address.path(), "/a/b.yml");
        assert_eq!(Address::parse("http://a.example").unwrap().path(), "/");
    }

    #[test]
    fn what_may_lead_elsewhere_is_refused() {
        let refused = [
            "docs.example/a.yml",
            "ftp://docs.example/a",
            "file:///etc/passwd",
            "https://",
            "https:///a",
            "https://127.0.0.1@other.example/",
            "https://user:word@docs.example/",
            "https://docs.example\\@other.example/",
            "https://docs.example/a b",
            "https://docs.example:port/",
            "https://docs.example:99999/",
            "https://-o.example/",
            "https://ex\u{e4}mple/",
            "https://[::1/",
            "https://[::1]x/",
        ];
        for text in refused {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn servers_are_compared_as_a_whole() {
        let parse = |text| Address::parse(text).unwrap();
        let one = parse("https://docs.example/a");
        assert!(one.is_same_server(&parse("https://DOCS.example:443/b")));
        for other in [
            "http://docs.example/a",
            "https://docs.example:444/a",
            "https://docs.example.other/a",
        ] {
            assert!(!one.is_same_server(&parse(other)), "{other}");
        }
    }

    #[test]
    fn loopback_is_known() {
        let is = |text| Address::parse(text).unwrap().is_loopback();
        for text in [
            "http://127.0.0.1:9/",
            "http://127.1.2.3/",
            "http://localhost/",
            "http://[::1]:80/",
        ] {
            assert!(is(text), "{text}");
        }
        for text in [
            "http://127.0.0.1.example/",
            "http://localhost.example/",
            "http://10.0.0.1/",
        ] {
            assert!(!is(text), "{text}");
        }
    }
}
