//! The lines of Python that make the sample of a draw with caps: a walk along the queue.

use super::super::method::{Kind, Method};

/// The lines that make `sample`, pairs of ticket and id, given `ids` or `cases`, and `caps.txt`.
pub(super) fn draw(method: &Method) -> Vec<String> {
    let Method { size, drop, .. } = method;
    let most: Vec<String> = method.caps.iter().map(|cap| cap.most.to_string()).collect();
    let mut lines = vec![
        "rows = [l.split('\\t') for l in open('caps.txt', 'rb').read().decode().split('\\n') if l]"
            .to_owned(),
        "values = {row[0]: row[1:] for row in rows}".to_owned(),
        format!("most, seen, sample = [{}], {{}}, []", most.join(", ")),
        "def room(id):".to_owned(),
        "    keys = list(enumerate(values[id]))".to_owned(),
        "    if any(seen.get(key, 0) >= most[key[0]] for key in keys): return False".to_owned(),
        "    for key in keys: seen[key] = seen.get(key, 0) + 1".to_owned(),
        "    return True".to_owned(),
    ];
    match &method.kind {
        Kind::Stratified { .. } | Kind::TwoStage { .. } => lines.extend([
            format!("skip, left, stratum = dict.fromkeys(sizes, {drop}), dict(sizes), dict(cases)"),
            "for t, id in sorted((ticket(id), id) for id in stratum if stratum[id] in sizes):"
                .to_owned(),
            "    if skip[stratum[id]] > 0: skip[stratum[id]] -= 1".to_owned(),
            "    elif left[stratum[id]] > 0 and room(id):".to_owned(),
            "        left[stratum[id]] -= 1".to_owned(),
            "        sample.append((t, id))".to_owned(),
        ]),
        // The draw itself refuses a systematic draw with a cap.
        Kind::Simple | Kind::Systematic { .. } | Kind::Weighted { .. } => {
            lines.extend(super::queue(&method.kind));
            lines.extend([
                format!("for *_, t, id in queue[{drop}:]:"),
                format!("    if len(sample) < {size} and room(id): sample.append((t, id))"),
            ]);
        }
    }
    lines
}
