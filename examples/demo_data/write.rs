//! Lists into the bytes of files. The same lists give the same bytes: no file bears a time.

pub(crate) mod csv;
pub(crate) mod ods;
pub(crate) mod xlsx;
