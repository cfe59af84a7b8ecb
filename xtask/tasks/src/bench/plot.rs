//! docs/bench-history.jsonl as an SVG: one line per figure, one point per recorded run.

use std::{collections::BTreeSet, fmt::Write as _};

use super::history::Run;

const ROW: f64 = 26.0;
const HEAD: f64 = 56.0;
const NAME: f64 = 330.0;
const CHART: f64 = 420.0;
const WIDTH: f64 = 980.0;
/// Space between a row's line and its neighbors'.
const PADDING: f64 = 5.0;

/// The picture. Each row is scaled by itself: figures have different units.
pub(super) fn svg(runs: &[Run]) -> String {
    let names: BTreeSet<&String> = runs.iter().flat_map(|run| run.figures.keys()).collect();
    let height = HEAD + ROW * count(names.len()) + PADDING;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n\
         <title>Benchmark history</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    head(&mut svg, runs);
    for (at, name) in names.into_iter().enumerate() {
        let points = runs.iter().enumerate().filter_map(|(run, one)| {
            let value = one.figures.get(name)?;
            Some((run, *value))
        });
        row(
            &mut svg,
            HEAD + ROW * count(at),
            name,
            &points.collect::<Vec<_>>(),
            runs.len(),
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// The commits of the runs, above their points.
fn head(svg: &mut String, runs: &[Run]) {
    for (at, run) in runs.iter().enumerate() {
        // Labels of many runs would overlap.
        if at % (runs.len() / 8 + 1) != 0 && at + 1 != runs.len() {
            continue;
        }
        // Writing to a String cannot fail.
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"30\" text-anchor=\"middle\" fill=\"#555\">{}</text>",
            x(at, runs.len()),
            escape(&run.machine.commit)
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"8\" y=\"30\" font-weight=\"bold\">Figure</text>\n\
         <text x=\"{WIDTH}\" y=\"30\" text-anchor=\"end\" dx=\"-8\" font-weight=\"bold\">newest (of the first)</text>"
    );
}

fn row(svg: &mut String, top: f64, name: &str, points: &[(usize, f64)], runs: usize) {
    let values = || points.iter().map(|(_, value)| *value);
    let least = values().fold(f64::INFINITY, f64::min);
    let most = values().fold(f64::NEG_INFINITY, f64::max);
    let y = |value: f64| {
        let part = if most > least {
            (value - least) / (most - least)
        } else {
            0.5
        };
        top + ROW - PADDING - part * (ROW - 2.0 * PADDING)
    };
    let baseline = top + ROW / 2.0 + 4.0;
    let _ = writeln!(
        svg,
        "<text x=\"8\" y=\"{baseline:.1}\">{}</text>",
        escape(name)
    );
    let line: Vec<String> = points
        .iter()
        .map(|(at, value)| format!("{:.1},{:.1}", x(*at, runs), y(*value)))
        .collect();
    let _ = writeln!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#1565c0\" stroke-width=\"1.5\"/>",
        line.join(" ")
    );
    for (at, value) in points {
        let _ = writeln!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.5\" fill=\"#1565c0\"><title>{value:e}</title></circle>",
            x(*at, runs),
            y(*value)
        );
    }
    if let (Some((_, first)), Some((_, newest))) = (points.first(), points.last()) {
        let _ = writeln!(
            svg,
            "<text x=\"{WIDTH}\" y=\"{baseline:.1}\" text-anchor=\"end\" dx=\"-8\">{newest:.4e} ({:.2} ×)</text>",
            newest / first
        );
    }
}

fn x(at: usize, runs: usize) -> f64 {
    let steps = count(runs.saturating_sub(1).max(1));
    NAME + 30.0 + count(at) / steps * (CHART - 60.0)
}

/// A small number as a coordinate.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{super::Machine, *};

    fn run(commit: &str, figures: &[(&str, f64)]) -> Run {
        Run {
            machine: Machine {
                cpu: "any".to_owned(),
                cores: 2,
                memory: None,
                load: None,
                rustc: "rustc 1".to_owned(),
                commit: commit.to_owned(),
            },
            figures: figures
                .iter()
                .map(|(name, value)| ((*name).to_owned(), *value))
                .collect(),
        }
    }

    #[test]
    fn each_figure_is_a_line_through_the_runs_that_have_it() {
        let runs = [
            run("first<", &[("a/b", 1.0), ("c", 5.0)]),
            run("second", &[("a/b", 2.0)]),
        ];
        let svg = svg(&runs);
        assert_eq!(svg.matches("<polyline").count(), 2, "{svg}");
        assert_eq!(svg.matches("<circle").count(), 3);
        assert!(
            svg.contains(">first&lt;<") && svg.contains(">second<"),
            "{svg}"
        );
        // From the bottom of its row to the top.
        assert!(svg.contains("points=\"360.0,77.0 720.0,61.0\""), "{svg}");
        assert!(svg.contains(">2.0000e0 (2.00 ×)<"), "{svg}");
        assert!(svg.contains("NaN") == svg.contains("inf") && !svg.contains("NaN"));
    }
}
