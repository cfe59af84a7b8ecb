//! Documents that are long, deep or multiply themselves: each ends, in time and without a deep
//! stack.

use std::fmt::Write as _;

use super::lowered;
use sdk_model::Api;

/// A document that answers `T0`, of schemas as lines of YAML.
fn document(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Demo, version: '1' }}
paths:
  /thing:
    get:
      responses:
        '200': {{ description: Fine, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/T0' }} }} }} }}
components:
  schemas:
{schemas}"
    )
}

/// A chain of components, each made from the next by `link`.
fn chain(length: usize, link: &str) -> (Option<Api>, Vec<String>) {
    let last = "{ type: object, properties: { kind: { type: string }, a: { type: string } } }";
    let mut text = format!("    T{length}: {last}\n");
    for at in 0..length {
        let next = format!("$ref: '#/components/schemas/T{}'", at + 1);
        let _ = writeln!(text, "    T{at}: {}", link.replace("NEXT", &next));
    }
    lowered(&document(&text), "", false)
}

#[test]
fn chains_of_every_kind_end() {
    for link in [
        "{ type: array, items: { NEXT } }",
        "{ type: array, prefixItems: [{ NEXT }, { type: string }] }",
        "{ type: object, additionalProperties: { NEXT } }",
        "{ oneOf: [{ NEXT }, { type: string }] }",
        "{ oneOf: [{ NEXT }, { type: object }], discriminator: { propertyName: kind } }",
    ] {
        let (api, _) = chain(1000, link);
        assert!(api.is_some(), "{link}");
    }
}

const LONG: usize = 2_000;

/// References are followed to the end, however long the chain.
#[test]
fn long_chains_are_expressed() {
    for (link, types) in [
        ("{ NEXT }", 1),
        ("{ allOf: [{ NEXT }] }", 1),
        ("{ oneOf: [{ NEXT }] }", 1),
        (
            "{ allOf: [{ NEXT }, { type: object, properties: { b: { type: string } } }] }",
            1,
        ),
        ("{ type: object, properties: { next: { NEXT } } }", LONG + 1),
    ] {
        let (api, problems) = chain(LONG, link);
        assert_eq!(problems, [""; 0], "{link}");
        assert_eq!(api.map(|api| api.types.len()), Some(types), "{link}");
    }
}

#[test]
fn cycles_are_reported_once_per_reference() {
    for link in ["{ NEXT }", "{ allOf: [{ NEXT }] }", "{ oneOf: [{ NEXT }] }"] {
        let mut text = String::new();
        for at in 0..LONG {
            let next = format!("$ref: '#/components/schemas/T{}'", (at + 1) % LONG);
            let _ = writeln!(text, "    T{at}: {}", link.replace("NEXT", &next));
        }
        let (_, problems) = lowered(&document(&text), "", false);
        assert!(
            (1..=LONG + 1).contains(&problems.len()),
            "{link}: {}",
            problems.len()
        );
        let are_cycles = problems.iter().all(|problem| {
            ["cycle of", "contains itself", "part of itself"]
                .iter()
                .any(|words| problem.contains(words))
        });
        assert!(are_cycles, "{link}: {:#?}", problems.first());
    }
}

/// Each level doubles the number of pointers to the next one.
#[test]
fn what_doubles_with_each_level_ends() {
    const LEVELS: usize = 40;
    let refer = |name: &str, at: usize| format!("{{ $ref: '#/components/schemas/{name}{at}' }}");
    let object = "{ type: object, required: [kind], properties: { kind: { type: string } } }";

    let mut merged = String::new();
    let mut unions = String::new();
    let mut twice = String::new();
    for at in 0..LEVELS {
        for name in ["A", "B"] {
            let next = refer(name, at + 1);
            let _ = writeln!(
                merged,
                "    {name}{at}: {{ type: object, properties: {{ l: {next}, r: {next} }} }}"
            );
        }
        let members = [refer("T", at + 1), refer("V", at + 1)].join(", ");
        for name in ["T", "V"] {
            let _ = writeln!(
                unions,
                "    {name}{at}: {{ oneOf: [{members}], discriminator: {{ propertyName: kind }} }}"
            );
        }
        let next = refer("T", at + 1);
        let _ = writeln!(twice, "    T{at}: {{ allOf: [{next}, {next}] }}");
    }
    for name in ["A", "B"] {
        let _ = writeln!(merged, "    {name}{LEVELS}: {object}");
    }
    let _ = writeln!(
        merged,
        "    T0: {{ allOf: [{}, {}] }}",
        refer("A", 0),
        refer("B", 0)
    );
    for text in [&mut unions, &mut twice] {
        let _ = writeln!(text, "    T{LEVELS}: {object}\n    V{LEVELS}: {object}");
    }
    for text in [merged, unions, twice] {
        let (api, problems) = lowered(&document(&text), "", false);
        assert_eq!(problems, [""; 0]);
        let types = api.map_or(0, |api| api.types.len());
        assert!((1..10_000).contains(&types), "{types} types");
    }
}

#[test]
fn what_multiplies_beyond_limits_is_reported() {
    let mut properties = String::new();
    for at in 0..1000 {
        let _ = write!(properties, "p{at}: {{ type: string }}, ");
    }
    let mut members = String::new();
    for at in 0..400 {
        let _ = write!(
            members,
            "{{ type: object, properties: {{ q{at}: {{ type: string }} }} }}, "
        );
    }
    let text =
        format!("    T0: {{ type: object, properties: {{ {properties} }}, oneOf: [{members}] }}\n");
    let (_, problems) = lowered(&document(&text), "", false);
    let message = "the types of this document have too many properties together";
    assert!(
        problems.iter().any(|problem| problem == message),
        "{problems:#?}"
    );
}

/// Unions in unions, by discriminators: each alone is small, together they multiply.
#[test]
fn unions_that_multiply_end() {
    const UNIONS: usize = 1000;
    let tagged = "discriminator: { propertyName: kind }";
    let object = "{ type: object, required: [kind], properties: { kind: { type: string } } }";
    let refer = |name: &str, at: usize| format!("{{ $ref: '#/components/schemas/{name}{at}' }}");
    let all = |name: &str| {
        (0..UNIONS)
            .map(|at| refer(name, at))
            .collect::<Vec<_>>()
            .join(", ")
    };

    // A union of unions, each of which is the same one.
    let mut same = format!("    T0: {{ oneOf: [{}], {tagged} }}\n", all("V"));
    let _ = writeln!(same, "    U0: {{ oneOf: [{}], {tagged} }}", all("B"));
    // Unions that refer to two others each.
    let mut web = String::new();
    for at in 0..UNIONS {
        let base = refer("U", 0);
        let _ = writeln!(
            same,
            "    V{at}: {{ allOf: [{base}], description: D }}\n    B{at}: {object}"
        );
        let members = [
            refer("T", (at + 1) % UNIONS),
            refer("T", (at * 7 + 3) % UNIONS),
            refer("B", at),
        ];
        let members = members.join(", ");
        let _ = writeln!(
            web,
            "    T{at}: {{ oneOf: [{members}], {tagged} }}\n    B{at}: {object}"
        );
    }
    let message = "the unions of this document have too many alternatives together";
    for text in [same, web] {
        let (api, problems) = lowered(&document(&text), "", true);
        assert!(
            problems.iter().any(|problem| problem == message),
            "{problems:?}"
        );
        assert!(api.is_some_and(|api| api.types.len() < 3 * UNIONS));
    }
}

/// A large union with a mapping is no problem: what its members share is not copied for each.
#[test]
fn a_large_union_is_expressed() {
    const MEMBERS: usize = 2000;
    let mut text = String::new();
    let (mut members, mut mapping) = (String::new(), String::new());
    for at in 0..MEMBERS {
        let _ = write!(members, "{{ $ref: '#/components/schemas/B{at}' }}, ");
        let _ = write!(mapping, "b{at}: '#/components/schemas/B{at}', ");
        let _ = writeln!(
            text,
            "    B{at}: {{ type: object, properties: {{ b: {{ type: string }} }} }}"
        );
    }
    let _ = writeln!(
        text,
        "    T0: {{ oneOf: [{members}], discriminator: {{ propertyName: b, mapping: {{ {mapping} }} }} }}"
    );
    let (api, problems) = lowered(&document(&text), "", false);
    assert_eq!(problems, [""; 0]);
    assert_eq!(api.map(|api| api.types.len()), Some(MEMBERS + 1));
}

/// Both took minutes when each looked through all before it.
#[test]
fn long_lists_of_values_and_parameters_end() {
    let parameters = |most: usize| {
        let one = |at| format!("{{ name: p{at}, in: query, schema: {{ type: string }} }}");
        (0..most).map(one).collect::<Vec<_>>().join(", ")
    };
    let values = |most: usize| {
        let all = (0..most).map(|at| format!("v{at}"));
        all.collect::<Vec<_>>().join(", ")
    };
    let text = |many_parameters, many_values| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths:\n  /a:\n    get:\n      \
             operationId: a\n      responses: {{ '200': {{ description: d }} }}\n      \
             parameters: [{}, {{ name: e, in: query, schema: {{ type: string, enum: [{}] }} }}]\n",
            parameters(many_parameters),
            values(many_values)
        )
    };
    let (api, problems) = lowered(&text(20_000, 50_000), "", false);
    assert_eq!(problems, [""; 0]);
    let query = api.map_or(0, |api| api.resources[0].operations[0].query.len());
    assert_eq!(query, 20_001);
    let (_, problems) = lowered(&text(210_000, 310_000), "", false);
    assert_eq!(
        problems,
        [
            "the enums of this document have too many values together",
            "the operations of this document have too many parameters together",
        ]
    );
}
