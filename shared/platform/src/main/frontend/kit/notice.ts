import { h } from "./dom";
import { Problem, problemOf } from "./problem";
import { text } from "./texts";

/** Shows a problem where it happened: what, where, why, and what to do next. */
export function problemNotice(thrown: unknown): HTMLElement {
  const problem = thrown instanceof Problem ? thrown : problemOf(thrown, location.pathname);
  const { error, where, why, next } = problem.report;
  return h(
    "div",
    { class: "jenkins-alert jenkins-alert-danger shera-problem", role: "alert" },
    h("strong", {}, error),
    why && h("p", {}, why),
    next && h("p", { class: "shera-problem__next" }, next),
    where && h("p", { class: "shera-problem__where" }, text("kit.problem.where"), " ", h("code", {}, where)),
  );
}

/** A calm remark above a part of a page. */
export function remark(tone: "info" | "warning" | "success", ...said: readonly string[]): HTMLElement {
  return h("div", { class: `jenkins-alert jenkins-alert-${tone}`, role: "status" }, ...said);
}
