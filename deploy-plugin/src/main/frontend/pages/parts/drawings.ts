import { h, number, pill, svg, text, type Child, type Tone } from "@shera/kit";
import type { Side, Step } from "./model";

const TONES: Readonly<Record<string, Tone>> = {
  Healthy: "ok",
  Progressing: "info",
  Initialized: "info",
  Promoting: "info",
  Paused: "warn",
  Aborted: "warn",
  RolledBack: "warn",
  Degraded: "bad",
  Hidden: "bad",
  Gone: "bad",
  Successful: "ok",
  Failed: "bad",
  Error: "bad",
  Inconclusive: "warn",
};

/** A phase or a verdict in the reader's words. */
export function wordPill(word: string): HTMLElement {
  return pill(TONES[word] ?? "idle", text(`word.${word}`));
}

/** How the requests are shared: one bar, the figures below it. */
export function weightBar(canary: number): HTMLElement {
  const split = 600 - canary * 6;
  const bar = svg(
    "svg",
    {
      class: "shera-weight",
      viewBox: "0 0 600 12",
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": text("weight.label", 100 - canary, canary),
    },
    svg("rect", {
      class: "shera-weight__stable",
      x: 0,
      y: 0,
      width: 600,
      height: 12,
    }),
    svg("rect", {
      class: "shera-weight__canary",
      x: split,
      y: 0,
      width: 600 - split,
      height: 12,
    }),
  );
  const figures = h(
    "div",
    { class: "shera-weight__figures", "aria-hidden": "true" },
    h("span", {}, `${text("stable")} ${100 - canary} %`),
    h("b", {}, `${text("canary")} ${canary} %`),
  );
  return h("div", {}, bar, figures);
}

/** Pods as squares, those not ready dashed. */
export function podSquares(side: Side): HTMLElement {
  const squares = Array.from({ length: Math.min(Math.max(side.desired, side.ready), 20) }, (_, index) =>
    h("i", { class: index < side.ready ? undefined : "shera-pods__waiting" }),
  );
  return h(
    "div",
    { class: "shera-row" },
    h("span", { class: "shera-pods", "aria-hidden": "true" }, ...squares),
    h("span", { class: "shera-muted" }, text("pods.ready", side.ready, side.desired)),
  );
}

/** Seconds as a clock reads them. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const MARKS: Readonly<Record<Step["state"], string>> = {
  done: "✓",
  current: "●",
  todo: "○",
  left: "–",
};

/** The steps in order, what is done and what is to come, with what is left of the one under way. */
export function stepList(steps: readonly Step[]): HTMLElement {
  return h(
    "ol",
    { class: "shera-steps" },
    ...steps.map((step, index) => {
      const item = h(
        "li",
        {},
        h(
          "span",
          { class: "shera-muted shera-small" },
          `${MARKS[step.state]} ${text("step", index + 1, steps.length)}`,
        ),
        h("b", {}, step.text),
        h("span", { class: "shera-small" }, stepDetail(step)),
      );
      item.dataset["state"] = step.state;
      if (step.state === "current") item.setAttribute("aria-current", "step");
      return item;
    }),
  );
}

function stepDetail(step: Step): Child {
  if (step.verdict !== "") return wordPill(step.verdict);
  if (step.state === "current" && step.seconds > 0) return text("countdown", clock(step.seconds - step.passed));
  return text(`step.${step.state}`);
}

/** The values of an analysis with the bounds they are held against. */
export function verdictChart(step: Step): SVGElement {
  const values = step.measurements.map((one) => one.value);
  const known = values.filter((value): value is number => value !== null);
  const bounds = [step.min, step.max].filter((bound): bound is number => bound !== null);
  const low = Math.min(0, ...known, ...bounds);
  const span = (Math.max(...known, ...bounds, low) - low) * 1.1 || 1;
  const y = (value: number) => 70 - ((value - low) / span) * 66;
  const gap = values.length > 1 ? 600 / (values.length - 1) : 0;
  let pen = "M";
  let path = "";
  values.forEach((value, index) => {
    if (value === null) {
      pen = "M";
      return;
    }
    path += `${pen}${Math.round(index * gap)} ${y(value).toFixed(1)}`;
    pen = "L";
  });
  if (known.length === 1) path += "h600";
  const lines = bounds.map((bound) =>
    svg("line", {
      class: "shera-verdict__bound",
      x1: 0,
      x2: 600,
      y1: y(bound).toFixed(1),
      y2: y(bound).toFixed(1),
    }),
  );
  const label = text("chart.label", step.text, known.map((value) => number(value)).join(", "));
  return svg(
    "svg",
    {
      class: "shera-verdict",
      viewBox: "0 0 600 72",
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": label,
    },
    ...lines,
    svg("path", { class: "shera-verdict__line", d: path }),
  );
}
