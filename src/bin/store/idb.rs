//! `IndexedDB` as a place: a row for each write, by round, epoch and offset.
//!
//! Every write is one transaction of strict durability, done once it says `complete`: at quota the
//! request succeeds, and the transaction is aborted all the same. After a disk error the browser
//! closes the connection; it is opened anew when it is next needed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use sightline::store::place::{Fault, Place};
use sightline::store::segment::Segment;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DedicatedWorkerGlobalScope, DomException, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest,
    IdbTransaction,
};

use crate::js::{call, fault, number};

/// The store of rows.
const ROWS: &str = "chunks";

/// A database.
pub(crate) struct Idb {
    name: &'static str,
    database: RefCell<IdbDatabase>,
    closed: Rc<Cell<bool>>,
}

impl Idb {
    /// Opens the database of that name, making it if need be.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) async fn open(name: &'static str) -> Result<Self, Fault> {
        let closed = Rc::new(Cell::new(false));
        let database = RefCell::new(connect(name, &closed).await?);
        Ok(Self {
            name,
            database,
            closed,
        })
    }

    /// Begins a transaction; gives it with its rows.
    fn begin(&self, mode: &str) -> Result<(IdbTransaction, IdbObjectStore), Fault> {
        if self.closed.get() {
            return Err(Fault::Closed);
        }
        let options = Object::new();
        let database = self.database.borrow();
        let begun = Reflect::set(&options, &"durability".into(), &"strict".into())
            .and_then(|_| {
                call(
                    &database,
                    "transaction",
                    &[ROWS.into(), mode.into(), options.into()],
                )
            })
            .map(JsCast::unchecked_into::<IdbTransaction>);
        let transaction = begun.map_err(|error| fault(&error))?;
        let rows = transaction
            .object_store(ROWS)
            .map_err(|error| fault(&error))?;
        Ok((transaction, rows))
    }

    /// The keys of rows in a range.
    async fn keys(&self, range: &JsValue) -> Result<Vec<Array>, Fault> {
        let (_, rows) = self.begin("readonly")?;
        let keys = rows
            .get_all_keys_with_key(range)
            .map_err(|error| fault(&error))?;
        let keys = Array::from(&done(&keys).await?);
        Ok(keys.iter().map(JsCast::unchecked_into).collect())
    }
}

impl Place for Idb {
    fn name(&self) -> &'static str {
        "IndexedDB"
    }

    async fn list(&self) -> Result<Vec<Segment>, Fault> {
        let keys = self.keys(&JsValue::UNDEFINED).await?;
        let mut segments: Vec<Segment> = keys.iter().filter_map(segment).collect();
        segments.dedup();
        Ok(segments)
    }

    async fn newest(&self, round: &str) -> Result<Option<u64>, Fault> {
        // Asked at every append: the last key alone, of as many rows as there have been writes.
        let range = range(&[round.into()], &[round.into(), Array::new().into()])?;
        let (_, rows) = self.begin("readonly")?;
        let last = last_key(&rows, range).await?;
        Ok(last
            .as_ref()
            .and_then(self::segment)
            .map(|segment| segment.epoch))
    }

    async fn read(&self, segment: &Segment) -> Result<Vec<u8>, Fault> {
        let (_, rows) = self.begin("readonly")?;
        let all = rows.get_all_with_key(&rows_from(segment, 0)?);
        let all = done(&all.map_err(|error| fault(&error))?).await?;
        let parts = Array::from(&all);
        Ok(parts
            .iter()
            .flat_map(|part| Uint8Array::new(&part).to_vec())
            .collect())
    }

    async fn claim(&self, segment: &Segment, bytes: &[u8]) -> Result<(), Fault> {
        let (transaction, rows) = self.begin("readwrite")?;
        let end = ended(&transaction);
        let added = rows.add_with_key(&Uint8Array::from(bytes), &key(segment, 0));
        added.map_err(|error| fault(&error))?;
        committed(&transaction, end).await
    }

    async fn write(&self, segment: &Segment, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        let (transaction, rows) = self.begin("readwrite")?;
        let end = ended(&transaction);
        if offset > 0 {
            cut(&rows, segment, offset).await?;
        }
        let behind = rows_from(segment, offset)?;
        rows.delete(&behind).map_err(|error| fault(&error))?;
        let put = rows.put_with_key(&Uint8Array::from(bytes), &key(segment, offset));
        put.map_err(|error| fault(&error))?;
        committed(&transaction, end).await
    }

    async fn remove(&self, segment: &Segment) -> Result<(), Fault> {
        let (transaction, rows) = self.begin("readwrite")?;
        let end = ended(&transaction);
        let removed = rows.delete(&rows_from(segment, 0)?);
        removed.map_err(|error| fault(&error))?;
        committed(&transaction, end).await
    }

    async fn reopen(&self) -> Result<(), Fault> {
        let database = connect(self.name, &self.closed).await?;
        self.database.replace(database).close();
        self.closed.set(false);
        Ok(())
    }
}

/// Cuts the row before an offset to where the offset is. [`Fault::Gone`] if it does not reach there.
async fn cut(rows: &IdbObjectStore, segment: &Segment, offset: usize) -> Result<(), Fault> {
    let (first, end) = (key(segment, 0), key(segment, offset));
    let before = IdbKeyRange::bound_with_lower_open_and_upper_open(&first, &end, false, true);
    let before = before.map_err(|error| fault(&error))?;
    let last = last_key(rows, before.into()).await?.ok_or(Fault::Gone)?;
    let row = rows.get(&last).map_err(|error| fault(&error))?;
    let row = Uint8Array::new(&done(&row).await?).to_vec();
    let at: usize = last
        .get(2)
        .as_f64()
        .and_then(|at| at.to_string().parse().ok())
        .ok_or(Fault::Gone)?;
    let here = row.get(..offset - at).ok_or(Fault::Gone)?;
    if here.len() < row.len() {
        let put = rows.put_with_key(&Uint8Array::from(here), &last);
        put.map_err(|error| fault(&error))?;
    }
    Ok(())
}

/// The last key in a range.
async fn last_key(rows: &IdbObjectStore, range: JsValue) -> Result<Option<Array>, Fault> {
    let request = call(rows, "openKeyCursor", &[range, "prev".into()]);
    let request = request.map_err(|error| fault(&error))?;
    let cursor = done(&request.unchecked_into()).await?;
    if cursor.is_null() {
        return Ok(None);
    }
    let key = Reflect::get(&cursor, &"key".into()).map_err(|error| fault(&error))?;
    Ok(Some(key.unchecked_into()))
}

/// Opens the database, and has `closed` set when the browser closes it.
async fn connect(name: &str, closed: &Rc<Cell<bool>>) -> Result<IdbDatabase, Fault> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let factory = scope.indexed_db().ok().flatten();
    let factory = factory.ok_or_else(|| Fault::Unknown("no IndexedDB".to_owned()))?;
    let request = factory
        .open_with_u32(name, 1)
        .map_err(|error| fault(&error))?;
    let opening = request.clone();
    let make = Closure::<dyn FnMut()>::new(move || {
        if let Ok(database) = opening.result() {
            // There is one already, or none can be made, which the first transaction says.
            let _ = database
                .unchecked_into::<IdbDatabase>()
                .create_object_store(ROWS);
        }
    });
    request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    let database: IdbDatabase = done(&request).await?.unchecked_into();
    let (closed, going) = (closed.clone(), closed.clone());
    let heard = Closure::<dyn FnMut()>::new(move || closed.set(true));
    database.set_onclose(Some(heard.as_ref().unchecked_ref()));
    heard.forget(); // As long as the connection, of which there are few.
    // Where somebody deletes the database, this page is not in the way: it opens it anew and heals it.
    let in_the_way = database.clone();
    let asked = Closure::<dyn FnMut()>::new(move || {
        going.set(true);
        in_the_way.close();
    });
    database.set_onversionchange(Some(asked.as_ref().unchecked_ref()));
    asked.forget();
    Ok(database)
}

/// A request's result, once it is there.
async fn done(request: &IdbRequest) -> Result<JsValue, Fault> {
    let waiting = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(waiting).await {
        Ok(_) => request.result().map_err(|error| fault(&error)),
        Err(_) => Err(why(request.error().ok().flatten())),
    }
}

/// A promise of a transaction's end, kept in either case: one that nobody waits for any more must not
/// count as a fault of the worker.
fn ended(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve: Function, _| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&resolve));
    })
}

/// Waits until all of a transaction is on disk.
async fn committed(transaction: &IdbTransaction, end: Promise) -> Result<(), Fault> {
    let event = JsFuture::from(end).await.map_err(|error| fault(&error))?;
    let how = Reflect::get(&event, &"type".into()).unwrap_or_default();
    if how == "complete" {
        Ok(())
    } else {
        Err(why(transaction.error()))
    }
}

fn why(error: Option<DomException>) -> Fault {
    error.map_or(Fault::Aborted, |error| fault(&error))
}

/// The key of a row.
fn key(segment: &Segment, offset: usize) -> JsValue {
    let offset = u64::try_from(offset).unwrap_or(u64::MAX);
    Array::of3(
        &segment.round.as_str().into(),
        &number(segment.epoch).into(),
        &number(offset).into(),
    )
    .into()
}

/// A segment's rows from an offset on.
fn rows_from(segment: &Segment, offset: usize) -> Result<JsValue, Fault> {
    let bound = IdbKeyRange::bound(&key(segment, offset), &key(segment, usize::MAX));
    bound.map(JsValue::from).map_err(|error| fault(&error))
}

/// Keys from one to another. An array comes after every number and text.
fn range(from: &[JsValue], to: &[JsValue]) -> Result<JsValue, Fault> {
    let array = |parts: &[JsValue]| JsValue::from(parts.iter().collect::<Array>());
    let bound = IdbKeyRange::bound(&array(from), &array(to));
    bound.map(JsValue::from).map_err(|error| fault(&error))
}

/// The segment that a row's key names.
fn segment(key: &Array) -> Option<Segment> {
    let epoch = key.get(1).as_f64()?;
    Some(Segment {
        round: key.get(0).as_string()?,
        epoch: epoch.to_string().parse().ok()?,
    })
}
