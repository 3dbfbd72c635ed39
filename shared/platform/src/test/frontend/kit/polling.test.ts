import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { poll } from "@shera/kit/polling";

class Page extends EventTarget {
  hidden = false;

  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

/** Lets promises settle; a real immediate, as the clock of the tests stands still. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("reads while seen, rests while hidden, and reads at once when seen again", async (context) => {
  const page = new Page();
  Object.assign(globalThis, { document: page });
  mock.timers.enable({ apis: ["setTimeout"] });
  context.after(() => mock.timers.reset());
  let reads = 0;
  const polling = poll(async () => void (reads += 1), 1_000);
  await settle();
  assert.equal(reads, 1);
  mock.timers.tick(1_000);
  await settle();
  assert.equal(reads, 2);
  page.turn(true);
  mock.timers.tick(60_000);
  await settle();
  assert.equal(reads, 2);
  page.turn(false);
  await settle();
  assert.equal(reads, 3);
  polling.stop();
  mock.timers.tick(60_000);
  await settle();
  assert.equal(reads, 3);
});

test("slows down with each failure and keeps one read at a time", async (context) => {
  Object.assign(globalThis, { document: new Page() });
  mock.timers.enable({ apis: ["setTimeout"] });
  context.after(() => mock.timers.reset());
  let reads = 0;
  const polling = poll(() => {
    reads += 1;
    return Promise.reject(new Error("down"));
  }, 1_000);
  await Promise.all([polling.refresh(), polling.refresh()]);
  assert.equal(reads, 1);
  mock.timers.tick(1_000);
  await settle();
  assert.equal(reads, 1);
  mock.timers.tick(1_000);
  await settle();
  assert.equal(reads, 2);
  polling.stop();
});
