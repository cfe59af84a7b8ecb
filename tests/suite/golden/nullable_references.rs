//! The spellings of a reference that may be null.

use sdk_golden::nullable_references::types::Run;
use serde_json::{from_value, json, to_value};

#[test]
fn null_is_read_wherever_it_may_stand() {
    let wire = json!({ "a": null, "b": null, "c": null, "d": null, "e": null });
    let run: Run = from_value(wire.clone()).unwrap();
    assert!(run.a.is_none() && run.b.is_none() && run.c.is_none());
    assert!(run.d.is_none() && run.e.is_none());
    assert_eq!(to_value(run).unwrap(), wire);
    let optional = ["f", "g", "h", "i", "j", "k"];
    for member in optional {
        let mut wire = json!({ "a": null, "b": null, "c": null, "d": null, "e": null });
        wire[member] = json!(null);
        assert!(from_value::<Run>(wire).is_ok(), "{member}");
    }
}

#[test]
fn a_value_is_the_type_itself() {
    let address = json!({ "street": "x" });
    let run: Run =
        from_value(json!({ "a": "auto", "b": address, "c": address, "d": address, "e": address }))
            .unwrap();
    assert_eq!(run.d.unwrap().street, "x");
    assert_eq!(run.b.unwrap().street, "x");
}
