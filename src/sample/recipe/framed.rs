//! For the recipe of a frame that was made of several lists, or with filters: how `ids.txt` is made.

use super::quoted;
use crate::frame::account::Account;
use crate::frame::filter::Side;
use crate::frame::plan::PlannedList;
use crate::frame::unit::Keep;

/// The steps from the lists to `ids.txt`, as comments.
pub(super) fn steps(account: &Account) -> Vec<String> {
    let plan = &account.plan;
    let mut lines = vec!["# How ids.txt is made (“account” says it in full):".to_owned()];
    for (list, facts) in plan.lists.iter().zip(&account.lists) {
        let sheet = facts.sheet.as_ref();
        let sheet = sheet.map_or_else(String::new, |sheet| format!(", sheet “{sheet}”"));
        lines.push(comment(&format!(
            "from “{}”{sheet} (SHA-256 {}): {} of each row{}",
            facts.file,
            facts.sha256,
            quoted(&list.id),
            rows(list)
        )));
    }
    if plan.lists.len() > 1 {
        lines.push("# - these ids together, each once".to_owned());
    }
    for filter in &plan.filters {
        let rows = match filter.rows {
            Side::Keep => "only those for which",
            Side::LeaveOut => "not those for which",
        };
        lines.push(comment(&format!("{rows} {}", filter.test)));
    }
    if let Some(day) = plan.day {
        lines.push(comment(&format!(
            "ages and days since are counted to {day}"
        )));
    }
    lines
}

fn rows(list: &PlannedList) -> String {
    let filters = list.filters.iter().map(|filter| match filter.rows {
        Side::Keep => format!("; only those for which {}", filter.test),
        Side::LeaveOut => format!("; not those for which {}", filter.test),
    });
    let keep = match &list.keep {
        Keep::First => String::new(),
        Keep::Latest(column) => {
            format!("; of several with one id the row with the latest “{column}” stands for it")
        }
    };
    filters.chain([keep]).collect()
}

/// A line that cannot leave its comment.
fn comment(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("# - {text}")
}
