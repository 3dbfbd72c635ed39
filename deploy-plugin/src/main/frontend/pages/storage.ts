import {
  confirm,
  curlPost,
  fill,
  Form,
  h,
  pill,
  postJson,
  stepCall,
  text,
  toast,
  when,
  type Child,
  type Field,
} from "@shera/kit";
import { button, openForm, placesTab, table, type Place, type Stage } from "./parts/places";

interface Claim {
  readonly name: string;
  readonly phase: string;
  readonly size: string;
  readonly capacity: string;
  readonly storageClass: string;
  readonly label: string;
  readonly modes: readonly string[];
  readonly ours: boolean;
  readonly keep: boolean;
  readonly pods: readonly string[];
  readonly mounted: boolean;
  readonly expands: boolean;
  readonly growing: boolean;
  readonly trouble: string;
}

interface Snapshot {
  readonly name: string;
  readonly claim: string;
  readonly ready: boolean;
  readonly size: string;
  readonly created: string;
  readonly trouble: string;
}

interface StorageClass {
  readonly name: string;
  readonly label: string;
  readonly modes: readonly string[];
  readonly expands: boolean;
  readonly default: boolean;
}

interface Storage extends Place {
  readonly mayChange: boolean;
  readonly canSnapshot: boolean;
  readonly claims: readonly Claim[];
  readonly snapshots: readonly Snapshot[];
  readonly classes: readonly StorageClass[];
}

interface Storages {
  readonly application: string;
  readonly storages: readonly Storage[];
}

placesTab<Storages, Storage>({
  tab: "storage",
  millis: 5000,
  depth: 4,
  places: (all) => all.storages,
  nothing: (storage) => (storage.claims.length === 0 ? text("claims.none") : ""),
  content: (stage, storage) => [
    storage.claims.length > 0 && claims(stage, storage),
    storage.snapshots.length > 0 && snapshots(stage, storage),
    storage.classes.length > 0 && classes(storage.classes),
  ],
});

function claims(stage: Stage, storage: Storage): HTMLElement {
  const heads = ["claim", "phase", "size", "class", "users", "verbs"].map((key) => text(`head.${key}`));
  return table(
    text("claims"),
    heads,
    storage.claims.map((claim) => [
      both(h("code", {}, claim.name), text(claim.keep ? "kept" : "notKept")),
      both(phase(claim), claim.trouble),
      both(claim.capacity === "" ? text("asked", claim.size) : claim.capacity, growth(claim)),
      both(className(claim), claim.modes.join(", ")),
      h("div", {}, ...users(claim)),
      h("div", { class: "shera-row" }, ...claimVerbs(stage, storage, claim)),
    ]),
  );
}

function growth(claim: Claim): string {
  return claim.growing ? text("growing", claim.size) : "";
}

/** What matters, and below it what there is to say about it. */
function both(main: Child, below: string): HTMLElement {
  return h("div", {}, main, below !== "" && small(below));
}

function small(said: string): HTMLElement {
  return h("div", { class: "shera-muted shera-small" }, said);
}

function className(claim: Claim): string {
  return claim.label === "" || claim.label === claim.storageClass
    ? claim.storageClass
    : `${claim.storageClass} (${claim.label})`;
}

function phase(claim: Claim): HTMLElement {
  if (claim.phase === "Bound") return pill(claim.growing ? "info" : "ok", text("phase.Bound"));
  if (claim.phase === "Pending") return pill("warn", text("phase.Pending"));
  return pill(claim.phase === "Lost" ? "bad" : "idle", text(`phase.${claim.phase}`));
}

function users(claim: Claim): Child[] {
  if (claim.pods.length > 0) return claim.pods.map((pod) => h("div", {}, h("code", {}, pod)));
  return [h("span", { class: "shera-muted" }, text(claim.mounted ? "mounted" : "unused"))];
}

function claimVerbs(stage: Stage, storage: Storage, claim: Claim): HTMLElement[] {
  if (!storage.mayChange) return [];
  if (!claim.ours) return [h("span", { class: "shera-muted" }, text("foreign"))];
  const verbs: HTMLElement[] = [];
  if (claim.phase === "Bound" && claim.expands)
    verbs.push(button(text("verb.size"), () => change(stage, storage, claim.name, "size", nextSize(claim.size))));
  if (claim.phase === "Bound" && storage.canSnapshot)
    verbs.push(
      button(text("verb.snapshot"), () => change(stage, storage, claim.name, "snapshot", `${claim.name}-${stamp()}`)),
    );
  if (claim.pods.length === 0 && !claim.mounted && claim.phase !== "Terminating")
    verbs.push(button(text("verb.delete"), () => void remove(stage, storage, "claim", claim.name)));
  return verbs;
}

/** Twice as large, in the unit it has. */
function nextSize(size: string): string {
  const parts = /^(\d+)([A-Za-z]*)$/.exec(size);
  return parts === null ? size : `${Number(parts[1]) * 2}${parts[2] ?? ""}`;
}

/** Month, day, hour and minute: enough for a name, as one can be changed. */
function stamp(): string {
  return new Date()
    .toISOString()
    .slice(5, 16)
    .replace(/[^0-9]/g, "");
}

function snapshots(stage: Stage, storage: Storage): HTMLElement {
  const heads = ["snapshot", "phase", "size", "of", "taken", "verbs"].map((key) => text(`head.${key}`));
  return table(
    text("snapshots"),
    heads,
    storage.snapshots.map((snapshot) => [
      h("code", {}, snapshot.name),
      both(
        snapshot.ready
          ? pill("ok", text("phase.ready"))
          : pill(snapshot.trouble === "" ? "info" : "bad", text("phase.waiting")),
        snapshot.trouble,
      ),
      snapshot.size === "" || snapshot.size === "0" ? "–" : snapshot.size,
      h("code", {}, snapshot.claim),
      when(snapshot.created),
      h("div", { class: "shera-row" }, ...snapshotVerbs(stage, storage, snapshot)),
    ]),
  );
}

function snapshotVerbs(stage: Stage, storage: Storage, snapshot: Snapshot): HTMLElement[] {
  if (!storage.mayChange) return [];
  const remover = button(text("verb.delete"), () => void remove(stage, storage, "snapshot", snapshot.name));
  return snapshot.ready ? [button(text("verb.restore"), () => restore(stage, storage, snapshot)), remover] : [remover];
}

function classes(all: readonly StorageClass[]): HTMLElement {
  const row = (each: StorageClass) =>
    h(
      "li",
      {},
      h("code", {}, each.name),
      ` ${each.label}`,
      each.modes.length > 0 && ` · ${each.modes.join(", ")}`,
      each.expands && ` · ${text("class.expands")}`,
      each.default && ` · ${text("class.default")}`,
    );
  return h(
    "details",
    { class: "shera-muted" },
    h("summary", {}, text("classes", all.length)),
    h("ul", { class: "shera-plain" }, ...all.map(row)),
  );
}

/** What the server is told, and the step. */
type Order = Readonly<Record<string, string>>;

async function send(stage: Stage, order: Order): Promise<void> {
  const answer = await postJson<{ message: string }>(`${stage.base}/change`, order);
  toast(answer.message);
  fill(stage.form);
  stage.done();
}

function ask(stage: Stage, title: string, verb: string, field: Field, first: string, order: (said: string) => Order) {
  const read = (said: Record<string, unknown>) => order(String(said[field.name] ?? ""));
  const drawn = new Form({
    label: title,
    fields: [field],
    values: { [field.name]: first },
    verb,
    send: (said) => send(stage, read(said)),
    cancel: () => fill(stage.form),
    byHand: (said) => ({
      curl: curlPost(`${stage.base}/change`, read(said)),
      jenkinsfile: stepCall("changeVolume", {
        application: stage.application,
        ...read(said),
      }),
    }),
  });
  openForm(stage, title, drawn);
}

function change(stage: Stage, storage: Storage, claim: string, what: "size" | "snapshot", first: string): void {
  const field: Field = {
    name: what,
    label: text(`field.${what}`),
    kind: "text",
    required: true,
    help: text(`field.${what}.help`),
  };
  ask(stage, text(`ask.${what}`, claim, storage.environment), text(`verb.${what}`), field, first, (said) => ({
    environment: storage.environment,
    claim,
    [what]: said,
  }));
}

function restore(stage: Stage, storage: Storage, snapshot: Snapshot): void {
  const field: Field = {
    name: "claim",
    label: text("field.claim"),
    kind: "text",
    required: true,
    help: text("field.claim.help"),
  };
  const title = text("ask.restore", snapshot.name, storage.environment);
  ask(stage, title, text("verb.restore"), field, `${snapshot.claim}-back`, (claim) => ({
    environment: storage.environment,
    claim,
    restore: snapshot.name,
  }));
}

function remove(stage: Stage, storage: Storage, what: "claim" | "snapshot", name: string): Promise<boolean> {
  const body = {
    environment: storage.environment,
    [what]: name,
    confirm: name,
  };
  return confirm({
    title: text(`ask.delete.${what}`, name, storage.environment),
    consequences: [text(`ask.delete.${what}.then`)],
    verb: text("verb.delete"),
    destructive: true,
    typed: name,
    byHand: () => ({ curl: curlPost(`${stage.base}/delete`, body) }),
    act: async () => {
      const answer = await postJson<{ message: string }>(`${stage.base}/delete`, body);
      toast(answer.message);
      stage.done();
    },
  });
}
