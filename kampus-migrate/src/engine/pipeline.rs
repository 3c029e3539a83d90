//! Reading, preparing and loading at the same time.
//!
//! ```text
//! reader ─▶ batches ─▶ workers (one a core) ─▶ in their order ─▶ the caller's thread, which writes
//! ```
//!
//! Batches are bounded in records and bytes, and so many of them are under way at once: memory does not grow with the
//! export. The order of records is kept, because what comes later may refer to what came before.

use std::num::NonZero;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Progress;
use super::error::MigrateError;
use super::source::{self, Input};
use crate::format::{Event, Yield};
use crate::record::LegacyBody;

/// Records in a batch.
const RECORDS: usize = 128;
/// Bytes of bodies that make a batch full before that.
const BYTES: usize = 1 << 20;
/// Batches under way for each worker.
const AHEAD: usize = 2;

/// What a batch holds: events as they were read, or as they were made ready.
struct Batch<T> {
    events: Vec<T>,
    /// How far the reader came meanwhile, for whoever waits.
    progress: Vec<Progress>,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { events: Vec::new(), progress: Vec::new() }
    }
}

/// A batch to be made ready, and where to it goes then.
type Job<T> = (Batch<Yield>, SyncSender<Batch<T>>);

/// Hands everything that a file holds to `visit`, in its order, after `prepare` has had it on another thread. Tells the
/// format it was read as and why reading stopped, if it did before the end.
pub(super) fn each<T: Send>(
    input: &Input<'_>,
    progress: &mut dyn FnMut(Progress),
    prepare: impl Fn(Yield) -> T + Sync,
    mut visit: impl FnMut(T) -> Result<(), MigrateError>,
) -> Result<(String, Option<String>), MigrateError> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let (to_workers, jobs) = mpsc::sync_channel::<Job<T>>(workers * AHEAD);
    let (to_writer, in_order) = mpsc::sync_channel::<Receiver<Batch<T>>>(workers * AHEAD);
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(input, &to_workers, &to_writer));
        for _ in 0..workers {
            scope.spawn(|| work(&jobs, &prepare));
        }
        let written = write(in_order, progress, &mut visit);
        // Whoever could not go on has let go of the channels: the others come to their end.
        let read = match reader.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        written.and(read)
    })
}

/// The reader's thread.
fn read<T: Send>(
    input: &Input<'_>,
    to_workers: &SyncSender<Job<T>>,
    to_writer: &SyncSender<Receiver<Batch<T>>>,
) -> Result<(String, Option<String>), MigrateError> {
    let batch = std::cell::RefCell::new(Batch::default());
    let send = || -> Result<(), MigrateError> {
        let full = batch.replace(Batch::default());
        let (to, ready) = mpsc::sync_channel(1);
        // A writer that failed says why; the reader just ends.
        to_writer.send(ready).map_err(|_| MigrateError::Stopped)?;
        to_workers.send((full, to)).map_err(|_| MigrateError::Stopped)
    };
    let mut bytes = 0;
    let told = source::each(input, &mut |told| batch.borrow_mut().progress.push(told), |event| {
        bytes += weight(&event);
        let full = {
            let mut batch = batch.borrow_mut();
            batch.events.push(event);
            batch.events.len() >= RECORDS || bytes >= BYTES
        };
        if full {
            bytes = 0;
            send()?;
        }
        Ok(())
    })?;
    send()?;
    Ok(told)
}

/// A worker's thread.
fn work<T>(jobs: &Mutex<Receiver<Job<T>>>, prepare: &impl Fn(Yield) -> T) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((batch, to)) = job else { return };
        let ready =
            Batch { events: batch.events.into_iter().map(prepare).collect(), progress: batch.progress };
        // A writer that failed wants no more.
        let _ = to.send(ready);
    }
}

/// The caller's thread.
fn write<T>(
    in_order: Receiver<Receiver<Batch<T>>>,
    progress: &mut dyn FnMut(Progress),
    visit: &mut impl FnMut(T) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    for ready in in_order {
        let batch = ready.recv().map_err(|_| MigrateError::Stopped)?;
        for event in batch.events {
            visit(event)?;
        }
        batch.progress.into_iter().for_each(&mut *progress);
    }
    Ok(())
}

/// About how many bytes an event holds.
fn weight(event: &Yield) -> usize {
    match event {
        Ok(Event::Record(record)) => match &record.body {
            LegacyBody::Page(page) => page.body.len(),
            LegacyBody::Comment(comment) => comment.body.len(),
            _ => 0,
        },
        _ => 0,
    }
}
