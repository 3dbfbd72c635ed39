import {
  applicationFrame,
  byHandToggle,
  card,
  confirm,
  curlPost,
  empty,
  fill,
  getJson,
  groovy,
  h,
  pill,
  poll,
  postJson,
  problemNotice,
  remark,
  start,
  Table,
  text,
  toast,
  when,
  type ApplicationHead,
} from "@shera/kit";
import { historyCard } from "./parts/history";
import type { Previews } from "./parts/lookback";
import { drawPreviews } from "./parts/lookbackview";
import { ThresholdRow } from "./parts/row";
import { metricsOf, shortValue, wanted, type Alert, type Thresholds } from "./parts/thresholds";

const LIVE_MILLIS = 10_000;

interface Alerts {
  readonly application: string;
  readonly environments: readonly string[];
  readonly metrics: readonly string[];
  readonly canChange: boolean;
}

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const facts = await getJson<Alerts>(`${page.url}/api/json`);
  const content = applicationFrame(page, head, "alerts");
  if (facts.environments.length === 0) {
    fill(content, empty(text("none"), text("none.why")));
    return;
  }
  const notices = facts.canChange ? `${page.shera}/tenant/${encodeURIComponent(head.tenant)}/notices/` : "";
  const now = new AlertsNow(page.url, notices, facts.canChange);
  const thresholds = new ThresholdsView(page.url, facts);
  fill(content, now.element, thresholds.element, historyCard(page.data["application"] ?? "", notices));
});

/** The alerts that are pending or firing, read again every ten seconds. */
class AlertsNow {
  readonly element: HTMLElement;
  private readonly said = h("div", {});
  private readonly table = new Table<Alert>({
    label: text("now"),
    columns: [
      { title: text("severity"), kind: "tight", cell: (alert) => severity(alert), value: (alert) => alert.severity },
      { title: text("alert"), cell: said },
      { title: text("environment"), cell: (alert) => alert.environment, value: (alert) => alert.environment },
      { title: text("pod"), cell: (alert) => alert.pod, value: (alert) => alert.pod },
      { title: text("value"), kind: "number", cell: (alert) => shortValue(alert.value, alert.metric) },
      { title: text("since"), cell: (alert) => when(alert.since), value: (alert) => alert.since },
      { title: text("acknowledged"), cell: (alert) => this.acknowledging(alert) },
      { title: text("silences"), cell: (alert) => this.quieting(alert) },
    ],
    key: (alert) => [alert.environment, alert.metric, alert.severity, alert.pod].join("/"),
    whenEmpty: () => empty(text("quiet"), text("quiet.why")),
  });

  constructor(
    private readonly url: string,
    private readonly notices: string,
    private readonly canChange: boolean,
  ) {
    this.element = card(
      text("now"),
      [this.said, this.table.element],
      notices !== "" && h("a", { href: notices }, text("notices")),
    );
    poll(async (signal) => {
      try {
        await this.load(signal);
      } catch (thrown) {
        fill(this.said, problemNotice(thrown));
        throw thrown;
      }
    }, LIVE_MILLIS);
  }

  private async load(signal?: AbortSignal): Promise<void> {
    const read = await getJson<{ alerts: readonly Alert[]; unreachable: readonly string[] }>(
      `${this.url}/active`,
      signal,
    );
    this.table.show(read.alerts);
    fill(this.said, read.unreachable.length > 0 && remark("warning", text("unreachable", read.unreachable.join(", "))));
  }

  private acknowledging(alert: Alert): HTMLElement | null {
    const known = alert.acknowledged;
    if (known !== undefined) {
      return h(
        "div",
        {},
        h("div", {}, text("acknowledge.by", known.by), ", ", when(known.at)),
        known.note !== "" && h("div", { class: "shera-muted shera-breaks" }, known.note),
      );
    }
    if (!this.canChange) return null;
    const button = h(
      "button",
      { type: "button", class: "jenkins-button jenkins-button--tertiary" },
      text("acknowledge"),
    );
    button.addEventListener("click", () => void this.acknowledge(alert));
    return button;
  }

  private async acknowledge(alert: Alert): Promise<void> {
    const note = h("textarea", {
      class: "jenkins-input",
      rows: 2,
      maxlength: 500,
      "aria-label": text("acknowledge.note"),
      placeholder: text("acknowledge.note"),
    });
    const body = () => ({ fingerprint: alert.fingerprint, note: note.value });
    const done = await confirm({
      title: text("acknowledge.title", alert.metric, alert.environment),
      consequences: [text("acknowledge.why")],
      detail: note,
      verb: text("acknowledge.verb"),
      byHand: () => ({ curl: curlPost(`${this.url}/acknowledge`, body()) }),
      act: () => postJson(`${this.url}/acknowledge`, body()),
    });
    if (!done) return;
    toast(text("acknowledge.done"));
    await this.load().catch((thrown: unknown) => fill(this.said, problemNotice(thrown)));
  }

  private quieting(alert: Alert): HTMLElement | null {
    if (alert.silenced) return pill("idle", text("silenced"));
    return this.notices === "" ? null : h("a", { href: `${this.notices}#${query(alert)}` }, text("silence"));
  }
}

function said(alert: Alert): HTMLElement {
  const runbook =
    /^https?:\/\//i.test(alert.runbook) && h("a", { href: alert.runbook, rel: "noopener noreferrer" }, text("runbook"));
  return h("span", {}, h("b", {}, alert.metric), " ", alert.summary, runbook && " ", runbook);
}

function query(alert: Alert): string {
  const { application, environment, metric, severity } = alert;
  return new URLSearchParams({ application, environment, metric, severity }).toString();
}

function severity(alert: Alert): HTMLElement {
  const label = text(`severity.${alert.severity}`);
  if (alert.state === "pending") return pill("idle", text("pending", label), text("pending.why"));
  return pill(alert.severity === "critical" ? "bad" : "warn", label);
}

/** What is set and inherited, to be changed in place; nothing is sent before its plan was seen. */
class ThresholdsView {
  readonly element: HTMLElement;
  private readonly environment: HTMLSelectElement;
  private readonly state = h("span", { class: "shera-row" });
  private readonly said = h("div", { "aria-live": "polite" });
  private readonly body = h("tbody", {});
  private readonly planned = h("div", { class: "shera-stack" });
  private rows: ThresholdRow[] = [];
  private read: Thresholds | undefined;

  constructor(
    private readonly url: string,
    private readonly facts: Alerts,
  ) {
    const choices = [["", text("environment.all")] as const, ...facts.environments.map((one) => [one, one] as const)];
    this.environment = h(
      "select",
      { class: "jenkins-select__input", "aria-label": text("environment") },
      ...choices.map(([value, label]) => h("option", { value }, label)),
    );
    this.environment.value = facts.environments[0] ?? "";
    this.environment.addEventListener("change", () => void this.load());
    const head = ["metric", "warning", "critical", "lasting", "below", "off", "runbook", "from"].map((key) =>
      h("th", { scope: "col" }, text(key)),
    );
    const table = h(
      "table",
      { class: "jenkins-table shera-thresholds", "aria-label": text("thresholds") },
      h(
        "thead",
        {},
        h("tr", {}, ...head, facts.canChange && h("th", {}, h("span", { class: "shera-offscreen" }, text("inherit")))),
      ),
      this.body,
    );
    const { button, panel } = byHandToggle(() => ({
      jenkinsfile: this.step(),
      curl: curlPost(`${url}/set`, this.wanted()),
    }));
    const plan = h("button", { type: "button", class: "jenkins-button jenkins-button--primary" }, text("plan"));
    plan.addEventListener("click", () => void this.plan(plan));
    const look = h("button", { type: "button", class: "jenkins-button" }, text("preview"));
    look.addEventListener("click", () => void this.lookBack(look));
    const actions = facts.canChange && h("div", { class: "jenkins-buttons-row" }, plan, look, button);
    this.element = card(
      text("thresholds"),
      [
        h("p", { class: "shera-muted" }, text("thresholds.why")),
        this.said,
        h("div", { class: "shera-table" }, h("div", { class: "shera-table__frame" }, table)),
        facts.canChange && this.adder(),
        actions,
        panel,
        this.planned,
      ],
      h("div", { class: "shera-row" }, this.state, h("div", { class: "jenkins-select" }, this.environment)),
    );
    void this.load();
  }

  private async load(): Promise<void> {
    fill(this.planned);
    const environment = this.environment.value;
    try {
      const query = environment === "" ? "" : `?environment=${encodeURIComponent(environment)}`;
      const read = await getJson<Thresholds>(`${this.url}/thresholds${query}`);
      if (environment !== this.environment.value) return;
      fill(this.said);
      this.read = read;
      this.rows = metricsOf(read.thresholds).map(
        (metric) =>
          new ThresholdRow(
            metric,
            read.thresholds.find((one) => one.metric === metric),
            this.facts.canChange,
            () => fill(this.planned),
          ),
      );
      fill(this.body, ...this.rows.map((row) => row.element));
      this.drawState(read);
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }

  private drawState(read: Thresholds): void {
    const tone = { inForce: "ok", different: "warn", unwatched: "idle", unreachable: "bad" } as const;
    const different = read.rules === "different" || read.waiting;
    const bring = h("button", { type: "button", class: "jenkins-button" }, text("bring"));
    bring.addEventListener("click", () => void this.bring(bring));
    fill(
      this.state,
      read.rules !== "" &&
        pill(tone[read.rules], text(`rules.${read.rules}`, read.server), text(`rules.${read.rules}.why`)),
      different && this.facts.canChange && bring,
    );
  }

  /** A field that takes a known metric or the name of a series of the application's own. */
  private adder(): HTMLElement {
    const list = h("datalist", { id: "shera-metrics" }, ...this.facts.metrics.map((value) => h("option", { value })));
    const input = h("input", {
      class: "jenkins-input",
      list: "shera-metrics",
      placeholder: text("add.hint"),
      "aria-label": text("add.hint"),
      maxlength: 200,
    });
    const add = h("button", { type: "submit", class: "jenkins-button" }, text("add"));
    const form = h("form", { class: "shera-row shera-thresholds__add" }, list, input, add);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const metric = input.value.trim();
      if (metric === "") return;
      let row = this.rows.find((one) => one.metric === metric);
      if (row === undefined) {
        row = new ThresholdRow(metric, undefined, true, () => fill(this.planned));
        this.rows.push(row);
        this.body.append(row.element);
      }
      input.value = "";
      row.focus();
    });
    return form;
  }

  private wanted(): Record<string, unknown> {
    return {
      environment: this.environment.value,
      version: this.read?.version ?? 0,
      thresholds: wanted(this.rows.map((row) => row.read())),
    };
  }

  private step(): string {
    const each = wanted(this.rows.map((row) => row.read())).map((one) => {
      const named = Object.entries(one).map(
        ([name, value]) => `${name}: ${typeof value === "string" ? groovy(value) : value}`,
      );
      return `threshold(${named.join(", ")})`;
    });
    const environment = this.environment.value === "" ? "" : `environment: ${groovy(this.environment.value)}, `;
    return `setThresholds(application: ${groovy(this.facts.application)}, ${environment}thresholds: [${each.join(", ")}])`;
  }

  private async plan(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      const { changes } = await postJson<{ changes: readonly string[] }>(`${this.url}/plan`, this.wanted());
      const set = h("button", { type: "button", class: "jenkins-button jenkins-button--primary" }, text("set"));
      set.addEventListener("click", () => void this.set(set));
      fill(
        this.planned,
        changes.length === 0 ? remark("info", text("plan.none")) : remark("success", text("plan.checked")),
        changes.length > 0 &&
          h("pre", { class: "shera-code", tabindex: 0, "aria-label": text("plan.label") }, changes.join("\n")),
        h("div", { class: "jenkins-buttons-row" }, set),
      );
      set.focus();
    } catch (thrown) {
      fill(this.planned, problemNotice(thrown));
    } finally {
      button.disabled = false;
    }
  }

  /** Draws where what is written now would have fired; nothing is changed by it. */
  private async lookBack(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      const body = this.wanted();
      const read = await postJson<Previews>(`${this.url}/preview`, body);
      const { button: how, panel } = byHandToggle(() => ({ curl: curlPost(`${this.url}/preview`, body) }));
      const drawn = drawPreviews(read, this.environment.value === "");
      fill(this.planned, drawn, h("div", { class: "jenkins-buttons-row" }, how), panel);
      drawn.scrollIntoView({ block: "nearest" });
    } catch (thrown) {
      fill(this.planned, problemNotice(thrown));
    } finally {
      button.disabled = false;
    }
  }

  private async set(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      const { version } = await postJson<{ version: number }>(`${this.url}/set`, this.wanted());
      toast(text("set.done", version));
      await this.load();
    } catch (thrown) {
      fill(this.planned, problemNotice(thrown));
    }
  }

  private async bring(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      await postJson(`${this.url}/bring`, {});
      toast(text("bring.done"));
      await this.load();
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
      button.disabled = false;
    }
  }
}
