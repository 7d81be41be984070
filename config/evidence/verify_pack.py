#!/usr/bin/env python3
"""Verifies an evidence pack of Entrawatch: python3 and the openssl command (3.0 or later), nothing else.

    python3 verify_pack.py [--public-key evidence.pub] PACK

PACK is the folder of one tenant, or the folder that holds several. Prints what holds and what does not. Exit: 0 all
holds, 1 something does not, 2 nothing could be verified. What it proves, and what not, is in the pack's README.md.
"""
import argparse
import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

SPKI_ED25519 = bytes.fromhex("302a300506032b6570032100")  # an Ed25519 public key in DER begins so
TIME_COLUMN, REVISION_COLUMN, SHA256_COLUMN = 6, 9, 22  # of a row of `event` as it is hashed


class Broken(Exception):
    pass


def shown(text):
    """Names in a pack may have been chosen by an attacker: nothing of them reaches the terminal raw."""
    return ascii(text)[1:-1]


def read_keys(file):
    """{id: PEM}; the id is the beginning of the SHA-256 of the DER form."""
    keys, block = {}, None
    with open(file, encoding="ascii") as lines:
        for line in lines:
            if line.startswith("-----BEGIN PUBLIC KEY"):
                block = ""
            elif line.startswith("-----END PUBLIC KEY"):
                der = base64.b64decode(block)
                if not der.startswith(SPKI_ED25519) or len(der) != 44:
                    raise Broken(f"{file}: holds a key that is not Ed25519")
                pem = base64.b64encode(der).decode()
                keys[hashlib.sha256(der).hexdigest()[:16]] = (
                    f"-----BEGIN PUBLIC KEY-----\n{pem}\n-----END PUBLIC KEY-----\n")
                block = None
            elif block is not None:
                block += line.strip()
    if not keys:
        raise Broken(f"{file}: holds no public key")
    return keys


def verify_signature(keys, key, message, signature):
    if key not in keys:
        raise Broken(f"signed with the key {shown(key)}, which is none of those given: {', '.join(keys)}")
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for name, octets in (("key", keys[key].encode()), ("message", message), ("signature", signature)):
            names[name] = os.path.join(folder, name)
            with open(names[name], "wb") as out:
                out.write(octets)
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", names["key"], "-rawin", "-in",
                               names["message"], "-sigfile", names["signature"]], capture_output=True, check=False)
    if done.returncode != 0:
        raise Broken(f"the signature is not that of the key {key}")


def json_lines(file):
    with open(file, encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError:
                raise Broken(f"line {number} is no JSON") from None


def verify_files(pack, manifest):
    listed = set()
    for entry in manifest["files"]:
        path = entry["path"]
        if path.startswith("/") or ".." in path.split("/"):
            raise Broken(f"the manifest names {shown(path)}, which lies outside")
        listed.add(path)
        digest, size = hashlib.sha256(), 0
        try:
            with open(os.path.join(pack, path), "rb") as octets:
                while block := octets.read(1 << 20):
                    digest.update(block)
                    size += len(block)
        except OSError as error:
            raise Broken(f"{shown(path)}: {error.strerror}") from None
        if size != entry["size"] or digest.hexdigest() != entry["sha256"]:
            raise Broken(f"{shown(path)}: is not what the manifest says; it was changed")
    listed |= {"manifest.json", "manifest.sig"}
    for folder, _, files in os.walk(pack):
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), pack).replace(os.sep, "/")
            if path not in listed:
                raise Broken(f"{shown(path)}: is in the folder, but not in the manifest; it was added")
    return f"{len(manifest['files'])} files are those of the manifest"


def verify_manifest(pack, octets, manifest, keys):
    if manifest.get("key") is None:
        return None
    with open(os.path.join(pack, "manifest.sig"), "rb") as signature:
        verify_signature(keys, manifest["key"], octets, signature.read())
    return f"the manifest is signed with the key {manifest['key']}"


def verify_checkpoints(pack, keys):
    points = list(json_lines(os.path.join(pack, "integrity", "checkpoints.jsonl")))
    for point in points:
        statement = (f"entrawatch chain checkpoint\ntenant {point['tenant']}\nentry {point['entry']}\n"
                     f"hash {point['hash']}\nat {point['at']}\n")
        try:
            verify_signature(keys, point["key"], statement.encode(), bytes.fromhex(point["signature"]))
        except Broken as broken:
            raise Broken(f"checkpoint of entry {point['entry']}: {broken}") from None
    return points


def columns_of(row):
    """The columns of a row as it is hashed: `n;`, `i17;`, `t5:hello;`, `b2:..;`."""
    table, _, rest = row.partition(b"\n")
    if table != b"event":
        raise Broken("a row that is bound to the chain is no event")
    columns, at = [], 0
    while at < len(rest):
        kind = rest[at:at + 1]
        if kind == b"n":
            columns.append(None)
            at += 2
        elif kind == b"i":
            end = rest.index(b";", at)
            columns.append(int(rest[at + 1:end]))
            at = end + 1
        elif kind in (b"t", b"b"):
            colon = rest.index(b":", at)
            size = int(rest[at + 1:colon])
            columns.append(rest[colon + 1:colon + 1 + size])
            at = colon + size + 2
        else:
            raise Broken("a row that is bound to the chain cannot be read")
    return columns


def event_lines(body):
    """[(number of rows, digest)] of the lines about `event`."""
    lines = []
    for line in body.splitlines():
        words = line.split(" ")
        if words[0] != "event":
            continue
        count = 0
        for run in words[1:-1]:
            first, _, last = run.partition("..")
            count += int(last) - int(first) + 1 if last else 1
        lines.append((count, words[-1]))
    return lines


def verify_entry(entry, bound):
    """The digests of the event rows are those that the entry names; rows in full go to `bound`."""
    rows = entry.get("events", [])
    digests, at = [], 0
    for row in rows:
        if "row" in row:
            octets = base64.b64decode(row["row"])
            columns = columns_of(octets)
            if columns[0] != row["event"] or columns[REVISION_COLUMN] != row["revision"]:
                raise Broken(f"entry {entry['entry']}: a row is not that of event {row['event']}")
            bound[(row["event"], row["revision"])] = columns[SHA256_COLUMN].hex()
            digests.append(hashlib.sha256(octets).digest())
        else:
            digests.append(bytes.fromhex(row["sha256"]))
    for count, digest in event_lines(entry["body"]):
        if hashlib.sha256(b"".join(digests[at:at + count])).hexdigest() != digest:
            raise Broken(f"entry {entry['entry']}: the rows of events are not those that it was written over")
        at += count
    if at != len(digests):
        raise Broken(f"entry {entry['entry']}: has rows that it does not name")


def verify_chain(pack, manifest, points):
    """Returns what is bound: {(event, revision): sha256 of the octets}."""
    signed = {point["entry"]: point["hash"] for point in points}
    first, last = manifest["chain"]["first"], manifest["chain"]["last"]
    before, expected, bound = "0" * 64, first, {}
    if first > 1:
        if first - 1 not in signed:
            raise Broken(f"the signature of entry {first - 1}, before the first one here, is missing")
        before = signed[first - 1]
    for entry in json_lines(os.path.join(pack, "integrity", "chain.jsonl")):
        number = entry["entry"]
        if number != expected:
            raise Broken(f"entry {expected} is missing")
        text = f"{before}\n{number}\n{entry['body']}"
        before = hashlib.sha256(text.encode()).hexdigest()
        if before != entry["hash"]:
            raise Broken(f"entry {number}: its hash is another one; it or one before it was changed")
        if signed.get(number, before) != before:
            raise Broken(f"entry {number}: is not the one that was signed")
        verify_entry(entry, bound)
        expected += 1
    if expected != last + 1:
        raise Broken(f"entry {expected} is missing")
    return bound


def octets_of(record):
    return record["raw"].encode() if "raw" in record else base64.b64decode(record["raw_base64"])


def verify_records(pack, bound):
    count, unbound = 0, 0
    for record in json_lines(os.path.join(pack, "events.jsonl")):
        count += 1
        for one in [record] + record.get("other_revisions", []):
            if hashlib.sha256(octets_of(one)).hexdigest() != one["sha256"]:
                raise Broken(f"events.jsonl: record {shown(record['id'])}: its octets were changed")
        digest = bound.get((record["event"], record["revision"]))
        if digest is None:
            unbound += 1
        elif digest != record["sha256"]:
            raise Broken(f"events.jsonl: record {shown(record['id'])}: its octets are not those that the chain covers")
    return count, unbound


def verify_pack(pack, given):
    lines, complaints = [], []
    with open(os.path.join(pack, "manifest.json"), "rb") as file:
        octets = file.read()
    manifest = json.loads(octets)
    if manifest.get("format") != "entrawatch evidence pack 1":
        raise Broken("manifest.json: this script does not know the format")
    lines.append(verify_files(pack, manifest))
    own = os.path.join(pack, "integrity", "evidence.pub")
    if given is None and not os.path.exists(own):
        raise Broken("there is no public key; give one with --public-key")
    keys = read_keys(given or own)
    signed = verify_manifest(pack, octets, manifest, keys)
    if signed:
        lines.append(signed)
    else:
        complaints.append("the manifest is NOT signed: whoever could write the folder could have made all of it")
    if given is None:
        complaints.append("the public key came with the pack, from whoever made it; compare its id with the one that you "
                          "were given, or name your own copy with --public-key: " + ", ".join(keys))
    points = verify_checkpoints(pack, keys)
    bound = verify_chain(pack, manifest, points)
    lines.append(f"entries {manifest['chain']['first']} to {manifest['chain']['last']} of the evidence chain are whole, "
                 f"under {len(points)} signature{'' if len(points) == 1 else 's'}")
    count, unbound = verify_records(pack, bound)
    lines.append(f"{count - unbound} of {count} records are the octets that the chain covers")
    if unbound:
        complaints.append(f"{unbound} records came after the last signature in the pack, and nothing binds them")
    return manifest, lines, complaints


def packs_in(folder):
    if os.path.exists(os.path.join(folder, "manifest.json")):
        return [folder]
    return sorted(entry.path for entry in os.scandir(folder)
                  if entry.is_dir() and os.path.exists(os.path.join(entry.path, "manifest.json")))


def main():
    parser = argparse.ArgumentParser(description="Verifies an evidence pack of Entrawatch.")
    parser.add_argument("--public-key", metavar="FILE", help="the evidence.pub that you were given")
    parser.add_argument("pack", metavar="PACK", help="the folder of one tenant, or the one that holds several")
    options = parser.parse_args()
    if shutil.which("openssl") is None:
        print("the openssl command (3.0 or later) is needed to check signatures", file=sys.stderr)
        return 2
    try:
        packs = packs_in(options.pack)
    except OSError as error:
        print(f"{options.pack}: {error.strerror}", file=sys.stderr)
        return 2
    if not packs:
        print(f"{options.pack}: there is no manifest.json here", file=sys.stderr)
        return 2
    code = 0
    for pack in packs:
        try:
            manifest, lines, complaints = verify_pack(pack, options.public_key)
        except (Broken, KeyError, TypeError, ValueError, IndexError, AttributeError, OSError) as broken:
            print(f"{pack}: BROKEN\n  {broken if isinstance(broken, Broken) else 'cannot be read: ' + shown(repr(broken))}")
            code = 1
            continue
        print(f"{pack}: intact ({shown(manifest['tenant'])}, {manifest['from']} to {manifest['to']})")
        for line in lines:
            print(f"  {line}")
        for complaint in complaints:
            print(f"  note: {complaint}")
    return code


if __name__ == "__main__":
    sys.exit(main())
