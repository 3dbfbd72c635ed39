import {
  card,
  confirm,
  curlPost,
  diffView,
  empty,
  fill,
  getJson,
  h,
  hasText,
  pill,
  postJson,
  problemNotice,
  remark,
  Table,
  text,
  toast,
  type Page,
} from "@shera/kit";
import type { Certificates } from "./certificates";
import { joined, type Cluster, type Files } from "./model";
import { unzip } from "./unzip";

interface Draft {
  readonly key: string;
  readonly where: string;
  readonly taken: boolean;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly exact: boolean;
  readonly members: readonly string[];
  readonly certificateFile?: string;
  readonly tls?: Readonly<Record<string, string | number | boolean>>;
  readonly rules?: Readonly<Record<string, string | number | boolean>>;
}

/** Why something becomes what it does: a kind of reason with what it speaks of. */
interface Why {
  readonly kind: string;
  readonly arguments: readonly (string | Why)[];
}

interface Note {
  readonly where: string;
  readonly what: string;
  readonly fate: "OWN_FILE" | "STAYS" | "COVERED";
  readonly reason: string;
  readonly why: Why;
}

interface Plan {
  readonly base: number;
  readonly routes: readonly Draft[];
  readonly notes: readonly Note[];
  readonly files: Files;
  readonly imported: readonly string[];
  readonly stays: Files;
  readonly owners: readonly { readonly application: string; readonly environment: string }[];
}

const TONES = { OWN_FILE: "info", STAYS: "warn", COVERED: "ok" } as const;

/** Takes over what people wrote by hand: planned first, then pushed as one. */
export function importCard(page: Page, cluster: Cluster, done: () => Promise<void>): HTMLElement {
  const owners = new Map<string, string>();
  const shown = new Map<string, string>();
  let tree: Files = {};
  const source = h(
    "select",
    { class: "jenkins-select__input", "aria-label": text("import.source.label") },
    ...cluster.nodes.map((node) => h("option", { value: node.name }, text("import.node", node.name))),
    h("option", { value: "" }, text("import.archive")),
  );
  const file = h("input", { type: "file", accept: ".zip", "aria-label": text("import.archive"), hidden: true });
  source.addEventListener("change", () => (file.hidden = source.value !== ""));
  const unknown = tick("import.unknown");
  const logs = tick("import.logs");
  const result = h("div", { class: "shera-stack", "aria-live": "polite" });
  const look = async () => {
    fill(result, h("span", { class: "shera-muted" }, text("import.reading")));
    try {
      const picked = file.files?.[0];
      if (source.value === "") tree = picked ? await unzip(picked) : {};
      const body = {
        nginx: cluster.cluster,
        ...(source.value === "" ? { tree } : { node: source.value }),
        unknownHosts: unknown.input.checked,
        dropLogs: logs.input.checked,
        taken: [...owners].filter(([, owner]) => owner !== "").map(([key]) => key),
      };
      const plan = await postJson<Plan>(`${page.url}/importPlan`, body);
      const pushed = await getJson<{ files: Files }>(`${page.url}/site?cluster=${encodeURIComponent(cluster.cluster)}`);
      const certificates = plan.routes.some((one) => one.tls)
        ? await getJson<Certificates>(`${page.url}/certificates?cluster=${encodeURIComponent(cluster.cluster)}`)
        : undefined;
      fill(
        result,
        ...planned(plan, owners, shown, certificates, look),
        takeOver(page, cluster, plan, pushed.files, owners, shown, done),
      );
    } catch (thrown) {
      fill(result, problemNotice(thrown));
    }
  };
  const button = h(
    "button",
    { type: "button", class: "jenkins-button", onclick: () => void look() },
    text("import.plan"),
  );
  const element = card(text("import.title"), [
    h("p", { class: "shera-muted" }, text("import.why")),
    h("div", { class: "shera-row" }, h("div", { class: "jenkins-select" }, source), file, button),
    unknown.element,
    logs.element,
    result,
  ]);
  element.classList.add("shera-ng__import");
  return element;
}

function tick(key: string): { input: HTMLInputElement; element: HTMLElement } {
  const input = h("input", { type: "checkbox" });
  return { input, element: h("label", { class: "shera-row" }, input, text(key)) };
}

function planned(
  plan: Plan,
  owners: Map<string, string>,
  shown: Map<string, string>,
  certificates: Certificates | undefined,
  again: () => Promise<void>,
): HTMLElement[] {
  const routes = new Table<Draft>({
    label: text("import.routes"),
    key: (row) => row.key,
    columns: [
      {
        title: text("import.route"),
        cell: (row) => h("div", {}, h("b", {}, row.key), h("div", { class: "shera-muted" }, row.where)),
        value: (row) => row.key,
      },
      { title: text("import.members"), cell: (row) => row.members.join(", ") },
      { title: text("import.owner"), cell: (row) => ownerChoice(row, plan, owners, again) },
      { title: text("import.certificate"), cell: (row) => certificateChoice(row, shown, certificates) },
    ],
    whenEmpty: () => empty(text("import.routes.none")),
  });
  routes.show(plan.routes);
  const notes = new Table<Note>({
    label: text("import.rest"),
    key: (row) => `${row.where} ${row.what}`,
    columns: [
      {
        title: text("import.what"),
        cell: (row) => h("div", {}, h("code", {}, row.what), h("div", { class: "shera-muted" }, row.where)),
        value: (row) => row.where,
      },
      {
        title: text("import.fate"),
        cell: (row) => pill(TONES[row.fate], text(`import.${row.fate}`)),
        value: (row) => row.fate,
      },
      { title: text("import.reason"), cell: (row) => said(row) },
    ],
    whenEmpty: () => empty(text("import.rest.none")),
  });
  notes.show(plan.notes);
  return [
    h("h3", {}, text("import.routes")),
    routes.element,
    h("h3", {}, text("import.rest")),
    notes.element,
    ...plan.imported.map((name) => shownFile(name, plan.files[name] ?? "")),
    ...(Object.keys(plan.stays).length === 0 ? [] : [h("h3", {}, text("import.hand"))]),
    ...Object.entries(plan.stays).map(([name, content]) =>
      content === "" ? remark("info", text("import.gone", name)) : shownFile(text("import.left", name), content),
    ),
  ];
}

/** In the reader's language, or in English where a newer server knows a reason that has no text here. */
function said(note: Note): string {
  const told = (why: Why): string | undefined => {
    const parts = why.arguments.map((one) => (typeof one === "string" ? one : told(one)));
    const key = `import.reason.${why.kind}`;
    return hasText(key) && parts.every((part) => part !== undefined) ? text(key, ...(parts as string[])) : undefined;
  };
  return told(note.why) ?? note.reason;
}

function shownFile(name: string, content: string): HTMLElement {
  return h("details", {}, h("summary", {}, name), h("pre", { class: "shera-ng__code", tabindex: "0" }, content));
}

function ownerChoice(row: Draft, plan: Plan, owners: Map<string, string>, again: () => Promise<void>): HTMLElement {
  const choice = h(
    "select",
    { class: "jenkins-select__input", "aria-label": `${text("import.owner")}: ${row.key}` },
    h("option", { value: "" }, text("import.owner.none")),
    ...plan.owners.map((one) =>
      h("option", { value: `${one.application}/${one.environment}` }, `${one.application} (${one.environment})`),
    ),
  );
  choice.value = owners.get(row.key) ?? "";
  choice.addEventListener("change", () => {
    owners.set(row.key, choice.value);
    void again();
  });
  return h("div", { class: "jenkins-select" }, choice);
}

function certificateChoice(
  row: Draft,
  shown: Map<string, string>,
  all: Certificates | undefined,
): HTMLElement | string {
  if (!row.tls) return "–";
  const names = (all?.certificates ?? []).map((one) => one.name);
  const guess = (row.certificateFile ?? "").replace(/^.*\//, "").replace(/\.[a-z]+$/, "");
  const choice = h(
    "select",
    { class: "jenkins-select__input", "aria-label": `${text("import.certificate")}: ${row.key}` },
    ...names.map((name) => h("option", { value: name }, name)),
  );
  choice.value = shown.get(row.key) ?? (names.includes(guess) ? guess : (names[0] ?? ""));
  shown.set(row.key, choice.value);
  choice.addEventListener("change", () => shown.set(row.key, choice.value));
  return h(
    "div",
    {},
    names.length === 0 ? text("import.certificate.none") : h("div", { class: "jenkins-select" }, choice),
    h("div", { class: "shera-muted" }, row.certificateFile ?? ""),
  );
}

function takeOver(
  page: Page,
  cluster: Cluster,
  plan: Plan,
  pushed: Files,
  owners: Map<string, string>,
  shown: Map<string, string>,
  done: () => Promise<void>,
): HTMLElement {
  const ask = () => {
    const routes = plan.routes
      .filter((one) => one.taken)
      .map((one) => {
        const [application = "", environment = ""] = (owners.get(one.key) ?? "").split("/");
        const { host, port, path, exact, members, rules } = one;
        const tls = one.tls && { tls: { ...one.tls, certificate: shown.get(one.key) ?? "" } };
        return { application, environment, host, port, path, exact, members, ...tls, ...(rules && { rules }) };
      });
    const body = { nginx: cluster.cluster, base: plan.base, reason: text("import.title"), files: plan.files, routes };
    void confirm({
      title: text("import.ask", cluster.cluster),
      consequences: [
        text("import.ask.hand"),
        text("site.ask.staged"),
        ...routes.map((one) => `${one.host}${one.path}`),
      ],
      detail: diffView(joined(pushed), joined(plan.files)),
      verb: text("import.verb"),
      destructive: false,
      byHand: () => ({ curl: curlPost(`${page.url}/takeOver`, body) }),
      act: async () => {
        const { message } = await postJson<{ message: string }>(`${page.url}/takeOver`, body);
        toast(message);
        await done();
      },
    });
  };
  const nothing = plan.imported.length === 0 && !plan.routes.some((one) => one.taken);
  return h(
    "div",
    { class: "shera-row" },
    h(
      "button",
      { type: "button", class: "jenkins-button jenkins-button--primary", disabled: nothing, onclick: ask },
      text("import.verb"),
    ),
  );
}
