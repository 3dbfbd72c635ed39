import { h } from "./dom";

/** How a state feels: the colour never says more than the words beside it. */
export type Tone = "ok" | "warn" | "bad" | "info" | "idle";

/** A status in a word or two; the title is for what there is no room for. */
export function pill(tone: Tone, label: string, title?: string): HTMLElement {
  return h("span", { class: `shera-pill shera-pill--${tone}`, title }, label);
}
