//! `text!`: a text composed of constants and expressions.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Expr, LitStr, Result};

/// `"…{expression}…"`.
pub(crate) fn text(input: TokenStream) -> Result<TokenStream> {
    let literal: LitStr = syn::parse2(input)
        .map_err(|error| syn::Error::new(error.span(), "expected a text in quotes: text!(\"…{value}…\")"))?;
    let pieces = pieces(&literal)?;
    let parts = pieces.iter().map(|piece| match piece {
        Piece::Constant(constant) => quote! { &#constant as &dyn ::helmwright::expression::TextPart },
        Piece::Interpolated(expression) => {
            quote_spanned! { literal.span() => &(#expression) as &dyn ::helmwright::expression::TextPart }
        }
    });
    Ok(quote! { ::helmwright::expression::text_of(&[#(#parts),*]) })
}

enum Piece {
    Constant(String),
    Interpolated(Expr),
}

fn pieces(literal: &LitStr) -> Result<Vec<Piece>> {
    let error = |message: &str| syn::Error::new(literal.span(), message);
    let (source, mut pieces, mut constant) = (literal.value(), Vec::new(), String::new());
    let mut rest = source.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '{' | '}' if rest.peek() == Some(&character) => {
                rest.next();
                constant.push(character);
            }
            '}' => return Err(error("a `}` without `{`: write `}}` for a brace")),
            '{' => {
                let mut inner = String::new();
                loop {
                    match rest.next() {
                        Some('}') => break,
                        Some(other) => inner.push(other),
                        None => return Err(error("a `{` without `}`: write `{{` for a brace")),
                    }
                }
                if !constant.is_empty() {
                    pieces.push(Piece::Constant(std::mem::take(&mut constant)));
                }
                if inner.trim().is_empty() {
                    return Err(error("between the braces of `{}` stands no expression: write `{{}}` for braces"));
                }
                let tokens: TokenStream =
                    inner.parse().map_err(|_| error("between braces stands no Rust expression"))?;
                pieces.push(Piece::Interpolated(syn::parse2(at(tokens, literal.span()))?));
            }
            other => constant.push(other),
        }
    }
    if !constant.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Constant(constant));
    }
    Ok(pieces)
}

/// The tokens with the place and scope of the literal that they were written in.
///
/// Where a field is misspelt, rustc names a similar one, though it takes the whole literal for what is to be replaced.
fn at(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut tree| {
            if let TokenTree::Group(group) = &tree {
                tree = TokenTree::Group(Group::new(group.delimiter(), at(group.stream(), span)));
            }
            tree.set_span(span);
            tree
        })
        .collect()
}
