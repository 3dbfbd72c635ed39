import {
  confirm,
  curlPost,
  diffView,
  fill,
  h,
  pill,
  postJson,
  stepCall,
  text,
  toast,
  when,
  type Child,
  type Tone,
} from "@shera/kit";
import { button, placesTab, table, type Place, type Stage } from "./parts/places";

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

interface History extends Place {
  readonly mayUndo: boolean;
  readonly revisions: readonly Revision[];
}

interface Histories {
  readonly application: string;
  readonly histories: readonly History[];
}

const TONES: Readonly<Record<string, Tone>> = { OK: "ok", ERROR: "bad", forged: "bad", "hand-made": "warn" };

/** The two revisions that are compared, by environment; kept while the page redraws itself. */
const chosen = new Map<string, { before: number; after: number }>();

placesTab<Histories, History>({
  tab: "history",
  millis: 10000,
  depth: 4,
  places: (all) => all.histories,
  nothing: (history) => (history.revisions.length === 0 ? text("notDeployed") : ""),
  content: (stage, history) => [
    history.revisions.length > 0 && revisions(stage, history),
    history.revisions.length > 1 && comparison(history),
  ],
});

function revisions(stage: Stage, history: History): HTMLElement {
  const heads = ["number", "image", "quality", "by", "when", "pods", "verbs"].map((key) => text(`head.${key}`));
  const rows = history.revisions.map((each) => row(stage, history, each));
  return table(text("revisions", history.environment), heads, rows);
}

function row(stage: Stage, history: History, revision: Revision): Child[] {
  const build =
    revision.buildUrl === ""
      ? h("span", { class: "shera-muted" }, revision.build)
      : h("a", { href: `${root(stage)}/${revision.buildUrl}` }, revision.build);
  const back = button(text("verb.undo"), () => void undo(stage, history, revision));
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

function root(stage: Stage): string {
  return stage.base.replace(/\/shera\/.*$/, "");
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
  const releases = stage.base.replace(/\/history\/?$/, "/releases");
  const order = { environment: history.environment, revision: String(revision.number) };
  return confirm({
    title: text("ask.undo", revision.number, history.environment),
    consequences: [text("ask.undo.then", shortened(revision.image)), text("ask.undo.pinned")],
    verb: text("verb.undo"),
    destructive: true,
    byHand: () => ({
      curl: curlPost(`${releases}/undo`, order),
      jenkinsfile: stepCall("undoRollout", { application: stage.application, ...order }),
    }),
    act: async () => {
      await postJson(`${releases}/undo`, order);
      toast(text("undone", revision.number));
      stage.done();
    },
  });
}
