//! The description of the sample: schema, `values.yaml`, reference.

use helmwright::describe;
use helmwright_diagnostics::SourceMap;
use serde_json::Value;

use crate::sample::{REQUIRED, Settings};

fn described() -> (Value, Value) {
    let defaults = describe::defaults(&Settings::default(), REQUIRED).unwrap_or_default();
    let mut schema = describe::schema::<Settings>("Sample", Some("https://example.com/sample.json"));
    describe::add_defaults(&mut schema, &defaults);
    (schema, defaults)
}

#[test]
fn schema() {
    let (schema, _) = described();
    assert_eq!(describe::unportable(&schema), Vec::<String>::new());
    insta::assert_snapshot!(describe::schema_text(&schema), @r##"
    {
      "$schema": "http://json-schema.org/draft-07/schema#",
      "$id": "https://example.com/sample.json",
      "title": "Sample",
      "description": "Values of the sample.",
      "type": "object",
      "properties": {
        "image": {
          "description": "Where images come from.",
          "allOf": [{ "$ref": "#/definitions/Image" }]
        },
        "groups": {
          "description": "The groups by name.",
          "type": "object",
          "default": {},
          "examples": [{ "main": { "port": 8443 } }],
          "propertyNames": { "$ref": "#/definitions/GroupName" },
          "additionalProperties": { "$ref": "#/definitions/GroupPartial" }
        },
        "groupDefaults": {
          "description": "What a group has where it says nothing else.",
          "allOf": [{ "$ref": "#/definitions/Group" }]
        },
        "hosts": {
          "description": "Hosts of the database.",
          "type": "array",
          "default": [],
          "examples": [["a.example.com"]],
          "items": { "$ref": "#/definitions/OptionalHost" }
        },
        "metricsHost": {
          "description": "Host of the metrics.",
          "x-expected": "empty, or a host name",
          "type": "string",
          "pattern": "^([a-z0-9][a-z0-9.-]{0,252})?$",
          "default": ""
        },
        "global": {
          "description": "Values of a parent chart, shared by all its charts.",
          "type": "object"
        }
      },
      "required": ["image", "groups", "groupDefaults", "hosts", "metricsHost"],
      "additionalProperties": false,
      "definitions": {
        "Group": {
          "description": "A group.",
          "type": "object",
          "properties": {
            "replicas": {
              "description": "Number of pods.",
              "type": "integer",
              "minimum": -9007199254740991,
              "maximum": 9007199254740991,
              "default": 3
            },
            "port": {
              "description": "Port of the pods.",
              "type": "integer",
              "minimum": 1,
              "maximum": 65535,
              "default": 8080
            },
            "trace": {
              "description": "How much is traced.",
              "type": "string",
              "enum": ["INFO", "DEBUG", "DATA"],
              "default": "INFO"
            },
            "resources": {
              "description": "What a container may use.",
              "allOf": [{ "$ref": "#/definitions/Resources" }]
            },
            "env": {
              "description": "Variables by name.",
              "type": "object",
              "default": {},
              "propertyNames": { "$ref": "#/definitions/VariableName" },
              "additionalProperties": { "$ref": "#/definitions/Line" }
            }
          },
          "required": ["replicas", "port", "trace", "resources", "env"],
          "additionalProperties": false
        },
        "GroupName": {
          "x-expected": "a name of at most 20 lower case letters, digits and '-'",
          "type": "string",
          "pattern": "^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$",
          "not": { "enum": ["y", "n", "yes", "no", "on", "off", "true", "false", "null"] }
        },
        "GroupPartial": {
          "description": "A group.\n\nPart of a `Group`: what is absent comes from the layer below.",
          "type": "object",
          "properties": {
            "replicas": { "$ref": "#/definitions/Group/properties/replicas" },
            "port": { "$ref": "#/definitions/Group/properties/port" },
            "trace": { "$ref": "#/definitions/Group/properties/trace" },
            "resources": {
              "description": "What a container may use.",
              "allOf": [{ "$ref": "#/definitions/ResourcesPartial" }]
            },
            "env": { "$ref": "#/definitions/Group/properties/env" }
          },
          "additionalProperties": false
        },
        "Image": {
          "description": "Where images come from.",
          "type": "object",
          "properties": {
            "registry": {
              "description": "Registry of the images, without scheme.",
              "x-seed": ["S1-016"],
              "x-expected": "a registry host without scheme",
              "type": "string",
              "pattern": "^[a-z0-9][a-z0-9.:/-]*$",
              "examples": ["registry.example.com/sample"]
            },
            "tag": {
              "description": "Tag of the image.",
              "type": "string",
              "default": "1.0"
            }
          },
          "required": ["registry", "tag"],
          "additionalProperties": false
        },
        "Line": {
          "x-expected": "one line of text",
          "type": "string",
          "pattern": "^[^\\x00-\\x1F\u2028]*$"
        },
        "OptionalHost": {
          "x-expected": "empty, or a host name",
          "type": "string",
          "pattern": "^([a-z0-9][a-z0-9.-]{0,252})?$"
        },
        "Resources": {
          "description": "What a container may use.",
          "type": "object",
          "properties": {
            "cpu": {
              "description": "Cores.",
              "x-expected": "a quantity such as \"500m\" or \"2Gi\", in quotes",
              "type": "string",
              "pattern": "^[0-9]+(m|Mi|Gi)?$",
              "default": "500m"
            },
            "limited": {
              "description": "Whether it is a limit.",
              "type": "boolean",
              "default": true
            }
          },
          "required": ["cpu", "limited"],
          "additionalProperties": false
        },
        "ResourcesPartial": {
          "description": "What a container may use.\n\nPart of a `Resources`: what is absent comes from the layer below.",
          "type": "object",
          "properties": {
            "cpu": { "$ref": "#/definitions/Resources/properties/cpu" },
            "limited": { "$ref": "#/definitions/Resources/properties/limited" }
          },
          "additionalProperties": false
        },
        "VariableName": {
          "x-expected": "a name of capitals that the chart does not set itself",
          "type": "string",
          "pattern": "^[A-Z_]+$",
          "not": { "enum": ["GROUP_ID"] }
        }
      }
    }
    "##);
}

#[test]
fn values_yaml() {
    let (schema, defaults) = described();
    let text = describe::values_yaml(&schema, &defaults, REQUIRED, "Values of the sample.");
    insta::assert_snapshot!(text, @r#"
    # Values of the sample.

    # You must set, in a values file of your own:
    #
    # # Where images come from.
    # image:
    #   # Registry of the images, without scheme.
    #   registry: registry.example.com/sample

    # Where images come from.
    image:
      # Required. Registry of the images, without scheme.
      # registry: registry.example.com/sample
      # Tag of the image.
      tag: "1.0"

    # The groups by name.
    groups: {}
      # main:
      #   port: 8443

    # What a group has where it says nothing else.
    groupDefaults:
      # Number of pods.
      replicas: 3
      # Port of the pods.
      port: 8080
      # How much is traced.
      trace: INFO
      # What a container may use.
      resources:
        # Cores.
        cpu: 500m
        # Whether it is a limit.
        limited: true
      # Variables by name.
      env: {}

    # Hosts of the database.
    hosts: []
      # - a.example.com

    # Host of the metrics.
    metricsHost: ""
    "#);
    let mut sources = SourceMap::new();
    let file = sources.add("values.yaml", &text);
    assert_eq!(helmwright_yaml::read(&sources, file).unwrap().root.to_json(), defaults);
}

#[test]
fn reference() {
    let (schema, defaults) = described();
    insta::assert_snapshot!(describe::markdown_table(&describe::table(&schema, &defaults)), @r#"
    | Key | Type | Default | Description |
    |---|---|---|---|
    | `image.registry` | string<br>a registry host without scheme | *required* | Registry of the images, without scheme. |
    | `image.tag` | string | `"1.0"` | Tag of the image. |
    | `groups` | map of Group<br>keys: a name of at most 20 lower case letters, digits and '-' | `{}` | The groups by name. |
    | `groupDefaults.replicas` | integer | `3` | Number of pods. |
    | `groupDefaults.port` | integer<br>from 1 to 65535 | `8080` | Port of the pods. |
    | `groupDefaults.trace` | one of INFO, DEBUG, DATA | `"INFO"` | How much is traced. |
    | `groupDefaults.resources.cpu` | string<br>a quantity such as "500m" or "2Gi", in quotes | `"500m"` | Cores. |
    | `groupDefaults.resources.limited` | boolean | `true` | Whether it is a limit. |
    | `groupDefaults.env` | map of strings<br>keys: a name of capitals that the chart does not set itself; values: one line of text | `{}` | Variables by name. |
    | `hosts` | list of strings<br>each: empty, or a host name | `[]` | Hosts of the database. |
    | `metricsHost` | string<br>empty, or a host name | `""` | Host of the metrics. |
    | `global` | map of any values |  | Values of a parent chart, shared by all its charts. |
    "#);
}

#[test]
fn what_readers_disagree_on_is_named() {
    let schema = serde_json::json!({
        "properties": {
            "global": { "type": "object", "properties": {} },
            "digits": { "type": "string", "pattern": "^\\d+$" },
            "open": { "type": "object", "properties": { "a": { "format": "uri" } } },
            "told": { "type": "object", "properties": {}, "additionalProperties": true },
            "far": { "$ref": "https://example.com/other.json" },
            "nothing": { "type": ["string", "null"] },
        },
        "additionalProperties": false,
    });
    insta::assert_snapshot!(describe::unportable(&schema).join("\n"), @r#"
    #/properties/digits: the pattern ^\d+$ has a class or an assertion such as \d, \w, \s or \b: write an explicit class
    #/properties/open: the struct takes unknown keys
    #/properties/open/properties/a: the keyword format
    #/properties/far: the reference https://example.com/other.json leads to another document
    #/properties/nothing: null is allowed
    "#);
}
