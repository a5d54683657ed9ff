//! The browser's origin-private file system: a folder with a journal for each round.

use js_sys::{AsyncIterator, Reflect, Uint8Array};
use sightline::journal::record;
use sightline::store::{Disk, Remembered};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, FileSystemDirectoryHandle, FileSystemFileHandle,
    FileSystemGetDirectoryOptions, FileSystemGetFileOptions, FileSystemReadWriteOptions,
    FileSystemSyncAccessHandle,
};

const FOLDER: &str = "sightline";
const ENDING: &str = ".journal";
const ASIDE: &str = ".aside";
const CURRENT: &str = "current";
const REMEMBERED: &str = "remembered";

/// How much of a journal is read for its first line, in bytes.
const FIRST: i32 = 1 << 20;

/// The folder of journals.
pub(crate) struct Rounds(FileSystemDirectoryHandle);

impl Rounds {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// Why the browser keeps nothing for this page.
    pub(crate) async fn open() -> Result<Self, String> {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let storage = Reflect::get(&scope.navigator(), &"storage".into()).unwrap_or_default();
        if storage.is_undefined() || !scope.is_secure_context() {
            return Err(
                "This page's address begins with http://, and browsers keep files only for \
                        pages that begin with https://. Work goes on in memory only: it is lost \
                        when this page is closed. Ask IT to serve Sightline over https."
                    .to_owned(),
            );
        }
        let storage: web_sys::StorageManager = storage.unchecked_into();
        let root = JsFuture::from(storage.get_directory()).await.map_err(|error| {
            format!(
                "This browser keeps nothing for this page, as in a private window. Work goes on \
                 in memory only: it is lost when this page is closed. ({})",
                name(&error)
            )
        })?;
        let root: FileSystemDirectoryHandle = root.unchecked_into();
        let options = FileSystemGetDirectoryOptions::new();
        options.set_create(true);
        let folder = JsFuture::from(root.get_directory_handle_with_options(FOLDER, &options));
        Ok(Self(
            folder
                .await
                .map_err(|error| refused(&error))?
                .unchecked_into(),
        ))
    }

    /// Opens a round's journal for reading and appending; no second tab can until it is dropped.
    pub(crate) async fn journal(&self, round: &str) -> Result<Handle, String> {
        self.handle(&format!("{round}{ENDING}"), false).await
    }

    /// As [`Rounds::journal`], making it if there is none.
    pub(crate) async fn new_journal(&self, round: &str) -> Result<Handle, String> {
        self.handle(&format!("{round}{ENDING}"), true).await
    }

    /// Keeps what could not be read of a journal in a file of its own, before it is overwritten.
    pub(crate) async fn set_aside(&self, round: &str, rest: &[u8]) -> Result<(), String> {
        if rest.is_empty() {
            return Ok(());
        }
        self.overwrite(&format!("{round}-{}{ASIDE}", rest.len()), rest)
            .await
    }

    /// What is remembered for lists, by shape.
    pub(crate) async fn remembered(&self) -> Remembered {
        let bytes = self.bytes(REMEMBERED).await.unwrap_or_default();
        Remembered::parse(&String::from_utf8_lossy(&bytes))
    }

    /// Keeps what is remembered for lists.
    ///
    /// # Errors
    /// What the disk said.
    pub(crate) async fn keep_remembered(&self, all: &Remembered) -> Result<(), String> {
        self.overwrite(REMEMBERED, all.text().as_bytes()).await
    }

    async fn overwrite(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let mut file = self.handle(name, true).await?;
        file.truncate(0)?;
        file.write(0, bytes)?;
        file.flush()
    }

    /// Each round with its journal's first line, empty where that cannot be read.
    pub(crate) async fn first_lines(&self) -> Result<Vec<(String, String)>, String> {
        let mut rounds = Vec::new();
        for name in self.names().await? {
            if let Some(round) = name.strip_suffix(ENDING) {
                let line = self.first_line(&name).await.unwrap_or_default();
                rounds.push((round.to_owned(), line));
            }
        }
        Ok(rounds)
    }

    /// The names of all files, in order.
    async fn names(&self) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        let iterator: AsyncIterator = self.0.keys().unchecked_into();
        loop {
            let next = iterator.next().map_err(|error| refused(&error))?;
            let next = JsFuture::from(next)
                .await
                .map_err(|error| refused(&error))?;
            let value = Reflect::get(&next, &"value".into()).unwrap_or_default();
            let Some(name) = value.as_string() else { break };
            names.push(name);
        }
        names.sort();
        Ok(names)
    }

    async fn first_line(&self, name: &str) -> Option<String> {
        let bytes = self.bytes(name).await?;
        let first = *record::read(&bytes).payloads.first()?;
        String::from_utf8(first.to_vec()).ok()
    }

    /// The first bytes of a file, read without opening it for writing.
    async fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let file = JsFuture::from(self.0.get_file_handle(name)).await.ok()?;
        let file: FileSystemFileHandle = file.unchecked_into();
        let blob: Blob = JsFuture::from(file.get_file()).await.ok()?.unchecked_into();
        let start = blob.slice_with_i32_and_i32(0, FIRST).ok()?;
        let buffer = JsFuture::from(start.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }

    /// The round last worked on, if it is still there.
    pub(crate) async fn current(&self) -> Option<String> {
        let round = String::from_utf8(self.bytes(CURRENT).await?).ok()?;
        let journal = format!("{round}{ENDING}");
        JsFuture::from(self.0.get_file_handle(&journal))
            .await
            .ok()?;
        Some(round)
    }

    /// Remembers the round last worked on. Where another tab is just writing it, that one wins.
    pub(crate) async fn set_current(&self, round: &str) {
        // Nothing that is written in a round depends on it.
        let _ = self.overwrite(CURRENT, round.as_bytes()).await;
    }

    /// Removes a round, with what was set aside of it.
    pub(crate) async fn remove(&self, round: &str) -> Result<(), String> {
        self.remove_file(&format!("{round}{ENDING}")).await?;
        let aside = format!("{round}-");
        for name in self
            .names()
            .await?
            .iter()
            .filter(|name| name.starts_with(&aside))
        {
            self.remove_file(name).await?;
        }
        Ok(())
    }

    async fn remove_file(&self, name: &str) -> Result<(), String> {
        let removed = JsFuture::from(self.0.remove_entry(name)).await;
        removed.map(|_| ()).map_err(|error| refused(&error))
    }

    async fn handle(&self, name: &str, create: bool) -> Result<Handle, String> {
        let options = FileSystemGetFileOptions::new();
        options.set_create(create);
        let file = JsFuture::from(self.0.get_file_handle_with_options(name, &options)).await;
        let file: FileSystemFileHandle = file.map_err(|error| refused(&error))?.unchecked_into();
        let access = JsFuture::from(file.create_sync_access_handle()).await;
        Ok(Handle(
            access.map_err(|error| refused(&error))?.unchecked_into(),
        ))
    }
}

/// A file that is open, shut to all others until it is dropped.
#[derive(Debug)]
pub(crate) struct Handle(FileSystemSyncAccessHandle);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Disk for Handle {
    fn read(&mut self) -> Result<Vec<u8>, String> {
        let size = self.0.get_size().map_err(|error| refused(&error))?;
        let buffer = Uint8Array::new(&size.into());
        let options = at(0);
        let read = self
            .0
            .read_with_buffer_source_and_options(&buffer, &options);
        let read = read.map_err(|error| refused(&error))?;
        if read < size {
            return Err("The browser gave only part of the journal. Try again.".to_owned());
        }
        Ok(buffer.to_vec())
    }

    fn write(&mut self, offset: usize, bytes: &[u8]) -> Result<(), String> {
        let buffer = Uint8Array::from(bytes);
        let written = self
            .0
            .write_with_buffer_source_and_options(&buffer, &at(offset));
        let written = written.map_err(|error| refused(&error))?;
        if written < f64::from(buffer.length()) {
            return Err("The disk is full: not all of it could be written.".to_owned());
        }
        Ok(())
    }

    fn truncate(&mut self, length: usize) -> Result<(), String> {
        self.0
            .truncate_with_f64(float(length))
            .map_err(|error| refused(&error))
    }

    fn flush(&mut self) -> Result<(), String> {
        self.0.flush().map_err(|error| refused(&error))
    }
}

fn at(offset: usize) -> FileSystemReadWriteOptions {
    let options = FileSystemReadWriteOptions::new();
    options.set_at(float(offset));
    options
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a file's size is far below the 2^53 that a browser's numbers hold exactly"
)]
fn float(size: usize) -> f64 {
    size as f64
}

/// What a browser's refusal means for the person.
fn refused(error: &JsValue) -> String {
    match name(error).as_str() {
        "NoModificationAllowedError" | "InvalidStateError" => {
            "This round is open in another tab or window. Close it there, then try again here."
                .to_owned()
        }
        "QuotaExceededError" => {
            "The disk is full, or the browser's share of it. Free some space on this computer, \
             then try again."
                .to_owned()
        }
        "NotFoundError" => "The round is no longer in this browser.".to_owned(),
        other => format!("The browser could not keep the work. ({other})"),
    }
}

/// The name of a browser's error.
fn name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_else(|| "unknown error".to_owned())
}
