use super::boxed;
use sdk_model::names::{Kind, Scope};
use sdk_model::{
    Constraints, Field, ModulePath, Name, Presence, Shape, SpecPointer, Type, TypeDef, TypeId,
    TypeTable, Usage,
};

fn name(kind: Kind, wire: &str) -> Name {
    Scope::new(kind).name(wire)
}

fn table(types: &[(&str, Vec<Type>)]) -> TypeTable {
    types
        .iter()
        .map(|(wire, held)| {
            let fields = held
                .iter()
                .map(|ty| Field {
                    name: name(Kind::Field, "held"),
                    ty: ty.clone(),
                    presence: Presence::Optional,
                    docs: String::new(),
                    deprecation: None,
                    read_only: false,
                    write_only: false,
                    default: None,
                    example: None,
                    constraints: Constraints::default(),
                    origin: SpecPointer::root(),
                })
                .collect();
            let def = TypeDef {
                module: ModulePath(Vec::new()),
                name: name(Kind::Type, wire),
                parent: None,
                docs: String::new(),
                deprecation: None,
                example: None,
                shape: Shape::Struct {
                    fields,
                    additional: None,
                },
                usage: Usage::default(),
                constraints: Constraints::default(),
                origin: SpecPointer::root(),
            };
            (def.id(), def)
        })
        .collect()
}

fn to(wire: &str) -> Type {
    Type::Named(TypeId(wire.to_owned()))
}

fn types_of(table: &TypeTable, wire: &str) -> Vec<Type> {
    match table.get(&TypeId(wire.to_owned())).map(|def| &def.shape) {
        Some(Shape::Struct { fields, .. }) => fields.iter().map(|field| field.ty.clone()).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_ring_is_boxed_and_what_leads_to_it_is_not() {
    let mut types = table(&[
        ("A", vec![to("B"), Type::String]),
        ("B", vec![to("A"), Type::List(Box::new(to("A")))]),
        ("C", vec![to("A"), to("C")]),
    ]);
    boxed(&mut types);
    let in_box = |wire: &str| Type::Boxed(Box::new(to(wire)));
    assert_eq!(types_of(&types, "A"), [in_box("B"), Type::String]);
    assert_eq!(
        types_of(&types, "B"),
        [in_box("A"), Type::List(Box::new(to("A")))]
    );
    assert_eq!(types_of(&types, "C"), [to("A"), in_box("C")]);
}

#[test]
fn a_long_chain_is_no_deep_recursion() {
    let names: Vec<String> = (0..100_000).map(|at| format!("T{at}X")).collect();
    let chain: Vec<(&str, Vec<Type>)> = names
        .iter()
        .enumerate()
        .map(|(at, wire)| (wire.as_str(), vec![to(&names[(at + 1) % names.len()])]))
        .collect();
    let mut types = table(&chain);
    boxed(&mut types);
    let all_boxed = names
        .iter()
        .all(|wire| matches!(types_of(&types, wire).as_slice(), [Type::Boxed(_)]));
    assert!(all_boxed);
}
