//! The browser's origin-private file system as a place: a file for each segment.
//!
//! The file of the segment that this worker writes stays open. Others are opened for as long as they
//! are written, and read without being opened, so that no page is in another's way.

use std::cell::RefCell;

use js_sys::{AsyncIterator, Reflect, Uint8Array};
use sightline::store::place::{Fault, Place};
use sightline::store::segment::Segment;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, FileSystemDirectoryHandle, FileSystemFileHandle,
    FileSystemGetDirectoryOptions, FileSystemGetFileOptions, FileSystemReadWriteOptions,
    FileSystemSyncAccessHandle,
};

use crate::js::{fault, number};

const ENDING: &str = ".seg";

/// How often a file is looked at that changes while it is read.
const LOOKS: usize = 5;

/// A folder.
pub(crate) struct Opfs {
    name: &'static str,
    folder: RefCell<FileSystemDirectoryHandle>,
    /// The segment that this worker writes.
    own: RefCell<Option<(Segment, Handle)>>,
}

impl Opfs {
    /// Opens the folder of that name, making it if need be.
    ///
    /// # Errors
    /// Why there is none: `http://`, a private window of some browsers.
    pub(crate) async fn open(name: &'static str) -> Result<Self, Fault> {
        Ok(Self {
            name,
            folder: RefCell::new(folder(name).await?),
            own: RefCell::default(),
        })
    }

    fn folder(&self) -> FileSystemDirectoryHandle {
        self.folder.borrow().clone()
    }

    /// The names of all files, in order.
    pub(crate) async fn names(&self) -> Result<Vec<String>, Fault> {
        let mut names = Vec::new();
        let iterator: AsyncIterator = self.folder().keys().unchecked_into();
        loop {
            let next = iterator.next().map_err(|error| fault(&error))?;
            let next = wait(next).await?;
            let value = Reflect::get(&next, &"value".into()).unwrap_or_default();
            let Some(name) = value.as_string() else { break };
            names.push(name);
        }
        names.sort();
        Ok(names)
    }

    /// All bytes of a file; none, if it is not there.
    pub(crate) async fn bytes(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let file = match wait(self.folder().get_file_handle(name)).await {
            Err(Fault::Gone) => return Ok(Vec::new()),
            file => file?.unchecked_into::<FileSystemFileHandle>(),
        };
        // A file that another page writes meanwhile is another file: look again.
        let mut read = snapshot(&file).await;
        for _ in 1..LOOKS {
            if read.is_ok() {
                break;
            }
            read = snapshot(&file).await;
        }
        read
    }

    /// Writes a whole file anew.
    pub(crate) async fn overwrite(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.handle(name).await?.write(0, bytes)
    }

    /// Removes a file; one that is not there is removed.
    pub(crate) async fn remove_file(&self, name: &str) -> Result<(), Fault> {
        match wait(self.folder().remove_entry(name)).await {
            Ok(_) | Err(Fault::Gone) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// Opens a file for writing, making it if need be; and its folder, should somebody have removed that.
    async fn handle(&self, name: &str) -> Result<Handle, Fault> {
        match open_file(&self.folder(), name).await {
            Err(Fault::Gone) => {
                self.folder.replace(folder(self.name).await?);
                open_file(&self.folder(), name).await
            }
            handle => handle,
        }
    }

    /// Does something with the segment's file, if it is the one that is open here.
    fn with_own<T>(&self, segment: &Segment, work: impl FnOnce(&Handle) -> T) -> Option<T> {
        let own = self.own.borrow();
        let (_, handle) = own.as_ref().filter(|(own, _)| own == segment)?;
        Some(work(handle))
    }
}

impl Place for Opfs {
    fn name(&self) -> &'static str {
        "private files"
    }

    async fn list(&self) -> Result<Vec<Segment>, Fault> {
        Ok(self
            .names()
            .await?
            .iter()
            .filter_map(|name| segment(name))
            .collect())
    }

    async fn newest(&self, round: &str) -> Result<Option<u64>, Fault> {
        let segments = self.list().await?;
        let of_round = segments.iter().filter(|segment| segment.round == round);
        Ok(of_round.map(|segment| segment.epoch).max())
    }

    async fn read(&self, segment: &Segment) -> Result<Vec<u8>, Fault> {
        match self.with_own(segment, Handle::read) {
            Some(bytes) => bytes,
            None => self.bytes(&file_name(segment)).await,
        }
    }

    async fn claim(&self, segment: &Segment, bytes: &[u8]) -> Result<(), Fault> {
        self.own.replace(None); // Closes the file that was open before.
        let handle = self.handle(&file_name(segment)).await?;
        if handle.size()? > 0.0 {
            return Err(Fault::Taken);
        }
        handle.write(0, bytes)?;
        self.own.replace(Some((segment.clone(), handle)));
        Ok(())
    }

    async fn write(&self, segment: &Segment, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        match self.with_own(segment, |handle| handle.write(offset, bytes)) {
            Some(written) => written,
            None => self.handle(&file_name(segment)).await?.write(offset, bytes),
        }
    }

    async fn remove(&self, segment: &Segment) -> Result<(), Fault> {
        self.own.borrow_mut().take_if(|(own, _)| own == segment);
        self.remove_file(&file_name(segment)).await
    }

    async fn reopen(&self) -> Result<(), Fault> {
        self.own.replace(None);
        Ok(())
    }
}

/// The folder of that name, made if need be.
async fn folder(name: &str) -> Result<FileSystemDirectoryHandle, Fault> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let storage = Reflect::get(&scope.navigator(), &"storage".into()).unwrap_or_default();
    if storage.is_undefined() {
        return Err(Fault::Unknown("no file system".to_owned()));
    }
    let storage: web_sys::StorageManager = storage.unchecked_into();
    let root: FileSystemDirectoryHandle = wait(storage.get_directory()).await?.unchecked_into();
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(true);
    let folder = wait(root.get_directory_handle_with_options(name, &options)).await?;
    Ok(folder.unchecked_into())
}

async fn open_file(folder: &FileSystemDirectoryHandle, name: &str) -> Result<Handle, Fault> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let file = wait(folder.get_file_handle_with_options(name, &options)).await?;
    let file: FileSystemFileHandle = file.unchecked_into();
    let access = wait(file.create_sync_access_handle()).await?;
    Ok(Handle(access.unchecked_into()))
}

async fn snapshot(file: &FileSystemFileHandle) -> Result<Vec<u8>, Fault> {
    let blob: Blob = wait(file.get_file()).await?.unchecked_into();
    let buffer = wait(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn file_name(segment: &Segment) -> String {
    format!("{segment}{ENDING}")
}

fn segment(name: &str) -> Option<Segment> {
    let (round, epoch) = name.strip_suffix(ENDING)?.rsplit_once('.')?;
    Some(Segment {
        round: round.to_owned(),
        epoch: epoch.parse().ok()?,
    })
}

async fn wait(promise: js_sys::Promise) -> Result<JsValue, Fault> {
    JsFuture::from(promise).await.map_err(|error| fault(&error))
}

/// A file that is open, shut to all other writers until it is dropped.
struct Handle(FileSystemSyncAccessHandle);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Handle {
    fn size(&self) -> Result<f64, Fault> {
        self.0.get_size().map_err(|error| fault(&error))
    }

    fn read(&self) -> Result<Vec<u8>, Fault> {
        let size = self.size()?;
        let buffer = Uint8Array::new(&size.into());
        let read = self.0.read_with_buffer_source_and_options(&buffer, &at(0));
        if read.map_err(|error| fault(&error))? < size {
            return Err(Fault::Short);
        }
        Ok(buffer.to_vec())
    }

    /// Writes at an offset, drops what stood behind, and has it flushed.
    fn write(&self, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        let (from, size) = (size(offset), self.size()?);
        if size < from {
            return Err(Fault::Gone);
        }
        if size > from {
            self.0
                .truncate_with_f64(from)
                .map_err(|error| fault(&error))?;
        }
        let buffer = Uint8Array::from(bytes);
        let written = self
            .0
            .write_with_buffer_source_and_options(&buffer, &at(offset));
        if written.map_err(|error| fault(&error))? < f64::from(buffer.length()) {
            return Err(Fault::Short);
        }
        self.0.flush().map_err(|error| fault(&error))
    }
}

fn at(offset: usize) -> FileSystemReadWriteOptions {
    let options = FileSystemReadWriteOptions::new();
    options.set_at(size(offset));
    options
}

fn size(bytes: usize) -> f64 {
    number(u64::try_from(bytes).unwrap_or(u64::MAX))
}
