import assert from "node:assert/strict";
import { test } from "node:test";
import { bandsOf, lasted, secondsOf, together, type Preview } from "../../main/frontend/pages/parts/lookback";

test("a length of time is told by its two greatest parts", () => {
  assert.equal(lasted(0), "0s");
  assert.equal(lasted(3_000), "50m");
  assert.equal(lasted(2 * 86_400 + 3 * 3_600 + 59), "2d3h");
  assert.equal(lasted(86_400 + 5), "1d5s");
});

test("a gap of one moment is one step long, and lies behind the lines", () => {
  const moment = ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"] as const;
  assert.equal(together([moment, moment], 60), 120);
  const preview = { missing: [moment], unreadable: [], outcomes: [], step: 60 } as unknown as Preview;
  const at = secondsOf(moment[0]);
  assert.deepEqual(
    bandsOf(preview, (kind) => kind),
    [{ from: at, until: at + 60, kind: "missing", title: "missing" }],
  );
});
