import { fill, getJson, h, loading, problemNotice, text, when, whenChanged, type Child, type Tone } from "@shera/kit";
import type { TimelineEntry, TimelinePage } from "./model";

const TONES: Readonly<Record<string, Tone>> = {
  alert: "bad",
  canary: "warn",
  release: "ok",
  analysis: "ok",
  terminal: "idle",
  config: "idle",
};

/** The kinds a reader may narrow to, in the order of the flow from source to production. */
const KINDS = ["commit", "analysis", "image", "release", "canary", "push", "config", "alert", "terminal", "package"];

/** What changed, and who agreed: newest first, older ones on demand. */
export class Timeline {
  readonly element = h("div", {});
  private readonly list = h("ol", { class: "shera-timeline" });
  private readonly end = h("div", {});
  private kind: string | null = null;
  private shown: readonly TimelineEntry[] = [];
  private next: number | null = null;

  constructor(
    private readonly url: string,
    private readonly limit: number,
    withKinds: boolean,
  ) {
    fill(this.element, withKinds && this.kinds(), this.list, this.end);
    fill(this.end, loading(3));
  }

  /** Reads the newest entries; those fetched by "older" stay. */
  async refresh(signal?: AbortSignal): Promise<void> {
    const page = await this.read(null, signal);
    const known = new Set(page.entries.map((entry) => entry.id));
    const older = this.shown.filter((entry) => !known.has(entry.id));
    if (older.length === 0) this.next = page.next;
    this.show([...page.entries, ...older]);
  }

  private kinds(): HTMLElement {
    const choices = [null, ...KINDS];
    const buttons = choices.map((kind) =>
      h(
        "button",
        { type: "button", class: "shera-chip", "aria-pressed": String(kind === null) },
        text(kind === null ? "kit.table.all" : `kind.${kind}`),
      ),
    );
    buttons.forEach((button, index) =>
      button.addEventListener("click", () => {
        this.kind = choices[index] ?? null;
        buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
        this.shown = [];
        this.next = null;
        this.refresh().catch((thrown: unknown) => fill(this.end, problemNotice(thrown)));
      }),
    );
    return h(
      "div",
      { class: "shera-chips shera-timeline__kinds", role: "group", "aria-label": text("kit.table.filter") },
      ...buttons,
    );
  }

  private show(entries: readonly TimelineEntry[]): void {
    this.shown = entries;
    this.draw({ entries, next: this.next });
  }

  private readonly draw = whenChanged<TimelinePage>(({ entries, next }) => {
    fill(this.list, ...entries.map(drawn));
    this.list.hidden = entries.length === 0;
    const more = h(
      "button",
      { type: "button", class: "jenkins-button", onclick: () => void this.older() },
      text("timeline.older"),
    );
    fill(
      this.end,
      entries.length === 0 ? h("p", { class: "shera-muted" }, text("timeline.none")) : next !== null && more,
    );
  });

  private async older(): Promise<void> {
    try {
      const page = await this.read(this.next);
      this.next = page.next;
      this.show([...this.shown, ...page.entries]);
    } catch (thrown) {
      fill(this.end, problemNotice(thrown));
    }
  }

  private read(before: number | null, signal?: AbortSignal): Promise<TimelinePage> {
    const query = new URLSearchParams({ limit: String(this.limit) });
    if (before !== null) query.set("before", String(before));
    if (this.kind !== null) query.set("kind", this.kind);
    return getJson<TimelinePage>(`${this.url}/timeline/api/json?${query}`, signal);
  }
}

function drawn(entry: TimelineEntry): HTMLElement {
  const tone = TONES[entry.kind] ?? "info";
  const meta = [entry.environment, entry.actor].filter(Boolean).join(" · ");
  return h(
    "li",
    { class: `shera-timeline__entry shera-timeline__entry--${tone}` },
    h("div", { class: "shera-timeline__title" }, ...digestsCut(entry.title)),
    h("div", { class: "shera-timeline__meta" }, when(entry.at), meta && ` · ${meta}`),
    entry.detail && h("div", { class: "shera-timeline__meta" }, ...digestsCut(entry.detail)),
    entry.links.length > 0 &&
      h("div", { class: "shera-row" }, ...entry.links.map((link) => h("a", { href: safe(link.url) }, link.text))),
  );
}

/** The same text, with digests and commits drawn as short as people say them; whole where it is copied or pointed at. */
function digestsCut(words: string): Child[] {
  return words
    .split(/\b((?:sha256:)?[0-9a-f]{40,64})\b/)
    .map((part, index) => (index % 2 === 1 ? h("span", { class: "shera-digest", title: part }, part) : part));
}

/** Only addresses a click may follow: never `javascript:`. */
function safe(url: string): string | null {
  return /^https?:$/.test(new URL(url, location.href).protocol) ? url : null;
}
