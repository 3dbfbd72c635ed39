import assert from "node:assert/strict";
import { test } from "node:test";
import {
  keptFor,
  marksOf,
  measured,
  pathOf,
  ticksOf,
  valueNear,
  type Point,
} from "../../main/frontend/pages/parts/chartmodel";

const same = (value: number): number => value;

test("a line is broken where nothing was measured", () => {
  const points: Point[] = [
    [0, 1],
    [15, 2],
    [60, 3],
  ];
  assert.equal(pathOf(points, 15, same, same), "M0 1h0L15 2M60 3h0");
  assert.equal(pathOf([], 15, same, same), "");
});

test("a line is broken where its source changes, and the sparser source is not", () => {
  const points: Point[] = [
    [0, 1],
    [60, 2],
    [120, 3],
    [135, 4],
    [195, 5],
  ];
  const past = { measurement: "m", until: 120, step: 60 };
  assert.equal(pathOf(points, 15, same, same, past), "M0 1h0L60 2M120 3h0L135 4M195 5h0");
});

test("how long values are kept is said in days, or in hours below two", () => {
  assert.deepEqual(keptFor(15 * 86_400), { key: "beyond.days", count: 15 });
  assert.deepEqual(keptFor(86_400), { key: "beyond.hours", count: 24 });
});

test("the scale has round numbers up to the greatest value", () => {
  assert.deepEqual(ticksOf(310, false), [0, 100, 200, 300, 400]);
  assert.deepEqual(ticksOf(0.004, false).at(-1), 0.004);
  assert.deepEqual(ticksOf(0, false), [0, 1]);
  assert.deepEqual(ticksOf(Number.NaN, false), [0, 1]);
  assert.equal((ticksOf(400 * 1024 * 1024, true)[1] ?? 0) % (1024 * 1024), 0);
});

test("only what happened here and now is marked", () => {
  const entry = { at: "1970-01-01T00:01:00Z", kind: "release", title: "7", environment: "dev" };
  const marks = marksOf(
    [
      entry,
      { ...entry, environment: "prod" },
      { ...entry, kind: "commit" },
      { ...entry, at: "1970-01-01T01:00:00Z" },
      { ...entry, kind: "alert", environment: "", at: "1970-01-01T00:00:30Z" },
    ],
    "dev",
    0,
    100,
  );
  assert.deepEqual(
    marks.map((one) => [one.at, one.kind]),
    [
      [30, "alert"],
      [60, "release"],
    ],
  );
});

test("a moment far from every value has none", () => {
  const points: Point[] = [
    [0, 1],
    [100, 2],
  ];
  assert.equal(valueNear(points, 95, 15), 2);
  assert.equal(valueNear(points, 50, 15), null);
  assert.equal(valueNear([], 50, 15), null);
});

test("values carry their unit", () => {
  assert.equal(measured(419430400, "bytes"), "400 MiB");
  assert.equal(measured(0, "bytes"), "0 B");
  assert.equal(measured(0.25, "seconds"), "250 ms");
  assert.equal(measured(310, "count"), "310");
});
