//! The language chart uses all of the language: a function, node or control that is new fails here until it is used.
