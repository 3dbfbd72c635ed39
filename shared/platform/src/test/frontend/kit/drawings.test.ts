import assert from "node:assert/strict";
import { test } from "node:test";
import { widths } from "@shera/kit/bar";
import { quantity } from "@shera/kit/quantity";
import { sparkPath } from "@shera/kit/spark";
import { useTexts } from "@shera/kit/texts";
import { ago } from "@shera/kit/time";

test("writes bytes in powers of 1024 and leaves cores alone", () => {
  useTexts({}, "en");
  assert.equal(quantity(68_719_476_736, "bytes"), "64 GiB");
  assert.equal(quantity(1_536, "bytes"), "1.5 KiB");
  assert.equal(quantity(0, "bytes"), "0 B");
  assert.equal(quantity(9.5, "cpu"), "9.5");
});

test("fills a bar by the share of what is allowed and tells when it is exceeded", () => {
  assert.deepEqual(widths({ asked: 4, used: 2, allowed: 8 }), { asked: 50, used: 25, over: false });
  assert.deepEqual(widths({ asked: 12, used: 2, allowed: 8 }), { asked: 100, used: 25, over: true });
});

test("never fills a bar without a bound", () => {
  assert.deepEqual(widths({ asked: 4, used: 2, allowed: null }), { asked: 50, used: 25, over: false });
  assert.deepEqual(widths({ asked: 0, used: null, allowed: null }), { asked: 0, used: 0, over: false });
});

test("treats a quota of nothing as full once something is asked", () => {
  assert.deepEqual(widths({ asked: 1, allowed: 0 }), { asked: 100, used: 0, over: true });
});

test("breaks a line where data is missing instead of drawing a zero", () => {
  assert.equal(sparkPath([0, 1, null, 1], 90, 10), "M0 9L30 1M90 1");
  assert.equal(sparkPath([null, null], 90, 10), "");
  assert.equal(sparkPath([5], 90, 10), "M0 9");
});

test("tells times apart by the largest unit that fits", () => {
  useTexts({}, "en");
  const now = new Date("2026-03-01T12:00:00Z");
  assert.equal(ago(new Date("2026-03-01T11:59:30Z"), now), "now");
  assert.equal(ago(new Date("2026-03-01T11:56:00Z"), now), "4 min. ago");
  assert.equal(ago(new Date("2026-02-28T12:00:00Z"), now), "yesterday");
  assert.equal(ago(new Date("2026-03-01T14:00:00Z"), now), "in 2 hr.");
});
