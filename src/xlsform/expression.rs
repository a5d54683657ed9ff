//! Expressions of the columns `relevant` and `required`: the part of `XPath` that a [`Condition`] can
//! hold, read and written.

use crate::form::{Condition, Form, GradeId, Kind, QuestionId, Test};

/// What a list of words in an expression is too deep for.
const DEEPEST: usize = 32;

/// The condition that an expression states.
///
/// # Errors
/// What of it is not understood, in a few words.
pub(super) fn parse(text: &str) -> Result<Condition, String> {
    let words = words(text)?;
    let mut parser = Parser {
        words: &words,
        at: 0,
        depth: 0,
    };
    let condition = parser.any()?;
    match parser.peek() {
        None => Ok(condition),
        Some(word) => Err(format!("{word} stands where the expression should end")),
    }
}

/// One word of an expression.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    /// `${name}`.
    Question(String),
    /// A text in quotation marks.
    Text(String),
    Number(i64),
    /// A name: `and`, `or`, `not`, `selected`.
    Name(String),
    /// An operator, a bracket or a comma.
    Sign(&'static str),
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Question(name) => write!(f, "“${{{name}}}”"),
            Self::Text(text) => write!(f, "“'{text}'”"),
            Self::Number(number) => write!(f, "“{number}”"),
            Self::Name(name) => write!(f, "“{name}”"),
            Self::Sign(sign) => write!(f, "“{sign}”"),
        }
    }
}

const SIGNS: [&str; 9] = ["!=", ">=", "<=", "=", ">", "<", "(", ")", ","];

fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = if let Some(name) = rest.strip_prefix("${") {
            let (name, after) = name.split_once('}').ok_or("a “${” has no “}”")?;
            (Word::Question(name.trim().to_owned()), after)
        } else if let Some(quoted) = rest.strip_prefix(['\'', '"']) {
            let (inner, after) = quoted
                .split_once(first)
                .ok_or("a quotation mark does not close")?;
            (Word::Text(inner.to_owned()), after)
        } else if let Some((sign, after)) = SIGNS
            .iter()
            .find_map(|sign| Some((*sign, rest.strip_prefix(sign)?)))
        {
            (Word::Sign(sign), after)
        } else {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c)))
                .unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if name.is_empty() {
                return Err(format!("“{first}” is not understood"));
            }
            let word = name
                .parse()
                .map_or_else(|_| Word::Name(name.to_owned()), Word::Number);
            (word, after)
        };
        words.push(word);
        rest = after.trim_start();
    }
    Ok(words)
}

struct Parser<'a> {
    words: &'a [Word],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Word> {
        self.words.get(self.at)
    }

    fn next(&mut self) -> Result<Word, String> {
        let word = self.peek().cloned().ok_or("it ends too early")?;
        self.at += 1;
        Ok(word)
    }

    fn takes(&mut self, name: &str) -> bool {
        let takes =
            matches!(self.peek(), Some(Word::Name(word)) if word.eq_ignore_ascii_case(name));
        self.at += usize::from(takes);
        takes
    }

    fn sign(&mut self, sign: &str) -> Result<(), String> {
        let word = self.next()?;
        if matches!(word, Word::Sign(found) if found == sign) {
            Ok(())
        } else {
            Err(format!("{word} stands where “{sign}” should"))
        }
    }

    fn any(&mut self) -> Result<Condition, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("its brackets go too deep".to_owned());
        }
        let mut parts = vec![self.all()?];
        while self.takes("or") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(Condition::any_of(parts))
    }

    fn all(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.one()?];
        while self.takes("and") {
            parts.push(self.one()?);
        }
        Ok(match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => {
                parts.extend(last);
                Condition::All(parts)
            }
        })
    }

    fn one(&mut self) -> Result<Condition, String> {
        if self.takes("not") {
            self.sign("(")?;
            let inner = self.any()?;
            self.sign(")")?;
            return Ok(Condition::Not(Box::new(inner)));
        }
        if self.takes("selected") {
            self.sign("(")?;
            let question = self.question()?;
            self.sign(",")?;
            let Word::Text(value) = self.next()? else {
                return Err("“selected” needs a choice in quotation marks".to_owned());
            };
            self.sign(")")?;
            return Ok(Condition::Answer(question, Test::OneOf(vec![value])));
        }
        if self.peek() == Some(&Word::Sign("(")) {
            self.at += 1;
            let inner = self.any()?;
            self.sign(")")?;
            return Ok(inner);
        }
        self.comparison()
    }

    fn question(&mut self) -> Result<QuestionId, String> {
        let word = self.next()?;
        if let Word::Question(name) = word {
            Ok(QuestionId(name))
        } else {
            Err(format!(
                "{word} stands where a question (“${{name}}”) should"
            ))
        }
    }

    fn comparison(&mut self) -> Result<Condition, String> {
        let question = self.question()?;
        let sign = self.next()?;
        let value = self.next()?;
        let answer = |test| Condition::Answer(question.clone(), test);
        let not = |condition| Condition::Not(Box::new(condition));
        match (&sign, value) {
            (Word::Sign("="), Word::Text(text)) if text.is_empty() => {
                Ok(answer(Test::Answered(false)))
            }
            (Word::Sign("!="), Word::Text(text)) if text.is_empty() => {
                Ok(answer(Test::Answered(true)))
            }
            (Word::Sign("="), Word::Text(text)) => Ok(answer(Test::OneOf(vec![text]))),
            (Word::Sign("!="), Word::Text(text)) => Ok(not(answer(Test::OneOf(vec![text])))),
            (Word::Sign("="), Word::Number(number)) => Ok(Condition::All(vec![
                answer(Test::AtLeast(number)),
                answer(Test::AtMost(number)),
            ])),
            (Word::Sign(">="), Word::Number(number)) => Ok(answer(Test::AtLeast(number))),
            (Word::Sign("<="), Word::Number(number)) => Ok(answer(Test::AtMost(number))),
            // Of a number with decimals too, this is what the sign says.
            (Word::Sign(">"), Word::Number(number)) => Ok(Condition::All(vec![
                answer(Test::Answered(true)),
                not(answer(Test::AtMost(number))),
            ])),
            (Word::Sign("<"), Word::Number(number)) => Ok(Condition::All(vec![
                answer(Test::Answered(true)),
                not(answer(Test::AtLeast(number))),
            ])),
            (_, value) => Err(format!(
                "“${{{question}}}” cannot be compared by {sign} with {value}"
            )),
        }
    }
}

/// A condition as an expression.
pub(super) fn write(form: &Form, condition: &Condition) -> String {
    match condition {
        Condition::All(parts) => joined(form, parts, " and "),
        Condition::Any(parts) => joined(form, parts, " or "),
        Condition::Not(part) => format!("not({})", write(form, part)),
        Condition::Answer(question, test) => write_test(form, question, test),
    }
}

fn joined(form: &Form, parts: &[Condition], word: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::Answer(_, Test::OneOf(values)) if values.len() == 1 => write(form, part),
            Condition::Answer(_, Test::OneOf(_) | Test::AtOrBelow(_))
            | Condition::All(_)
            | Condition::Any(_) => format!("({})", write(form, part)),
            Condition::Answer(..) | Condition::Not(_) => write(form, part),
        })
        .collect();
    parts.join(word)
}

fn write_test(form: &Form, question: &QuestionId, test: &Test) -> String {
    match test {
        Test::OneOf(values) => one_of(form, question, values),
        Test::Answered(true) => format!("${{{question}}} != ''"),
        Test::Answered(false) => format!("${{{question}}} = ''"),
        Test::AtOrBelow(limit) => {
            let below = |grade: &GradeId| form.is_at_or_below(grade, limit);
            let grades = form.grades.iter().filter(|grade| below(&grade.id));
            let values: Vec<String> = grades.map(|grade| grade.id.0.clone()).collect();
            one_of(form, question, &values)
        }
        Test::AtLeast(number) => format!("${{{question}}} >= {number}"),
        Test::AtMost(number) => format!("${{{question}}} <= {number}"),
        // An interval is text to other tools; we read these two words back.
        Test::Late(true) => format!("${{{question}}} = '{LATE}'"),
        Test::Late(false) => format!("${{{question}}} = '{IN_TIME}'"),
    }
}

/// What an interval is tested for, as values.
pub(super) const LATE: &str = "late";
/// The other.
pub(super) const IN_TIME: &str = "in time";

fn one_of(form: &Form, question: &QuestionId, values: &[String]) -> String {
    let several = form
        .question(question)
        .is_some_and(|question| matches!(question.kind, Kind::SeveralOf { .. }));
    let values: Vec<String> = values
        .iter()
        .map(|value| {
            if several {
                format!("selected(${{{question}}}, '{value}')")
            } else {
                format!("${{{question}}} = '{value}'")
            }
        })
        .collect();
    values.join(" or ")
}
