import {
  applicationFrame,
  byHandToggle,
  card,
  empty,
  exactly,
  fill,
  getJson,
  h,
  loading,
  poll,
  problemNotice,
  remark,
  shell,
  start,
  text,
  type ApplicationHead,
} from "@shera/kit";
import { askCard } from "./parts/ask";
import { countBox } from "./parts/count";
import { keptFor, marksOf, type Charts, type Entry } from "./parts/chartmodel";
import { clock, drawChart, type Frame, type Kept } from "./parts/drawing";

const LIVE_MILLIS = 30_000;
const RANGES: Readonly<Record<string, number>> = { "1h": 1, "6h": 6, "1d": 24, "7d": 168, "30d": 720 };
const FIRST = ["cpu", "memory", "threads", "sockets"];

interface Facts {
  readonly environments: readonly string[];
  readonly watched: readonly string[];
  readonly metrics: readonly string[];
  readonly canAsk: boolean;
  readonly canCount: boolean;
}

start(async (page) => {
  const application = page.data["application"] ?? "";
  const head = await getJson<ApplicationHead>(`${application}/api/json`);
  const facts = await getJson<Facts>(`${page.url}/api/json`);
  const content = applicationFrame(page, head, "charts");
  if (facts.environments.length === 0) fill(content, empty(text("none"), text("none.why")));
  else new ChartsView(content, page.url, application, facts);
});

/** Environment, range and metrics above; a chart of each metric below, read again every half minute. */
class ChartsView {
  private readonly environment: HTMLSelectElement;
  private readonly range: HTMLSelectElement;
  private readonly until = h("input", {
    class: "jenkins-input",
    type: "datetime-local",
    "aria-label": text("until"),
    title: text("until.why"),
  });
  private readonly said = h("div", { "aria-live": "polite" });
  private readonly place = h("div", { class: "shera-charts" });
  private readonly chosen: Set<string>;
  private readonly kept = new Map<string, Kept>();
  private readonly watched: readonly string[];
  private readonly canCount: boolean;
  private readonly counted = new Map<string, HTMLElement>();
  private round = 0;

  constructor(
    content: HTMLElement,
    private readonly url: string,
    private readonly application: string,
    facts: Facts,
  ) {
    const asked = new URLSearchParams(location.search);
    this.environment = select(
      "environment",
      facts.environments.map((one) => [one, one]),
    );
    this.range = select(
      "range",
      Object.keys(RANGES).map((one) => [one, text(`range.${one}`)]),
    );
    const environment = asked.get("environment") ?? "";
    if (facts.environments.includes(environment)) this.environment.value = environment;
    const range = asked.get("range") ?? "";
    if (range in RANGES) this.range.value = range;
    const until = asked.get("until") ?? "";
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(until)) this.until.value = until;
    this.watched = facts.watched;
    this.canCount = facts.canCount;
    this.chosen = new Set(FIRST.filter((one) => facts.metrics.includes(one)));
    const metrics = facts.metrics.map((metric) => this.chip(metric));
    const { button, panel } = byHandToggle(() => ({ curl: this.curl() }));
    for (const control of [this.environment, this.range, this.until])
      control.addEventListener("change", () => this.restart());
    fill(
      content,
      h(
        "div",
        { class: "shera-row shera-charts__bar" },
        h("div", { class: "jenkins-select" }, this.environment),
        h("div", { class: "jenkins-select" }, this.range),
        h("label", { class: "shera-charts__ends" }, text("until"), this.until),
        h("div", { class: "shera-row", role: "group", "aria-label": text("metrics") }, ...metrics),
        button,
      ),
      panel,
      this.said,
      this.place,
      facts.canAsk &&
        askCard(
          url,
          () => this.environment.value,
          () => RANGES[this.range.value] ?? 1,
        ),
    );
    fill(this.place, loading(6));
    poll((signal) => this.read(signal), LIVE_MILLIS);
  }

  private chip(metric: string): HTMLElement {
    const chip = h(
      "button",
      { type: "button", class: "shera-chip", "aria-pressed": String(this.chosen.has(metric)) },
      text(`metric.${metric}`),
    );
    chip.addEventListener("click", () => {
      if (!this.chosen.delete(metric)) this.chosen.add(metric);
      chip.setAttribute("aria-pressed", String(this.chosen.has(metric)));
      this.restart();
    });
    return chip;
  }

  private restart(): void {
    void this.read(new AbortController().signal).catch(() => undefined);
  }

  private address(): string {
    const hours = RANGES[this.range.value] ?? 1;
    const until = this.until.value === "" ? null : new Date(this.until.value).getTime();
    const query = new URLSearchParams({
      environment: this.environment.value,
      metrics: [...this.chosen].join(","),
      since: new Date((until ?? Date.now()) - hours * 3_600_000).toISOString(),
    });
    if (until !== null) query.set("until", new Date(until).toISOString());
    return `${this.url}/series?${query.toString()}`;
  }

  private curl(): string {
    return `curl --fail-with-body --user "$USER:$TOKEN" \\\n  ${shell(new URL(this.address(), location.href).href)}`;
  }

  /** A choice that was made meanwhile makes an answer stale. */
  private async read(signal: AbortSignal): Promise<void> {
    const round = ++this.round;
    if (!this.watched.includes(this.environment.value)) {
      fill(this.said);
      fill(this.place, empty(text("unwatched"), text("ChartsPage_unwatched_next")));
      return;
    }
    if (this.chosen.size === 0) {
      fill(this.place, empty(text("noMetric")));
      return;
    }
    try {
      const environment = this.environment.value;
      const [charts, { entries }] = await Promise.all([
        getJson<Charts>(this.address(), signal),
        getJson<{ entries: readonly Entry[] }>(`${this.application}/timeline/api/json?limit=200`, signal),
      ]);
      if (round !== this.round) return;
      fill(this.said, ...notes(charts));
      const since = new Date(charts.since).getTime() / 1000;
      const until = new Date(charts.until).getTime() / 1000;
      const frame = { since, until, step: charts.step, marks: marksOf(entries, environment, since, until) };
      const focused = document.activeElement?.closest<HTMLElement>("[data-key]")?.dataset["key"];
      fill(this.place, ...charts.charts.map((one) => this.card(one, frame, charts.history)));
      if (focused !== undefined) this.place.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    } catch (thrown) {
      if (round === this.round) fill(this.said, problemNotice(thrown));
      throw thrown;
    }
  }

  /** The same box each time the charts are read again, so that what was counted stays. */
  private countBox(metric: string): HTMLElement {
    const environment = this.environment.value;
    const key = `${environment}/${metric}`;
    const box = this.counted.get(key) ?? countBox(this.url, environment);
    this.counted.set(key, box);
    return box;
  }

  private card(data: Charts["charts"][number], frame: Frame, history: string): HTMLElement {
    const title = text(`metric.${data.metric}`);
    if (data.lines.length === 0) {
      const unmeasured = data.series === "" && ["threads", "sockets", "files"].includes(data.metric);
      return card(title, [
        empty(text("noData"), text(data.series === "" ? "noSeries.why" : "noData.why")),
        unmeasured && this.canCount && this.countBox(data.metric),
      ]);
    }
    const kept = this.kept.get(data.metric) ?? { hidden: new Set<string>(), open: false };
    this.kept.set(data.metric, kept);
    const past = data.past;
    const bands =
      past === undefined
        ? []
        : [{ from: frame.since, until: past.until, kind: "past" as const, title: text("past.band", history) }];
    const whole = past !== undefined && past.until >= frame.until;
    return card(title, [
      drawChart(data, { ...frame, bands }, kept),
      h(
        "div",
        { class: "shera-muted shera-chart__source" },
        ...(past === undefined
          ? []
          : [
              text(
                whole ? "past.whole" : "past",
                clock(past.until, frame.until - frame.since),
                past.measurement,
                history,
                past.step,
              ),
              " ",
            ]),
        whole ? "" : `${data.series} (${data.exporter})`,
      ),
      data.left > 0 && remark("info", text("left", data.left)),
    ]);
  }
}

/** What the charts lack, and why. */
function notes(charts: Charts): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  if (charts.keptSince !== undefined && charts.keeps !== undefined) {
    const { key, count } = keptFor(charts.keeps);
    const since = exactly(new Date(charts.keptSince));
    found.push(remark("info", text("beyond", text(key, count), since)));
  }
  if (charts.historyProblem !== "") {
    found.push(remark("warning", text(`past.${charts.historyProblem}`, charts.history)));
  }
  return found;
}

function select(label: string, choices: readonly (readonly [string, string])[]): HTMLSelectElement {
  return h(
    "select",
    { class: "jenkins-select__input", "aria-label": text(label) },
    ...choices.map(([value, shown]) => h("option", { value }, shown)),
  );
}
