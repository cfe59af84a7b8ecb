//! Links to the next page: the `Link` header (RFC 8288), and URLs in bodies.

use http::header::{HeaderMap, LINK};
use http::uri::Uri;

/// The target of the first link with `rel="next"`.
pub(super) fn next_of(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).into_iter();
    values.filter_map(|value| value.to_str().ok()).find_map(next_in)
}

/// The target of the first `rel="next"` in a header's value.
fn next_in(value: &str) -> Option<String> {
    let mut rest = value;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let (parameters, after) = parameters(after);
        if parameters.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("rel")
                && value.split_whitespace().any(|rel| rel.eq_ignore_ascii_case("next"))
        }) {
            return Some(target.trim().to_owned());
        }
        rest = after;
    }
}

/// The parameters of a link, and what follows the link's comma.
fn parameters(mut rest: &str) -> (Vec<(String, String)>, &str) {
    let mut parameters = Vec::new();
    loop {
        rest = rest.trim_start();
        let Some(after) = rest.strip_prefix(';') else {
            return (parameters, rest.strip_prefix(',').unwrap_or(rest));
        };
        let name_end = after.find(['=', ';', ',']).unwrap_or(after.len());
        let (name, after) = after.split_at(name_end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => parameter_value(after.trim_start()),
            None => (String::new(), after),
        };
        parameters.push((name.trim().to_owned(), value));
        rest = after;
    }
}

/// A token or a quoted string, and what follows.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.trim().to_owned(), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// The path and query that a link leads to. It must lead to `base`'s host: credentials are sent
/// along. `path` is the current request's.
pub(super) fn resolve(link: &str, base: &Uri, path: &str) -> Result<String, String> {
    let path_and_query = if link.starts_with('?') {
        format!("{path}{link}")
    } else if link.starts_with('/') && !link.starts_with("//") {
        link.to_owned()
    } else if link.contains("://") {
        let uri: Uri = link.parse().map_err(|_| "is not a valid URL".to_owned())?;
        if !same_host(&uri, base) {
            return Err("leads to another host".to_owned());
        }
        uri.path_and_query().map_or("/", |it| it.as_str()).to_owned()
    } else if link.is_empty() || link.starts_with("//") {
        return Err("is not a valid URL".to_owned());
    } else {
        let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
        format!("{directory}/{link}")
    };
    let without_fragment = path_and_query.split('#').next();
    Ok(without_fragment.unwrap_or_default().to_owned())
}

fn same_host(left: &Uri, right: &Uri) -> bool {
    let port = |uri: &Uri| {
        let default = if uri.scheme_str() == Some("http") { 80 } else { 443 };
        uri.port_u16().unwrap_or(default)
    };
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    host(left) == host(right) && port(left) == port(right)
}

#[cfg(test)]
mod tests {
    use http::header::{HeaderMap, HeaderValue, LINK};

    use super::{next_of, resolve};

    fn next(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, HeaderValue::from_str(value).unwrap());
        }
        next_of(&headers)
    }

    #[test]
    fn the_next_link_is_found_whatever_else_the_header_holds() {
        let github = "<https://a.test/x?page=2>; rel=\"prev\", \
            <https://a.test/x?page=4>; rel=\"next\", <https://a.test/x?page=9>; rel=\"last\"";
        assert_eq!(next(&[github]).as_deref(), Some("https://a.test/x?page=4"));
        let odd =
            "</a,b>; title=\"a, \\\"<b>\\\"; rel=next\"; REL=last , </c>;rel=\"x Next\"";
        assert_eq!(next(&[odd]).as_deref(), Some("/c"));
        assert_eq!(next(&["</a>; rel=prev", "</b>; rel=next"]).as_deref(), Some("/b"));
        for none in
            ["", "nonsense", "</a>", "</a>; rel=prev", "</a>; rel", "</a; rel=next"]
        {
            assert_eq!(next(&[none]), None, "{none}");
        }
    }

    #[test]
    fn a_link_leads_to_the_same_host() {
        let base = "https://a.test/v1".parse().unwrap();
        let resolve = |link| resolve(link, &base, "/v1/things");
        for (link, expected) in [
            ("https://a.test/v1/things?page=2#x", "/v1/things?page=2"),
            ("https://A.TEST:443/v1/things?page=2", "/v1/things?page=2"),
            ("/v1/other?c=a%2Fb", "/v1/other?c=a%2Fb"),
            ("?page=2", "/v1/things?page=2"),
            ("more?page=2", "/v1/more?page=2"),
        ] {
            assert_eq!(resolve(link).as_deref(), Ok(expected), "{link}");
        }
        for link in ["https://b.test/x", "http://a.test/x", "//b.test/x", "", "https://"]
        {
            assert!(resolve(link).is_err(), "{link}");
        }
    }
}
