//! The lines of Python that take the cases of further rounds of drawing from the rest of the queue.

use super::super::certificate::Certificate;
use super::super::method::Kind;
use super::literal;

/// The lines that print the further cases, given what the draw has made.
pub(super) fn draw(certificate: &Certificate) -> Vec<String> {
    let method = &certificate.method;
    let further = certificate
        .further
        .iter()
        .flat_map(|further| &further.cases);
    let mut lines = vec!["drawn = {id for t, id in sample}".to_owned()];
    lines.push(match &method.kind {
        Kind::Simple | Kind::Weighted { .. } => {
            format!("rest = [case[-2:] for case in queue[{}:]]", method.drop)
        }
        Kind::Stratified { .. } | Kind::TwoStage { .. } => format!(
            "rest = sorted(case for s in sizes for case in sorted((ticket(id), id) for id, t in cases if t == s)[{}:])",
            method.drop
        ),
        Kind::Systematic { .. } => "rest = sorted((ticket(id), id) for id in frame)".to_owned(),
    });
    lines.push("rest = [(t, id) for t, id in rest if id not in drawn]".to_owned());
    if !method.caps.is_empty() {
        // Those whom a cap kept out of the sample stay out, and the caps hold for the others too.
        let passed = certificate.passed_over.iter().map(|case| literal(&case.id));
        lines.push(format!(
            "passed = [{}]",
            passed.collect::<Vec<_>>().join(", ")
        ));
        lines
            .push("rest = [(t, id) for t, id in rest if id not in passed and room(id)]".to_owned());
    }
    let first = certificate.sample.len() + method.must_include.len() + 1;
    if method.kind.sharing().is_some() {
        let strata: Vec<String> = further
            .map(|case| literal(case.stratum.as_deref().unwrap_or_default()))
            .collect();
        lines.extend([
            "stratum, further = dict(cases), []".to_owned(),
            format!("for s in [{}]:", strata.join(", ")),
            "    further.append(next(case for case in rest if stratum[case[1]] == s))".to_owned(),
            "    rest.remove(further[-1])".to_owned(),
        ]);
    } else {
        lines.push(format!("further = rest[:{}]", further.count()));
    }
    lines.push(format!(
        "for order, (t, id) in enumerate(further, {first}): print(order, id, t)"
    ));
    lines
}
