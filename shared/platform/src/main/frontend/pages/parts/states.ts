import { h, hasText, pill, text, type Tone } from "@shera/kit";
import type { Running } from "./model";

const TONES: Readonly<Record<string, Tone>> = {
  Healthy: "ok",
  Progressing: "info",
  Initialized: "info",
  Promoting: "info",
  Paused: "warn",
  Aborted: "warn",
  RolledBack: "warn",
  Degraded: "bad",
  Unknown: "warn",
  Absent: "idle",
};

/** Worst first: how much a state asks for a hand. */
const URGENCY: readonly Tone[] = ["bad", "warn", "info", "ok", "idle"];

/** How a state feels. */
export function toneOf(state: string): Tone {
  return TONES[state] ?? "idle";
}

/** Sorts states by how much they ask for a hand; 0 is the most urgent. */
export function urgency(running: readonly Running[]): number {
  return Math.min(URGENCY.length, ...running.map((one) => URGENCY.indexOf(toneOf(one.state))));
}

/** The state of an application in an environment, in the reader's words. */
export function statePill(running: Running): HTMLElement {
  const key = `state.${running.state}`;
  return pill(toneOf(running.state), hasText(key) ? text(key) : running.state, running.why || undefined);
}

/** The verdict of the quality gate on an image; nothing when nobody judged it. */
export function qualityPill(quality: string): HTMLElement | null {
  if (quality === "") return null;
  const tone: Tone = quality === "OK" ? "ok" : quality === "ERROR" ? "bad" : "idle";
  const key = `quality.${quality}`;
  return pill(tone, hasText(key) ? text(key) : quality);
}

const MOST_PODS = 10;

/** Replicas as squares, those not ready dashed, with the figures beside them. */
export function pods(running: Running): HTMLElement | null {
  const { ready, desired } = running;
  if (ready === null || desired === null) return null;
  const squares = Array.from({ length: Math.min(Math.max(ready, desired), MOST_PODS) }, (_, index) =>
    h("i", { class: index < ready ? undefined : "shera-pods__waiting" }),
  );
  const figures = h(
    "span",
    { class: "shera-muted", title: text("running.ready", ready, desired) },
    `${ready}/${desired}`,
  );
  return h(
    "div",
    { class: "shera-row" },
    h("div", { class: "shera-pods", "aria-hidden": "true" }, ...squares),
    figures,
  );
}

/** An image name with a short digest beside it. */
export function imageName(running: Running): HTMLElement {
  if (running.image === "") return h("span", { class: "shera-muted" }, text("running.noImage"));
  const short = running.digest.replace(/^sha256:/, "").slice(0, 12);
  const name = h("code", { title: running.digest || undefined }, lastPart(running.image));
  return h("span", {}, name, short ? h("small", { class: "shera-muted" }, ` ${short}`) : null);
}

function lastPart(image: string): string {
  return image.replace(/@.*$/, "").split("/").at(-1) ?? image;
}
