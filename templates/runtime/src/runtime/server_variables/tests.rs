use proptest::prelude::*;

use super::expand;
use crate::runtime::{Api, ServerVariable};

const fn variable(name: &'static str, default: &'static str) -> ServerVariable {
    ServerVariable { name, default, values: &[] }
}

static API: Api = Api {
    server_variables: &[
        variable("scheme", "https"),
        variable("tenant", "demo"),
        variable("host", "api.test:8443"),
        variable("port", "443"),
        variable("base", "v1"),
        ServerVariable { name: "region", default: "eu", values: &["eu", "us"] },
    ],
    ..Api::NONE
};

const TEMPLATE: &str = "https://{tenant}.example.com:{port}/{base}";

fn expanded(template: &str, values: &[(&'static str, &str)]) -> Result<String, String> {
    let values: Vec<_> =
        values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    expand(&API, template, &values).map(|url| url.as_str().to_owned())
}

/// The values of variables, by name.
type Values = &'static [(&'static str, &'static str)];

#[test]
fn values_and_defaults_are_expanded() {
    let rows: [(&str, Values, &str); 7] = [
        (TEMPLATE, &[], "https://demo.example.com:443/v1"),
        (TEMPLATE, &[("tenant", "a-1.B")], "https://a-1.B.example.com:443/v1"),
        (
            TEMPLATE,
            &[("port", "80"), ("base", "a/b~c")],
            "https://demo.example.com:80/a/b~c",
        ),
        (TEMPLATE, &[("base", "")], "https://demo.example.com:443"),
        ("{scheme}://{host}/{base}", &[("scheme", "https")], "https://api.test:8443/v1"),
        ("https://{region}.test/{tenant}", &[("region", "us")], "https://us.test/demo"),
        ("{base}", &[("base", "https://h:1/x")], "https://h:1/x"),
    ];
    for (template, values, url) in rows {
        assert_eq!(
            expanded(template, values).as_deref(),
            Ok(url),
            "{template} {values:?}"
        );
    }
}

#[test]
fn a_value_cannot_change_the_host() {
    for value in [
        "",
        ".",
        "..",
        "evil.example/",
        "evil.example:8443/",
        "127.0.0.1:1/",
        "[::1]/",
        "a@b",
        "a\\b",
        "a%2fb",
        "a?b",
        "a#b",
        "a b",
        "ä",
        "{base}",
    ] {
        let error = expanded(TEMPLATE, &[("tenant", value)]).unwrap_err();
        assert!(!error.contains("evil"), "{error}");
    }
    for (name, value) in [
        ("port", "80/x"),
        ("port", ""),
        ("port", "99999"),
        ("base", "../admin"),
        ("base", "%2e%2E/admin"),
        ("base", "a?b"),
        ("base", "a#b"),
        ("base", "{tenant}"),
        ("base", "a\\..\\b"),
    ] {
        expanded(TEMPLATE, &[(name, value)]).unwrap_err();
    }
    expanded("{scheme}://h", &[("scheme", "https://evil.test/?")]).unwrap_err();
    expanded("https://{region}.test", &[("region", "evil.test/")]).unwrap_err();
}

#[test]
fn a_value_is_not_expanded_again() {
    let error = expanded(TEMPLATE, &[("base", "{tenant}")]).unwrap_err();
    assert!(error.contains("`base`"), "{error}");
}

proptest! {
    #[test]
    fn the_host_ends_as_the_document_says(value in "[a-zA-Z0-9./:@%\\\\?#{}\\[\\]-]{0,12}") {
        if let Ok(url) = expanded(TEMPLATE, &[("tenant", &value)]) {
            let url: http::Uri = url.parse().unwrap();
            prop_assert!(url.host().unwrap().ends_with(".example.com"), "{}", url);
            prop_assert_eq!(url.path(), "/v1");
        }
    }
}
