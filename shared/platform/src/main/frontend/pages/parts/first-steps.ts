import { card, counted, h, pill, text } from "@shera/kit";
import type { FirstStep } from "./model";

const HIDDEN = "shera.first-steps.hidden";

/** The way from nothing to the first deployed application; who has come there may hide it. */
export function firstSteps(steps: readonly FirstStep[]): HTMLElement | null {
  const left = steps.filter((step) => step.needed && !step.done).length;
  if (steps.length === 0 || (left === 0 && localStorage.getItem(HIDDEN) === "true")) return null;
  const hide = h("button", { type: "button", class: "jenkins-button jenkins-button--tertiary" }, text("steps.hide"));
  const list = h("ol", { class: "shera-steps" }, ...steps.map(line));
  const element = card(
    text("steps.title"),
    left === 0
      ? [h("details", {}, h("summary", { class: "shera-muted" }, text("steps.ready")), list)]
      : [h("p", { class: "shera-muted" }, counted("steps.left", left)), list],
    left === 0 && hide,
  );
  hide.addEventListener("click", () => {
    localStorage.setItem(HIDDEN, "true");
    element.remove();
  });
  return element;
}

function line(step: FirstStep): HTMLElement {
  const state = step.done
    ? pill("ok", text("steps.done"))
    : pill(step.needed ? "info" : "idle", text(step.needed ? "steps.open" : "steps.optional"));
  const style = step.needed && !step.done ? "jenkins-button jenkins-button--primary" : "jenkins-button";
  const words = text(step.done ? "steps.more" : "steps.setUp");
  return h(
    "li",
    { class: "shera-thing" },
    h(
      "div",
      { class: "shera-thing__line" },
      h(
        "div",
        {},
        h("div", { class: "shera-row" }, h("b", {}, step.title), state),
        h("div", { class: "shera-muted" }, step.purpose),
      ),
      step.url && h("a", { class: style, href: step.url, "aria-label": `${words}: ${step.title}` }, words),
    ),
  );
}
