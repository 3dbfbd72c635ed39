import { h } from "./dom";

/** One entry of a tab bar; each tab is a page or a part of a page with an address of its own. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** A bar of links, the open one marked: every tab can be linked to, opened aside and reached with Back. */
export function tabBar(label: string, tabs: readonly Tab[], open: string): HTMLElement {
  const links = tabs.map((tab) =>
    h(
      "a",
      { href: tab.url, class: "shera-tabs__tab", "aria-current": tab.id === open ? "page" : undefined },
      tab.title,
    ),
  );
  const bar = h("nav", { class: "shera-tabs", "aria-label": label }, ...links);
  bar.addEventListener("keydown", (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const here = links.findIndex((link) => link === document.activeElement);
    if (!move || here < 0) return;
    event.preventDefault();
    links[(here + move + links.length) % links.length]?.focus();
  });
  return bar;
}
