//! The forms of one's own that this browser keeps.

use super::{Form, FormsPage, Kept, Model, Own, file};
use crate::app::{Effect, Route};
use crate::form::edit;
use crate::store::Request;

impl Model {
    /// Takes what the store keeps. A form that it could not keep stays in memory.
    pub(super) fn forms_listed(&mut self, forms: Vec<(String, String)>) -> Vec<Effect> {
        let stage = &mut self.forms;
        stage.own.retain(|own| stage.unkept.contains(&own.name));
        for (name, text) in forms {
            if !stage.unkept.contains(&name) {
                let kept = serde_json::from_str(&text).ok();
                stage.own.push(Own { name, kept });
            }
        }
        let key = |own: &Own| {
            let form = own.kept.as_ref().map(|kept| &kept.form);
            let key = form.map(|form| (form.title.to_lowercase(), form.version.clone()));
            (key.is_none(), key, own.name.clone())
        };
        stage.own.sort_by_key(key);
        self.arrive_late()
    }

    /// A page that was opened before the forms were listed may find its form only now.
    fn arrive_late(&mut self) -> Vec<Effect> {
        if self.route == Route::Form {
            self.offer_newer_form()
        } else {
            Vec::new()
        }
    }

    /// Keeps a form: here, and in the store.
    ///
    /// # Errors
    /// It is too large.
    pub(super) fn keep_form(&mut self, kept: Kept) -> Result<(String, Effect), String> {
        let name = edit::store_name(&kept.form);
        let text = serde_json::to_string(&kept).map_err(|error| error.to_string())?;
        if text.len() > file::LARGEST {
            return Err(format!(
                "“{}” is larger than 1 MB, which is more than this browser keeps of one form. \
                 Shorten its texts.",
                kept.form.title
            ));
        }
        match self.forms.own.iter_mut().find(|own| own.name == name) {
            Some(own) => own.kept = Some(kept),
            None => self.forms.own.push(Own {
                name: name.clone(),
                kept: Some(kept),
            }),
        }
        self.forms.unkept.insert(name.clone());
        let request = Request::KeepForm {
            name: name.clone(),
            form: text,
        };
        Ok((name, Effect::AskStore(request)))
    }

    /// Gives the store once more what it has not confirmed.
    pub(in crate::app) fn keep_forms_again(&mut self) -> Vec<Effect> {
        let names: Vec<String> = self.forms.unkept.iter().cloned().collect();
        let kept = names
            .iter()
            .filter_map(|name| self.forms.own(name).cloned());
        let kept: Vec<Kept> = kept.collect();
        let again = kept
            .into_iter()
            .filter_map(|kept| self.keep_form(kept).ok());
        again.map(|(_, effect)| effect).collect()
    }

    /// From now on an own form changes only by a new version.
    pub(in crate::app) fn mark_used(&mut self, name: &str) -> Vec<Effect> {
        let Some(kept) = self.forms.own(name).filter(|kept| !kept.used) else {
            return Vec::new();
        };
        let kept = Kept {
            used: true,
            form: kept.form.clone(),
        };
        // It was kept before with the same size.
        self.keep_form(kept)
            .map(|(_, effect)| effect)
            .into_iter()
            .collect()
    }

    pub(super) fn remove_form(&mut self) -> Vec<Effect> {
        let Some(name) = self.forms.removing.take() else {
            return Vec::new();
        };
        self.forms.own.retain(|own| own.name != name);
        self.forms.unkept.remove(&name);
        if self.new_round.form == name {
            crate::form::built_in::CORE
                .id
                .clone_into(&mut self.new_round.form);
        }
        vec![
            Effect::AskStore(Request::RemoveForm { name }),
            Effect::Focus(crate::app::shelf::HEADING.to_owned()),
        ]
    }

    /// A copy of a form, to be changed.
    pub(super) fn copy_form(&mut self, name: &str) -> Vec<Effect> {
        let Some(form) = self.form_named(name).cloned() else {
            return Vec::new();
        };
        let id = self.forms.free_id(&form.id);
        let title = format!("{} (our own)", form.title);
        self.begin_form(Form {
            id,
            title,
            version: "1".to_owned(),
            ..form
        })
    }

    /// A form with one section and one question.
    pub(super) fn new_form(&mut self) -> Vec<Effect> {
        let form = edit::begun(self.forms.free_id("form"));
        self.begin_form(form)
    }

    fn begin_form(&mut self, form: Form) -> Vec<Effect> {
        match self.keep_form(Kept { used: false, form }) {
            Ok((name, effect)) => vec![
                effect,
                Effect::Navigate(Route::Forms(FormsPage::Edit(name))),
            ],
            Err(why) => self.forms_refuse(why),
        }
    }

    /// Goes to the page that changes a form. One that was used is left as it is: its newest draft
    /// goes on, or a new version is begun.
    pub(super) fn edit_form(&mut self, name: &str) -> Vec<Effect> {
        let Some(kept) = self.forms.own(name) else {
            return Vec::new();
        };
        if !kept.used {
            return vec![Effect::Navigate(Route::Forms(FormsPage::Edit(
                name.to_owned(),
            )))];
        }
        let form = kept.form.clone();
        let newer = |kept: &Kept| {
            kept.form.id == form.id
                && !kept.used
                && crate::form::change::is_newer(&kept.form.version, &form.version)
        };
        let draft = (self.forms.own.iter())
            .find(|own| own.kept.as_ref().is_some_and(newer))
            .map(|own| own.name.clone());
        if let Some(name) = draft {
            return vec![Effect::Navigate(Route::Forms(FormsPage::Edit(name)))];
        }
        let version = self.forms.free_version(&form);
        self.begin_form(Form { version, ..form })
    }
}
