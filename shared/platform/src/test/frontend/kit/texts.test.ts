import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, text, useTexts } from "@shera/kit/texts";

test("fills placeholders and writes numbers as the language does", () => {
  useTexts({ said: "{0} of {1}, it''s {2}" }, "en");
  assert.equal(text("said", 1234.5, 2, "fine"), "1,234.5 of 2, it's fine");
});

test("shows the key where a text is missing, so that the gap is seen", () => {
  useTexts({}, "en");
  assert.equal(text("no.such.text"), "no.such.text");
});

test("counts by the rules of the language", () => {
  useTexts({ "rows.one": "{0} row", "rows.other": "{0} rows" }, "en");
  assert.deepEqual(
    [0, 1, 2].map((count) => counted("rows", count)),
    ["0 rows", "1 row", "2 rows"],
  );
  useTexts({ "rows.other": "{0} 行" }, "zh_CN");
  assert.equal(counted("rows", 1), "1 行");
});

test("does not fill what a value itself looks like", () => {
  useTexts({ said: "{0} {1}" }, "en");
  assert.equal(text("said", "{1}", "end"), "{1} end");
});
