use std::collections::BTreeMap;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{As, OptionalNullable, OrDefault, Same, Secret, UnixMillis, UnixSeconds};
use crate::runtime::json;

#[derive(Debug, Serialize, Deserialize)]
struct Everything {
    #[serde(with = "As::<UnixMillis>")]
    plain: Timestamp,
    #[serde(default, with = "As::<Option<UnixSeconds>>")]
    option: Option<Timestamp>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "As::<OptionalNullable<UnixMillis>>"
    )]
    double: Option<Option<Timestamp>>,
    #[serde(default, with = "As::<OrDefault<Vec<Option<UnixMillis>>>>")]
    list: Vec<Option<Timestamp>>,
    #[serde(default, with = "As::<BTreeMap<String, Box<Secret>>>")]
    secrets: BTreeMap<String, Box<SecretString>>,
    #[serde(with = "As::<Same>")]
    same: bool,
}

#[test]
fn forms_nest_and_round_trip() {
    let wire = json!({
        "plain": 1_700_000_000_000_i64,
        "option": 1_700_000_000,
        "double": null,
        "list": [1, null],
        "secrets": {"token": "hush"},
        "same": true,
    });
    let value: Everything = json::from_value(wire.clone()).unwrap();
    assert_eq!(Some(value.plain), value.option);
    assert_eq!(value.double, Some(None));
    assert_eq!(value.list.len(), 2);
    assert_eq!(value.secrets["token"].expose_secret(), "hush");
    assert!(!format!("{value:?}").contains("hush"));
    assert_eq!(serde_json::to_value(&value).unwrap(), wire);
}

#[test]
fn absent_members_stay_absent() {
    let value: Everything =
        json::from_value(json!({"plain": 0, "list": null, "same": false})).unwrap();
    assert_eq!((value.option, value.double), (None, None));
    assert!(value.list.is_empty() && value.secrets.is_empty());
    let wire = serde_json::to_value(&value).unwrap();
    assert!(wire.get("double").is_none());
}

#[test]
fn a_failure_inside_a_form_tells_its_path() {
    let wire = json!({"plain": 0, "list": [1, "x"], "same": false});
    let error = json::from_value::<Everything>(wire).unwrap_err();
    assert_eq!(error.path().as_deref(), Some("$.list[1]"));
}

#[test]
fn additional_members_keep_paths_and_whole_numbers() {
    #[derive(Debug, Deserialize)]
    struct Counts {
        #[serde(rename = "object")]
        _object: String,
        #[serde(flatten, deserialize_with = "super::additional")]
        additional: BTreeMap<String, i64>,
    }
    let wire = json!({"object": "counts", "a": 1, "b": 2.0});
    let counts: Counts = json::from_value(wire).unwrap();
    assert_eq!(counts.additional, BTreeMap::from([("a".into(), 1), ("b".into(), 2)]));

    let wire = json!([{"object": "counts", "a": "x"}]);
    let error = json::from_value::<Vec<Counts>>(wire).unwrap_err();
    assert_eq!(error.path().as_deref(), Some("$[0].a"));
}
