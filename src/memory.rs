//! The widget's memory: blocks of powers of two, each size with a list of its free ones. A fifth of the code of the standard
//! library's allocator (see docs/bytes.md) for up to twice the memory, which is what a page has more of than bytes to load.
//!
//! What is given back is given out again to the same size, so a widget that comes and goes takes no more than one that stays.

use std::alloc::Layout;

/// The smallest block, and what every block is aligned to.
const LEAST: usize = 16;

/// Which power of two holds this.
fn class(layout: Layout) -> u32 {
    usize::BITS - (layout.size().max(LEAST) - 1).leading_zeros()
}

#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "memory is given out by address")]
mod blocks {
    use std::alloc::{GlobalAlloc, Layout};
    use std::arch::wasm32::memory_grow;
    use std::cell::UnsafeCell;
    use std::ptr;

    use super::{LEAST, class};

    const PAGE: usize = 65_536;

    struct Blocks(UnsafeCell<State>);

    struct State {
        /// The first free block of each class; each holds the address of the next.
        free: [*mut u8; 32],
        /// What has never been given out.
        next: usize,
        end: usize,
    }

    #[global_allocator]
    static BLOCKS: Blocks = Blocks(UnsafeCell::new(State { free: [ptr::null_mut(); 32], next: 0, end: 0 }));

    // SAFETY: the program has one thread.
    unsafe impl Sync for Blocks {}

    impl State {
        /// A block that nobody has had, or null where the browser has no more memory.
        fn fresh(&mut self, size: usize) -> *mut u8 {
            if self.end - self.next < size {
                let pages = size.div_ceil(PAGE);
                let before = memory_grow::<0>(pages);
                if before == usize::MAX {
                    return ptr::null_mut();
                }
                // Somebody else may have grown the memory meanwhile: what is theirs is left alone.
                if before * PAGE != self.end {
                    self.next = before * PAGE;
                }
                self.end = (before + pages) * PAGE;
            }
            let start = self.next;
            self.next += size;
            ptr::with_exposed_provenance_mut(start)
        }
    }

    // SAFETY: a block is as long as its class says, aligned to `LEAST`, and in one hand or in one list at a time. No call
    // here leads to another one while the state is borrowed.
    unsafe impl GlobalAlloc for Blocks {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            if layout.align() > LEAST {
                return ptr::null_mut();
            }
            let class = class(layout);
            // SAFETY: nobody else borrows the state, and a free block holds the address of the next one.
            unsafe {
                let state = &mut *self.0.get();
                let Some(free) = state.free.get_mut(class as usize) else { return ptr::null_mut() };
                let block = *free;
                if block.is_null() {
                    return state.fresh(1 << class);
                }
                *free = block.cast::<*mut u8>().read();
                block
            }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: nobody else borrows the state; the block is given back, and long enough for an address.
            unsafe {
                let state = &mut *self.0.get();
                if let Some(free) = state.free.get_mut(class(layout) as usize) {
                    block.cast::<*mut u8>().write(*free);
                    *free = block;
                }
            }
        }

        unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
            // SAFETY: the caller has made sure that such a layout can be; both blocks are as long as what is copied.
            unsafe {
                let wanted = Layout::from_size_align_unchecked(size, layout.align());
                if class(wanted) == class(layout) {
                    return block;
                }
                let moved = self.alloc(wanted);
                if !moved.is_null() {
                    ptr::copy_nonoverlapping(block, moved, size.min(layout.size()));
                    self.dealloc(block, layout);
                }
                moved
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_the_next_power_of_two_and_never_smaller_than_what_it_holds() {
        for (size, wanted) in [(0, 4), (1, 4), (16, 4), (17, 5), (32, 5), (33, 6), (65_536, 16), (65_537, 17)]
        {
            let layout = Layout::from_size_align(size, 8).expect("a layout");
            assert_eq!(class(layout), wanted, "{size}");
            assert!(1 << class(layout) >= size);
        }
    }
}
