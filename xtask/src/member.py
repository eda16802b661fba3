"""Takes one program out of a zip archive inside a gzipped tar archive: ARCHIVE ZIP MEMBER TARGET."""

import io
import shutil
import sys
import tarfile
import zipfile

archive, inner, member, target = sys.argv[1:]
with tarfile.open(archive, "r:gz") as tar:
    layer = tar.extractfile(inner).read()
with zipfile.ZipFile(io.BytesIO(layer)) as layer, layer.open(member) as source, open(target, "wb") as sink:
    shutil.copyfileobj(source, sink)
