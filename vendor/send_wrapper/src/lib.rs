//! Stands in for `send_wrapper` in the widget's build, with the same signatures and promises.
//!
//! That crate asks the standard library which thread it is on. The answer is allocated by the standard library's own
//! allocator, which then comes along beside the widget's: 5 KB of wasm for a program that has one thread. Here that program
//! is not asked; everywhere else whoever uses the value on another thread panics, as there.

use std::fmt;
use std::mem::{self, ManuallyDrop};
use std::ops::{Deref, DerefMut};

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
mod place {
    /// The one thread there is.
    #[derive(Debug, PartialEq, Eq)]
    pub(crate) struct Place;

    pub(crate) const fn here() -> Place {
        Place
    }
}

#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
mod place {
    /// A thread.
    pub(crate) type Place = std::thread::ThreadId;

    pub(crate) fn here() -> Place {
        std::thread::current().id()
    }
}

/// A value that may be sent to other threads, but is used and dropped on the one it was made on.
pub struct SendWrapper<T> {
    value: ManuallyDrop<T>,
    made_on: place::Place,
}

// SAFETY: every way to the value asks first whether this is the thread it was made on.
unsafe impl<T> Send for SendWrapper<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for SendWrapper<T> {}

impl<T> SendWrapper<T> {
    /// A value of this thread.
    pub fn new(value: T) -> Self {
        Self { value: ManuallyDrop::new(value), made_on: place::here() }
    }

    /// Whether the value may be used here.
    pub fn valid(&self) -> bool {
        self.made_on == place::here()
    }

    /// The value itself.
    ///
    /// # Panics
    ///
    /// On another thread.
    #[track_caller]
    pub fn take(self) -> T {
        self.must_be_valid();
        let mut this = ManuallyDrop::new(self);
        // SAFETY: this is its thread, and `this` is never dropped.
        unsafe { ManuallyDrop::take(&mut this.value) }
    }

    #[track_caller]
    fn must_be_valid(&self) {
        assert!(self.valid(), "used on another thread than the one it was made on");
    }
}

impl<T> Deref for SendWrapper<T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        self.must_be_valid();
        &self.value
    }
}

impl<T> DerefMut for SendWrapper<T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        self.must_be_valid();
        &mut self.value
    }
}

impl<T> Drop for SendWrapper<T> {
    #[track_caller]
    fn drop(&mut self) {
        if mem::needs_drop::<T>() && !self.valid() {
            assert!(std::thread::panicking(), "dropped on another thread than the one it was made on");
            return;
        }
        // SAFETY: this is its thread, or there is nothing to do, and nobody sees the value afterwards.
        unsafe { ManuallyDrop::drop(&mut self.value) }
    }
}

impl<T: fmt::Debug> fmt::Debug for SendWrapper<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendWrapper").field("data", &**self).field("thread_id", &self.made_on).finish()
    }
}

impl<T: Clone> Clone for SendWrapper<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Self::new((**self).clone())
    }
}

#[cfg(feature = "futures")]
mod futures {
    use std::future::Future;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use futures_core::Stream;

    use super::SendWrapper;

    impl<F: Future> Future for SendWrapper<F> {
        type Output = F::Output;

        #[track_caller]
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
            // SAFETY: the value is as pinned as what it is in: it is never moved out of a pinned one.
            unsafe { self.map_unchecked_mut(|this| &mut **this) }.poll(context)
        }
    }

    impl<S: Stream> Stream for SendWrapper<S> {
        type Item = S::Item;

        #[track_caller]
        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
            // SAFETY: as above.
            unsafe { self.map_unchecked_mut(|this| &mut **this) }.poll_next(context)
        }

        fn size_hint(&self) -> (usize, Option<usize>) {
            (**self).size_hint()
        }
    }
}
