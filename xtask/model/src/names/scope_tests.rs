use proptest::prelude::*;

use super::{Claim, Kind, Scope};

const KINDS: [Kind; 6] = [
    Kind::Type,
    Kind::Variant,
    Kind::Field,
    Kind::Method,
    Kind::Module,
    Kind::Constant,
];

fn claimed(kind: Kind, wires: &[&str]) -> Vec<String> {
    let idents = Scope::new(kind).claim_wires(wires);
    idents.iter().map(ToString::to_string).collect()
}

#[test]
fn hostile_enum_values() {
    let values = [
        "", "*", "=", "string", "string[]", "+1", "-1", "1", "a", "-a",
    ];
    let names = [
        "Empty",
        "Asterisk",
        "EqualTo",
        "String",
        "StringList",
        "Plus1",
        "Minus1",
        "Value1",
        "A",
        "MinusA",
    ];
    assert_eq!(claimed(Kind::Variant, &values), names);
}

#[test]
fn keywords() {
    let wires = ["type", "self", "crate", "gen", "_", "async"];
    let names = [
        "r#type",
        "self_field",
        "crate_field",
        "r#gen",
        "underscore",
        "r#async",
    ];
    assert_eq!(claimed(Kind::Field, &wires), names);
    assert_eq!(
        claimed(Kind::Variant, &["Self", "none"]),
        ["SelfValue", "None"]
    );
    assert_eq!(
        claimed(Kind::Type, &["option", "Vec"]),
        ["OptionType", "VecType"]
    );
    assert_eq!(
        claimed(Kind::Module, &["mod", "con", "type"]),
        ["mod_group", "con_group", "r#type"]
    );
}

#[test]
fn the_exact_spelling_wins() {
    let one = claimed(Kind::Field, &["userId", "user_id", "user-id"]);
    assert_eq!(one, ["user_id_camel_case", "user_id", "user_hyphen_id"]);
    let other = claimed(Kind::Field, &["user-id", "user_id", "userId"]);
    assert_eq!(other, ["user_hyphen_id", "user_id", "user_id_camel_case"]);
}

#[test]
fn punctuation_tells_apart() {
    let names = claimed(Kind::Field, &["$filter", "filter", "_filter", "filter[]"]);
    assert_eq!(
        names,
        [
            "dollar_filter",
            "filter",
            "underscore_filter",
            "filter_list"
        ]
    );
}

#[test]
fn reserved_names() {
    let mut scope = Scope::new(Kind::Field).reserving(&["timeout"], "param");
    assert_eq!(scope.claim_wire("timeout").as_str(), "timeout_param");
    let mut variants = Scope::new(Kind::Variant).reserving(&["Unrecognized"], "value");
    assert_eq!(
        variants.claim_wire("unrecognized").as_str(),
        "UnrecognizedValue"
    );
}

#[test]
fn own_words_tell_apart_first() {
    let mut scope = Scope::new(Kind::Field);
    assert_eq!(scope.claim_wire("id").as_str(), "id");
    let body = Claim {
        disambiguators: &["field"],
        ..Claim::of("id")
    };
    assert_eq!(scope.claim(body).as_str(), "id_field");
}

#[test]
fn children_begin_with_their_parent() {
    let parent = Scope::new(Kind::Type).claim_wire("Session");
    let claim = Claim {
        parent: Some(&parent),
        suffix: "Item",
        ..Claim::of("2fa_tasks")
    };
    let ident = Scope::new(Kind::Type).claim(claim);
    assert_eq!(ident.as_str(), "Session2faTasksItem");
}

#[test]
fn the_same_name_many_times() {
    let mut scope = Scope::new(Kind::Type);
    let idents: std::collections::BTreeSet<_> =
        (0..100).map(|_| scope.claim_wire("same")).collect();
    assert_eq!(idents.len(), 100);
}

fn wires() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        ".{0,12}",
        "[a-zA-Z0-9_\\-. $@\\[\\]+*=]{0,8}",
        "(self|Self|type|crate|Option|_|r#type|super|gen|con|mod)",
        "[aA][-_. ]?[bB]",
        "[a-z]{200}",
    ];
    prop::collection::btree_set(word, 1..12).prop_map(|set| set.into_iter().collect())
}

proptest! {
    #[test]
    fn identifiers_are_valid_unique_and_stable(wires in wires(), shift in 0usize..12) {
        for kind in KINDS {
            let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
            let idents = Scope::new(kind).claim_wires(&wires);
            for ident in &idents {
                prop_assert!(syn::parse_str::<syn::Ident>(ident.as_str()).is_ok(), "{ident}");
                prop_assert!(ident.as_str().is_ascii());
                prop_assert!(ident.as_str().len() <= super::LONGEST + 24, "{ident}");
            }
            let unique: std::collections::BTreeSet<_> = idents.iter().collect();
            prop_assert_eq!(unique.len(), idents.len());
            let mut turned: Vec<(&str, _)> = wires.iter().copied().zip(idents).collect();
            let by = shift % turned.len();
            turned.rotate_left(by);
            let wires: Vec<&str> = turned.iter().map(|(wire, _)| *wire).collect();
            let again = Scope::new(kind).claim_wires(&wires);
            for ((_, before), after) in turned.iter().zip(&again) {
                prop_assert_eq!(before, after);
            }
        }
    }
}
