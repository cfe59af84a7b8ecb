use super::Config;
use sdk_openapi::diagnostics::{Diagnostic, Location};

fn problem_of(text: &str) -> Option<(Diagnostic, usize, usize)> {
    let problem = Config::parse(text, "codegen.yaml").err()?;
    match &problem.location {
        Location::At(at) => Some((problem.clone(), at.line, at.column)),
        _ => None,
    }
}

#[test]
fn nothing_is_the_default() {
    assert!(Config::parse("", "codegen.yaml").is_ok_and(|config| config.skip.is_empty()));
}

#[test]
fn an_unknown_key_is_reported_with_its_line() {
    let text = "version_header: X\nnaming:\n  metod_suffix: {get: via_get}\n";
    let found = problem_of(text).map(|(problem, line, _)| (problem.message, problem.help, line));
    let (message, help, line) = found.unwrap_or_default();
    assert!(message.contains("metod_suffix"), "{message}");
    assert_eq!(help.as_deref(), Some("did you mean `method_suffix`?"));
    assert_eq!(line, 3);
}

#[test]
fn a_wrong_type_is_reported_with_its_line() {
    let found = problem_of("version_header: X\nskip: yes\n")
        .map(|(problem, line, _)| (problem.message, line));
    let (message, line) = found.unwrap_or_default();
    assert!(message.contains("wrong type"), "{message}");
    assert_eq!(line, 2);
}

#[test]
fn what_ends_in_the_middle_of_a_character_is_shown() {
    let text = "\u{60a}";
    let mut report = sdk_openapi::diagnostics::Report::new(false);
    report.sources.add("codegen.yaml", text);
    report
        .diagnostics
        .extend(Config::parse(text, "codegen.yaml").err());
    assert!(report.render(false).contains("codegen.yaml:1:1"));
}
