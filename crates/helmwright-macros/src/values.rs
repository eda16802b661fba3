//! `#[derive(Values)]`: the symbolic twin and the partial form of a values struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitStr, Result, Type, Visibility};

/// Expands the derive.
pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let message = "Values is derived for structs with named fields: an enumeration is made by `choices!`";
    let Data::Struct(data) = &input.data else { return Err(syn::Error::new_spanned(&input.ident, message)) };
    let Fields::Named(named) = &data.fields else { return Err(syn::Error::new_spanned(&input.ident, message)) };
    let fields = named.named.iter().map(Field::new).collect::<Result<Vec<_>>>()?;
    let symbol = symbol(&input, &fields);
    let partial = partial(&input, &fields);
    Ok(quote! { #symbol #partial })
}

struct Field<'a> {
    name: &'a Ident,
    key: String,
    field_type: &'a Type,
    visibility: &'a Visibility,
    docs: Vec<&'a Attribute>,
}

impl<'a> Field<'a> {
    fn new(field: &'a syn::Field) -> Result<Self> {
        let name = field.ident.as_ref().ok_or_else(|| syn::Error::new_spanned(field, "a field has a name"))?;
        Ok(Self {
            name,
            key: renamed(&field.attrs)?.unwrap_or_else(|| lower_camel(&name.to_string())),
            field_type: &field.ty,
            visibility: &field.vis,
            docs: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).collect(),
        })
    }
}

/// The key of `#[serde(rename = "…")]`.
fn renamed(attributes: &[Attribute]) -> Result<Option<String>> {
    let mut key = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                key = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        })?;
    }
    Ok(key)
}

/// serde's `rename_all = "camelCase"`.
fn lower_camel(name: &str) -> String {
    let mut result = String::new();
    let mut upper = false;
    for character in name.trim_start_matches("r#").chars() {
        match character {
            '_' => upper = true,
            other if upper => {
                result.extend(other.to_uppercase());
                upper = false;
            }
            other => result.push(other),
        }
    }
    result
}

fn symbol(input: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let (visibility, name) = (&input.vis, &input.ident);
    let (symbol, symbol_fields) = (format_ident!("{name}Symbol"), format_ident!("{name}SymbolFields"));
    let declarations = fields.iter().map(|Field { name, field_type, visibility, docs, .. }| {
        quote! { #(#docs)* #visibility #name: <#field_type as ::helmwright::values::Symbolic>::Symbol }
    });
    let initial = fields.iter().map(|Field { name, key, field_type, .. }| {
        quote! {
            #name: <#field_type as ::helmwright::values::Symbolic>::symbol(
                ::helmwright::expression::Expression::Field(
                    ::std::sync::Arc::clone(&expression),
                    #key,
                    <#field_type as ::helmwright::values::Symbolic>::TYPE,
                )
            )
        }
    });
    let documentation = format!("What stands for a [`{name}`] in expressions.");
    let fields_documentation = format!("What stands for the fields of a [`{name}`] in expressions.");
    quote! {
        #[doc = #documentation]
        ///
        /// Its fields are made when one of them is first looked at.
        #[derive(Clone, Debug)]
        #visibility struct #symbol {
            expression: ::helmwright::expression::Expression,
            fields: ::std::sync::OnceLock<::std::sync::Arc<#symbol_fields>>,
        }

        #[doc = #fields_documentation]
        #[derive(Clone, Debug)]
        #visibility struct #symbol_fields { #(#declarations),* }

        impl ::std::ops::Deref for #symbol {
            type Target = #symbol_fields;
            fn deref(&self) -> &#symbol_fields {
                self.fields.get_or_init(|| {
                    let expression = ::std::sync::Arc::new(::std::clone::Clone::clone(&self.expression));
                    ::std::sync::Arc::new(#symbol_fields { #(#initial),* })
                })
            }
        }

        impl #symbol {
            /// The same, with fields that stand for something else, such as for variables bound to them.
            #[must_use]
            #visibility fn with(&self, change: impl FnOnce(&mut #symbol_fields)) -> Self {
                let mut fields = #symbol_fields::clone(self);
                change(&mut fields);
                Self {
                    expression: ::std::clone::Clone::clone(&self.expression),
                    fields: ::std::sync::OnceLock::from(::std::sync::Arc::new(fields)),
                }
            }
        }

        impl ::helmwright::expression::Symbol for #symbol {
            fn expression(&self) -> ::helmwright::expression::Expression {
                ::std::clone::Clone::clone(&self.expression)
            }
        }

        impl ::helmwright::typed::Parameter for #symbol {
            fn fresh(name: &str) -> (::helmwright::expression::Variable, Self) {
                let variable = ::helmwright::expression::Variable::new(name, ::helmwright::expression::ValueType::Map);
                let symbol = <#name as ::helmwright::values::Symbolic>::symbol(
                    ::helmwright::expression::Expression::Variable(variable.clone())
                );
                (variable, symbol)
            }
        }

        impl ::helmwright::typed::Fits<::helmwright::typed::Json> for #symbol {
            fn into_node(self) -> ::helmwright::tree::Node {
                ::helmwright::tree::Node::Whole(self.expression)
            }
        }

        impl ::helmwright::typed::Fits<::helmwright::typed::Json> for &#symbol {
            fn into_node(self) -> ::helmwright::tree::Node {
                ::helmwright::tree::Node::Whole(::std::clone::Clone::clone(&self.expression))
            }
        }

        impl ::helmwright::values::Symbolic for #name {
            type Symbol = #symbol;
            const TYPE: ::helmwright::expression::ValueType = ::helmwright::expression::ValueType::Map;
            fn symbol(expression: ::helmwright::expression::Expression) -> #symbol {
                #symbol { expression, fields: ::std::sync::OnceLock::new() }
            }
        }
    }
}

fn partial(input: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let (visibility, name) = (&input.vis, &input.ident);
    let partial = format_ident!("{name}Partial");
    let declarations = fields.iter().map(|Field { name, key, field_type, visibility, docs }| {
        let with = quote! { ::helmwright::values::PartialOf<#field_type> }.to_string();
        quote! {
            #(#docs)*
            #[serde(
                rename = #key,
                default,
                skip_serializing_if = "Option::is_none",
                deserialize_with = "::helmwright::values::present"
            )]
            #[schemars(with = #with)]
            #visibility #name: Option<::helmwright::values::PartialOf<#field_type>>
        }
    });
    let docs = input.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let documentation = format!("Part of a [`{name}`]: what is absent comes from the layer below.");
    quote! {
        #(#docs)*
        #[doc = ""]
        #[doc = #documentation]
        #[derive(Clone, Debug, Default, PartialEq, ::serde::Serialize, ::serde::Deserialize, ::schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        #visibility struct #partial { #(#declarations),* }

        ::helmwright::layered_whole!([] #partial);
        ::helmwright::symbolic_leaf!([] #partial, ::helmwright::expression::ValueType::Map);

        impl ::helmwright::values::Layered for #name {
            type Partial = #partial;
        }
    }
}
