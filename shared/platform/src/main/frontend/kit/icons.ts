import { svg } from "./dom";

const STROKE = {
  fill: "none",
  stroke: "currentColor",
  "stroke-width": 1.6,
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
};

function icon(...paths: readonly string[]): SVGElement {
  const frame = { ...STROKE, viewBox: "0 0 16 16", class: "shera-icon", "aria-hidden": "true" };
  return svg("svg", frame, ...paths.map((d) => svg("path", { d })));
}

/** A magnifying glass. */
export const searchIcon = (): SVGElement => icon("M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9", "M10.5 10.5 14 14");

/** Two angle brackets: the same by script. */
export const codeIcon = (): SVGElement => icon("M5.5 4 2 8l3.5 4", "M10.5 4 14 8l-3.5 4");

/** Two sheets: copy. */
export const copyIcon = (): SVGElement => icon("M5.5 5.5h8v8h-8z", "M10.5 5.5v-3h-8v8h3");
