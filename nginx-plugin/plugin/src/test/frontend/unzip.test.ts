import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { unzip } from "../../main/frontend/pages/parts/unzip";

/** A zip archive as programs write it; `said` is the size it claims for each file. */
function zip(files: Readonly<Record<string, string>>, packed: boolean, said?: number): File {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = packed ? deflateRawSync(Buffer.from(content)) : Buffer.from(content);
    const head = Buffer.alloc(30 + Buffer.byteLength(name) + 4);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    // An extra field, which only the local header has.
    head.writeUInt16LE(4, 28);
    head.write(name, 30);
    local.push(head, data);
    const entry = Buffer.alloc(46 + Buffer.byteLength(name));
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(packed ? 8 : 0, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(said ?? Buffer.byteLength(content), 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    entry.write(name, 46);
    central.push(entry);
    at += head.length + data.length;
  }
  const comment = Buffer.from("made by hand");
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return new File([Buffer.concat([...local, ...central, end, comment])], "tree.zip");
}

const TREE = {
  "nginx/": "",
  "nginx/nginx.conf": "http { include conf.d/*; }",
  "nginx/conf.d/ü.conf": "# ü\n".repeat(500),
};

for (const packed of [true, false]) {
  test(`texts of an archive come by their path, ${packed ? "packed" : "as they are"}; folders are none`, async () => {
    const { "nginx/": folder, ...texts } = TREE;
    assert.equal(folder, "");
    assert.deepEqual(await unzip(zip(TREE, packed)), texts);
  });
}

test("an archive without files has no texts", async () => {
  assert.deepEqual(await unzip(zip({}, true)), {});
});

test("what is no archive is refused with its name", async () => {
  await assert.rejects(unzip(new File(["no zip at all, and longer than the end of one"], "a.txt")), /a\.txt/);
  await assert.rejects(unzip(new File([""], "empty.zip")), /empty\.zip/);
});

test("an archive that unpacks to too much is refused, whatever it says of its sizes", async () => {
  await assert.rejects(unzip(zip({ "a.conf": "x".repeat(3 << 20), "b.conf": "y".repeat(3 << 20) }, true)), /tree\.zip/);
  await assert.rejects(unzip(zip({ "a.conf": "x".repeat(5 * 1024 * 1024) }, true, 1)), /tree\.zip/);
});
