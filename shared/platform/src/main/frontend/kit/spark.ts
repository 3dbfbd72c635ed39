import { svg } from "./dom";

/** The line of a sparkline as path data; gaps (null) break the line instead of drawing a zero. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return "";
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let pen = "M";
  let path = "";
  values.forEach((value, index) => {
    if (value === null) {
      pen = "M";
      return;
    }
    const y = height - 1 - ((value - low) / span) * (height - 2);
    path += `${pen}${round(index * step)} ${round(y)}`;
    pen = "L";
  });
  return path;
}

/** A small line without axes; the label says in words what it shows. */
export function spark(values: readonly (number | null)[], label: string): SVGElement {
  const path = svg("path", { d: sparkPath(values, 112, 24), class: "shera-spark__line" });
  return svg(
    "svg",
    { class: "shera-spark", viewBox: "0 0 112 24", preserveAspectRatio: "none", role: "img", "aria-label": label },
    path,
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
