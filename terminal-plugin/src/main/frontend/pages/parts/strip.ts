import { fill, h, text } from "@shera/kit";
import { nameOf, type Tab, type Tabs } from "./tabs";

/** What is done at the strip of tabs. */
export interface Acts {
  /** Shows a tab; `enter` gives the keys to its terminal. */
  choose(tab: Tab, enter: boolean): void;
  close(tab: Tab): void;
  panel(tab: Tab): string;
}

/** The tabs' titles: one stop of the Tab key, arrow keys between them, Delete closes, Enter goes into the terminal. */
export class Strip {
  readonly element = h("div", { class: "shera-terminal__tabs", role: "tablist", "aria-label": text("tabs") });
  private readonly made = new Map<Tab, HTMLButtonElement>();

  constructor(
    private readonly tabs: Tabs,
    private readonly acts: Acts,
  ) {
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  /** Draws what changed; a title that has the focus keeps it. */
  draw(): void {
    for (const [tab, button] of this.made) {
      if (this.tabs.all.includes(tab)) continue;
      button.remove();
      this.made.delete(tab);
    }
    this.element.hidden = this.tabs.all.length === 0;
    this.tabs.all.forEach((tab, at) => {
      const button = this.made.get(tab) ?? this.make(tab);
      const there = this.element.children[at] ?? null;
      if (there !== button) this.element.insertBefore(button, there);
      this.dress(tab, button);
    });
  }

  /** Gives the keys to the strip; false when it has no tab. */
  focus(): boolean {
    const here = this.tabs.here && this.made.get(this.tabs.here);
    here?.focus();
    return here !== undefined;
  }

  private make(tab: Tab): HTMLButtonElement {
    const button = h("button", {
      type: "button",
      role: "tab",
      class: "shera-terminal__tab",
      id: `${this.acts.panel(tab)}-tab`,
      "aria-controls": this.acts.panel(tab),
    });
    button.addEventListener("click", (event) => {
      if ((event.target as Element).closest(".shera-terminal__x") !== null) this.acts.close(tab);
      else this.acts.choose(tab, true);
    });
    button.addEventListener("auxclick", (event) => {
      if (event.button === 1) this.acts.close(tab);
    });
    this.made.set(tab, button);
    return button;
  }

  private dress(tab: Tab, button: HTMLButtonElement): void {
    const here = tab === this.tabs.here;
    const name = nameOf(tab);
    button.setAttribute("aria-selected", String(here));
    button.tabIndex = here ? 0 : -1;
    button.title = tab.said === "" ? name : `${name}\n${tab.said}`;
    button.classList.toggle("shera-terminal__tab--shown", this.tabs.shown.includes(tab));
    const look = JSON.stringify([tab.said, tab.news]);
    if (button.dataset["look"] === look) return;
    button.dataset["look"] = look;
    fill(
      button,
      tab.news !== "" &&
        h("span", {
          class: `shera-terminal__mark shera-terminal__mark--${tab.news}`,
          role: "img",
          "aria-label": text(`tabs.news.${tab.news}`),
        }),
      h("span", { class: "shera-terminal__name" }, `${tab.room.pod}/${tab.room.container}`),
      h("span", { class: "shera-terminal__number" }, `· ${tab.number}`),
      tab.said !== "" && h("span", { class: "shera-terminal__said shera-muted" }, tab.said),
      h("span", { class: "shera-terminal__x", "aria-hidden": "true" }, "×"),
    );
  }

  private key(event: KeyboardEvent): void {
    const { here, all } = this.tabs;
    if (here === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const at = all.indexOf(here);
    const to = {
      ArrowLeft: all[at - 1] ?? all.at(-1),
      ArrowRight: all[at + 1] ?? all[0],
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    if (to !== undefined) this.acts.choose(to, false);
    else if (event.key === "Delete") this.acts.close(here);
    else if (event.key === "ArrowDown") this.acts.choose(here, true);
    else return;
    event.preventDefault();
    if (to !== undefined) this.focus();
  }
}
