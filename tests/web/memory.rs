//! The widget's own allocator: what is kept stays as it was, whatever is taken and given back beside it, and what is given
//! back is given out again.

use std::arch::wasm32::memory_size;

use wasm_bindgen_test::wasm_bindgen_test;

/// Numbers that look like chance and are the same each time (Numerical Recipes' generator).
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % end
    }
}

/// A block of one byte over and over, which nobody else may write to.
struct Block {
    bytes: Vec<u8>,
    byte: u8,
}

impl Block {
    fn new(numbers: &mut Numbers, at: usize) -> Self {
        // Mostly small, as a widget's are, and each size that a class begins or ends with.
        let size = match numbers.below(4) {
            0 => 1 << numbers.below(14),
            1 => (1 << numbers.below(14)) + 1,
            2 => numbers.below(20_000),
            _ => numbers.below(200),
        };
        let byte = u8::try_from(at % 251).expect("less than 251");
        Self { bytes: vec![byte; size], byte }
    }

    fn check(&self) {
        assert!(self.bytes.iter().all(|byte| *byte == self.byte), "somebody else has written here");
    }
}

/// Takes, grows, shrinks and gives back, so many times; at the end nothing is kept.
fn work(times: usize) {
    let mut numbers = Numbers(1);
    let mut blocks: Vec<Block> = Vec::new();
    for at in 0..times {
        match numbers.below(5) {
            0 | 1 => blocks.push(Block::new(&mut numbers, at)),
            2 if !blocks.is_empty() => {
                let place = numbers.below(blocks.len());
                blocks.swap_remove(place).check();
            }
            3 if !blocks.is_empty() => {
                let place = numbers.below(blocks.len());
                let block = &mut blocks[place];
                block.bytes.resize(block.bytes.len() * 2 + 1, block.byte);
                block.check();
            }
            _ if !blocks.is_empty() => {
                let place = numbers.below(blocks.len());
                let block = &mut blocks[place];
                block.bytes.truncate(block.bytes.len() / 3);
                block.bytes.shrink_to_fit();
                block.check();
            }
            _ => {}
        }
        if blocks.len() > 200 {
            blocks.drain(..100).for_each(|block| block.check());
        }
    }
    blocks.iter().for_each(Block::check);
}

#[wasm_bindgen_test]
fn what_is_kept_stays_as_it_was() {
    work(5_000);
}

#[wasm_bindgen_test]
fn what_is_given_back_is_given_out_again() {
    work(1_000);
    let pages = memory_size::<0>();
    for _ in 0..10 {
        work(1_000);
    }
    assert_eq!(memory_size::<0>(), pages, "the same work needs no more memory");
}

#[wasm_bindgen_test]
fn zeroed_memory_is_zero_also_where_it_was_used_before() {
    for size in [1, 16, 17, 1000, 70_000] {
        drop(vec![255_u8; size]);
        assert!(vec![0_u8; size].iter().all(|byte| *byte == 0), "{size}");
    }
}

#[wasm_bindgen_test]
fn every_block_is_aligned_for_the_largest_number() {
    let blocks: Vec<Box<(u128, u8)>> = (0..100).map(|number| Box::new((number, 1))).collect();
    assert!(blocks.iter().all(|block| std::ptr::from_ref(&**block).addr() % 16 == 0));
}
