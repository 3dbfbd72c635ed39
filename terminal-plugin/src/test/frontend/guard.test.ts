import assert from "node:assert/strict";
import { test } from "node:test";
import { Terminal } from "@xterm/xterm";
import { guard } from "../../main/frontend/pages/parts/guard";

const ESC = "\u001b";

async function answers(said: string, live = true): Promise<string> {
  const terminal = new Terminal({ allowProposedApi: true, cols: 80, rows: 24 });
  guard(terminal, () => live);
  let answered = "";
  terminal.onData((data) => (answered += data));
  terminal.onBinary((data) => (answered += data));
  await new Promise<void>((done) => terminal.write(said, done));
  return answered;
}

void test("answers what vi asks, in numbers alone", async () => {
  assert.equal(await answers(`ab${ESC}[6n`), `${ESC}[1;3R`);
  assert.equal(await answers(`${ESC}[5n`), `${ESC}[0n`);
  assert.match(await answers(`${ESC}[c`), /^\u001b\[\?[\d;]+c$/);
  assert.match(await answers(`${ESC}[0c`), /^\u001b\[\?[\d;]+c$/);
  assert.match(await answers(`${ESC}[>c`), /^\u001b\[>[\d;]+c$/);
});

void test("answers nothing that a program could have chosen", async () => {
  const name = "echo pwned\r";
  const corpus = [
    `${ESC}]0;${name}${ESC}\\${ESC}[21t`,
    `${ESC}]2;${name}\u0007${ESC}[20t`,
    `${ESC}]52;c;?\u0007`,
    `${ESC}]52;c;ZWNobyBwd25lZA0=\u0007${ESC}]52;c;?${ESC}\\`,
    `${ESC}]10;?\u0007`,
    `${ESC}]11;?${ESC}\\`,
    `${ESC}]12;?\u0007`,
    `${ESC}]10;?;?;?\u0007`,
    `${ESC}]4;0;?;1;?;2;#010203;3;?\u0007`,
    `${ESC}]5;0;?\u0007`,
    `${ESC}]17;?\u0007${ESC}]19;?\u0007`,
    `${ESC}P$qm${ESC}\\`,
    `${ESC}P$q"p${ESC}\\`,
    `${ESC}P$q${name}${ESC}\\`,
    `${ESC}P+q544e${ESC}\\`,
    `${ESC}[18t${ESC}[14t${ESC}[16t${ESC}[11t${ESC}[13t${ESC}[19t`,
    `${ESC}[?6n${ESC}[?15n${ESC}[?25n${ESC}[?26n${ESC}[?53n`,
    `${ESC}[7n${ESC}[n${ESC}[0n`,
    `${ESC}[4$p${ESC}[?2026$p${ESC}[?1049$p`,
    `${ESC}[>q${ESC}[>0q`,
    `${ESC}[=c`,
    `${ESC}[x${ESC}[1x`,
    `${ESC}[1;1;1;1;1;1*y`,
    `${ESC}[1$w${ESC}[2$w`,
    `${ESC}[?u${ESC}[?4m`,
    "\u0005",
    `${ESC}P1;2|17/${name}${ESC}\\`,
    `${ESC}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA${ESC}\\`,
    `${ESC}]1337;ReportVariable=eA==\u0007`,
    `${ESC}]50;?\u0007`,
    `${ESC}]60\u0007${ESC}]66;?\u0007`,
  ];
  for (const said of corpus) assert.equal(await answers(said), "", JSON.stringify(said));
});

void test("lets programs set colours and titles", async () => {
  assert.equal(await answers(`${ESC}]11;#102030\u0007${ESC}]4;1;#ff0000\u0007${ESC}]0;title\u0007text`), "");
});

void test("answers nothing a second time when what was shown before is drawn again", async () => {
  assert.equal(await answers(`${ESC}[6n${ESC}[c${ESC}[>c${ESC}[5n${ESC}Z`, false), "");
});

void test("answers a flood of questions a few times, and goes on", async () => {
  const answered = await answers(`${ESC}[6n`.repeat(100_000));
  assert.ok(answered.length < 2000, String(answered.length));
});

void test("digests ten million columns of escape garbage without an end of line, keeps its bounds, and goes on", async () => {
  const scrollback = 100;
  const terminal = new Terminal({ allowProposedApi: true, cols: 80, rows: 24, scrollback });
  guard(terminal, () => true);
  let answered = "";
  terminal.onData((data) => (answered += data));
  const starts = [
    "",
    ESC,
    `${ESC}[`,
    `${ESC}[?`,
    `${ESC}]52;c;`,
    `${ESC}]0;`,
    `${ESC}P$q`,
    `${ESC}_`,
    `${ESC}^`,
    "\u009b",
  ];
  let seed = 8;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const garbage = Array.from({ length: 4096 }, () => {
    const body = Array.from({ length: random(48) }, () => String.fromCodePoint(32 + random(95))).join("");
    return `${starts[random(starts.length)]}${body}${"9".repeat(random(40))}${random(4) === 0 ? "\u0007" : ""}`;
  }).join("");
  for (let columns = 0; columns < 10_000_000; columns += garbage.length) {
    await new Promise<void>((done) => terminal.write(garbage, done));
    assert.ok(terminal.buffer.active.length <= 24 + scrollback);
  }
  assert.match(answered, /^(\u001b\[[?>]?[\d;]*[cnR])*$/, "what no program chose, in numbers alone");
  await new Promise<void>((done) => terminal.write(`\u0018${ESC}c${ESC}[2Jalive`, done));
  assert.match(terminal.buffer.active.getLine(0)?.translateToString(true) ?? "", /alive/);
});
