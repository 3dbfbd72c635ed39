import { h, type Child } from "./dom";
import { text } from "./texts";

/** Grey bars in the place of content to come, of the height of what will come. */
export function loading(lines: number): HTMLElement {
  const bars = Array.from({ length: lines }, () => h("div", { class: "shera-skeleton" }));
  return h("div", { class: "shera-loading", role: "status", "aria-label": text("kit.loading") }, ...bars);
}

/** What stands where nothing is yet: a sentence, why, and the way on. */
export function empty(title: string, description?: string, ...actions: readonly Child[]): HTMLElement {
  return h(
    "div",
    { class: "jenkins-notice shera-empty" },
    h("div", {}, title),
    description && h("div", { class: "jenkins-notice__description" }, description),
    actions.length > 0 && h("div", { class: "shera-row" }, ...actions),
  );
}
