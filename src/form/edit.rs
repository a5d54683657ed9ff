//! Changing a form piece by piece. A form may have faults while it is being changed;
//! [`Form::check`] names them.

use sha2::{Digest, Sha256};

use super::{FORMAT, Form, Kind, Question, QuestionId, Repeat, Section, SectionId};

/// Which way something is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

/// The name under which a version of a form is kept: the same for the same id and version, and fit
/// to be a file's name.
#[must_use]
pub fn store_name(form: &Form) -> String {
    let digest = Sha256::digest(format!("{}\n{}", form.id, form.version));
    let hex = |byte: &u8| format!("{byte:02x}");
    digest.iter().take(8).map(hex).collect()
}

/// The version after that one: the last of its numbers plus one.
#[must_use]
pub fn next_version(version: &str) -> String {
    let (before, last) = version.rsplit_once('.').unwrap_or(("", version));
    let next = last.parse().ok().and_then(|last: u64| last.checked_add(1));
    match next {
        None => format!("{version}.1"),
        Some(next) if before.is_empty() => next.to_string(),
        Some(next) => format!("{before}.{next}"),
    }
}

/// A text as an id: what no id may hold is replaced.
#[must_use]
pub fn fit(text: &str) -> String {
    let fits = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
    let id: String = text
        .chars()
        .map(|char| if fits(char) { char } else { '-' })
        .collect();
    if id.is_empty() { "form".to_owned() } else { id }
}

/// The first of `base`, `base-2`, `base-3` … that is not taken.
pub fn free(base: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(base) {
        return base.to_owned();
    }
    let numbered = (2_u64..).map(|number| format!("{base}-{number}"));
    numbered
        .into_iter()
        .find(|id| !taken(id))
        .unwrap_or_else(|| base.to_owned())
}

/// A form to begin with: one section with one question.
#[must_use]
pub fn begun(id: String) -> Form {
    let mut form = Form {
        format: FORMAT.to_owned(),
        id,
        version: "1".to_owned(),
        title: "A form of our own".to_owned(),
        about: String::new(),
        look_back_months: None,
        grades: Vec::new(),
        sections: Vec::new(),
    };
    let section = form.add_section();
    let text = Kind::Text { lines: 4 };
    if let Some(question) = form.add_question(&section, text)
        && let Some(question) = form.question_mut(&question)
    {
        "What did you see?".clone_into(&mut question.text);
    }
    form
}

impl Form {
    /// The section of that id, to be changed.
    pub fn section_mut(&mut self, id: &SectionId) -> Option<&mut Section> {
        self.sections.iter_mut().find(|section| section.id == *id)
    }

    /// The question of that id, to be changed.
    pub fn question_mut(&mut self, id: &QuestionId) -> Option<&mut Question> {
        self.sections
            .iter_mut()
            .flat_map(|section| &mut section.questions)
            .find(|question| question.id == *id)
    }

    /// Adds a section without questions at the end; gives its id.
    pub fn add_section(&mut self) -> SectionId {
        let taken = |id: &str| self.sections.iter().any(|it| it.id.as_str() == id);
        let id = SectionId(free(&format!("section-{}", self.sections.len() + 1), taken));
        self.sections.push(Section {
            id: id.clone(),
            title: "New section".to_owned(),
            hint: None,
            show_if: None,
            repeat: None,
            questions: Vec::new(),
        });
        id
    }

    /// Adds a question at the end of a section; gives its id, which no other question has.
    pub fn add_question(&mut self, section: &SectionId, kind: Kind) -> Option<QuestionId> {
        let count = self.section(section)?.questions.len();
        let taken = |id: &str| self.questions().any(|it| it.id.as_str() == id);
        let id = QuestionId(free(&format!("{section}.question-{}", count + 1), taken));
        self.section_mut(section)?.questions.push(Question {
            id: id.clone(),
            text: String::new(),
            hint: None,
            required: false,
            required_if: None,
            show_if: None,
            kind,
        });
        Some(id)
    }

    /// Moves a section by one place.
    pub fn move_section(&mut self, id: &SectionId, way: Way) {
        if let Some(at) = self.sections.iter().position(|it| it.id == *id) {
            swap(&mut self.sections, at, way);
        }
    }

    /// Moves a question by one place; beyond the end of its section into the next one.
    pub fn move_question(&mut self, id: &QuestionId, way: Way) {
        let place = self.sections.iter().enumerate().find_map(|(at, section)| {
            let question = section.questions.iter().position(|it| it.id == *id)?;
            Some((at, question, section.questions.len()))
        });
        let Some((at, question, count)) = place else {
            return;
        };
        let target = match way {
            Way::Up if question == 0 => at.checked_sub(1),
            Way::Down if question + 1 == count => Some(at + 1),
            Way::Up | Way::Down => {
                if let Some(section) = self.sections.get_mut(at) {
                    swap(&mut section.questions, question, way);
                }
                return;
            }
        };
        let Some(target) = target.filter(|target| *target < self.sections.len()) else {
            return;
        };
        let moved = self
            .sections
            .get_mut(at)
            .map(|section| section.questions.remove(question));
        if let (Some(moved), Some(section)) = (moved, self.sections.get_mut(target)) {
            match way {
                Way::Up => section.questions.push(moved),
                Way::Down => section.questions.insert(0, moved),
            }
        }
    }

    /// Removes a section with its questions.
    pub fn remove_section(&mut self, id: &SectionId) {
        self.sections.retain(|section| section.id != *id);
    }

    /// Removes a question.
    pub fn remove_question(&mut self, id: &QuestionId) {
        for section in &mut self.sections {
            section.questions.retain(|question| question.id != *id);
        }
    }
}

/// Changes places with the neighbour, where there is one.
pub fn swap<T>(items: &mut [T], at: usize, way: Way) {
    let with = match way {
        Way::Up => at.checked_sub(1),
        Way::Down => at.checked_add(1),
    };
    if let Some(with) = with.filter(|with| *with < items.len() && at < items.len()) {
        items.swap(at, with);
    }
}

impl Repeat {
    /// A section that may repeat as often as is needed.
    #[must_use]
    pub fn of(each: &str) -> Self {
        Self {
            each: each.to_owned(),
            min: 0,
            max: super::MANY,
        }
    }
}
