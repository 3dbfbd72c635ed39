import {
  applicationFrame,
  card,
  confirm,
  curlPost,
  diffView,
  empty,
  fill,
  getJson,
  h,
  loading,
  pill,
  poll,
  postJson,
  problemNotice,
  remark,
  start,
  stepCall,
  text,
  toast,
  when,
  whenChanged,
  type ApplicationHead,
  type Child,
  type Polling,
  type Tone,
} from "@shera/kit";

interface Revision {
  readonly number: number;
  readonly image: string;
  readonly quality: string;
  readonly created: string;
  readonly build: string;
  readonly buildUrl: string;
  readonly who: string;
  readonly pods: number;
  readonly stable: boolean;
  readonly text: string;
}

interface History {
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly mayUndo: boolean;
  readonly trouble: string;
  readonly revisions: readonly Revision[];
}

interface Histories {
  readonly application: string;
  readonly histories: readonly History[];
}

/** What is shown, and where the verb goes. */
interface Stage {
  readonly releases: string;
  readonly root: string;
  readonly application: string;
  readonly done: () => void;
}

const LIVE_MILLIS = 10000;
const TONES: Readonly<Record<string, Tone>> = { OK: "ok", ERROR: "bad", forged: "bad", "hand-made": "warn" };

/** The two revisions that are compared, by environment; kept while the page redraws itself. */
const chosen = new Map<string, { before: number; after: number }>();

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const content = applicationFrame(page, head, "history");
  const said = h("div", {});
  const live = h("div", { class: "shera-stack" }, loading(3));
  fill(content, said, live);
  let polling: Polling | undefined;
  const done = () => void polling?.refresh();
  const show = whenChanged<Histories>((all) => {
    const stage: Stage = {
      releases: page.url.replace(/\/history\/?$/, "/releases"),
      root: page.url.replace(/\/shera\/.*$/, ""),
      application: all.application,
      done,
    };
    fill(
      live,
      ...(all.histories.length === 0
        ? [empty(text("none"), text("none.why"))]
        : all.histories.map((history) => historyCard(stage, history))),
    );
  });
  polling = poll(async (signal) => {
    try {
      show(await getJson<Histories>(`${page.url}/api/json?depth=4`, signal));
      fill(said);
    } catch (thrown) {
      if (signal.aborted) return;
      fill(said, problemNotice(thrown));
      throw thrown;
    }
  }, LIVE_MILLIS);
});

function historyCard(stage: Stage, history: History): HTMLElement {
  const where = h("span", { class: "shera-muted shera-small" }, `${history.cluster} / ${history.namespace}`);
  const body: Child[] = [];
  if (history.trouble !== "") body.push(remark("warning", history.trouble));
  else if (history.revisions.length === 0) body.push(h("p", { class: "shera-muted" }, text("notDeployed")));
  if (history.revisions.length > 0) body.push(revisions(stage, history));
  if (history.revisions.length > 1) body.push(comparison(history));
  return card(history.environment, body, where);
}

function revisions(stage: Stage, history: History): HTMLElement {
  const heads = ["number", "image", "quality", "by", "when", "pods", "verbs"].map((key) => text(`head.${key}`));
  const cell = (content: Child, index: number) => h("td", { "data-title": heads[index] }, h("div", {}, content));
  const table = h(
    "table",
    { class: "jenkins-table", "aria-label": text("revisions", history.environment) },
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...history.revisions.map((each) => h("tr", {}, ...row(stage, history, each).map(cell)))),
  );
  return h("div", { class: "shera-table" }, h("div", { class: "shera-table__frame" }, table));
}

function row(stage: Stage, history: History, revision: Revision): Child[] {
  const build =
    revision.buildUrl === ""
      ? h("span", { class: "shera-muted" }, revision.build)
      : h("a", { href: `${stage.root}/${revision.buildUrl}` }, revision.build);
  const back = h(
    "button",
    { type: "button", class: "jenkins-button", onclick: () => void undo(stage, history, revision) },
    text("verb.undo"),
  );
  return [
    String(revision.number),
    h("code", {}, shortened(revision.image)),
    pill(TONES[revision.quality] ?? "idle", text(`quality.${revision.quality}`)),
    h("div", {}, revision.who !== "" && h("div", {}, revision.who), build),
    when(revision.created),
    String(revision.pods),
    revision.stable ? pill("info", text("stable")) : history.mayUndo && back,
  ];
}

/** Enough of a digest to tell it from others. */
function shortened(image: string): string {
  return image.replace(/@sha256:([0-9a-f]{12})[0-9a-f]{52}$/, "@$1…");
}

function comparison(history: History): HTMLElement {
  const [newest, earlier] = history.revisions;
  const known = (number: number) => history.revisions.find((each) => each.number === number);
  const last = chosen.get(history.environment);
  let before = known(last?.before ?? -1) ?? earlier;
  let after = known(last?.after ?? -1) ?? newest;
  const place = h("div", {});
  const draw = () => {
    if (before === undefined || after === undefined) return;
    chosen.set(history.environment, { before: before.number, after: after.number });
    fill(place, diffView(before.text, after.text));
  };
  const choice = (label: string, selected: Revision | undefined, take: (revision: Revision | undefined) => void) => {
    const select = h(
      "select",
      { class: "jenkins-select__input", "aria-label": label },
      ...history.revisions.map((each) =>
        h("option", { value: String(each.number), selected: each.number === selected?.number }, String(each.number)),
      ),
    );
    select.addEventListener("change", () => {
      take(known(Number(select.value)));
      draw();
    });
    return h("div", { class: "jenkins-select" }, select);
  };
  const details = h(
    "details",
    { open: last !== undefined },
    h("summary", {}, text("compare")),
    h(
      "div",
      { class: "shera-row" },
      choice(text("compare.before"), before, (revision) => (before = revision)),
      h("span", { "aria-hidden": "true" }, "→"),
      choice(text("compare.after"), after, (revision) => (after = revision)),
    ),
    place,
  );
  details.addEventListener("toggle", () => {
    if (details.open) draw();
    else chosen.delete(history.environment);
  });
  return details;
}

function undo(stage: Stage, history: History, revision: Revision): Promise<boolean> {
  const order = { environment: history.environment, revision: String(revision.number) };
  return confirm({
    title: text("ask.undo", revision.number, history.environment),
    consequences: [text("ask.undo.then", shortened(revision.image)), text("ask.undo.pinned")],
    verb: text("verb.undo"),
    destructive: true,
    byHand: () => ({
      curl: curlPost(`${stage.releases}/undo`, order),
      jenkinsfile: stepCall("undoRollout", { application: stage.application, ...order }),
    }),
    act: async () => {
      await postJson(`${stage.releases}/undo`, order);
      toast(text("undone", revision.number));
      stage.done();
    },
  });
}
