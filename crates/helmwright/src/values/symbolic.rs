//! [`Symbolic`]: a Rust type of values and what stands for it in expressions.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::expression::{Charset, Expr, Expression, Magnitude, Symbol, ValueType};

/// A type of values and its symbolic twin.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no type of values",
    note = "a struct derives `helmwright::Values`; texts, integers and choices are declared by `texts!`, `integers!` and `choices!`"
)]
pub trait Symbolic {
    /// What stands for a value of this type in expressions.
    type Symbol: Symbol;
    /// What the template printer has to know of it.
    const TYPE: ValueType;
    /// The symbol for `expression`.
    fn symbol(expression: Expression) -> Self::Symbol;
}

/// A symbolic type that is its own leaf: its symbol is an [`Expr`] of itself.
#[macro_export]
#[doc(hidden)]
macro_rules! symbolic_leaf {
    ([$($generics:tt)*] $type:ty, $value_type:expr) => {
        impl<$($generics)*> $crate::values::Symbolic for $type {
            type Symbol = $crate::expression::Expr<$type>;
            const TYPE: $crate::expression::ValueType = $value_type;
            fn symbol(expression: $crate::expression::Expression) -> Self::Symbol {
                $crate::expression::Expr::new(expression)
            }
        }
    };
}

symbolic_leaf!([] bool, ValueType::Boolean);
symbolic_leaf!([] String, ValueType::Text(Charset::Any));
symbolic_leaf!([] i64, ValueType::Integer(Magnitude::Wide));
symbolic_leaf!([] Value, ValueType::Json);
symbolic_leaf!([K, V] BTreeMap<K, V>, ValueType::Map);
symbolic_leaf!([V] Vec<V>, ValueType::List);

/// All values of a chart whose values have the type `V`: the root of every expression.
#[must_use]
pub fn values<V: Symbolic>() -> V::Symbol {
    V::symbol(Expression::Values)
}

/// Facts of the release and the chart.
pub mod release {
    use super::{Expr, Expression};
    use crate::expression::Builtin;
    use crate::values::{Name, Token};

    /// The release's name: at most 53 characters; lower case letters, digits, `-` and `.`.
    #[must_use]
    pub fn name() -> Expr<Name> {
        Expr::new(Expression::Builtin(Builtin::ReleaseName))
    }

    /// The namespace that the release is installed into.
    #[must_use]
    pub fn namespace() -> Expr<Name> {
        Expr::new(Expression::Builtin(Builtin::ReleaseNamespace))
    }

    /// The tool that manages the release: `Helm`.
    #[must_use]
    pub fn service() -> Expr<Token> {
        Expr::new(Expression::Builtin(Builtin::ReleaseService))
    }

    /// The chart's version. It changes with every upgrade, so it never stands in a pod template or a selector.
    #[must_use]
    pub fn chart_version() -> Expr<Token> {
        Expr::new(Expression::Builtin(Builtin::ChartVersion))
    }

    /// The version of the application that the chart installs.
    #[must_use]
    pub fn app_version() -> Expr<Token> {
        Expr::new(Expression::Builtin(Builtin::ChartAppVersion))
    }
}
