//! Unions as pydantic writes them: a constant with a default, hence not required.

use sdk_golden::union_constants::resources::{
    pets::list::ListResponseItem as Pet, shapes::list::ListResponseItem as Shape,
    tagged::get::GetResponseItem as Tagged,
};
use serde_json::{Value, from_value, json, to_value};

#[test]
fn a_constant_that_may_be_missing_decides() {
    let wire = json!([{ "kind": "dog", "name": "Rex" }, { "kind": "cat", "name": "Tom" }]);
    let pets: Vec<Pet> = from_value(wire.clone()).unwrap();
    assert!(matches!(pets.as_slice(), [Pet::Dog(_), Pet::Cat(_)]));
    assert_eq!(to_value(pets).unwrap(), wire);
    let tagged: Vec<Tagged> = from_value(wire).unwrap();
    assert!(matches!(
        tagged.as_slice(),
        [Tagged::Dog(_), Tagged::Cat(_)]
    ));
}

#[test]
fn a_value_of_the_future_is_kept() {
    let wire = json!({ "kind": "bird", "name": "Tweety" });
    let pet: Pet = from_value(wire.clone()).unwrap();
    assert_eq!(pet, Pet::Unrecognized(wire.clone()));
    assert_eq!(to_value(pet).unwrap(), wire);
}

#[test]
fn members_decide_where_the_constant_is_missing() {
    let read = |wire: Value| from_value::<Shape>(wire).unwrap();
    assert!(matches!(
        read(json!({ "value": "x", "width": 3 })),
        Shape::Image(_)
    ));
    assert!(matches!(
        read(json!({ "value": "x", "lang": "en" })),
        Shape::Text(_)
    ));
    assert!(matches!(
        read(json!({ "type": "image", "value": "x" })),
        Shape::Image(_)
    ));
}
