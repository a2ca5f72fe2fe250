//! Promise of the JSON writer: another reader reads what was meant.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::json::Json;
use proptest::prelude::*;

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        (-1_000_000_i32..1_000_000).prop_map(|n| Json::Number(f64::from(n) / 100.0)),
        ".{0,12}".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::List),
            inner.prop_map(|value| Json::Object(vec![("a", value), ("b\"\\", Json::Null)])),
        ]
    })
}

fn matches(json: &Json, read: &serde_json::Value) -> bool {
    match (json, read) {
        (Json::Null, serde_json::Value::Null) => true,
        (Json::Number(number), read) => read.as_f64() == Some(*number),
        (Json::Text(text), read) => read.as_str() == Some(text),
        (Json::List(values), serde_json::Value::Array(read)) => {
            values.len() == read.len()
                && values
                    .iter()
                    .zip(read)
                    .all(|(value, read)| matches(value, read))
        }
        (Json::Object(fields), serde_json::Value::Object(read)) => {
            fields.len() == read.len()
                && fields
                    .iter()
                    .all(|(name, value)| matches(value, &read[*name]))
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_as_what_was_meant(json in json()) {
        let read = serde_json::from_str(&json.to_string()).expect("it is JSON");
        prop_assert!(matches(&json, &read), "{json}");
    }
}
