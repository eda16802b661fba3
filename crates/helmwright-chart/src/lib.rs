//! Assembly of a Helm chart: Chart.yaml, commented values.yaml, schema, README.
