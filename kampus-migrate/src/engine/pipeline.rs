//! Work on many things at the same time, in their order.
//!
//! ```text
//! producer ─▶ batches ─▶ workers (one a core) ─▶ in their order ─▶ the caller's thread, which writes
//! ```
//!
//! Batches are bounded in number and bytes, and so many of them are under way at once: memory does not grow with an
//! export. The order is kept, because what comes later may refer to what came before.

use std::cell::RefCell;
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Progress;
use super::error::MigrateError;
use super::source::{self, Input};
use crate::format::{Event, Yield};
use crate::record::LegacyBody;

/// Things in a batch.
const MOST: usize = 128;
/// Bytes that make a batch full before that.
const BYTES: usize = 1 << 20;
/// Batches under way for each worker.
const AHEAD: usize = 2;

/// A batch to be made ready, and where to it goes then.
type Job<I, T> = (Vec<I>, SyncSender<Vec<T>>);

/// Takes things from a producer, with the bytes that each of them holds.
pub(super) type Sink<'a, I> = dyn FnMut(I, usize) -> Result<(), MigrateError> + 'a;

/// Hands everything that `produce` yields to `visit`, in its order, after `prepare` has had it on another thread.
pub(super) fn ordered<I: Send, T: Send, R: Send>(
    produce: impl FnOnce(&mut Sink<'_, I>) -> Result<R, MigrateError> + Send,
    prepare: impl Fn(I) -> T + Sync,
    mut visit: impl FnMut(T) -> Result<(), MigrateError>,
) -> Result<R, MigrateError> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let (to_workers, jobs) = mpsc::sync_channel::<Job<I, T>>(workers * AHEAD);
    let (to_writer, in_order) = mpsc::sync_channel::<Receiver<Vec<T>>>(workers * AHEAD);
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut batches = Filling { batch: Vec::new(), bytes: 0, to_workers, to_writer };
            let produced = produce(&mut |thing, bytes| batches.add(thing, bytes))?;
            batches.send()?;
            Ok(produced)
        });
        for _ in 0..workers {
            scope.spawn(|| work(&jobs, &prepare));
        }
        let written = write(in_order, &mut visit);
        // Whoever could not go on has let go of the channels: the others come to their end.
        let made = match reader.join() {
            Ok(made) => made,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        written.and(made)
    })
}

/// The producer's batch and where it goes.
struct Filling<I, T> {
    batch: Vec<I>,
    bytes: usize,
    to_workers: SyncSender<Job<I, T>>,
    to_writer: SyncSender<Receiver<Vec<T>>>,
}

impl<I, T> Filling<I, T> {
    fn add(&mut self, thing: I, bytes: usize) -> Result<(), MigrateError> {
        self.batch.push(thing);
        self.bytes += bytes;
        if self.batch.len() >= MOST || self.bytes >= BYTES {
            self.send()?;
        }
        Ok(())
    }

    fn send(&mut self) -> Result<(), MigrateError> {
        self.bytes = 0;
        let (to, ready) = mpsc::sync_channel(1);
        // A writer that failed says why; the producer just ends.
        self.to_writer.send(ready).map_err(|_| MigrateError::Stopped)?;
        self.to_workers.send((std::mem::take(&mut self.batch), to)).map_err(|_| MigrateError::Stopped)
    }
}

/// A worker's thread.
fn work<I, T>(jobs: &Mutex<Receiver<Job<I, T>>>, prepare: &impl Fn(I) -> T) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((batch, to)) = job else { return };
        let ready = batch.into_iter().map(prepare).collect();
        if to.send(ready).is_err() {
            // The writer failed and wants no more; it says why.
            return;
        }
    }
}

/// The caller's thread.
fn write<T>(
    in_order: Receiver<Receiver<Vec<T>>>,
    visit: &mut impl FnMut(T) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    for ready in in_order {
        let batch = ready.recv().map_err(|_| MigrateError::Stopped)?;
        batch.into_iter().try_for_each(&mut *visit)?;
    }
    Ok(())
}

/// What goes through the pipeline of a file.
enum Flow<T> {
    Event(T),
    Progress(Progress),
}

/// Hands everything that a file holds to `visit`, in its order, after `prepare` has had it on another thread. Tells the
/// format it was read as and why reading stopped, if it did before the end.
pub(super) fn each<T: Send>(
    input: &Input<'_>,
    progress: &mut dyn FnMut(Progress),
    prepare: impl Fn(Yield) -> T + Sync,
    mut visit: impl FnMut(T) -> Result<(), MigrateError>,
) -> Result<(String, Option<String>), MigrateError> {
    ordered(
        |sink| {
            let sink = RefCell::new(sink);
            let mut untold = Ok(());
            let read = source::each(
                input,
                &mut |told| {
                    if let Err(error) = sink.borrow_mut()(Flow::Progress(told), 0) {
                        untold = Err(error);
                    }
                },
                |event| {
                    let bytes = weight(&event);
                    sink.borrow_mut()(Flow::Event(event), bytes)
                },
            );
            read.and_then(|read| untold.map(|()| read))
        },
        |flow| match flow {
            Flow::Event(event) => Flow::Event(prepare(event)),
            Flow::Progress(told) => Flow::Progress(told),
        },
        |flow| match flow {
            Flow::Event(ready) => visit(ready),
            Flow::Progress(told) => {
                progress(told);
                Ok(())
            }
        },
    )
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
