//! A preview that the guest's browser keeps for us: nobody but a proxy with the pepper can read or make one, and it is
//! good for one order of one guest at one restaurant. How long it is good is judged with every other preview.
//!
//! Each process seals under a key of its own, made of the pepper and of random bytes that go with the preview; there it
//! numbers what it seals, so that no two previews are sealed alike. Any proxy with the pepper makes the key again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use uuid::Uuid;

use super::order::{Owner, StoredPreview};
use crate::auth::keyed_hash;
use crate::auth::peppers::Peppers;
use crate::config::Secret;
use crate::entropy::{Entropy, EntropyError};

/// The longest preview that is given to a browser, sealed; a longer one is kept here. A confirm has to bring it back
/// within the body's limit, maybe over a slow line.
const LONGEST: usize = 64 * 1024;

const SALT: usize = 16;
const NUMBER: usize = 8;

/// Before what is sealed: which form it has, the process's random bytes, and the number.
const HEAD: usize = 1 + SALT + NUMBER;
const FORM: u8 = 1;

/// The length of the block that is given back with a confirm, before the block.
const ECHO_LENGTH: usize = 4;

/// Seals previews and opens them. Clones number together.
#[derive(Clone)]
pub(super) struct Seal {
    peppers: Peppers,
    own: Arc<Own>,
}

/// What this process seals with.
struct Own {
    salt: [u8; SALT],
    key: LessSafeKey,
    sealed: AtomicU64,
}

impl Seal {
    /// A seal under these peppers.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub(super) fn new(peppers: &Peppers, entropy: &Entropy) -> Result<Self, EntropyError> {
        let salt = entropy.bytes()?;
        let key = key(&peppers.current, &salt).ok_or(EntropyError)?;
        let own = Arc::new(Own { salt, key, sealed: AtomicU64::new(0) });
        Ok(Self { peppers: peppers.clone(), own })
    }

    /// The preview as its browser keeps it; nothing where it is too long for that.
    pub(super) fn close(&self, owner: &Owner, order_id: Uuid, preview: &StoredPreview) -> Option<String> {
        let number = self.own.sealed.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let mut bytes = Vec::with_capacity(2048);
        bytes.push(FORM);
        bytes.extend(self.own.salt);
        bytes.extend(number);
        bytes.extend(u32::try_from(preview.echo.len()).ok()?.to_be_bytes());
        bytes.extend(preview.echo.as_bytes());
        serde_json::to_writer(&mut bytes, &preview.without_echo()).ok()?;
        let about = about(owner, order_id);
        let (_, plain) = bytes.split_at_mut(HEAD);
        let tag = self.own.key.seal_in_place_separate_tag(nonce(number), about, plain).ok()?;
        bytes.extend(tag.as_ref());
        let text = URL_SAFE_NO_PAD.encode(bytes);
        (text.len() <= LONGEST).then_some(text)
    }

    /// The preview that was sealed for this order of this owner.
    pub(super) fn open(&self, owner: &Owner, order_id: Uuid, text: &str) -> Option<StoredPreview> {
        if text.len() > LONGEST {
            return None;
        }
        let mut bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (head, sealed) = bytes.split_at_mut_checked(HEAD)?;
        let (form, rest) = head.split_first()?;
        let (salt, number) = rest.split_first_chunk::<SALT>()?;
        let number: [u8; NUMBER] = number.try_into().ok()?;
        if *form != FORM {
            return None;
        }
        let peppers = [Some(&self.peppers.current), self.peppers.previous.as_ref()];
        peppers.into_iter().flatten().find_map(|pepper| {
            // What is not opened is left in disorder, so each pepper has its own copy.
            let mut sealed = sealed.to_vec();
            let about = about(owner, order_id);
            let plain = key(pepper, salt)?.open_in_place(nonce(number), about, &mut sealed).ok()?;
            read(plain)
        })
    }
}

fn read(plain: &[u8]) -> Option<StoredPreview> {
    let (length, rest) = plain.split_first_chunk::<ECHO_LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (echo, preview) = rest.split_at_checked(length)?;
    let preview: StoredPreview = serde_json::from_slice(preview).ok()?;
    Some(StoredPreview { echo: String::from_utf8(echo.to_vec()).ok()?, ..preview })
}

fn key(pepper: &Secret, salt: &[u8; SALT]) -> Option<LessSafeKey> {
    let mut keyed = keyed_hash::of(pepper, &["preview"]);
    keyed.update(salt);
    UnboundKey::new(&AES_256_GCM, &keyed.finalize().into_bytes()).ok().map(LessSafeKey::new)
}

fn nonce(number: [u8; NUMBER]) -> Nonce {
    let mut bytes = [0; 12];
    bytes.iter_mut().skip(12 - NUMBER).zip(number).for_each(|(byte, number)| *byte = number);
    Nonce::assume_unique_for_key(bytes)
}

/// What the preview is about, which is sealed with it.
fn about(owner: &Owner, order_id: Uuid) -> Aad<Vec<u8>> {
    Aad::from(owner.bytes_with(order_id.as_bytes()))
}

#[cfg(test)]
mod tests;
