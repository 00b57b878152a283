//! Writes that go out together: each waits until whatever else is ready has had its turn. Knows nothing of what is written.
//!
//! Who waits at the other end of a connection has to be woken for what is written, which costs more than the writing. Where
//! much is ready at once, one write after the other wakes somebody who is then still at work when the next ones come. Where
//! nothing else is ready, a write goes out at once, and so it does where the runtime has several threads: there a task that
//! gives way would wake one of them.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::runtime::{Handle, RuntimeFlavor};

/// A stream whose writes let everything else that is ready go first.
pub struct Together<S> {
    stream: S,
    /// Whether writes give way at all.
    gives_way: bool,
    /// Whether the write that is wanted has let the others go first.
    has_waited: bool,
}

impl<S> Together<S> {
    /// Lets the writes of a stream give way to whatever else the runtime of the moment has to do.
    pub fn new(stream: S) -> Self {
        let gives_way = Handle::try_current()
            .is_ok_and(|runtime| runtime.runtime_flavor() == RuntimeFlavor::CurrentThread);
        Self { stream, gives_way, has_waited: false }
    }
}

impl<S: Read + Unpin> Read for Together<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: Write + Unpin> Write for Together<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.gives_way && !std::mem::replace(&mut self.has_waited, true) {
            // To the end of the queue.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.has_waited = written.is_pending();
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::sync::{Arc, Mutex};

    use hyper_util::rt::TokioIo;
    use tokio::io::{AsyncReadExt, DuplexStream, duplex};

    use super::*;

    fn pair(room: usize) -> (Together<TokioIo<DuplexStream>>, DuplexStream) {
        let (near, far) = duplex(room);
        (Together::new(TokioIo::new(near)), far)
    }

    async fn write_all(stream: &mut Together<TokioIo<DuplexStream>>, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let written = poll_fn(|cx| Pin::new(&mut *stream).poll_write(cx, bytes)).await.expect("written");
            bytes = &bytes[written..];
        }
    }

    #[tokio::test]
    async fn what_is_ready_goes_before_a_write() {
        let (mut stream, mut far) = pair(64);
        let done = Arc::new(Mutex::new(Vec::new()));
        let tell = |word: &'static str| {
            let done = Arc::clone(&done);
            move || done.lock().expect("not poisoned").push(word)
        };
        let (written, other) = (tell("written"), tell("other"));
        let writing = tokio::spawn(async move {
            write_all(&mut stream, b"one").await;
            written();
            write_all(&mut stream, b"two").await;
        });
        tokio::spawn(async move { other() });
        writing.await.expect("it ends");
        assert_eq!(*done.lock().expect("not poisoned"), ["other", "written"]);
        let mut told = String::new();
        far.read_to_string(&mut told).await.expect("text");
        assert_eq!(told, "onetwo");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn among_several_threads_nothing_gives_way() {
        let (mut stream, _far) = pair(64);
        let first =
            poll_fn(|cx| Poll::Ready(Pin::new(&mut stream).poll_write(cx, b"one").map(Result::ok))).await;
        assert_eq!(first, Poll::Ready(Some(3)));
    }

    #[tokio::test]
    async fn a_slow_reader_gets_all_of_it_in_order() {
        let (mut stream, mut far) = pair(3);
        let sent: Vec<u8> = (0..=255).collect();
        let sending = sent.clone();
        let writing = tokio::spawn(async move { write_all(&mut stream, &sending).await });
        let mut read = Vec::new();
        far.read_to_end(&mut read).await.expect("read");
        writing.await.expect("it ends");
        assert_eq!(read, sent);
    }
}
