//! Manifests: from the YAML-like syntax to calls of the typed builder.
//!
//! Every call carries the span of the field that it sets, so that rustc's message for a wrong field or value points at
//! it. The syntax is parsed here; what exists and what fits is rustc's business.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Expr, Ident, LitStr, Path, Result, Token, braced, bracketed, parenthesized, token};

mod keyword {
    syn::custom_keyword!(with);
}

/// `Kind { entries }`.
pub(crate) fn object(input: TokenStream) -> Result<TokenStream> {
    let (kind, entries) = typed_map.parse2(input)?;
    let body = entries.expand();
    Ok(quote! { ::helmwright::typed::Object::build::<#kind>(|__map| { #body }) })
}

/// `Type { entries }`.
pub(crate) fn fragment(input: TokenStream) -> Result<TokenStream> {
    let (kind, entries) = typed_map.parse2(input)?;
    let body = entries.expand();
    Ok(quote! { ::helmwright::typed::Fragment::<#kind>::build(|__map| { #body }) })
}

/// `Type [ items ]`.
pub(crate) fn list(input: TokenStream) -> Result<TokenStream> {
    let (kind, items) = (|input: ParseStream<'_>| {
        let kind = kind(input, "the type of the elements, and them: `Type [ value ]`")?;
        let content;
        bracketed!(content in input);
        Ok((kind, Items::parse(&content)?))
    })
    .parse2(input)?;
    let body = items.expand();
    Ok(quote! { ::helmwright::typed::ListFragment::<#kind>::build(|__list| { #body }) })
}

fn kind(input: ParseStream<'_>, expected: &str) -> Result<Path> {
    input.parse().map_err(|error| syn::Error::new(error.span(), format!("expected {expected}")))
}

fn typed_map(input: ParseStream<'_>) -> Result<(Path, Entries)> {
    let kind = kind(input, "a type and its entries: `Type { field: value }`")?;
    let content;
    braced!(content in input);
    Ok((kind, Entries::parse(&content)?))
}

/// The parts of a map.
struct Entries(Vec<Part<Entry>>);

/// The parts of a list.
struct Items(Vec<Part<Value>>);

/// What maps and lists have in common.
enum Part<T> {
    Own(T),
    Comment(LitStr),
    Splice(Expr),
    If {
        branches: Vec<(Expr, Vec<Self>)>,
        otherwise: Vec<Self>,
        span: Span,
    },
    With {
        name: Ident,
        subject: Expr,
        body: Vec<Self>,
    },
    For {
        pattern: Pattern,
        subject: Expr,
        body: Vec<Self>,
        span: Span,
    },
    /// What follows stands inside.
    Let {
        name: Ident,
        value: Expr,
        body: Vec<Self>,
        span: Span,
    },
}

enum Pattern {
    Entry(Ident, Ident),
    Element(Ident),
}

struct Entry {
    key: Key,
    value: Value,
}

enum Key {
    Field(Ident),
    Literal(LitStr),
    Computed(Expr),
}

enum Value {
    Map(Entries, Span),
    List(Items, Span),
    Expression(Expr),
}

impl Parse for Entries {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        parts(input).map(Self)
    }
}

impl Parse for Items {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        parts(input).map(Self)
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let key = if input.peek(LitStr) {
            Key::Literal(input.parse()?)
        } else if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            Key::Computed(content.parse()?)
        } else {
            let name = Ident::parse_any(input).map_err(|error| {
                syn::Error::new(error.span(), "expected a field, a \"key\", `if`, `with`, `for`, `let`, `..` or `#`")
            })?;
            Key::Field(name)
        };
        input.parse::<Token![:]>()?;
        Ok(Self { key, value: input.parse()? })
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let span = input.span();
        let content;
        if input.peek(token::Brace) {
            braced!(content in input);
            Ok(Self::Map(content.parse()?, span))
        } else if input.peek(token::Bracket) {
            bracketed!(content in input);
            Ok(Self::List(content.parse()?, span))
        } else {
            if input.is_empty() {
                return Err(input.error("expected a value: an expression, a map `{…}` or a list `[…]`"));
            }
            input.parse().map(Self::Expression)
        }
    }
}

/// Parts up to the end; a comma stands between them, optional behind a block.
fn parts<T: Parse>(input: ParseStream<'_>) -> Result<Vec<Part<T>>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        if input.peek(Token![let]) {
            let span = input.span();
            input.parse::<Token![let]>()?;
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            let value = input.parse()?;
            input.parse::<Token![;]>()?;
            let body = self::parts(input)?;
            parts.push(Part::Let { name, value, body, span });
            break;
        }
        let part: Part<T> = part(input)?;
        let comma_needed = matches!(part, Part::Own(_) | Part::Splice(_));
        parts.push(part);
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        } else if comma_needed && !input.is_empty() {
            return Err(input.error("expected `,`"));
        }
    }
    Ok(parts)
}

fn block<T: Parse>(input: ParseStream<'_>) -> Result<Vec<Part<T>>> {
    let content;
    braced!(content in input);
    parts(&content)
}

/// What stands before a block.
fn head(input: ParseStream<'_>, expected: &str) -> Result<Expr> {
    if input.is_empty() || input.peek(token::Brace) {
        return Err(input.error(format!("expected {expected} before the block")));
    }
    Expr::parse_without_eager_brace(input)
}

fn part<T: Parse>(input: ParseStream<'_>) -> Result<Part<T>> {
    let span = input.span();
    if input.peek(Token![#]) {
        input.parse::<Token![#]>()?;
        Ok(Part::Comment(input.parse()?))
    } else if input.peek(Token![..]) {
        input.parse::<Token![..]>()?;
        Ok(Part::Splice(input.parse()?))
    } else if input.peek(Token![if]) {
        input.parse::<Token![if]>()?;
        let mut branches = vec![(head(input, "a condition")?, block(input)?)];
        let mut otherwise = Vec::new();
        while input.peek(Token![else]) {
            input.parse::<Token![else]>()?;
            if input.peek(Token![if]) {
                input.parse::<Token![if]>()?;
                branches.push((head(input, "a condition")?, block(input)?));
            } else {
                otherwise = block(input)?;
                break;
            }
        }
        Ok(Part::If { branches, otherwise, span })
    } else if input.peek(keyword::with) && !input.peek2(Token![:]) {
        input.parse::<keyword::with>()?;
        let binding = |error: syn::Error| syn::Error::new(error.span(), "expected `with name = subject { … }`");
        let name = input.parse().map_err(binding)?;
        input.parse::<Token![=]>().map_err(binding)?;
        let subject = head(input, "a text, list or map")?;
        Ok(Part::With { name, subject, body: block(input)? })
    } else if input.peek(Token![for]) {
        input.parse::<Token![for]>()?;
        let pattern = if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            let key = content.parse()?;
            content.parse::<Token![,]>()?;
            Pattern::Entry(key, content.parse()?)
        } else {
            Pattern::Element(input.parse()?)
        };
        input.parse::<Token![in]>()?;
        let subject = head(input, "a list or map")?;
        Ok(Part::For { pattern, subject, body: block(input)?, span })
    } else {
        input.parse().map(Part::Own)
    }
}

impl Entries {
    fn expand(&self) -> TokenStream {
        expand_parts(&self.0, &quote! { __map }, &|entry| entry.expand())
    }
}

impl Items {
    fn expand(&self) -> TokenStream {
        expand_parts(&self.0, &quote! { __list }, &|item| match item {
            Value::Map(entries, span) => {
                let body = entries.expand();
                quote_spanned! { *span => __list.map(|__map| { #body }); }
            }
            Value::List(items, span) => {
                let body = items.expand();
                quote_spanned! { *span => __list.list(|__list| { #body }); }
            }
            Value::Expression(expression) => quote_spanned! { expression.span() => __list.push(#expression); },
        })
    }
}

fn expand_parts<T>(parts: &[Part<T>], builder: &TokenStream, own: &dyn Fn(&T) -> TokenStream) -> TokenStream {
    let expanded = parts.iter().map(|part| match part {
        Part::Own(inner) => own(inner),
        Part::Comment(text) => quote_spanned! { text.span() => #builder.comment(#text); },
        Part::Splice(fragment) => quote_spanned! { fragment.span() => #builder.splice(#fragment); },
        Part::If { branches, otherwise, span } => {
            let branches = branches.iter().map(|(condition, body)| {
                let body = expand_parts(body, builder, own);
                let condition =
                    quote_spanned! { condition.span() => ::helmwright::expression::Condition::condition(&#condition) };
                quote_spanned! { *span => (#condition, #builder.branch(|#builder| { #body })) }
            });
            let otherwise = expand_parts(otherwise, builder, own);
            quote_spanned! { *span => {
                let __branches = ::std::vec![#(#branches),*];
                let __otherwise = #builder.branch(|#builder| { #otherwise });
                #builder.choose(__branches, __otherwise);
            } }
        }
        Part::With { name, subject, body } => {
            let body = expand_parts(body, builder, own);
            let label = name.to_string();
            // A subject that cannot be empty is told where it stands.
            quote_spanned! { subject.span() => #builder.with(#label, #subject, |#builder, #name| { #body }); }
        }
        Part::For { pattern: Pattern::Entry(key, entry), subject, body, span } => {
            let body = expand_parts(body, builder, own);
            let labels = [key.to_string(), entry.to_string()];
            quote_spanned! { *span => #builder.range([#(#labels),*], #subject, |#builder, #key, #entry| { #body }); }
        }
        Part::For { pattern: Pattern::Element(element), subject, body, span } => {
            let body = expand_parts(body, builder, own);
            let label = element.to_string();
            quote_spanned! { *span => #builder.each(#label, #subject, |#builder, #element| { #body }); }
        }
        Part::Let { name, value, body, span } => {
            let body = expand_parts(body, builder, own);
            let label = name.to_string();
            // The value may be given by reference.
            quote_spanned! { *span => #builder.bind(#label, &(#value).clone(), |#builder, #name| { #body }); }
        }
    });
    quote! { #(#expanded)* }
}

impl Entry {
    fn expand(&self) -> TokenStream {
        match &self.key {
            Key::Field(name) => {
                let field = field_access(name);
                let span = name.span();
                match &self.value {
                    Value::Map(entries, _) => {
                        let body = entries.expand();
                        quote_spanned! { span => { let __field = #field; __map.map(__field, |__map| { #body }); } }
                    }
                    Value::List(items, _) => {
                        let body = items.expand();
                        quote_spanned! { span => { let __field = #field; __map.list(__field, |__list| { #body }); } }
                    }
                    Value::Expression(expression) => {
                        quote_spanned! { span => { let __field = #field; __map.set(__field, #expression); } }
                    }
                }
            }
            Key::Literal(key) => match &self.value {
                Value::Map(entries, _) => {
                    let body = entries.expand();
                    quote_spanned! { key.span() => __map.map_key(#key, |__map| { #body }); }
                }
                Value::List(items, _) => {
                    let body = items.expand();
                    quote_spanned! { key.span() => __map.list_key(#key, |__list| { #body }); }
                }
                Value::Expression(expression) => quote_spanned! { key.span() => __map.set_key(#key, #expression); },
            },
            Key::Computed(key) => match &self.value {
                Value::Expression(expression) => {
                    quote_spanned! { key.span() => __map.set_computed(#key, #expression); }
                }
                Value::Map(_, span) | Value::List(_, span) => {
                    let message = "a computed key takes an expression: build the map or list as a fragment";
                    syn::Error::new(*span, message).into_compile_error()
                }
            },
        }
    }
}

/// `__map.fields().name`, spelled as Rust wants keywords.
fn field_access(name: &Ident) -> TokenStream {
    let text = name.to_string();
    let field = if text.starts_with("r#") || syn::parse_str::<Ident>(&text).is_ok() {
        name.clone()
    } else {
        Ident::new_raw(&text, name.span())
    };
    quote_spanned! { name.span() => __map.fields().#field }
}
