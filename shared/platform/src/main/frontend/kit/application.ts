import { fill, h, type Child } from "./dom";
import { appBar, type Page } from "./page";
import { tabBar, type Tab } from "./tabs";
import { text } from "./texts";

/** What the frame around every tab of an application shows; the application's own `api/json` has all of it. */
export interface ApplicationHead {
  readonly title: string;
  readonly tenant: string;
  readonly url: string;
  readonly tabs: readonly Tab[];
}

/** Draws name, states, actions and tab bar of an application; returns the place of the open tab's content. */
export function applicationFrame(
  page: Page,
  head: ApplicationHead,
  open: string,
  beside: readonly Child[] = [],
  actions: readonly Child[] = [],
): HTMLElement {
  const timeline = { id: "timeline", title: text("kit.timeline"), url: `${head.url}#timeline` };
  const tabs = [...head.tabs.slice(0, 1), timeline, ...head.tabs.slice(1)];
  const content = h("div", { class: "shera-stack" });
  const tenant = h(
    "a",
    { class: "shera-pill", href: `${page.shera}/tenant/${encodeURIComponent(head.tenant)}/` },
    head.tenant,
  );
  fill(page.element, appBar(head.title, [tenant, ...beside], actions), tabBar(text("kit.tabs"), tabs, open), content);
  return content;
}
