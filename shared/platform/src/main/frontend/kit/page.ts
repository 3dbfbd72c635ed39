import { fill, h, type Child } from "./dom";
import { problemNotice } from "./notice";
import { useTexts, type TextMap } from "./texts";

/** What the shell of a page tells its script. */
export interface Page {
  readonly element: HTMLElement;
  /** Address of the thing the page shows, without a trailing slash. */
  readonly url: string;
  /** Root of Jenkins, e.g. `/jenkins` or the empty string. */
  readonly root: string;
  /** Address of the console. */
  readonly shera: string;
  readonly data: DOMStringMap;
}

/** Starts a page: reads the shell's attributes, gives the kit its texts, and draws; what fails is shown in the page. */
export function start(draw: (page: Page) => void | Promise<void>): void {
  const element = document.getElementById("shera-page");
  if (!element) throw new Error("the shell of this page has no #shera-page");
  const { url = "", root = "", shera = "", lang = "en", texts = "{}" } = element.dataset;
  useTexts(JSON.parse(texts) as TextMap, lang);
  element.classList.add("shera");
  const page = { element, url, root, shera, data: element.dataset };
  Promise.resolve()
    .then(() => draw(page))
    .catch((thrown: unknown) => fill(element, problemNotice(thrown)));
}

/** The bar at the top of a page: name, states beside it, actions at the end. */
export function appBar(title: string, beside: readonly Child[], actions: readonly Child[]): HTMLElement {
  return h(
    "div",
    { class: "jenkins-app-bar shera-app-bar" },
    h("div", { class: "jenkins-app-bar__content" }, h("div", { class: "shera-row" }, h("h1", {}, title), ...beside)),
    h("div", { class: "jenkins-app-bar__controls" }, ...actions),
  );
}

/** A titled part of a page. */
export function card(title: string, content: readonly Child[], ...controls: readonly Child[]): HTMLElement {
  return h(
    "section",
    { class: "jenkins-card", "aria-label": title },
    h(
      "div",
      { class: "jenkins-card__title" },
      h("h2", {}, title),
      h("div", { class: "jenkins-card__controls" }, ...controls),
    ),
    h("div", { class: "jenkins-card__content" }, ...content),
  );
}

/** Draws one of several views by the part of the address after `#`; Back and links work as between pages. */
export function routed(draw: (route: string) => void): void {
  const show = () => draw(decodeURIComponent(location.hash.slice(1)));
  addEventListener("hashchange", show);
  show();
}
