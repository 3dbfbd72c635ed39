import { h } from "./dom";

/** Work under way; `done` between 0 and 1, or null while nobody knows how long it takes. */
export function progress(label: string, done: number | null): HTMLElement {
  const fillBar = h("i", {});
  const value = done === null ? null : Math.round(Math.min(1, Math.max(0, done)) * 100);
  if (value !== null) fillBar.style.width = `${value}%`;
  return h(
    "div",
    { class: "shera-progress" },
    h("div", { class: "shera-progress__label" }, label),
    h(
      "div",
      {
        class: value === null ? "shera-progress__track shera-progress__track--open" : "shera-progress__track",
        role: "progressbar",
        "aria-label": label,
        "aria-valuemin": 0,
        "aria-valuemax": 100,
        "aria-valuenow": value,
      },
      fillBar,
    ),
  );
}
