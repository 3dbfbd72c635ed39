import {
  appBar,
  byHandToggle,
  card,
  confirm,
  curlPost,
  empty,
  fill,
  h,
  pill,
  postJson,
  problemNotice,
  spark,
  Table,
  text,
  toast,
  when,
  type Page,
} from "@shera/kit";
import type { Project, RunFacts, Written } from "./model";
import { pruneCard } from "./prune";
import { gatePill, megabytes, resultPill, short, took } from "./words";

/** One project: its builds, how its quality went, its script. */
export function drawProject(page: Page, project: Project): void {
  const said = h("div", {});
  const start = h("button", { type: "button", class: "jenkins-button jenkins-button--primary" }, text("build"));
  start.addEventListener("click", () => void startBuild(project, said));
  const byHand = byHandToggle(() => ({ curl: curlPost(`${project.url}/build`, {}) }));
  fill(
    page.element,
    appBar(
      project.name,
      [
        project.last && resultPill(project.last),
        gatePill(project.gate),
        project.byHand && pill("idle", text("byHand")),
      ],
      [
        h("a", { class: "jenkins-button", href: "#" }, text("projectOverview")),
        h("a", { class: "jenkins-button", href: project.jobUrl }, text("openJob")),
        project.can.remove && removeButton(project),
        project.can.change && h("a", { class: "jenkins-button", href: `#${project.name}/edit` }, text("edit")),
        project.can.build && start,
        project.can.build && byHand.button,
      ],
    ),
    byHand.panel,
    said,
    h(
      "div",
      { class: "shera-stack" },
      card(text("runs"), [runsTable(project)]),
      trend(project.runs),
      project.can.build && pruneCard(page, project),
      script(project),
    ),
  );
}

/** Starts a build and says so; the page shows it with the next read. */
export async function startBuild(project: { readonly url: string }, said: HTMLElement): Promise<void> {
  fill(said);
  try {
    await postJson<Written>(`${project.url}/build`, {});
    toast(text("started"));
  } catch (thrown) {
    fill(said, problemNotice(thrown));
  }
}

function removeButton(project: Project): HTMLElement {
  const button = h("button", { type: "button", class: "jenkins-button jenkins-!-destructive-color" }, text("remove"));
  button.addEventListener(
    "click",
    () =>
      void confirm({
        title: text("remove.title", project.name),
        consequences: [text("remove.gone"), text("remove.stays")],
        verb: text("remove"),
        destructive: true,
        typed: project.name,
        byHand: () => ({ curl: curlPost(`${project.url}/remove`, {}) }),
        act: async () => {
          await postJson<Written>(`${project.url}/remove`, {});
          location.hash = "";
        },
      }),
  );
  return button;
}

function runsTable(project: Project): HTMLElement {
  const table = new Table<RunFacts>({
    label: text("runs"),
    key: (row) => String(row.number),
    columns: [
      {
        title: "#",
        cell: (row) => h("a", { href: `#${project.name}/${row.number}` }, `#${row.number}`),
        value: (row) => row.number,
        kind: "tight",
      },
      { title: text("state"), cell: (row) => resultPill(row) },
      { title: text("gate"), cell: (row) => (row.quality ? gatePill(row.quality.gate) : "–") },
      {
        title: text("image"),
        cell: (row) =>
          row.image
            ? h("code", { title: row.image.reference }, `${row.image.tags[0] ?? ""} ${short(row.image.digest)}`)
            : "–",
      },
      { title: text("size"), cell: (row) => (row.image ? megabytes(row.image.size) : "–"), kind: "number" },
      { title: text("when"), cell: (row) => when(row.startedAt) },
      { title: text("took"), cell: (row) => took(row.duration), kind: "number" },
      { title: text("why"), cell: (row) => row.causes.join(", ") },
    ],
    whenEmpty: () => empty(text("runs.none")),
  });
  table.show(project.runs);
  return table.element;
}

/** Lines of the measures that people look at, the oldest build first. */
function trend(runs: readonly RunFacts[]): HTMLElement | null {
  const oldestFirst = [...runs].reverse().filter((run) => Object.keys(run.measures).length > 0);
  if (oldestFirst.length < 2) return null;
  const figures = ["coverage", "bugs", "vulnerabilities", "code_smells", "duplicated_lines_density"]
    .filter((metric) => oldestFirst.some((run) => measure(run, metric) !== null))
    .map((metric) => {
      const values = oldestFirst.map((run) => measure(run, metric));
      const now = values[values.length - 1];
      const label = text(`metric.${metric}`);
      return h(
        "figure",
        {},
        h("figcaption", {}, label),
        spark(values, `${label}: ${values.map((value) => value ?? "–").join(", ")}`),
        h("b", {}, now ?? "–"),
      );
    });
  return figures.length === 0 ? null : card(text("trend"), [h("div", { class: "shera-trend" }, ...figures)]);
}

/** As a number; null where there is none, or what SonarQube said is none. */
function measure(run: RunFacts, metric: string): number | null {
  const value = Number(run.measures[metric] || NaN);
  return Number.isFinite(value) ? value : null;
}

function script(project: Project): HTMLElement {
  return card(text("script"), [
    project.byHand && h("p", { class: "shera-muted" }, text("byHand.why")),
    h("pre", { class: "shera-code", tabindex: 0 }, project.script),
    h(
      "p",
      { class: "shera-muted" },
      `${text("webhook")}: `,
      h("code", {}, new URL(project.webhook, location.href).href),
    ),
  ]);
}
