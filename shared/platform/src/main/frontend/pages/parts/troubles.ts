import { h } from "@shera/kit";
import type { Trouble } from "./model";

/** Stored things that no longer fit, each with the way to put it right. */
export function troubles(problems: readonly Trouble[]): HTMLElement | null {
  if (problems.length === 0) return null;
  const lines = problems.map(({ where, why, next }) => h("li", {}, h("code", {}, where), ` ${why} ${next}`));
  return h(
    "div",
    { class: "jenkins-alert jenkins-alert-warning", role: "status" },
    h("ul", { class: "shera-plain" }, ...lines),
  );
}
