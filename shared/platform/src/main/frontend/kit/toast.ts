import { h } from "./dom";

const SHOWN_MILLIS = 5_000;

/** Says in passing that something was done; errors do not belong here, they stay beside what failed. */
export function toast(message: string): void {
  let place = document.querySelector<HTMLElement>(".shera-toasts");
  if (!place) {
    place = h("div", { class: "shera-toasts", role: "status", "aria-live": "polite" });
    document.body.append(place);
  }
  const shown = h("div", { class: "shera-toast" }, message);
  place.append(shown);
  setTimeout(() => shown.remove(), SHOWN_MILLIS);
}
