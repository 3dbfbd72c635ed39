import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { tarOf } from "../../main/frontend/pages/parts/tar";

function file(content: string, lastModified = 1_700_000_000_000): File {
  return new File([content], "any", { lastModified });
}

void test("tar of this machine reads an archive of the page", async () => {
  const long = `conf/${"d".repeat(120)}/\u6587.txt`;
  const blob = tarOf([
    { path: "conf" },
    { path: "conf/shop.conf", file: file("port 80\n") },
    { path: "conf/empty" },
    { path: long, file: file("x".repeat(512)) },
    { path: "conf/none", file: file("") },
  ]);
  const archive = Buffer.from(await blob.arrayBuffer());
  assert.equal(archive.length % 512, 0);
  const run = (...words: string[]) => execFileSync("tar", words, { input: archive, encoding: "utf8" });
  assert.deepEqual(run("-tf", "-", "--quoting-style=literal").trim().split("\n"), [
    "conf/",
    "conf/shop.conf",
    "conf/empty/",
    long,
    "conf/none",
  ]);
  assert.equal(run("-xOf", "-", "conf/shop.conf"), "port 80\n");
  assert.equal(run("-xOf", "-", long), "x".repeat(512));
  assert.match(run("-tvf", "-"), /-rw-r--r-- 0\/0 +8 2023-11-14/);
});
