"""Documents of more projects: DATA/debian.jsonl.xz, rows as in the labelled corpora, from source packages of Debian.

A kind is learned from its projects as much as from its documents: what one project has in common is not what its label
means. debian.toml names the packages, and which of their files are of what kind.
"""

import argparse
import hashlib
import json
import lzma
import re
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

CONFIG = Path(__file__).with_suffix(".toml")
PER_PACKAGE = 80
SHORTEST = 100
"""What is left out, in words, and what is cut off, in characters: as in the labelled corpus."""
LONGEST = 60_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def fetched(address: str) -> bytes:
    """What is at an address; where nothing is, the run ends."""
    try:
        with urlopen(address) as response:
            return response.read()
    except URLError as error:
        raise SystemExit(f"{address}: {error.reason}; try another --mirror.") from error


def packages(mirror: str, suite: str) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Every source package of the suite: its version, and its upstream archives' addresses and SHA-256."""
    stanzas = lzma.decompress(fetched(f"{mirror}/dists/{suite}/main/source/Sources.xz")).decode().split("\n\n")
    found = {}
    for stanza in filter(None, stanzas):
        fields = dict(re.findall(r"^([\w-]+):[ \n]*((?:.*)(?:\n .*)*)", stanza, re.MULTILINE))
        files = [line.split() for line in fields["Checksums-Sha256"].strip().splitlines()]
        archives = [
            (f"{mirror}/{fields['Directory']}/{quote(name)}", sha256)
            for sha256, _, name in files
            if re.search(r"\.orig(-.*)?\.tar\.\w+$", name)
        ]
        found[fields["Package"]] = (fields["Version"], archives)
    return found


def members(address: str, sha256: str) -> Iterator[tuple[str, bytes]]:
    """Path, below the archive's own folder, and content of its files."""
    archive = fetched(address)
    if hashlib.sha256(archive).hexdigest() != sha256:
        raise SystemExit(f"{address} is not what the index says it is: try another --mirror.")
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        for member in tar:
            if member.isfile():
                yield member.name.removeprefix("./").partition("/")[2], tar.extractfile(member).read()


def sorted_out(archives: list[tuple[str, str]], globs: dict[str, list[str]]) -> dict[str, dict[str, bytes]]:
    """The files of a package by kind and path; one that fits the globs of two kinds is of the first."""
    files: dict[str, dict[str, bytes]] = {kind: {} for kind in globs}
    for address, sha256 in archives:
        for path, content in members(address, sha256):
            kind = next((kind for kind in globs if any(fnmatch(path, glob) for glob in globs[kind])), None)
            if kind:
                files[kind][path] = content
    return files


def rendered(page: bytes) -> str:
    """A manual page as a terminal of 78 columns shows it."""
    groff = ["groff", "-Kutf8", "-t", "-mandoc", "-Tutf8", "-rLL=78n", "-P-cbou"]
    return subprocess.run(groff, input=page, capture_output=True, check=True).stdout.decode()


def text_of(kind: str, content: bytes) -> str:
    text = rendered(content) if kind == "man_page" else content.decode("utf-8", "replace")
    return _CONTROL.sub("", text.replace("\r\n", "\n")).strip()[:LONGEST]


def documents(kind: str, package: str, version: str, files: dict[str, bytes]) -> list[dict]:
    """At most PER_PACKAGE rows of one kind from the matching files of one package, none twice."""
    common = {"label": kind, "split": "train", "group": f"debian/{package}", "version": version}
    rows = {}
    for path in sorted(files, key=lambda path: hashlib.sha1(f"{package}:{path}".encode()).digest()):
        text = text_of(kind, files[path])
        if len(text.split()) >= SHORTEST and len(rows) < PER_PACKAGE:
            name = f"debian/{package}:{path}"
            rows.setdefault(" ".join(text.split()), {"text": text, "id": name, "source": name, **common})
    return list(rows.values())


def main() -> None:
    parser = argparse.ArgumentParser(description="Collect the documents that debian.toml names.")
    parser.add_argument("--mirror", required=True, help="address of a Debian archive: the folder that has `dists` and `pool`")
    parser.add_argument("--data", type=Path, required=True, help="folder for debian.jsonl.xz")
    args = parser.parse_args()
    temporary = args.data / "debian.tmp"
    with lzma.open(temporary, "wt", encoding="utf-8") as out:
        for suite, wanted in tomllib.loads(CONFIG.read_text()).items():
            known = packages(args.mirror, suite)
            for package in sorted({name for globs in wanted.values() for name in globs}):
                globs = {kind: named[package] for kind, named in wanted.items() if package in named}
                version, archives = known[package]
                for kind, files in sorted_out(archives, globs).items():
                    rows = documents(kind, package, version, files)
                    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                    print(f"{package}: {len(rows)} of {len(files)} files as {kind}", flush=True)
    temporary.replace(args.data / "debian.jsonl.xz")


if __name__ == "__main__":
    main()
