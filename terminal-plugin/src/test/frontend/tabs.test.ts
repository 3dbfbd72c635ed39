import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, nameOf, parseKept, Tabs, within, type Tab } from "../../main/frontend/pages/parts/tabs";

const ROOM = { environment: "dev", pod: "shop-1", container: "main" };

function tabs(count: number): { tabs: Tabs; made: Tab[] } {
  const all = new Tabs();
  const made = Array.from({ length: count }, (_, at) => {
    const tab = all.add(ROOM, `s${at + 1}`);
    tab.state = "open";
    all.show(tab);
    return tab;
  });
  return { tabs: all, made };
}

function at<T>(of: readonly T[], index: number): T {
  const found = of[index];
  assert.ok(found !== undefined);
  return found;
}

void test("numbers tabs by the smallest number that is free, and names them by place and number", () => {
  const { tabs: all, made } = tabs(3);
  assert.deepEqual(
    made.map((one) => one.number),
    [1, 2, 3],
  );
  assert.equal(nameOf(at(made, 1)), "shop-1/main · 2");
  all.close(at(made, 1));
  assert.equal(all.add(ROOM).number, 2);
  assert.equal(all.add(ROOM).number, 4);
});

void test("shows the last one opened, goes round with steps, and shows the neighbour of a closed one", () => {
  const { tabs: all, made } = tabs(3);
  assert.equal(all.here, made[2]);
  all.step(1);
  assert.equal(all.here, made[0]);
  all.step(-1);
  assert.equal(all.here, made[2]);
  all.step(-1);
  all.close(at(made, 1));
  assert.equal(all.here, made[2]);
  all.close(at(made, 2));
  assert.equal(all.here, made[0]);
  all.close(at(made, 0));
  assert.equal(all.here, undefined);
  assert.deepEqual(all.shown, []);
  all.step(1);
  all.across();
  assert.equal(all.spare(), undefined);
});

void test("closing a tab that is not seen changes nothing that is", () => {
  const { tabs: all, made } = tabs(3);
  all.close(at(made, 0));
  assert.deepEqual(all.shown, [made[2]]);
  assert.equal(all.here, made[2]);
});

void test("splits: a chosen tab takes the half that has the keys, or the half it is in already", () => {
  const { tabs: all, made } = tabs(3);
  assert.equal(all.spare(), made[0]);
  all.beside(at(made, 0));
  assert.deepEqual(all.shown, [made[2], made[0]]);
  assert.equal(all.here, made[0]);
  all.show(at(made, 1));
  assert.deepEqual(all.shown, [made[2], made[1]]);
  all.show(at(made, 2));
  assert.deepEqual(all.shown, [made[2], made[1]]);
  assert.equal(all.here, made[2]);
  all.across();
  assert.equal(all.here, made[1]);
  all.close(at(made, 2));
  assert.deepEqual(all.shown, [made[1]]);
  assert.equal(all.here, made[1]);
  all.beside(at(made, 1));
  assert.deepEqual(all.shown, [made[1]], "nothing stands beside itself");
});

void test("closing the half with the keys gives them to the other", () => {
  const { tabs: all, made } = tabs(2);
  all.beside(at(made, 0));
  all.close(at(made, 0));
  assert.deepEqual(all.shown, [made[1]]);
  assert.equal(all.here, made[1]);
});

void test("marks what is not seen, an end more than output, until it is seen", () => {
  const { tabs: all, made } = tabs(2);
  assert.equal(all.heard(at(made, 1), "output"), false);
  assert.equal(all.heard(at(made, 0), "output"), true);
  assert.equal(all.heard(at(made, 0), "output"), false, "a flood is one mark");
  assert.equal(all.heard(at(made, 0), "end"), true);
  assert.equal(all.heard(at(made, 0), "output"), false);
  assert.equal(made[0]?.news, "end");
  all.show(at(made, 0));
  assert.equal(made[0]?.news, "");
});

void test("a tab in place of one that is over has its number, place and keys", () => {
  const { tabs: all, made } = tabs(2);
  all.beside(at(made, 0));
  at(made, 0).state = "over";
  const next = all.replace(at(made, 0), ROOM);
  assert.equal(next.number, 1);
  assert.deepEqual(all.all, [next, made[1]]);
  assert.deepEqual(all.shown, [made[1], next]);
  assert.equal(all.here, next);
});

void test("keeps over a reload what runs, in order, with halves and keys", () => {
  const { tabs: all, made } = tabs(4);
  at(made, 1).state = "over";
  at(made, 3).state = "taken";
  all.show(at(made, 2));
  all.beside(at(made, 0));
  all.across();
  const again = new Tabs();
  const kept = parseKept(JSON.stringify(all.keep(70)));
  assert.equal(kept.share, 70);
  assert.equal(again.restore(kept), true);
  assert.deepEqual(
    again.all.map((one) => [one.session, one.number, one.room]),
    [
      ["s1", 1, ROOM],
      ["s3", 3, ROOM],
    ],
  );
  assert.deepEqual(
    again.shown.map((one) => one.session),
    ["s3", "s1"],
  );
  assert.equal(again.here?.session, "s3");
});

void test("a session is found while it runs", () => {
  const { tabs: all, made } = tabs(1);
  assert.equal(all.of("s1"), made[0]);
  at(made, 0).state = "lost";
  assert.equal(all.of("s1"), made[0]);
  at(made, 0).state = "over";
  assert.equal(all.of("s1"), undefined);
});

void test("what was kept may be anything", () => {
  const good = { session: "a", number: 1, ...ROOM };
  for (const bad of [null, "", "{", "7", "null", "[]", '{"tabs":7}', '{"tabs":[null,7,{}],"shown":{},"share":"x"}']) {
    assert.deepEqual(parseKept(bad), { tabs: [], shown: [], here: "", share: 50 }, String(bad));
  }
  const read = parseKept(
    JSON.stringify({
      tabs: [
        good,
        good,
        { ...good, session: 7 },
        { ...good, session: "b", number: -1 },
        { ...good, pod: "x".repeat(301) },
      ],
      shown: ["a", "a", "b", "c", 7],
      here: {},
      share: 1e9,
    }),
  );
  assert.deepEqual(
    read.tabs.map((one) => [one.session, one.number]),
    [
      ["a", 1],
      ["b", 0],
    ],
  );
  assert.deepEqual(read.shown, ["a", "b"]);
  assert.equal(read.share, 85);
  const many = Array.from({ length: 1000 }, (_, index) => ({ ...good, session: `s${index}` }));
  assert.equal(parseKept(JSON.stringify({ tabs: many })).tabs.length, 50);
  const all = new Tabs();
  assert.equal(all.restore(parseKept(JSON.stringify({ tabs: [], shown: ["ghost"], here: "ghost" }))), false);
  assert.equal(all.restore(read), true);
});

void test("a title is one line of plain text that is not long", () => {
  assert.equal(clean("vim shop.conf"), "vim shop.conf");
  assert.equal(clean("  a\tb\r\nc  "), "a b c");
  assert.equal(clean("a\u202egnp.exe\u200b\u2066b"), "agnp.exeb");
  assert.equal(clean("\u0000\u001b[31mred\u0007\u009b"), "[31mred");
  assert.equal(clean("a\u2028b\u2029c"), "a b c");
  assert.equal(clean("\ud800x"), "x");
  assert.equal(clean("x".repeat(10_000_000)), `${"x".repeat(39)}…`);
  assert.equal([...clean("\u{1f600}".repeat(100))].length, 40);
  assert.equal(clean("<b>bold</b>"), "<b>bold</b>");
});

void test("a share leaves room for both halves", () => {
  assert.deepEqual([0, 15, 49.6, 100, Number.NaN, Number.POSITIVE_INFINITY].map(within), [15, 15, 50, 85, 50, 50]);
});
