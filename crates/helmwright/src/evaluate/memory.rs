//! What an evaluation has computed before and need not compute again.
//!
//! Values are told apart by their place in memory: all that an evaluation sees lives until it ends.

use std::collections::HashMap;
use std::ptr;
use std::sync::Arc;

use serde_json::Value;

use crate::expression::Expression;
use crate::tree::Helper;

/// Results by what they were made of.
#[derive(Default)]
pub(super) struct Memory<'a> {
    /// Texts of helpers without parameters.
    texts: HashMap<*const Helper, &'a Value>,
    /// Maps laid over others: every template file asks for those of each group.
    overlays: HashMap<(*const Value, *const Value), &'a Value>,
}

impl<'a> Memory<'a> {
    /// The text of a helper.
    pub(super) fn text(&self, helper: &Arc<Helper>, arguments: &[Expression]) -> Option<&'a Value> {
        if arguments.is_empty() { self.texts.get(&Arc::as_ptr(helper)).copied() } else { None }
    }

    /// Keeps the text of a helper.
    pub(super) fn keep_text(&mut self, helper: &Arc<Helper>, arguments: &[Expression], text: &'a Value) {
        if arguments.is_empty() {
            self.texts.insert(Arc::as_ptr(helper), text);
        }
    }

    /// One map laid over another.
    pub(super) fn overlay(&self, defaults: &Value, entry: &Value) -> Option<&'a Value> {
        self.overlays.get(&(ptr::from_ref(defaults), ptr::from_ref(entry))).copied()
    }

    /// Keeps one map laid over another.
    pub(super) fn keep_overlay(&mut self, defaults: &'a Value, entry: &'a Value, result: &'a Value) {
        self.overlays.insert((ptr::from_ref(defaults), ptr::from_ref(entry)), result);
    }
}
