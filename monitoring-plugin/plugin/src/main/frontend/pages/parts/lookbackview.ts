import { card, counted, empty, exactly, h, pill, remark, text } from "@shera/kit";
import { measured } from "./chartmodel";
import { drawChart } from "./drawing";
import {
  bandsOf,
  lasted,
  secondsOf,
  together,
  type Firing,
  type Outcome,
  type Preview,
  type Previews,
} from "./lookback";

const LISTED = 20;

/** Every threshold that was looked back for: what it would have done, drawn and listed. */
export function drawPreviews(read: Previews, several: boolean): HTMLElement {
  return h(
    "div",
    { class: "shera-stack" },
    read.unwatched.length > 0 && remark("warning", text("preview.unwatched", read.unwatched.join(", "))),
    h("div", { class: "shera-charts" }, ...read.previews.map((one) => draw(one, several))),
  );
}

function draw(preview: Preview, several: boolean): HTMLElement {
  const title = several
    ? text("preview.titleIn", preview.metric, preview.environment)
    : text("preview.title", preview.metric);
  const gaps = [
    preview.missing.length > 0 &&
      remark("warning", text("preview.missing", lasted(together(preview.missing, preview.step)))),
    preview.unreadable.length > 0 &&
      remark("warning", text("preview.unreadable", lasted(together(preview.unreadable, preview.step)))),
  ];
  if (!preview.measured) {
    return card(title, [empty(text("preview.none"), text("preview.none.why", preview.series)), ...gaps]);
  }
  const frame = {
    since: secondsOf(preview.since),
    until: secondsOf(preview.until),
    step: preview.drawn,
    marks: [],
    bands: bandsOf(preview, (kind) => (kind === "unreadable" ? "NaN" : text(kind === "missing" ? "gap" : kind))),
  };
  return card(title, [
    h("div", { class: "shera-stack" }, ...preview.outcomes.map((one) => said(one, preview))),
    ...gaps,
    drawChart({ ...preview, title }, frame, { hidden: new Set<string>(), open: false }),
    ...preview.outcomes.filter((one) => one.times > 0).map((one) => list(one, preview)),
    h(
      "div",
      { class: "shera-muted shera-chart__source" },
      text("preview.step", preview.step, preview.series, preview.exporter, preview.drawn / 60),
    ),
  ]);
}

function said(outcome: Outcome, preview: Preview): HTMLElement {
  const label = text(`severity.${outcome.severity}`);
  const what =
    outcome.times === 0
      ? text("preview.never", label, outcome.limit, preview.for)
      : counted("preview.times", outcome.times, label, outcome.limit, preview.for, lasted(outcome.seconds));
  const tone = outcome.times === 0 ? "ok" : outcome.severity === "critical" ? "bad" : "warn";
  return h(
    "div",
    { class: "shera-lookback__said" },
    pill(tone, what),
    outcome.shorter > 0 && [
      " ",
      h("span", { class: "shera-muted" }, counted("preview.shorter", outcome.shorter, preview.for)),
    ],
  );
}

/** The newest first: these are what a reader remembers. */
function list(outcome: Outcome, preview: Preview): HTMLElement {
  const newest = [...outcome.firings].reverse().slice(0, LISTED);
  const label = text("preview.table", text(`severity.${outcome.severity}`));
  const head = ["pod", "preview.from", "preview.until", "lasting", "preview.worst"].map((key) =>
    h("th", { scope: "col" }, text(key)),
  );
  return h(
    "details",
    { class: "shera-chart__table" },
    h("summary", {}, label),
    h(
      "div",
      { class: "shera-table__frame" },
      h(
        "table",
        { class: "jenkins-table jenkins-table--small", "aria-label": label },
        h("thead", {}, h("tr", {}, ...head)),
        h("tbody", {}, ...newest.map((one) => row(one, preview))),
      ),
    ),
    outcome.times > newest.length &&
      h("p", { class: "shera-muted" }, text("preview.more", outcome.times - newest.length)),
  );
}

function row(firing: Firing, preview: Preview): HTMLElement {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, firing.pod || text("whole")),
    h("td", {}, exactly(new Date(firing.from))),
    h("td", {}, firing.ongoing ? text("preview.ongoing") : exactly(new Date(firing.until))),
    h("td", {}, lasted(secondsOf(firing.until) - secondsOf(firing.from))),
    h(
      "td",
      { class: "shera-cell--number" },
      firing.worst === undefined ? text("preview.infinite") : measured(firing.worst, preview.unit),
    ),
  );
}
