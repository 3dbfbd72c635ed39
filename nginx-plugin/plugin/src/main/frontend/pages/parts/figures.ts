import {
  byHandToggle,
  card,
  empty,
  fill,
  getJson,
  h,
  loading,
  number,
  pill,
  problemNotice,
  remark,
  shell,
  Table,
  text,
  whenChanged,
  whenStill,
  type Page,
} from "@shera/kit";
import { fillCalmly, whenAgain } from "./board";
import type { Cluster } from "./model";

/** Requests of one host that were passed on to one upstream; times in seconds, the 95 % infinite where it is below 0. */
interface FigureRow {
  readonly host: string;
  readonly upstream: string;
  readonly requests: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  readonly meanSeconds: number;
  readonly p95Seconds: number;
}

interface Figures {
  readonly minutes: number;
  readonly logs: boolean;
  readonly nodes: readonly {
    readonly name: string;
    readonly error: string;
    readonly cut?: boolean;
    readonly rows?: readonly FigureRow[];
  }[];
  readonly rows: readonly FigureRow[];
}

const TIMES = [1, 5, 15, 60];

/** A row with the time that it tells of. */
type Row = FigureRow & { readonly minutes: number };

/** What the nodes answered lately, by host and upstream, of all nodes or of one. */
export function figuresCard(page: Page, cluster: Cluster): HTMLElement {
  const remarks = h("div", { class: "shera-stack" }, loading(3));
  const time = select(
    "figures.time",
    TIMES.map((minutes) => [String(minutes), text("figures.last", minutes)]),
  );
  time.value = "5";
  const node = select("figures.node", []);
  const nodes = chosen("figures.node", node);
  const bar = h("div", { class: "shera-ng__bar", hidden: true }, chosen("figures.time", time), nodes);
  const table = figuresTable();
  table.element.hidden = true;
  const address = () =>
    `${page.url}/figures?cluster=${encodeURIComponent(cluster.cluster)}&minutes=${encodeURIComponent(time.value)}`;
  let last: Figures | undefined;
  const rows = (found: Figures) =>
    (found.nodes.find((one) => one.name === node.value)?.rows ?? found.rows).map((row): Row => ({
      ...row,
      minutes: found.minutes,
    }));
  const show = whenChanged((found: Figures) =>
    whenStill(remarks, () => {
      last = found;
      const logging = found.nodes.filter((one) => one.rows).map((one) => one.name);
      const wanted = [["", text("figures.all")] as const, ...logging.map((name) => [name, name] as const)];
      if (node.options.length !== wanted.length) {
        const before = node.value;
        fill(node, ...wanted.map(([value, label]) => h("option", { value }, label)));
        node.value = logging.includes(before) ? before : "";
      }
      nodes.hidden = found.nodes.length <= 1;
      bar.hidden = table.element.hidden = !found.logs;
      fill(remarks, ...remarksOf(found, cluster.daemons !== undefined));
      if (found.logs) table.show(rows(found));
    }),
  );
  let turn = 0;
  const read = async () => {
    const mine = ++turn;
    try {
      const found = await getJson<Figures>(address());
      if (mine === turn) show(found);
    } catch (thrown) {
      if (mine === turn) fillCalmly(remarks, problemNotice(thrown));
    }
  };
  time.addEventListener("change", () => void read());
  node.addEventListener("change", () => last && table.show(rows(last)));
  void read();
  const again = h("button", { type: "button", class: "jenkins-button", onclick: () => void read() }, text("refresh"));
  const byHand = byHandToggle(() => ({
    curl: `curl --fail-with-body --user "$USER:$TOKEN" \\\n  ${shell(new URL(address(), location.href).href)}`,
  }));
  const content = [h("p", { class: "shera-muted" }, text("figures.why")), byHand.panel, remarks, bar, table.element];
  return whenAgain(card(text("figures"), content, again, byHand.button), () => void read());
}

function select(label: string, choices: readonly (readonly [string, string])[]): HTMLSelectElement {
  return h(
    "select",
    { class: "jenkins-select__input", "aria-label": text(label) },
    ...choices.map(([value, shown]) => h("option", { value }, shown)),
  );
}

function chosen(label: string, field: HTMLSelectElement): HTMLElement {
  return h("label", {}, text(label), h("div", { class: "jenkins-select" }, field));
}

function remarksOf(found: Figures, told: boolean): HTMLElement[] {
  if (!found.logs) return [empty(text("figures.noLog"), text(told ? "figures.noLog.kubeng" : "figures.noLog.why"))];
  return [
    ...found.nodes
      .filter((one) => one.error !== "")
      .map((one) => remark("warning", text("figures.unread", one.name, one.error))),
    ...found.nodes
      .filter((one) => one.cut)
      .map((one) => remark("info", text(told ? "figures.gap" : "figures.cut", one.name))),
  ];
}

function figuresTable(): Table<Row> {
  return new Table<Row>({
    label: text("figures"),
    key: (row) => `${row.host} ${row.upstream}`,
    columns: [
      { title: text("figures.host"), cell: (row) => row.host || text("figures.others"), value: (row) => row.host },
      {
        title: text("figures.upstream"),
        cell: (row) => (row.upstream === "" ? text("figures.itself") : h("code", {}, row.upstream)),
        value: (row) => row.upstream,
      },
      {
        title: text("figures.requests"),
        cell: (row) => number(row.requests),
        value: (row) => row.requests,
        kind: "number",
      },
      {
        title: text("figures.rate"),
        cell: (row) => rounded(row.requests / row.minutes / 60),
        value: (row) => row.requests,
        kind: "number",
      },
      { title: "4xx", cell: (row) => share(row.clientErrors, row), value: (row) => row.clientErrors, kind: "number" },
      {
        title: "5xx",
        cell: (row) => (row.serverErrors === 0 ? share(0, row) : pill("bad", share(row.serverErrors, row))),
        value: (row) => row.serverErrors,
        kind: "number",
      },
      {
        title: text("figures.mean"),
        cell: (row) => milliseconds(row.meanSeconds),
        value: (row) => row.meanSeconds,
        kind: "number",
      },
      {
        title: text("figures.p95"),
        cell: (row) => (row.p95Seconds < 0 ? text("figures.above") : milliseconds(row.p95Seconds)),
        value: (row) => (row.p95Seconds < 0 ? Infinity : row.p95Seconds),
        kind: "number",
      },
    ],
    whenEmpty: () => empty(text("figures.none")),
  });
}

/** A count with its part of all requests. */
function share(count: number, row: FigureRow): string {
  return count === 0 ? "0" : `${number(count)} (${rounded((100 * count) / row.requests)} %)`;
}

function rounded(value: number): string {
  if (value > 0 && value < 0.01) return `< ${number(0.01)}`;
  return number(value < 10 ? Math.round(value * 100) / 100 : Math.round(value));
}

function milliseconds(seconds: number): string {
  return `${rounded(seconds * 1000)} ms`;
}
