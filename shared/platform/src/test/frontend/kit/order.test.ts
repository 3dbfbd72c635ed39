import assert from "node:assert/strict";
import { test } from "node:test";
import { matches, ordered } from "@shera/kit/order";

test("orders words as people count, and what is missing last both ways", () => {
  const rows = ["node-10", null, "node-9", "Node-1"];
  assert.deepEqual(
    ordered(rows, (row) => row, false),
    ["Node-1", "node-9", "node-10", null],
  );
  assert.deepEqual(
    ordered(rows, (row) => row, true),
    ["node-10", "node-9", "Node-1", null],
  );
});

test("keeps the order of equals", () => {
  const rows = [
    { name: "b", rank: 1 },
    { name: "a", rank: 1 },
    { name: "c", rank: 0 },
  ];
  assert.deepEqual(
    ordered(rows, (row) => row.rank, false).map((row) => row.name),
    ["c", "b", "a"],
  );
});

test("finds every word in any order and case", () => {
  assert.ok(matches("Payments checkout:5.1 prod", "PROD check"));
  assert.ok(!matches("Payments checkout:5.1 prod", "prod ledger"));
});
