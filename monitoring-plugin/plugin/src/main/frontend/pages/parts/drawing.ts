import { fill, h, svg, text } from "@shera/kit";
import { measured, pathOf, ticksOf, valueNear, type ChartData, type Mark } from "./chartmodel";

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 64;
const RIGHT = 12;
const TOP = 14;
const BOTTOM = 26;

/** What all charts of a page share. */
export interface Frame {
  readonly since: number;
  readonly until: number;
  readonly step: number;
  readonly marks: readonly Mark[];
  /** Stretches of time that lie behind the lines. */
  readonly bands?: readonly Band[];
}

/** A stretch of time of some kind, in seconds since 1970; its title says what it is. */
export interface Band {
  readonly from: number;
  readonly until: number;
  readonly kind: "warning" | "critical" | "missing" | "unreadable" | "past";
  readonly title: string;
}

/** What a reader did with a chart; it is kept when the chart is drawn anew. */
export interface Kept {
  readonly hidden: Set<string>;
  open: boolean;
}

/** A chart of one metric: lines told apart by colour and dashes, a legend that switches them, and the same as a table. */
export function drawChart(data: ChartData, frame: Frame, kept: Kept): HTMLElement {
  const span = frame.until - frame.since || 1;
  const limits = (["warning", "critical"] as const).flatMap((name) => {
    const value = data[name];
    return typeof value === "number" ? [{ name, value }] : [];
  });
  const values = data.lines.flatMap((line) => line.points.map(([, value]) => value));
  const greatest = Math.max(0, ...values, ...limits.map((one) => one.value));
  const ticks = ticksOf(greatest, data.unit.startsWith("bytes"));
  const top = ticks.at(-1) ?? 1;
  const x = (at: number) => LEFT + ((at - frame.since) / span) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const lines = data.lines.map((line, index) =>
    svg("path", {
      d: pathOf(line.points, frame.step, x, y, data.past),
      class: `shera-chart__line shera-chart__line--${index % 8}`,
      visibility: kept.hidden.has(line.pod) ? "hidden" : "visible",
    }),
  );
  const cursor = svg("line", { class: "shera-chart__cursor", y1: TOP, y2: HEIGHT - BOTTOM, visibility: "hidden" });
  const drawing = svg(
    "svg",
    {
      class: "shera-chart__drawing",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-label": label(data),
    },
    ...bandsOf(frame.bands ?? [], x),
    ...ticks.map((tick) => [
      svg("line", { class: "shera-chart__grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick) }),
      svg(
        "text",
        { class: "shera-chart__tick", x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end" },
        measured(tick, data.unit),
      ),
    ]),
    ...times(frame).map((at, index, all) =>
      svg(
        "text",
        {
          class: "shera-chart__tick",
          x: x(at),
          y: HEIGHT - 8,
          "text-anchor": index === 0 ? "start" : index === all.length - 1 ? "end" : "middle",
        },
        clock(at, span),
      ),
    ),
    ...limits.map(({ name, value }) => [
      svg("line", {
        class: `shera-chart__limit shera-chart__limit--${name}`,
        x1: LEFT,
        x2: WIDTH - RIGHT,
        y1: y(value),
        y2: y(value),
      }),
      svg(
        "text",
        { class: "shera-chart__tick", x: LEFT + 4, y: y(value) - 4 },
        `${text(name)} ${measured(value, data.unit)}`,
      ),
    ]),
    ...frame.marks.map((mark) =>
      svg(
        "g",
        { class: `shera-chart__mark shera-chart__mark--${mark.kind}` },
        svg("title", {}, `${clock(mark.at, span)} ${mark.title}`),
        svg("line", { x1: x(mark.at), x2: x(mark.at), y1: TOP, y2: HEIGHT - BOTTOM }),
        svg("path", { d: `M${x(mark.at) - 5} ${TOP - 8}h10l-5 8z` }),
      ),
    ),
    ...lines,
    cursor,
  );
  const said = h("div", { class: "shera-chart__said", "aria-hidden": "true" }, " ");
  drawing.addEventListener("pointermove", (event) => {
    const box = drawing.getBoundingClientRect();
    const at =
      frame.since + ((((event.clientX - box.left) / box.width) * WIDTH - LEFT) / (WIDTH - LEFT - RIGHT)) * span;
    if (at < frame.since || at > frame.until) return;
    cursor.setAttribute("x1", String(x(at)));
    cursor.setAttribute("x2", String(x(at)));
    cursor.setAttribute("visibility", "visible");
    const there = data.lines
      .map((line) => [line.pod, valueNear(line.points, at, stepAt(data, frame, at))] as const)
      .filter((one): one is readonly [string, number] => one[1] !== null)
      .sort((left, right) => right[1] - left[1])
      .slice(0, 4)
      .map(([pod, value]) => `${short(pod)} ${measured(value, data.unit)}`);
    fill(said, `${clock(at, span)}  ${there.join("   ")}`);
  });
  drawing.addEventListener("pointerleave", () => {
    cursor.setAttribute("visibility", "hidden");
    fill(said, " ");
  });
  return h(
    "figure",
    { class: "shera-chart", "data-metric": data.metric },
    drawing,
    said,
    legend(data, lines, kept),
    table(data, kept),
  );
}

function stepAt(data: ChartData, frame: Frame, at: number): number {
  return data.past !== undefined && at < data.past.until ? Math.max(frame.step, data.past.step) : frame.step;
}

let drawings = 0;

/** Hatched or dotted where colour alone would not tell; at least wide enough to be seen. */
function bandsOf(bands: readonly Band[], x: (at: number) => number): readonly SVGElement[] {
  drawings += 1;
  const id = (kind: Band["kind"]) => `shera-band-${kind}-${drawings}`;
  const pattern = (kind: Band["kind"], shape: SVGElement) =>
    svg("pattern", { id: id(kind), width: 6, height: 6, patternUnits: "userSpaceOnUse" }, shape);
  const shapes = [
    svg(
      "defs",
      {},
      pattern("missing", svg("path", { d: "M0 6L6 0", class: "shera-chart__hatch" })),
      pattern("unreadable", svg("circle", { cx: 3, cy: 3, r: 1, class: "shera-chart__dot" })),
    ),
  ];
  for (const band of bands) {
    const patterned = band.kind === "missing" || band.kind === "unreadable";
    shapes.push(
      svg(
        "rect",
        {
          class: `shera-chart__band shera-chart__band--${band.kind}`,
          ...(patterned ? { fill: `url(#${id(band.kind)})` } : {}),
          x: x(band.from),
          y: TOP,
          width: Math.max(1.5, x(band.until) - x(band.from)),
          height: HEIGHT - TOP - BOTTOM,
        },
        svg("title", {}, band.title),
      ),
    );
  }
  return bands.length === 0 ? [] : shapes;
}

function label(data: ChartData): string {
  const last = data.lines.map((line) => {
    const value = line.points.at(-1)?.[1];
    return value === undefined ? "" : `${line.pod || text("whole")}: ${measured(value, data.unit)}`;
  });
  return `${data.title ?? text(`metric.${data.metric}`)}. ${last.join(", ")}`;
}

/** Buttons, so that a line can be left out by keyboard, too. */
function legend(data: ChartData, lines: readonly SVGPathElement[], kept: Kept): HTMLElement {
  const buttons = data.lines.map((line, index) => {
    const button = h(
      "button",
      {
        type: "button",
        class: "shera-chart__key",
        "aria-pressed": String(!kept.hidden.has(line.pod)),
        "data-key": `${data.metric}/${line.pod}`,
        title: line.pod,
      },
      svg(
        "svg",
        { class: "shera-chart__sample", viewBox: "0 0 24 8", "aria-hidden": "true" },
        svg("path", { d: "M0 4H24", class: `shera-chart__line shera-chart__line--${index % 8}` }),
      ),
      short(line.pod) || text("whole"),
    );
    button.addEventListener("click", () => {
      const shown = kept.hidden.delete(line.pod);
      if (!shown) kept.hidden.add(line.pod);
      button.setAttribute("aria-pressed", String(shown));
      lines[index]?.setAttribute("visibility", shown ? "visible" : "hidden");
    });
    return button;
  });
  return h("div", { class: "shera-chart__legend" }, ...buttons);
}

function table(data: ChartData, kept: Kept): HTMLElement {
  const head = ["pod", "least", "greatest", "newest"].map((key) => h("th", { scope: "col" }, text(key)));
  const rows = data.lines.map((line) => {
    const values = line.points.map(([, value]) => value);
    const cells = [Math.min(...values), Math.max(...values), values.at(-1) ?? 0].map((value) =>
      h("td", { class: "shera-cell--number" }, measured(value, data.unit)),
    );
    return h("tr", {}, h("th", { scope: "row" }, line.pod || text("whole")), ...cells);
  });
  const details = h(
    "details",
    { class: "shera-chart__table", open: kept.open },
    h("summary", { "data-key": data.metric }, text("asTable")),
    h(
      "div",
      { class: "shera-table__frame" },
      h(
        "table",
        { class: "jenkins-table jenkins-table--small" },
        h("thead", {}, h("tr", {}, ...head)),
        h("tbody", {}, ...rows),
      ),
    ),
  );
  details.addEventListener("toggle", () => (kept.open = details.open));
  return details;
}

function times(frame: Frame): readonly number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => frame.since + (frame.until - frame.since) * part);
}

/** Time of day where the reader is, with the day where the stretch is longer than one. */
export function clock(at: number, span: number): string {
  const date = new Date(at * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = span > 86_400 ? `${two(date.getMonth() + 1)}-${two(date.getDate())} ` : "";
  return `${day}${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The end of a pod's name, which is what tells it from the others. */
function short(pod: string): string {
  return pod.length > 22 ? `\u2026${pod.slice(-20)}` : pod;
}
