import { h } from "./dom";
import { counted, text } from "./texts";

/** One line of a comparison with its numbers on either side. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly line: string;
  readonly before?: number;
  readonly after?: number;
}

/** Beyond this many lines on a side the changed middle is shown as removed and added whole. */
const LONGEST = 2_000;

/** Compares two texts line by line (longest common subsequence). */
export function compare(before: string, after: string): DiffLine[] {
  const left = linesOf(before);
  const right = linesOf(after);
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const middle = middleOf(left.slice(start, left.length - end), right.slice(start, right.length - end));
  const kinds = [...Array<"same">(start).fill("same"), ...middle, ...Array<"same">(end).fill("same")];
  return numbered(kinds, left, right);
}

/** Draws a comparison; long unchanged stretches fold away. */
export function diffView(before: string, after: string, context = 3): HTMLElement {
  const lines = compare(before, after);
  const near = lines.map((_, index) => {
    const around = lines.slice(Math.max(0, index - context), index + context + 1);
    return around.some((line) => line.kind !== "same");
  });
  const rows: HTMLElement[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    if (near[index]) {
      rows.push(drawn(lines[index] as DiffLine));
      continue;
    }
    const from = index;
    while (index + 1 < lines.length && !near[index + 1]) index += 1;
    rows.push(folded(lines.slice(from, index + 1)));
  }
  const summary = lines.some((line) => line.kind !== "same") ? text("kit.diff") : text("kit.diff.same");
  return h("div", { class: "shera-diff", role: "group", "aria-label": summary, tabindex: 0 }, ...rows);
}

function linesOf(whole: string): string[] {
  if (whole === "") return [];
  return whole.replace(/\r\n/g, "\n").replace(/\n$/, "").split("\n");
}

function middleOf(left: readonly string[], right: readonly string[]): DiffLine["kind"][] {
  if (left.length > LONGEST || right.length > LONGEST) {
    return [...left.map(() => "removed" as const), ...right.map(() => "added" as const)];
  }
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const kinds: DiffLine["kind"][] = [];
  let row = 0;
  let column = 0;
  while (row < left.length || column < right.length) {
    if (row < left.length && column < right.length && left[row] === right[column]) {
      kinds.push("same");
      row += 1;
      column += 1;
    } else if (column >= right.length || (row < left.length && at(row + 1, column) >= at(row, column + 1))) {
      kinds.push("removed");
      row += 1;
    } else {
      kinds.push("added");
      column += 1;
    }
  }
  return kinds;
}

function numbered(kinds: readonly DiffLine["kind"][], left: readonly string[], right: readonly string[]): DiffLine[] {
  let before = 0;
  let after = 0;
  return kinds.map((kind) => {
    if (kind === "removed") return { kind, line: left[before] ?? "", before: ++before };
    if (kind === "added") return { kind, line: right[after] ?? "", after: ++after };
    return { kind, line: left[before] ?? "", before: ++before, after: ++after };
  });
}

function drawn(line: DiffLine): HTMLElement {
  const sign = { same: " ", removed: "-", added: "+" }[line.kind];
  const tag = { same: "span", removed: "del", added: "ins" } as const;
  return h(
    tag[line.kind],
    { class: `shera-diff__line shera-diff__line--${line.kind}` },
    h("span", { class: "shera-diff__number", "aria-hidden": "true" }, line.before),
    h("span", { class: "shera-diff__number", "aria-hidden": "true" }, line.after),
    h("span", { class: "shera-diff__text" }, `${sign} ${line.line}`),
  );
}

function folded(lines: readonly DiffLine[]): HTMLElement {
  const details = h(
    "details",
    { class: "shera-diff__fold" },
    h("summary", {}, counted("kit.diff.unchanged", lines.length)),
  );
  details.addEventListener("toggle", () => details.append(...lines.map(drawn)), { once: true });
  return details;
}
