use proptest::prelude::*;
use serde_json::{Value, json};

use super::read;

fn problem(text: &str) -> String {
    match read(text) {
        Ok(value) => panic!("{text} is read as {value}"),
        Err(problem) => problem.to_string(),
    }
}

#[test]
fn a_module_is_read_as_data() {
    let module = r#"
import type { OpenAPIV3 } from 'openapi-types'
import './other.js';

/* Written by something. */
export default {
  openapi: '3.0.0', // the version
  "info": { title: "it's", version: `1
2`, },
  paths: { '/a/{b}': { get: { responses: { 200: {}, default: {} } } } },
  list: [1, -2.5, +3, 1e3, .5, 0x1F, 1_000, true, false, null, [],],
  text: 'a\n\t\'\x41\u00e9\u{1F600}\ud83d\ude00\0\
b',
  pattern: '^\\d+$',
  kinds: ['x', 'y'] as const,
  $ref: { type: 'string' as string },
} as const satisfies Wrapped<OpenAPIV3.Document<'x'>>[];
//# sourceMappingURL=openapi.js.map"#;
    assert_eq!(
        read(module),
        Ok(json!({
            "openapi": "3.0.0",
            "info": {"title": "it's", "version": "1\n2"},
            "paths": {"/a/{b}": {"get": {"responses": {"200": {}, "default": {}}}}},
            "list": [1, -2.5, 3, 1000.0, 0.5, 31, 1000, true, false, null, []],
            "text": "a\n\t'Aé😀😀\0b",
            "pattern": "^\\d+$",
            "kinds": ["x", "y"],
            "$ref": {"type": "string"},
        }))
    );
}

#[test]
fn anything_but_data_is_reported_with_its_position() {
    let cases = [
        ("const x = {}", "1:1: expected `export default`, found `c`"),
        (
            "export default",
            "1:15: expected a value, found the end of the file",
        ),
        (
            "export default {\n  a: 1,\n  b: load('x'),\n}",
            "3:6: `load` is not a literal; only data can be read",
        ),
        (
            "export default {a: undefined}",
            "1:20: `undefined` is not a literal; only data can be read",
        ),
        (
            "export default {...other}",
            "1:17: `...` is a spread, not data",
        ),
        (
            "export default [...other]",
            "1:17: `...` is a spread, not data",
        ),
        (
            "export default {[a]: 1}",
            "1:17: a computed property name is not data",
        ),
        ("export default {a}", "1:18: expected `:`, found `}`"),
        ("export default {a() {}}", "1:18: expected `:`, found `(`"),
        (
            "export default {a: 1, a: 2}",
            "1:23: `a` is a duplicate property",
        ),
        (
            "export default {__proto__: {}}",
            "1:17: `__proto__` is not an own property",
        ),
        (
            "export default {a: `${b}`}",
            "1:21: `${` is an expression, not data",
        ),
        (
            "export default 'a' + 'b'",
            "1:20: expected the end of the module, found `+`",
        ),
        ("export default 'a\nb'", "1:18: line break in a string"),
        ("export default 'a", "1:16: unterminated string"),
        (
            "export default '\\u12'",
            "1:18: this escape needs 4 hexadecimal digits",
        ),
        (
            "export default '\\ud83d'",
            "1:18: invalid escape: not a character",
        ),
        (
            "export default '\\07'",
            "1:18: `\\0` is not a valid escape in a '…' string",
        ),
        ("export default 017", "1:16: not a JSON number"),
        ("export default 1e999", "1:16: not a JSON number"),
        ("export default 1n", "1:16: not a JSON number"),
        (
            "export default [1 2]",
            "1:19: expected `,` or `]`, found `2`",
        ),
        ("export default [,]", "1:17: expected a value, found `,`"),
        ("export default {} /* ", "1:19: unterminated comment"),
        (
            "export default {}; more()",
            "1:20: expected the end of the module, found `m`",
        ),
        ("import(x)", "1:7: expected the name of a module, found `(`"),
    ];
    for (module, expected) in cases {
        assert_eq!(problem(module), expected, "{module}");
    }
}

#[test]
fn nesting_has_a_bound() {
    let nested =
        |depth: usize| format!("export default {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(128)).is_ok());
    assert!(problem(&nested(200)).contains("nested too deeply"));
    assert!(problem(&format!("export default {}", "[".repeat(1_000_000))).contains("too deeply"));
    assert!(problem(&format!("export default {}", "{a:".repeat(1_000_000))).contains("too deeply"));
}

/// A value as a module may write it: names without quotes, strings in any quotes, commas behind
/// the last element.
fn written(value: &Value, quote: char) -> String {
    let text = |text: &str| {
        let inner: String = text
            .chars()
            .map(|c| match c {
                '\\' | '\'' | '"' | '`' | '$' => format!("\\{c}"),
                '\n' => "\\n".to_owned(),
                '\r' => "\\r".to_owned(),
                c => c.to_string(),
            })
            .collect();
        format!("{quote}{inner}{quote}")
    };
    match value {
        Value::String(string) => text(string),
        Value::Array(values) => {
            let values = values
                .iter()
                .map(|value| format!("{},", written(value, quote)));
            format!("[ {} ] as const", values.collect::<String>())
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let plain =
                    key.starts_with(char::is_alphabetic) && key.chars().all(char::is_alphanumeric);
                let key = if plain {
                    key.clone()
                } else {
                    serde_json::to_string(key).unwrap()
                };
                format!("{key} /* : */: {},\n", written(value, quote))
            });
            format!("{{ // }}\n {} }}", members.collect::<String>())
        }
        other => other.to_string(),
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("JSON has no such number", |number| {
            serde_json::Number::from_f64(number).map(Value::Number)
        }),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let key = prop_oneof!["[a-z]{1,6}", any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6).prop_map(|members| members
                .into_iter()
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(value in any_value(), quote in prop_oneof![Just('\''), Just('"'), Just('`')]) {
        let module = format!("export default {};\n", written(&value, quote));
        prop_assert_eq!(read(&module), Ok(value));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = read(&text);
        let _ = read(&format!("export default {text}"));
    }

    #[test]
    fn a_damaged_module_is_read_or_refused(at in 0_usize..400, length in 0_usize..9, with in r"[\\`'$\{\}\[\],:.0-9a-z/*]{0,4}") {
        let module = "import type {A} from 'a'; export default { a: ['x', `y`, \"\\u00e9\\x41\"] as const, 'b-c': { 200: -1.5e-3, d: 0x1f }, /* e */ f: null, // g\n h: \"\\u{1F600}\\ud83d\\ude00\", } satisfies B<C>[];";
        let characters: Vec<char> = module.chars().collect();
        let kept = characters.iter().take(at).chain(characters.iter().skip(at + length));
        let mut damaged: Vec<char> = kept.copied().collect();
        let start = at.min(damaged.len());
        damaged.splice(start..start, with.chars());
        let _ = read(&damaged.into_iter().collect::<String>());
    }
}
