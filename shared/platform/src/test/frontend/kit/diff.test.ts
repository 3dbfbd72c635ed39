import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, type DiffLine } from "@shera/kit/diff";

const drawn = (lines: readonly DiffLine[]) =>
  lines.map((line) => ({ same: " ", removed: "-", added: "+" })[line.kind] + line.line);

test("shows the one line that changed, removal first", () => {
  assert.deepEqual(drawn(compare("a\nb\nc\n", "a\nx\nc\n")), [" a", "-b", "+x", " c"]);
});

test("numbers each side by itself", () => {
  const added = compare("a\nc", "a\nb\nc");
  assert.deepEqual(
    added.map((line) => [line.before, line.after]),
    [
      [1, 1],
      [undefined, 2],
      [2, 3],
    ],
  );
});

test("takes line ends of either kind and a missing last one as equal", () => {
  assert.deepEqual(drawn(compare("a\r\nb\r\n", "a\nb")), [" a", " b"]);
});

test("compares with nothing", () => {
  assert.deepEqual(drawn(compare("", "a\nb")), ["+a", "+b"]);
  assert.deepEqual(drawn(compare("a", "")), ["-a"]);
  assert.deepEqual(compare("", ""), []);
});

test("gives both texts back, whatever changed", () => {
  const before = Array.from({ length: 60 }, (_, line) => `line ${line % 7}`);
  const after = before
    .filter((_, line) => line % 5 !== 0)
    .flatMap((line, index) => (index % 9 === 0 ? [line, "new"] : [line]));
  const lines = compare(before.join("\n"), after.join("\n"));
  assert.deepEqual(
    lines.filter((line) => line.kind !== "added").map((line) => line.line),
    before,
  );
  assert.deepEqual(
    lines.filter((line) => line.kind !== "removed").map((line) => line.line),
    after,
  );
});
