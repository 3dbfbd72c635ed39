import type { Terminal } from "@xterm/xterm";

/** Answers in a second at most; a full-screen program asks a few when it begins. */
const MOST_ANSWERS = 50;
const SECOND_MILLIS = 1000;

/**
 * Lets a terminal answer only what full-screen programs cannot do without: who it is (DA1, DA2), whether it works (DSR 5) and where the
 * cursor is (CPR), each in numbers alone, while `live` says that the question is heard for the first time. All else would put text into the
 * program's input as if somebody had typed it: settings (DECRQSS, DECRQM, XTGETTCAP), colours, title, size, clipboard, checksums, version.
 */
export function guard(terminal: Terminal, live: () => boolean): void {
  const { parser } = terminal;
  const never = (): boolean => true;
  let answers = 0;
  let since = performance.now();
  const silent = (): boolean => {
    const now = performance.now();
    if (now - since > SECOND_MILLIS) {
      since = now;
      answers = 0;
    }
    answers += 1;
    return !live() || answers > MOST_ANSWERS;
  };
  parser.registerOscHandler(52, never);
  for (const colour of [4, 5, 10, 11, 12, 13, 14, 17, 19])
    parser.registerOscHandler(colour, (data) => data.includes("?"));
  for (const intermediates of ["$", "+"]) parser.registerDcsHandler({ intermediates, final: "q" }, never);
  for (const refused of [
    { final: "t" },
    { final: "x" },
    { prefix: "?", final: "n" },
    { prefix: "?", final: "u" },
    { prefix: "?", final: "m" },
    { prefix: ">", final: "q" },
    { prefix: "=", final: "c" },
    { intermediates: "$", final: "p" },
    { prefix: "?", intermediates: "$", final: "p" },
    { intermediates: "*", final: "y" },
    { intermediates: "$", final: "w" },
  ])
    parser.registerCsiHandler(refused, never);
  parser.registerCsiHandler({ final: "n" }, ([what]) => (what !== 5 && what !== 6) || silent());
  parser.registerCsiHandler({ final: "c" }, silent);
  parser.registerCsiHandler({ prefix: ">", final: "c" }, silent);
  parser.registerEscHandler({ final: "Z" }, silent);
}
