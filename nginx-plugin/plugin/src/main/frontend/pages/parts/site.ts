import {
  card,
  confirm,
  curlPost,
  diffView,
  empty,
  fill,
  getJson,
  h,
  postJson,
  problemNotice,
  remark,
  stepCall,
  Table,
  text,
  toast,
  when,
  whenChanged,
  type Page,
} from "@shera/kit";
import { fillCalmly, whenAgain } from "./board";
import { joined, PROTECTIONS, type Cluster, type Files } from "./model";
import { reloadFields, waitingBox, type Waiting } from "./waiting";

interface Push {
  readonly push: number;
  readonly at: string;
  readonly who: string;
  readonly why: string;
  readonly files: number;
}

interface Site {
  readonly newest: number;
  readonly push: number;
  readonly files: Files;
  readonly pushes: readonly Push[];
  readonly waiting?: Waiting;
  readonly mayPush: boolean;
  readonly mayWatch: boolean;
}

/** The files of people: edited here, tested on every node, pushed, and taken back from history. */
export function siteCard(page: Page, cluster: Cluster, pushed: () => Promise<void>): HTMLElement {
  const content = h("div", { class: "shera-stack" });
  const element = card(text("site"), [h("p", { class: "shera-muted" }, text("site.why")), ...trials(cluster), content]);
  const address = `${page.url}/site?cluster=${encodeURIComponent(cluster.cluster)}`;
  const show = whenChanged((site: Site) => fillCalmly(content, ...editor(page, cluster, address, site, pushed)));
  const read = () =>
    void getJson<Site>(address).then(show, (thrown: unknown) => fillCalmly(content, problemNotice(thrown)));
  read();
  return whenAgain(element, read);
}

/** What protects each node from files that are tried there, said once where it is the same on all. */
function trials(cluster: Cluster): HTMLElement[] {
  const said = cluster.nodes.flatMap((node) =>
    node.protections ? [{ name: node.name, said: told(node.protections) }] : [],
  );
  const first = said[0];
  if (first === undefined) return [];
  const same = said.every((one) => one.said === first.said);
  return (same ? [{ name: text("trial.all"), said: first.said }] : said).map((one) =>
    h("p", { class: "shera-muted" }, text("trial", one.name, one.said)),
  );
}

function told(protections: readonly string[]): string {
  const names = (all: readonly string[]) => all.map((one) => text(`trial.${one}`)).join(", ");
  const missing = PROTECTIONS.filter((one) => !protections.includes(one));
  const held = names(PROTECTIONS.filter((one) => protections.includes(one)));
  return missing.length === 0 ? held : `${held}; ${text("trial.not", names(missing))}`;
}

function editor(
  page: Page,
  cluster: Cluster,
  address: string,
  site: Site,
  pushed: () => Promise<void>,
): (HTMLElement | false)[] {
  const files = new Map(Object.entries(site.files));
  const list = h("div", { class: "shera-stack" });
  // What somebody wrote and did not push is not drawn over.
  const mark = () => list.toggleAttribute("data-draft", joined(now()) !== joined(site.files));
  list.addEventListener("input", mark);
  const said = h("div", { "aria-live": "polite" });
  const reason = h("input", { class: "jenkins-input", "aria-label": text("site.reason") });
  reason.placeholder = text("site.reason");
  const now = (): Files => Object.fromEntries(files);
  const draw = () => {
    fill(
      list,
      ...(files.size === 0
        ? [empty(text("site.none"))]
        : [...files.keys()].sort().map((name) => fileBox(name, files, site.mayPush, draw))),
    );
    mark();
  };
  draw();
  const waits = site.waiting && waitingBox(page, cluster, site.waiting, site.files, site.mayPush, pushed);
  if (!site.mayPush) return [waits ?? false, list, history(site, () => undefined)];
  const name = h("input", { class: "jenkins-input", "aria-label": text("site.name") });
  name.placeholder = "erp.conf";
  const add = button("site.add", "", () => {
    const wanted = name.value.trim();
    if (wanted === "" || files.has(wanted)) return;
    files.set(wanted.endsWith(".conf") ? wanted : `${wanted}.conf`, "");
    name.value = "";
    draw();
  });
  const check = button("site.check", "", async () => {
    fill(said, h("span", { class: "shera-muted" }, text("site.checking")));
    const body = { nginx: cluster.cluster, files: now() };
    try {
      const { message } = await postJson<{ message: string }>(`${page.url}/checkSite`, body);
      fill(said, remark("success", message));
    } catch (thrown) {
      fill(said, problemNotice(thrown));
    }
  });
  const watch = watchFields(site.mayWatch);
  const reload = reloadFields();
  const stages = stageFields(cluster.nodes.length);
  const push = button("site.pushVerb", "jenkins-button--primary", () => {
    const when = reload.values();
    const watched = when.later ? {} : watch.values();
    const staged = when.later ? {} : stages.values();
    const body = {
      nginx: cluster.cluster,
      base: site.newest,
      reason: reason.value,
      ...watched,
      ...staged,
      ...when,
      files: now(),
    };
    const step = { ...(when.later ? { reload: "later" } : {}), ...(when.partial ? { partial: true } : {}) };
    void confirm({
      title: text("site.ask", cluster.cluster),
      consequences: [
        when.later ? text("later.ask") : when.partial ? text("partial.ask") : text("site.ask.staged"),
        ...(when.reloadAt ? [text("later.ask.due", new Date(when.reloadAt).toLocaleString())] : []),
        ...(staged.batch ? [text("stages.ask", staged.batch, staged.pause ?? 0)] : []),
        ...(!staged.batch && staged.pause ? [text("stages.ask.all", staged.pause)] : []),
        ...(watched.errorWatch ? [text("watch.ask", watched.errorRise, watched.errorWatch)] : []),
      ],
      detail: diffView(joined(site.files), joined(now())),
      verb: text("site.pushVerb"),
      destructive: false,
      byHand: () => ({
        jenkinsfile: stepCall("pushNginx", { nginx: cluster.cluster, folder: "nginx", ...watched, ...staged, ...step }),
        curl: curlPost(`${page.url}/pushSite`, body),
      }),
      act: async () => {
        const { message } = await postJson<{ message: string }>(`${page.url}/pushSite`, body);
        toast(message);
        await pushed();
      },
    });
  });
  const take = async (number: number) => {
    try {
      const then = await getJson<Site>(`${address}&push=${number}`);
      files.clear();
      for (const [each, content] of Object.entries(then.files)) files.set(each, content);
      draw();
      fill(said, remark("info", text("site.taken", number)));
    } catch (thrown) {
      fill(said, problemNotice(thrown));
    }
  };
  return [
    waits ?? false,
    list,
    h("div", { class: "shera-row" }, name, add),
    stages.element,
    h("div", { class: "shera-row" }, reason, ...watch.elements, ...reload.elements, check, push),
    said,
    history(site, (number) => void take(number)),
  ];
}

interface Watched {
  readonly errorWatch: number;
  readonly errorRise: number;
  readonly errorRequests: number;
}

/** How errors are watched after each stage; nothing to choose where no node logs its requests. */
function watchFields(possible: boolean): { elements: HTMLElement[]; values: () => Watched | Record<string, never> } {
  if (!possible) return { elements: [h("span", { class: "shera-muted" }, text("watch.without"))], values: () => ({}) };
  const seconds = h(
    "select",
    { class: "jenkins-select__input", "aria-label": text("watch") },
    ...[0, 5, 10, 25].map((time) =>
      h("option", { value: String(time) }, time === 0 ? text("watch.off") : text("watch.for", time)),
    ),
  );
  const rise = numberInput(text("watch.rise.label"), "1", "0.1");
  const requests = numberInput(text("watch.requests.label"), "50", "1");
  const more = h("div", { class: "shera-row", hidden: true }, labelled(rise), labelled(requests));
  seconds.addEventListener("change", () => (more.hidden = seconds.value === "0"));
  const values = () =>
    seconds.value === "0"
      ? {}
      : {
          errorWatch: Number(seconds.value),
          errorRise: Number(rise.value),
          errorRequests: Number(requests.value),
        };
  return { elements: [h("div", { class: "jenkins-select" }, seconds), more], values };
}

interface Staged {
  readonly batch?: number;
  readonly pause?: number;
}

/** In which stages the nodes after the first take the files; nothing to choose where it is the only one. */
function stageFields(nodes: number): { element: HTMLElement | false; values: () => Staged } {
  if (nodes < 2) return { element: false, values: () => ({}) };
  const batch = numberInput(text("stages.batch.label"), "", "1");
  const pause = numberInput(text("stages.pause.label"), "", "1");
  const given = (name: string, input: HTMLInputElement) => (input.value === "" ? {} : { [name]: Number(input.value) });
  return {
    element: h("div", { class: "shera-row" }, labelled(batch), labelled(pause)),
    values: () => ({ ...given("batch", batch), ...given("pause", pause) }),
  };
}

function numberInput(label: string, value: string, step: string): HTMLInputElement {
  const input = h("input", { class: "jenkins-input shera-ng__number", type: "number", "aria-label": label });
  input.value = value;
  input.step = step;
  input.min = "0";
  return input;
}

function labelled(input: HTMLInputElement): HTMLElement {
  return h("label", { class: "shera-row" }, h("span", { class: "shera-muted" }, input.ariaLabel ?? ""), input);
}

function button(key: string, look: string, act: () => void | Promise<void>): HTMLButtonElement {
  return h("button", { type: "button", class: `jenkins-button ${look}`, onclick: () => void act() }, text(key));
}

function fileBox(name: string, files: Map<string, string>, editable: boolean, draw: () => void): HTMLElement {
  const area = h("textarea", {
    class: "jenkins-input shera-ng__editor",
    "aria-label": text("site.text", name),
    spellcheck: false,
  });
  area.value = files.get(name) ?? "";
  area.rows = Math.min(30, Math.max(6, area.value.split("\n").length + 1));
  area.readOnly = !editable;
  area.addEventListener("input", () => files.set(name, area.value));
  const remove = button("site.remove", "jenkins-button--tertiary", () => {
    files.delete(name);
    draw();
  });
  remove.setAttribute("aria-label", `${text("site.remove")}: ${name}`);
  return h("div", {}, h("div", { class: "shera-row" }, h("code", {}, name), editable && remove), area);
}

function history(site: Site, take: (number: number) => void): HTMLElement {
  const table = new Table<Push>({
    label: text("site.history"),
    key: (row) => String(row.push),
    columns: [
      { title: text("site.number"), cell: (row) => row.push, kind: "number" },
      { title: text("changed"), cell: (row) => when(row.at) },
      { title: text("site.who"), cell: (row) => row.who },
      { title: text("site.reason"), cell: (row) => row.why },
      {
        title: "",
        kind: "tight",
        cell: (row) => site.mayPush && button("site.take", "jenkins-button--tertiary", () => take(row.push)),
      },
    ],
    whenEmpty: () => empty(text("site.history.none")),
  });
  table.show(site.pushes);
  return h("details", {}, h("summary", {}, text("site.history")), table.element);
}
