import { byHandToggle, card, curlPost, empty, fill, h, postJson, problemNotice, remark, text } from "@shera/kit";
import { type Line } from "./chartmodel";
import { drawChart, type Kept } from "./drawing";

interface Answer {
  readonly server: string;
  readonly query: string;
  readonly since: string;
  readonly until: string;
  readonly step: number;
  readonly left: number;
  readonly lines: readonly Line[];
}

/** A box for PromQL, for who may; asked only when its button is pressed. */
export function askCard(url: string, environment: () => string, hours: () => number): HTMLElement {
  const box = h("textarea", {
    class: "jenkins-input shera-area",
    rows: 3,
    spellcheck: "false",
    maxlength: 8192,
    "aria-label": text("ask.query"),
    placeholder: "sum by (pod) (rate(container_cpu_usage_seconds_total[5m]))",
  });
  const place = h("div", { class: "shera-stack", "aria-live": "polite" });
  const kept: Kept = { hidden: new Set<string>(), open: false };
  const body = () => ({
    environment: environment(),
    query: box.value,
    since: new Date(Date.now() - hours() * 3_600_000).toISOString(),
  });
  const { button, panel } = byHandToggle(() => ({ curl: curlPost(`${url}/ask`, body()) }));
  const run = h("button", { type: "submit", class: "jenkins-button jenkins-button--primary" }, text("ask.run"));
  const form = h(
    "form",
    { class: "shera-stack" },
    h("div", {}, box),
    h("div", { class: "jenkins-buttons-row" }, run, button),
    panel,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run.disabled = true;
    postJson<Answer>(`${url}/ask`, body())
      .then((answer) => fill(place, ...drawn(answer, kept)))
      .catch((thrown: unknown) => fill(place, problemNotice(thrown)))
      .finally(() => (run.disabled = false));
  });
  return card(text("ask"), [h("p", { class: "shera-muted" }, text("ask.why")), form, place]);
}

function drawn(answer: Answer, kept: Kept): HTMLElement[] {
  const asked = h(
    "div",
    {},
    h("div", { class: "shera-muted" }, text("ask.asked", answer.server)),
    h("pre", { class: "shera-code", tabindex: 0, "aria-label": text("ask.query") }, answer.query),
  );
  if (answer.lines.length === 0) return [empty(text("ask.nothing"), text("ask.nothing.why")), asked];
  const frame = {
    since: new Date(answer.since).getTime() / 1000,
    until: new Date(answer.until).getTime() / 1000,
    step: answer.step,
    marks: [],
  };
  const data = {
    title: text("ask"),
    metric: "",
    unit: "count",
    series: "",
    exporter: "",
    left: answer.left,
    lines: answer.lines,
  };
  const beside = h("div", {}, answer.left > 0 && remark("info", text("ask.left", answer.left)), asked);
  return [h("div", { class: "shera-charts" }, drawChart(data, frame, kept), beside)];
}
