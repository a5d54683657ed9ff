//! The fields of one question, by its kind.

use sightline::app::Msg;
use sightline::app::audit::{Edit, Msg as AuditMsg, field};
use sightline::form::{
    Alternative, AlternativeId, Benchmark, GradeId, Kind, NOT_APPLICABLE, NumberKind, TimeLimit,
    Unit,
};
use sightline::review::measure::Measured;
use sightline::review::{Answer, Asked, Choice, YesNo};
use yew::prelude::*;

use super::super::parts::{
    self, Checkboxes, DateField, GradeItem, GradeRadios, Legend, Radio, Radios, TextArea,
    TextField, Tick, TimeField, Width,
};
use super::{Asking, tone};

impl Asking<'_> {
    pub(super) fn question(&self, asked: &Asked) -> Html {
        match (&asked.question.kind, &*asked.answer) {
            (
                Kind::Grade {
                    not_applicable,
                    benchmarks,
                    ..
                },
                Answer::Grade { choice, reason },
            ) => html! {
                <>
                    { self.grade(asked, benchmarks, *not_applicable, choice.as_ref()) }
                    if let Some(choice) = choice {
                        { self.grade_reason(asked, choice, reason) }
                    }
                </>
            },
            (Kind::YesNo { not_applicable }, Answer::YesNo { choice, reason }) => {
                self.yes_no(asked, *not_applicable, *choice, reason)
            }
            (Kind::OneOf { options }, Answer::OneOf { choice }) => {
                self.one_of(asked, options, choice.as_ref())
            }
            (Kind::SeveralOf { options }, Answer::SeveralOf { choices }) => {
                self.several_of(asked, options, choices)
            }
            (Kind::Text { lines }, Answer::Text { text }) => self.text(asked, *lines, text),
            (Kind::Number(kind), Answer::Number { number }) => self.number(asked, kind, number),
            (Kind::Date, Answer::Date { date }) => parts::date_field(DateField {
                id: &field::of(&asked.place),
                label: &asked.question.text,
                label_bold: true,
                hint: asked.question.hint.as_deref(),
                value: date,
                error: self.missing_at(asked),
                on_input: self.edit(asked, Edit::Date),
            }),
            (Kind::Interval(kind), Answer::Interval { from, to }) => {
                self.interval(asked, kind, from, to)
            }
            (Kind::Actions, Answer::Actions { actions }) => self.actions(asked, actions),
            (Kind::Evidence, Answer::Evidence { evidence }) => self.evidence(asked, evidence),
            // An answer always fits its question.
            _ => Html::default(),
        }
    }

    /// What the question still needs, once that is shown.
    pub(super) fn missing_at(&self, asked: &Asked) -> Option<&str> {
        self.missing
            .iter()
            .find(|it| it.place == asked.place)
            .map(|it| it.message.as_str())
    }

    /// For a field: says what it was changed to.
    pub(super) fn edit<T: 'static>(
        &self,
        asked: &Asked,
        edit: impl Fn(T) -> Edit + 'static,
    ) -> Callback<T> {
        let (number, place) = (self.number, asked.place.clone());
        self.dispatch
            .with(move |value| Msg::Audit(AuditMsg::Edited(number, place.clone(), edit(value))))
    }

    pub(super) fn left(&self) -> Callback<()> {
        self.dispatch.with(|()| Msg::Audit(AuditMsg::LeftField))
    }

    fn grade(
        &self,
        asked: &Asked,
        benchmarks: &[Benchmark],
        not_applicable: bool,
        choice: Option<&Choice>,
    ) -> Html {
        let grades = self.form.grades.iter().map(|grade| GradeItem {
            value: grade.id.as_str(),
            label: &grade.label,
            benchmark: benchmarks
                .iter()
                .find(|it| it.grade == grade.id)
                .map_or("", |it| &it.text),
            tone: tone(self.form, &grade.id),
        });
        let chosen = choice.map(|choice| match choice {
            Choice::Grade(grade) => grade.as_str(),
            Choice::NotApplicable => NOT_APPLICABLE,
        });
        parts::grade_radios(GradeRadios {
            id: &field::of(&asked.place),
            legend: &asked.question.text,
            look: Legend::Medium,
            hint: asked.question.hint.as_deref(),
            error: self.missing_at(asked).filter(|_| choice.is_none()),
            grades: grades.collect(),
            not_applicable: not_applicable.then_some((
                NOT_APPLICABLE,
                "Not applicable",
                "This does not arise in this case. Say why.",
            )),
            chosen,
            on_choose: self.edit(asked, |value: String| {
                Edit::Grade(if value == NOT_APPLICABLE {
                    Choice::NotApplicable
                } else {
                    Choice::Grade(GradeId(value))
                })
            }),
        })
    }

    /// The reason is asked for at once, under the grade.
    fn grade_reason(&self, asked: &Asked, choice: &Choice, reason: &str) -> Html {
        match choice {
            Choice::Grade(grade) => {
                let label = format!("Why “{}”?", self.form.grade_label(grade));
                self.reason(asked, &label, reason)
            }
            Choice::NotApplicable => self.reason(asked, "Why does this not apply?", reason),
        }
    }

    fn reason(&self, asked: &Asked, label: &str, reason: &str) -> Html {
        parts::text_area(TextArea {
            id: &field::reason(&asked.place),
            label,
            label_bold: true,
            value: reason,
            error: self.missing_at(asked),
            rows: Some(3),
            on_input: self.edit(asked, Edit::Reason),
            on_blur: self.left(),
            ..TextArea::default()
        })
    }

    fn yes_no(
        &self,
        asked: &Asked,
        not_applicable: bool,
        choice: Option<YesNo>,
        reason: &str,
    ) -> Html {
        let offered = YesNo::ALL
            .iter()
            .filter(|it| not_applicable || **it != YesNo::NotApplicable);
        let items = offered.map(|it| Radio {
            conditional: (*it == YesNo::NotApplicable)
                .then(|| self.reason(asked, "Why does this not apply?", reason)),
            ..Radio::new(it.id(), it.label())
        });
        let by_id = |id: String| YesNo::ALL.into_iter().find(|it| it.id() == id);
        parts::radios(Radios {
            id: &field::of(&asked.place),
            legend: &asked.question.text,
            look: Legend::Medium,
            hint: asked.question.hint.as_deref(),
            error: self.missing_at(asked).filter(|_| choice.is_none()),
            inline: !not_applicable,
            items: items.collect(),
            chosen: choice.map(YesNo::id),
            on_choose: self.edit(asked, move |id| {
                Edit::YesNo(by_id(id).unwrap_or(YesNo::NotApplicable))
            }),
        })
    }

    fn one_of(
        &self,
        asked: &Asked,
        options: &[Alternative],
        choice: Option<&AlternativeId>,
    ) -> Html {
        let items = options.iter().map(|option| Radio {
            hint: option.hint.as_ref().map(|hint| html! { { hint } }),
            ..Radio::new(option.id.as_str(), &option.label)
        });
        parts::radios(Radios {
            id: &field::of(&asked.place),
            legend: &asked.question.text,
            look: Legend::Medium,
            hint: asked.question.hint.as_deref(),
            error: self.missing_at(asked),
            inline: false,
            items: items.collect(),
            chosen: choice.map(AlternativeId::as_str),
            on_choose: self.edit(asked, |id| Edit::OneOf(AlternativeId(id))),
        })
    }

    fn several_of(
        &self,
        asked: &Asked,
        options: &[Alternative],
        choices: &[AlternativeId],
    ) -> Html {
        let items = options.iter().map(|option| Tick {
            value: option.id.as_str(),
            label: &option.label,
            hint: option.hint.as_deref(),
            alone: option.exclusive,
            ticked: choices.contains(&option.id),
        });
        parts::checkboxes(Checkboxes {
            id: &field::of(&asked.place),
            legend: &asked.question.text,
            look: Legend::Medium,
            hint: asked.question.hint.as_deref(),
            error: self.missing_at(asked),
            items: items.collect(),
            on_tick: self.edit(asked, |(id, on)| Edit::Ticked(AlternativeId(id), on)),
        })
    }

    fn text(&self, asked: &Asked, lines: u8, text: &str) -> Html {
        let (id, question) = (field::of(&asked.place), asked.question);
        let on_input = self.edit(asked, Edit::Text);
        if lines == 1 {
            return parts::text_field(TextField {
                id: &id,
                label: &question.text,
                label_bold: true,
                hint: question.hint.as_deref(),
                value: text,
                error: self.missing_at(asked),
                on_input,
                on_blur: self.left(),
                ..TextField::default()
            });
        }
        parts::text_area(TextArea {
            id: &id,
            label: &question.text,
            label_bold: true,
            hint: question.hint.as_deref(),
            value: text,
            error: self.missing_at(asked),
            rows: Some(lines),
            on_input,
            on_blur: self.left(),
            ..TextArea::default()
        })
    }

    fn number(&self, asked: &Asked, kind: &NumberKind, number: &str) -> Html {
        parts::text_field(TextField {
            id: &field::of(&asked.place),
            label: &asked.question.text,
            label_bold: true,
            hint: asked.question.hint.as_deref(),
            value: number,
            error: self.missing_at(asked),
            width: Width::Characters(5),
            suffix: kind.unit.as_deref(),
            masked: false,
            inputmode: Some(if kind.decimals == 0 {
                "numeric"
            } else {
                "decimal"
            }),
            on_input: self.edit(asked, Edit::Number),
            on_blur: self.left(),
        })
    }

    /// Both ends of an interval, and how long it is: computed, and said as soon as both are given.
    fn interval(&self, asked: &Asked, kind: &TimeLimit, from: &str, to: &str) -> Html {
        let id = field::of(&asked.place);
        let length = match Measured::of(kind, from, to) {
            Ok(Some(measured)) => Some((measured.is_late() == Some(true), measured.to_string())),
            Ok(None) => None,
            Err(_) => Some((false, "Not yet known".to_owned())),
        };
        let result = format!("{id}-length");
        let content = html! {
            <>
                { end(kind.unit, &id, &kind.from, from, self.edit(asked, Edit::From)) }
                { end(kind.unit, &field::to(&asked.place), &kind.to, to, self.edit(asked, Edit::To)) }
                <output id={result} class={classes!("app-interval", length.as_ref().is_some_and(|it| it.0).then_some("app-interval--late"))}>
                    { length.map(|it| it.1).unwrap_or_default() }
                </output>
            </>
        };
        parts::group_of_fields(
            &id,
            &asked.question.text,
            asked.question.hint.as_deref(),
            self.missing_at(asked),
            content,
        )
    }
}

/// One end of an interval: a day; where hours are counted, with a time.
fn end(unit: Unit, id: &str, label: &str, value: &str, on_input: Callback<String>) -> Html {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    if unit != Unit::Hours {
        return parts::date_field(DateField {
            id,
            label,
            value: day,
            on_input,
            ..DateField::default()
        });
    }
    let (day, time) = (day.to_owned(), time.to_owned());
    let joined = |day: &str, time: &str| match (day, time) {
        ("", "") => String::new(),
        (day, time) => format!("{day}T{time}"),
    };
    let (with_time, with_day) = (time.clone(), day.clone());
    html! {
        <div class="app-moment">
            { parts::date_field(DateField {
                id,
                label: &format!("{label}: date"),
                value: &day,
                on_input: on_input.reform(move |day: String| joined(&day, &with_time)),
                ..DateField::default()
            }) }
            { parts::time_field(TimeField {
                id: &format!("{id}-time"),
                label: &format!("{label}: time"),
                value: &time,
                on_input: on_input.reform(move |time: String| joined(&with_day, &time)),
            }) }
        </div>
    }
}
