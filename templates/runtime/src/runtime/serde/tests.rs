use std::collections::BTreeMap;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{Same, Secret, UnixMillis, UnixSeconds};
use crate::runtime::expose_secrets;
use crate::runtime::json::{Error, FromJson, from_slice};

#[derive(Debug)]
struct Everything {
    plain: Timestamp,
    option: Option<Timestamp>,
    null: Option<Timestamp>,
    double: Option<Option<Timestamp>>,
    list: Vec<Option<Timestamp>>,
    secrets: BTreeMap<String, Box<SecretString>>,
    others: Vec<Timestamp>,
    same: bool,
}

crate::json_object!(Everything {
    plain = required_as::<UnixMillis>("plain"),
    option = optional_as::<UnixSeconds>("option"),
    null = nullable_as::<UnixSeconds>("null"),
    double = optional_nullable_as::<UnixMillis>("double"),
    list = required_as::<Vec<Option<UnixMillis>>>("list"),
    secrets = required_as::<BTreeMap<String, Box<Secret>>>("secrets"),
    others = or_empty_as::<Vec<UnixMillis>>("others"),
    same = required_as::<Same>("same"),
});

fn read<T: FromJson>(value: Value) -> Result<T, Error> {
    from_slice(value.to_string().as_bytes())
}

#[test]
fn wire_formats_nest_and_round_trip() {
    let wire = json!({
        "plain": 1_700_000_000_000_i64,
        "option": 1_700_000_000,
        "null": null,
        "double": null,
        "list": [1, null],
        "secrets": {"token": "hush"},
        "others": [0],
        "same": true,
    });
    let value: Everything = read(wire.clone()).unwrap();
    assert_eq!(Some(value.plain), value.option);
    assert_eq!(value.double, Some(None));
    assert_eq!(value.list.len(), 2);
    assert_eq!(value.secrets["token"].expose_secret(), "hush");
    assert!(!format!("{value:?}").contains("hush"));
    let written = expose_secrets(|| serde_json::to_value(&value));
    assert_eq!(written.unwrap(), wire);
}

#[test]
fn missing_properties_stay_missing() {
    let value: Everything =
        read(json!({"plain": 0, "list": null, "secrets": null, "same": false})).unwrap();
    assert_eq!((value.option, value.double), (None, None));
    assert!(value.list.is_empty() && value.secrets.is_empty());
    assert!(value.others.is_empty());
    let wire = serde_json::to_value(&value).unwrap();
    assert!(wire.get("double").is_none());
}

#[test]
fn the_error_of_a_wire_format_has_its_path() {
    let error = read::<Everything>(json!({"plain": 0, "same": false})).unwrap_err();
    assert_eq!(error.to_string(), "missing field `list` at $");
    let wire = json!({"plain": 0, "list": [1, "x"], "same": false});
    let error = read::<Everything>(wire).unwrap_err();
    assert_eq!(error.path().as_deref(), Some("$.list[1]"));
}

#[test]
fn additional_properties_have_paths_and_integers() {
    #[derive(Debug)]
    struct Counts {
        object: String,
        additional: BTreeMap<String, i64>,
    }
    crate::json_object!(Counts {
        object = required("object"),
        ..additional = others
    });
    let wire = json!({"object": "counts", "a": 1, "b": 2.0});
    let counts: Counts = read(wire).unwrap();
    assert_eq!(counts.object, "counts");
    assert_eq!(
        serde_json::to_value(&counts).unwrap(),
        json!({"object": "counts", "a": 1, "b": 2})
    );
    assert_eq!(counts.additional, BTreeMap::from([("a".into(), 1), ("b".into(), 2)]));

    let wire = json!([{"object": "counts", "a": "x"}]);
    let error = read::<Vec<Counts>>(wire).unwrap_err();
    assert_eq!(error.path().as_deref(), Some("$[0].a"));
}
