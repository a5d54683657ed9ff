//! The store of the person's world: keeps in memory what it is given, and can be made to fail.

use sightline::app::Msg;
use sightline::seal::data_key::DataKey;
use sightline::seal::keyring::Slot;
use sightline::store::message::{Access, FormReply, Kept, Reply, Request};
use sightline::store::place::Fault;

use super::{About, Person};

impl Person {
    pub(super) fn ask_store(&mut self, request: Request) -> Vec<Msg> {
        let reply = match request {
            Request::List => self.list(),
            Request::Open { round, key, access } => {
                self.asked_of_store.push(access);
                self.read_round(round, key.as_ref(), access)
            }
            Request::Begin {
                round,
                made_up,
                opened_at,
                slots,
                key,
                lines,
            } => {
                self.lay_by(&round, made_up, opened_at, slots, key);
                self.append(round, 0, lines)
            }
            Request::Append { round, from, lines } => self.append(round, from, lines),
            Request::Remove { round } => {
                self.disk.remove(&round);
                Reply::Removed { round }
            }
            Request::SealPlain {
                round,
                made_up,
                opened_at,
                slots,
                key,
            } => {
                self.lay_by(&round, made_up, opened_at, slots, key.clone());
                self.read_round(round, Some(&key), Access::Write)
            }
            Request::SealAnew { round, slots, key } => {
                let before = self.about[&round].clone();
                self.lay_by(&round, before.made_up, before.opened_at, slots, key.clone());
                self.read_round(round, Some(&key), Access::Write)
            }
            Request::RemoveAll => {
                self.disk.clear();
                Reply::RemovedAll
            }
            Request::ListForms => {
                let forms = self.forms.clone().into_iter().collect();
                Reply::Form(FormReply::Listed(forms))
            }
            Request::KeepForm { name, form } => self.keep_form(name, Some(form)),
            Request::RemoveForm { name } => self.keep_form(name, None),
            Request::Close
            | Request::Recall { .. }
            | Request::Remember { .. }
            | Request::Forget { .. }
            | Request::Mirrored { .. } => return Vec::new(),
        };
        vec![Msg::StoreSaid(reply)]
    }

    /// Keeps a form on disk, or removes it.
    fn keep_form(&mut self, name: String, form: Option<String>) -> Reply {
        if let Some(why) = &self.disk_fails {
            return Reply::Form(FormReply::NotKept(why.clone()));
        }
        match form {
            Some(form) => self.forms.insert(name.clone(), form),
            None => self.forms.remove(&name),
        };
        Reply::Form(FormReply::Kept(name))
    }

    fn lay_by(
        &mut self,
        round: &str,
        made_up: bool,
        opened_at: i64,
        slots: Vec<Slot>,
        key: DataKey,
    ) {
        let about = About {
            made_up,
            opened_at,
            slots,
            key,
            plain: false,
            newer: false,
        };
        self.about.insert(round.to_owned(), about);
    }

    fn list(&self) -> Reply {
        if let Some(why) = &self.nothing_kept {
            return Reply::Unavailable(why.clone());
        }
        let kept = |(round, lines): (&String, &Vec<String>)| {
            let about = &self.about[round];
            let open = about.plain || about.slots.iter().any(Slot::is_open);
            Kept {
                round: round.clone(),
                opened_at: Some(about.opened_at).filter(|_| !about.plain),
                made_up: about.made_up,
                lines: lines.len(),
                slots: if about.newer {
                    Vec::new()
                } else {
                    about.slots.clone()
                },
                first: lines.first().cloned().filter(|_| open && !about.newer),
                plain: about.plain,
                newer: about.newer,
            }
        };
        Reply::Listed {
            rounds: self.disk.iter().map(kept).collect(),
            places: vec!["files".into(), "a database".into()],
            trouble: Vec::new(),
        }
    }

    fn read_round(&mut self, round: String, key: Option<&DataKey>, access: Access) -> Reply {
        if let Some(why) = &self.read_fails {
            return Reply::Refused(why.clone());
        }
        if self.about[&round].newer {
            return Reply::Refused(Fault::Newer.to_string());
        }
        assert_eq!(key, Some(&self.about[&round].key), "another key");
        self.other_tab &= access != Access::TakeOver;
        let lines = self.disk.get(&round).cloned().unwrap_or_default();
        Reply::Opened {
            round,
            writes: !self.other_tab && access != Access::Along,
            stored: if self.silent.is_some() {
                0
            } else {
                lines.len()
            },
            lines,
            adrift: self.adrift.clone(),
            head: String::new(),
            healed: 0,
            damaged: 0,
            trouble: self.silent.iter().cloned().collect(),
        }
    }

    fn append(&mut self, round: String, from: usize, lines: Vec<String>) -> Reply {
        let kept = self.disk.get(&round).map_or(0, Vec::len);
        if let Some(why) = &self.disk_fails {
            return Reply::NotStored {
                round,
                lines: kept,
                once: kept,
                why: why.clone(),
            };
        }
        let disk = self.disk.entry(round.clone()).or_default();
        assert!(from <= kept, "a line between was never sent");
        disk.extend(lines.into_iter().skip(kept - from));
        Reply::Stored {
            round,
            lines: disk.len(),
            head: String::new(),
        }
    }
}
