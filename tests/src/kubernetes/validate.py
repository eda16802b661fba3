"""Judges Kubernetes objects with the schemas and the rules of the package kubernetes-validate, many per process.

Reads {"versions": ["1.35"], "strict": true, "objects": [...]} from standard input and prints one list:
[{"version", "object", "known", "errors": [{"path", "message"}]}], where "object" is an index. The package's own
`validate` reads 1.5 MB of definitions for each object; here they are read once per version.

Limit: uses the package's folder of schemas and its way to name them, not its command.
"""

import functools
import json
import re
import sys

import jsonschema
from kubernetes_validate import utils
from referencing import Registry, Resource


def folder(version, strict):
    """The folder with the schemas of exactly this minor version."""
    for full in utils.all_versions():
        if utils.major_minor(full) == version:
            return "kubernetes-json-schema/v%s-local%s" % (full, "-strict" if strict else "")
    known = ", ".join(dict.fromkeys(utils.major_minor(full) for full in utils.all_versions()))
    sys.exit("kubernetes-validate %s has no schemas of Kubernetes %s; it has %s" % (utils.__version__, version, known))


@functools.lru_cache(maxsize=None)
def definitions(version, strict):
    """The definitions that all schemas of a version refer to."""
    contents = utils.schema_contents(folder(version, strict) + "/_definitions.json", version)
    return Resource.from_contents(contents) @ Registry()


@functools.lru_cache(maxsize=None)
def validator(version, strict, kind, api_version):
    """The validator of a kind; None where the package knows no such kind."""
    group = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", api_version)
    path = "%s/%s-%s.json" % (folder(version, strict), kind.lower(), group)
    try:
        schema = utils.schema_contents(path, version)
    except FileNotFoundError:
        return None
    registry = Resource.from_contents(schema) @ definitions(version, strict)
    return jsonschema.validators.Draft202012Validator(schema, registry=registry)


def pointer(path):
    """A JSON pointer to a place in an object."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def main():
    """Answers one request."""
    request = json.load(sys.stdin)
    answers = []
    for version in request["versions"]:
        folder(version, request["strict"])
        for index, item in enumerate(request["objects"]):
            judge = validator(version, request["strict"], str(item.get("kind")), str(item.get("apiVersion")))
            errors = sorted(judge.iter_errors(item), key=lambda e: (pointer(e.absolute_path), e.message)) if judge else []
            answers.append({
                "version": version,
                "object": index,
                "known": judge is not None,
                "errors": [{"path": pointer(e.absolute_path), "message": e.message[:500]} for e in errors],
            })
    json.dump(answers, sys.stdout)


main()
