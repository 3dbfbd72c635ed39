import {
  appBar,
  byHandToggle,
  card,
  confirm,
  curlPost,
  fill,
  getJson,
  h,
  number,
  pill,
  poll,
  postJson,
  text,
  when,
  whenChanged,
  type Page,
  type Polling,
} from "@shera/kit";
import type { Image, Project, Run, RunFacts, Written } from "./model";
import { startBuild } from "./project";
import { sbomCard } from "./sbom";
import { gatePill, megabytes, resultPill, short, took } from "./words";

const LIVE_MILLIS = 2_000;
/** For these less is better; for the rest more is, except for the sizes, which are neither. */
const LESS = /bugs|vulnerabilities|smells|hotspots|duplicated|rating/;
const NEITHER = /ncloc|new_lines/;

/** One build, live while it runs. `against` is the number of the build to compare with; the one before when null. */
export function drawRun(page: Page, project: Project, first: Run, against: RunFacts | null): Polling {
  const said = h("div", {});
  const head = h("div", {});
  const facts = h("div", { class: "shera-stack" });
  const log = h("pre", { class: "shera-log", tabindex: 0, "aria-label": text("log") }, "");
  fill(page.element, head, said, h("div", { class: "shera-stack" }, facts, card(text("log"), [log])));
  const software = new Map<string, HTMLElement>();
  const sbom = (run: Run): HTMLElement | null => {
    const made = run.image;
    if (!made || made.components === null || run.building) return null;
    const drawn = software.get(made.digest) ?? sbomCard(`${project.url}/sbom`, made.digest);
    software.set(made.digest, drawn);
    return drawn;
  };
  const show = whenChanged<Run>((run) => {
    fill(head, bar(project, run, said));
    const other = against ?? run.previous;
    fill(
      facts,
      phases(run),
      h("div", { class: "shera-columns" }, image(run), quality(run, other)),
      changes(run, other),
      commits(run),
      sbom(run),
    );
  });
  show(first);
  let at = 0;
  let over = false;
  const polling = poll(async (signal) => {
    if (over) return;
    const run = await getJson<Run>(`${first.url}/api/json`, signal);
    show(run);
    for (let more = true; more;) {
      const answer = await fetch(`${first.url}/log?start=${at}`, {
        signal,
        credentials: "same-origin",
        cache: "no-store",
      });
      if (!answer.ok) return;
      const piece = await answer.text();
      const next = Number(answer.headers.get("X-Text-Size") ?? at);
      more = next > at && piece.length > 0;
      at = next;
      if (piece.length > 0) {
        const low = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
        log.append(piece);
        if (low) log.scrollTop = log.scrollHeight;
      }
    }
    over = !run.building;
    if (over) polling.stop();
  }, LIVE_MILLIS);
  return polling;
}

function bar(project: Project, run: Run, said: HTMLElement): HTMLElement {
  const again = h("button", { type: "button", class: "jenkins-button" }, text("rebuild"));
  again.addEventListener("click", () => void startBuild(project, said));
  const byHand = byHandToggle(() => ({ curl: curlPost(`${project.url}/build`, {}) }));
  const others = project.runs.filter((one) => one.number !== run.number);
  const compare = h(
    "select",
    { class: "jenkins-select__input", "aria-label": text("compare") },
    h("option", { value: "" }, text("compare")),
    ...others.map((one) => h("option", { value: String(one.number) }, `#${one.number}`)),
  );
  compare.addEventListener("change", () => {
    if (compare.value) location.hash = `#${project.name}/${run.number}/${compare.value}`;
  });
  const bars = appBar(
    `${project.name} #${run.number}`,
    [
      resultPill(run),
      run.quality && gatePill(run.quality.gate),
      when(run.startedAt),
      h("span", { class: "shera-muted" }, took(run.duration)),
    ],
    [
      h("a", { class: "jenkins-button", href: `#${project.name}` }, project.name),
      h("a", { class: "jenkins-button", href: run.buildUrl }, text("openBuild")),
      others.length > 0 && h("div", { class: "jenkins-select" }, compare),
      run.building && project.can.stop && stopButton(run),
      project.can.build && again,
      project.can.build && byHand.button,
      run.deployUrl !== "" &&
        h("a", { class: "jenkins-button jenkins-button--primary", href: run.deployUrl }, text("deploy")),
    ],
  );
  return h("div", {}, bars, byHand.panel);
}

function stopButton(run: Run): HTMLElement {
  const button = h("button", { type: "button", class: "jenkins-button jenkins-!-destructive-color" }, text("stop"));
  button.addEventListener(
    "click",
    () =>
      void confirm({
        title: text("stop.title", run.number),
        consequences: [text("stop.what")],
        verb: text("stop"),
        destructive: true,
        byHand: () => ({ curl: curlPost(`${run.url}/stop`, {}) }),
        act: () => postJson<Written>(`${run.url}/stop`, {}).then(() => undefined),
      }),
  );
  return button;
}

function phases(run: Run): HTMLElement | null {
  if (run.phases.length === 0) return null;
  const tones = { running: "info", done: "ok", failed: "bad" } as const;
  return card(text("phases"), [
    h(
      "ol",
      { class: "shera-phases" },
      ...run.phases.map((phase) =>
        h(
          "li",
          {},
          pill(tones[phase.state], text(`phase.${phase.name.split(" ")[0] ?? ""}`)),
          h("small", { class: "shera-muted" }, took(phase.millis)),
        ),
      ),
    ),
  ]);
}

function image(run: Run): HTMLElement {
  const made = run.image;
  if (!made) return card(text("image"), [h("p", { class: "shera-muted" }, text("image.none"))]);
  const row = (name: string, ...value: (Node | string)[]) => [h("dt", {}, name), h("dd", {}, ...value)];
  return card(text("image"), [
    h("p", {}, h("code", {}, made.reference)),
    h(
      "dl",
      { class: "shera-facts" },
      ...row(text("tags"), made.tags.join(", ")),
      ...row(text("commit"), h("code", {}, made.commit.slice(0, 12) || "–")),
      ...row(text("size"), megabytes(made.size)),
      ...(made.baseName === "" ? [] : row(text("base"), ...base(made))),
    ),
    run.layers.length > 0 &&
      h(
        "table",
        { class: "jenkins-table" },
        h("thead", {}, h("tr", {}, h("th", {}, text("layer")), h("th", {}, text("size")))),
        h(
          "tbody",
          {},
          ...run.layers.map((layer) =>
            h("tr", {}, h("td", {}, h("code", {}, short(layer.digest))), h("td", {}, megabytes(layer.size))),
          ),
        ),
      ),
  ]);
}

function base(made: Image): (Node | string)[] {
  const name = h("code", {}, made.baseName);
  if (made.baseDigest === "" || made.baseName.endsWith(made.baseDigest)) return [name];
  return [name, " ", h("code", { class: "shera-muted", title: made.baseDigest }, short(made.baseDigest))];
}

function quality(run: Run, other: RunFacts | null): HTMLElement {
  const word = run.quality;
  if (!word) return card(text("quality"), [h("p", { class: "shera-muted" }, text("quality.none"))]);
  const rows = inOrder(run.measures).map(([metric, value]) => {
    const before = other?.measures[metric];
    return h(
      "tr",
      {},
      h("td", {}, text(`metric.${metric}`)),
      h("td", {}, shown(metric, value)),
      h("td", {}, before === undefined ? "–" : shown(metric, before)),
      h("td", {}, change(metric, value, before)),
    );
  });
  return card(text("quality"), [
    h(
      "p",
      { class: "shera-row" },
      gatePill(word.gate),
      other && h("span", { class: "shera-muted" }, text("against", other.number)),
    ),
    ...word.failed.map((condition) => h("p", {}, `${text("failedOn")}: ${condition}`)),
    rows.length > 0 &&
      h(
        "table",
        { class: "jenkins-table" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", {}, text("metric")),
            h("th", {}, text("thisBuild")),
            h("th", {}, text("before")),
            h("th", {}, ""),
          ),
        ),
        h("tbody", {}, ...rows),
      ),
    run.exclusions.length > 0 && h("p", { class: "shera-muted" }, `${text("excluded")}: ${run.exclusions.join("; ")}`),
    /^https?:\/\//.test(word.dashboard) &&
      h("a", { href: word.dashboard, rel: "noopener noreferrer" }, text("showSonar")),
  ]);
}

/** As people read them: coverage first, ratings after the counts, new code last. */
function inOrder(measures: Readonly<Record<string, string>>): [string, string][] {
  const rank = (metric: string) =>
    (metric.startsWith("new_") ? 10 : 0) + (metric.endsWith("coverage") ? 0 : metric.endsWith("rating") ? 2 : 1);
  return Object.entries(measures).sort(([one], [other]) => rank(one) - rank(other));
}

function shown(metric: string, value: string): string {
  if (metric.endsWith("rating")) return "ABCDE"[Number(value) - 1] ?? value;
  const plain = Number(value);
  return Number.isNaN(plain) ? value : number(plain);
}

function change(metric: string, now: string, before: string | undefined): HTMLElement | string {
  const by = Number(now) - Number(before);
  if (before === undefined || Number.isNaN(by) || by === 0) return "";
  const words = `${by > 0 ? "+" : "−"}${number(Math.abs(by))}`;
  if (NEITHER.test(metric)) return pill("idle", words);
  return pill(LESS.test(metric) === by < 0 ? "ok" : "bad", words);
}

function changes(run: Run, other: RunFacts | null): HTMLElement | null {
  if (!other || !run.image || !other.image) return null;
  const line = (name: string, before: string, now: string) => [
    h("dt", {}, name),
    h(
      "dd",
      {},
      before === now ? text("same") : h("span", {}, h("code", {}, before || "–"), " → ", h("code", {}, now || "–")),
    ),
  ];
  return card(text("changes", other.number), [
    h(
      "dl",
      { class: "shera-facts" },
      ...line(text("commit"), other.image.commit.slice(0, 12), run.image.commit.slice(0, 12)),
      ...line(text("image"), short(other.image.digest), short(run.image.digest)),
      ...line(text("size"), megabytes(other.image.size), megabytes(run.image.size)),
    ),
  ]);
}

function commits(run: Run): HTMLElement | null {
  const since = run.commits;
  if (!since) return null;
  const words = (key: string) => h("p", { class: "shera-muted" }, text(key, since.before.slice(0, 12)));
  const empty = since.list.length === 0 && since.more === 0;
  return card(text("commits", since.build), [
    since.state !== "listed" && words(`commits.${since.state}`),
    since.state === "listed" && empty && words("commits.none"),
    since.list.length > 0 &&
      h(
        "ul",
        { class: "shera-commits" },
        ...since.list.map((one) =>
          h(
            "li",
            {},
            h("code", {}, one.hash),
            h("bdi", {}, one.subject),
            h("small", { class: "shera-muted" }, h("bdi", {}, one.author)),
          ),
        ),
      ),
    since.more > 0 && h("p", { class: "shera-muted" }, text("commits.more", since.more)),
  ]);
}
