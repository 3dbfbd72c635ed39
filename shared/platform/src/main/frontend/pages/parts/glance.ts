import { card, fill, getJson, h, number, pill, quantity, spark, text, type Page, type Tone } from "@shera/kit";
import type { Application, Glance, GlanceFigure, GlanceLine } from "./model";

/** Cards with what the plugins tell of an application at a glance; those with nothing to tell are not drawn. */
export class GlanceCards {
  readonly element = h("div", { class: "shera-stack" });

  constructor(
    private readonly page: Page,
    private readonly application: Application,
  ) {}

  /** Asks again; what was drawn stays while nothing new is known. */
  async refresh(signal: AbortSignal): Promise<void> {
    const glance = await getJson<Glance>(`${this.page.url}/glance`, signal);
    fill(this.element, figuresCard(glance.figures, this.tabUrl("charts")), this.linesCard(glance));
  }

  private linesCard(glance: Glance): HTMLElement | null {
    if (glance.lines.length === 0 && glance.silent.length === 0) return null;
    const lines = glance.lines.map((line) => this.line(line));
    const silent = glance.silent.map((tab) =>
      h("li", { class: "shera-glance__line" }, pill("warn", text("glance.silent", this.tabTitle(tab)))),
    );
    return card(text("glance.lines"), [h("ul", { class: "shera-plain" }, ...lines, ...silent)]);
  }

  private line(line: GlanceLine): HTMLElement {
    const name = /^https?:\/\//.test(line.url)
      ? h("a", { href: line.url, target: "_blank", rel: "noopener noreferrer" }, line.title)
      : h("b", {}, line.title);
    return h(
      "li",
      { class: "shera-glance__line" },
      h("div", {}, name, h("div", { class: "shera-muted shera-small" }, line.detail)),
      h("a", { class: "shera-glance__more", href: this.tabUrl(line.tab) }, pill(line.tone, line.state)),
    );
  }

  private tabUrl(id: string): string {
    return this.application.tabs.find((tab) => tab.id === id)?.url ?? this.page.url;
  }

  private tabTitle(id: string): string {
    return this.application.tabs.find((tab) => tab.id === id)?.title ?? id;
  }
}

function figuresCard(figures: readonly GlanceFigure[], url: string): HTMLElement | null {
  const first = figures[0];
  if (!first) return null;
  const drawn = figures.map((figure) => {
    const known = figure.points.filter((point): point is number => point !== null);
    const now = known.length > 0 ? known[known.length - 1]! : null;
    const words = (value: number) => amount(value, figure.unit);
    const said =
      now === null
        ? figure.title
        : text("glance.now", figure.title, words(now), words(Math.min(...known)), words(Math.max(...known)));
    const over = figure.bound !== null && now !== null && now >= figure.bound;
    const tone: Tone = over ? "bad" : "idle";
    return h(
      "a",
      { class: "shera-glance__figure", href: url },
      h("span", { class: "shera-muted shera-small" }, figure.title),
      h("b", {}, now === null ? "?" : words(now)),
      spark(figure.points, said),
      figure.bound === null ? null : pill(tone, text("glance.bound", words(figure.bound))),
    );
  });
  return card(text("glance.figures", first.environment), [h("div", { class: "shera-quarters" }, ...drawn)]);
}

function amount(value: number, unit: GlanceFigure["unit"]): string {
  if (unit === "percent") return `${number(rounded(value))} %`;
  if (unit === "seconds") return value < 1 ? `${number(Math.round(value * 1000))} ms` : `${number(rounded(value))} s`;
  return quantity(unit === "bytes" ? value : rounded(value), unit);
}

/** Three digits are enough to see how something stands. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
