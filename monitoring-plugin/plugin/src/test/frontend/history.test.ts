import assert from "node:assert/strict";
import { test } from "node:test";
import { joined } from "../../main/frontend/pages/parts/history";

const ids = (...all: number[]) => all.map((id) => ({ id }));

test("what is new stands before what was there, each once, and older ones stay", () => {
  assert.deepEqual(joined(ids(9, 8, 7), ids(8, 7, 6, 5)), ids(9, 8, 7, 6, 5));
});

test("where entries between are not known, nothing is joined", () => {
  assert.equal(joined(ids(9, 8), ids(6, 5)), null);
  assert.equal(joined(ids(9, 8), []), null);
  assert.equal(joined([], []), null);
});
