//! Forms as files: reading one, looking at it before it is used, and writing one.

use super::{Form, Kept, Model, Stage, Wanted};
use crate::app::{Effect, FileKey, Route};
use crate::clerk::form::{FileKind, Request};
use crate::form::{built_in, edit};
use crate::table::Problem;
use crate::xlsform::Imported;

/// The id of the field for a file.
pub const FILE_FIELD: &str = "form-file";

/// The longest form that this browser keeps, in bytes of its JSON.
pub(super) const LARGEST: usize = 1 << 20;

/// Reading a form from a file.
#[derive(Debug, Default, PartialEq)]
pub enum Import {
    /// No file was chosen.
    #[default]
    Nothing,
    /// The file of that name is being read.
    Reading(String),
    /// It was read, and is looked at before it is kept.
    Read {
        /// The form, as it will be kept, and what was left out of it.
        imported: Box<Imported>,
        /// What was changed, so that it is not taken for another form.
        renamed: Option<String>,
    },
    /// No form can be made of the file of that name.
    Malformed(String, Vec<Problem>),
    /// The file could not be read; why.
    Refused(String),
}

impl Model {
    pub(super) fn read_form(&mut self, key: FileKey, name: String) -> Vec<Effect> {
        self.forms.import = Import::Reading(name.clone());
        let request = Request::Read(name.clone());
        vec![self.ask_form(request, Some(key), Wanted::Import(name))]
    }

    pub(super) fn form_read(&mut self, mut imported: Imported) -> Vec<Effect> {
        let renamed = self.forms.make_room(&mut imported.form);
        self.forms.import = Import::Read {
            imported: Box::new(imported),
            renamed,
        };
        vec![Effect::Focus("form-read".to_owned())]
    }

    pub(super) fn keep_imported(&mut self) -> Vec<Effect> {
        let Import::Read { imported, .. } = std::mem::take(&mut self.forms.import) else {
            return Vec::new(); // The second of two clicks.
        };
        let kept = Kept {
            used: false,
            form: imported.form,
        };
        match self.keep_form(kept) {
            Ok((name, effect)) => {
                let show = Route::Forms(super::FormsPage::Show(name));
                vec![effect, Effect::Navigate(show)]
            }
            Err(why) => self.forms_refuse(why),
        }
    }

    /// Writes a form as a file. An own form that leaves counts as used: somebody may use that file.
    pub(super) fn export_form(&mut self, name: &str, kind: FileKind) -> Vec<Effect> {
        let Some(form) = self.form_named(name).cloned() else {
            return Vec::new();
        };
        let file = format!(
            "sightline-form-{}-{}.{}",
            edit::fit(&form.id),
            edit::fit(&form.version),
            kind.ending()
        );
        let mut effects = self.mark_used(name);
        let request = Request::Write(Box::new(form), kind);
        effects.push(self.ask_form(request, None, Wanted::Export(file)));
        effects
    }
}

impl Stage {
    /// Sees to it that a form from a file is taken for no other: for no built-in one, and for none
    /// that is kept here. Says what was changed.
    fn make_room(&self, form: &mut Form) -> Option<String> {
        if built_in::base(&form.id).is_some() {
            let id = form.id.clone();
            form.id = self.free_id(&id);
            return Some(format!(
                "Its id “{id}” is that of a form that comes with Sightline. It is kept as “{}”, so \
                 that the two are not taken for one another.",
                form.id
            ));
        }
        let kept = self.own(&edit::store_name(form))?;
        if kept.form == *form {
            return Some("This browser holds this very form already.".to_owned());
        }
        let version = form.version.clone();
        form.version = self.free_version(form);
        Some(format!(
            "This browser holds version {version} of this form already, and it differs. This one is \
             kept as version {}.",
            form.version
        ))
    }

    /// An id for a form made from that one.
    pub(super) fn free_id(&self, id: &str) -> String {
        let taken = |id: &str| {
            built_in::base(id).is_some()
                || (self.own.iter().filter_map(|own| own.kept.as_ref()))
                    .any(|kept| kept.form.id == id)
        };
        edit::free(&format!("{id}-own"), taken)
    }

    /// The next version of a form that is not kept yet.
    pub(super) fn free_version(&self, form: &Form) -> String {
        let mut next = form.clone();
        loop {
            next.version = edit::next_version(&next.version);
            if self.own(&edit::store_name(&next)).is_none() {
                return next.version;
            }
        }
    }
}
