//! Unions without a discriminator: what selects a variant.

use super::*;

#[derive(Debug, Default, PartialEq)]
struct Cat {
    kind: Option<String>,
    name: String,
    age: Option<String>,
}
crate::json_object!(Cat without_default {
    kind = optional("kind"),
    name = required("name"),
    age = optional("age"),
});

#[derive(Debug, PartialEq)]
struct Dog {
    kind: Option<String>,
    name: String,
    age: Option<i64>,
}
crate::json_object!(Dog {
    kind = optional("kind"),
    name = required("name"),
    age = optional("age"),
});

#[derive(PartialEq)]
enum Pet {
    Cat(Box<Cat>),
    Dog(Box<Dog>),
    Unrecognized(Value),
}
crate::union_enum!(Pet {
    Cat: object(
        required: ["name"],
        optional: ["age"],
        defaults: {"kind" = text("cat")},
        members: {"age" = nullable(string)},
    ),
    Dog: object(
        required: ["name"],
        optional: ["age"],
        defaults: {"kind" = text("dog")},
        members: {"age" = nullable(integer)},
    ),
});

#[test]
fn a_constant_that_may_be_missing_decides_where_it_is_there() {
    assert!(matches!(read(json!({"kind": "dog", "name": "Rex"})), Pet::Dog(_)));
    assert!(matches!(read(json!({"kind": "cat", "name": "Tom"})), Pet::Cat(_)));
    let bird = json!({"kind": "bird", "name": "Tweety"});
    assert_eq!(read::<Pet>(bird.clone()), Pet::Unrecognized(bird));
    // It does not identify the variant well enough to fail the whole response.
    let nameless = json!({"kind": "dog"});
    assert_eq!(read::<Pet>(nameless.clone()), Pet::Unrecognized(nameless));
}

#[test]
fn the_types_of_members_decide_where_nothing_else_does() {
    assert!(matches!(read(json!({"name": "Rex", "age": 7})), Pet::Dog(_)));
    assert!(matches!(read(json!({"name": "Tom", "age": "7"})), Pet::Cat(_)));
    assert!(matches!(read(json!({"name": "Tom", "age": null})), Pet::Cat(_)));
    let other = json!({"name": "Tom", "age": [7]});
    assert_eq!(read::<Pet>(other.clone()), Pet::Unrecognized(other));
}

#[derive(PartialEq)]
enum Turns {
    Cat(Cat),
    Dog(Dog),
    Unrecognized(Value),
}
crate::union_enum!(Turns {
    Cat: object(required: ["name"], optional: ["kind", "age"]),
    Dog: object(required: ["name"], optional: ["kind", "age"]),
});

#[test]
fn of_equals_the_first_that_decodes_is_taken() {
    assert!(matches!(read(json!({"name": "Rex", "age": 7})), Turns::Dog(_)));
    assert!(matches!(read(json!({"name": "Tom"})), Turns::Cat(_)));
    assert!(matches!(read(json!({"name": 7})), Turns::Unrecognized(_)));
}

#[derive(Debug, PartialEq)]
struct Small {
    id: String,
    more: Option<String>,
    seen: Option<Value>,
}
crate::json_object!(Small {
    id = required("id"),
    more = optional("more"),
    seen = optional("seen"),
});

#[derive(PartialEq)]
enum Sized {
    Small(Small),
    Big(Small),
    Nested(Small),
    Unrecognized(Value),
}
crate::union_enum!(Sized {
    Small: object(required: ["id"]),
    Big: object(required: ["id"], optional: ["more"], members: {"more" = values(Mode)}),
    Nested: object(
        required: ["id"],
        optional: ["more", "seen"],
        members: {
            "more" = literals("x"),
            "seen" = object(required: ["at"], optional: ["by"]),
        },
    ),
});

#[test]
fn the_variant_that_knows_most_members_is_taken() {
    assert!(matches!(read(json!({"id": "a"})), Sized::Small(_)));
    assert!(matches!(read(json!({"id": "a", "more": "auto"})), Sized::Big(_)));
    assert!(matches!(read(json!({"id": "a", "more": "x"})), Sized::Nested(_)));
    let seen = json!({"id": "a", "seen": {"at": 1, "by": "b"}});
    assert!(matches!(read(seen), Sized::Nested(_)));
}

#[derive(PartialEq)]
enum Pair {
    Two((String, i64)),
    Three((String, i64, bool)),
    Unrecognized(Value),
}
crate::union_enum!(Pair {
    Two: tuple(2, string, integer),
    Three: tuple(3, string, integer, boolean),
});

#[test]
fn the_length_of_a_list_decides_between_tuples() {
    assert!(matches!(read(json!(["a", 1])), Pair::Two(_)));
    assert!(matches!(read(json!(["a", 1, true])), Pair::Three(_)));
    assert!(matches!(read(json!(["a"])), Pair::Unrecognized(_)));
    assert!(matches!(read(json!([1, "a", true])), Pair::Unrecognized(_)));
}

#[derive(PartialEq)]
enum Fallback {
    Removed(Removed),
    Other(std::collections::BTreeMap<String, Value>),
    Unrecognized(Value),
}
crate::union_enum!(Fallback by "event_type" {
    Removed ["removed"],
    Other: default,
});

#[test]
fn a_missing_or_unknown_discriminator_selects_the_default_variant() {
    assert!(matches!(read(json!({"event_type": "removed"})), Fallback::Removed(_)));
    assert!(matches!(read(json!({"event_type": "new", "x": 1})), Fallback::Other(_)));
    assert!(matches!(read(json!({"x": 1})), Fallback::Other(_)));
    assert!(matches!(read(json!(7)), Fallback::Unrecognized(_)));
}

#[derive(Debug, PartialEq)]
struct Left {
    child: Option<Box<Tree>>,
    left: i64,
}
crate::json_object!(Left without_default {
    child = optional("child"),
    left = required("left"),
});

#[derive(Debug, PartialEq)]
struct Right {
    child: Option<Box<Tree>>,
    left: bool,
}
crate::json_object!(Right without_default {
    child = optional("child"),
    left = required("left"),
});

#[derive(PartialEq)]
enum Tree {
    Left(Left),
    Right(Right),
    Same(Box<Tree>),
    Unrecognized(Value),
}
crate::union_enum!(Tree {
    Left: object(required: ["left"], optional: ["child"], constants: {}),
    Right: object(required: ["left"], optional: ["child"], constants: {}),
    Same: union(Tree),
});

/// Without a limit, each level doubles the number of candidates.
#[test]
fn the_time_of_a_recursive_union_is_bounded() {
    let mut tree = json!({"left": "neither"});
    for _ in 0..60 {
        tree = json!({"left": "neither", "child": tree});
    }
    assert!(matches!(read(tree), Tree::Unrecognized(_)));
    // The limit applies to each value anew.
    assert!(matches!(read(json!({"left": true})), Tree::Right(_)));
}
