/** What REST takes and tells of a deployment; see docs/deploy.md. */

/** One setting of the pods. */
export interface PodPart {
  readonly type: string;
  readonly with: Readonly<Record<string, string>>;
}

type Texts = Readonly<Record<string, string>>;

/** An order as the server tells it of what runs now. */
export interface Order {
  readonly environment: string;
  readonly image?: string;
  readonly env?: Texts;
  readonly configFiles?: Texts;
  readonly keepSecrets?: readonly string[];
  readonly volumes?: readonly Texts[];
  readonly bind?: Texts;
  readonly ports?: Texts;
  readonly pod?: readonly PodPart[];
  readonly was?: string;
  readonly [plain: string]: unknown;
}

/** A secret that is there: what it is called, the credential it was made from, and what is kept of it. */
export interface Kept {
  readonly target: string;
  readonly credential: string;
  readonly plain: boolean;
  readonly keeps: readonly string[];
}

/** What another plugin adds to a deployment: a list of settings under a name of its own. */
export interface Addition {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  /** What one of them is called in a Jenkinsfile. */
  readonly item: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly kind: "text" | "select" | "switch";
    readonly choices?: readonly { readonly value: string; readonly label: string }[];
  }[];
  readonly values: readonly Readonly<Record<string, string | boolean>>[];
}

/** What runs, and what there is to choose from. */
export interface Running {
  readonly deployed: boolean;
  readonly order: Order;
  readonly secrets: readonly Kept[];
  readonly unsaid: readonly string[];
  readonly storageClasses: readonly { readonly name: string; readonly label: string; readonly default: boolean }[];
  readonly middleware: readonly string[];
  readonly credentials: readonly { readonly id: string; readonly name: string }[];
  readonly additions?: readonly Addition[];
}

/** What a form says. */
export type Said = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/** Parameters that are one text each. */
const PLAIN = ["image", "port", "probePath", "replicas", "cpu", "memory", "apm"] as const;
const PACING = ["maxSurge", "maxUnavailable", "minReadySeconds", "timeout"] as const;
const WHOLE: readonly string[] = ["port", "replicas", "minReadySeconds", "timeout"];
const PROBE_NUMBERS = [
  "initialDelaySeconds",
  "periodSeconds",
  "timeoutSeconds",
  "failureThreshold",
  "successThreshold",
  "graceSeconds",
] as const;
const TERMINATION = { grace: "graceSeconds", sleep: "sleepSeconds", stopCommand: "command", stopPath: "path" } as const;

function filled(value: unknown): string {
  return String(value ?? "").trim();
}

function rows(said: Said, name: string): readonly Row[] {
  const list = said[name];
  return Array.isArray(list) ? (list as Row[]) : [];
}

/** The texts of a row that were filled in. */
function texts(row: Row, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, filled(row[name])]).filter(([, value]) => value !== ""));
}

/** The values a form begins with. */
export function valuesOf(running: Running, image: string): Record<string, unknown> {
  const { order } = running;
  const values: Record<string, unknown> = {};
  for (const name of [...PLAIN, ...PACING]) if (order[name] !== undefined) values[name] = String(order[name]);
  if (image !== "") values["image"] = image;
  values["env"] = Object.entries(order.env ?? {}).map(([name, value]) => `${name}=${value}`);
  values["configFiles"] = Object.entries(order.configFiles ?? {}).map(([path, content]) => ({ path, content }));
  values["secrets"] = running.secrets.map((kept) => ({ target: kept.target, credential: "" }));
  values["volumes"] = (order.volumes ?? []).map((volume) => ({
    ...volume,
    readOnly: volume["readOnly"] === "true",
    keep: volume["keep"] !== "false",
  }));
  values["ports"] = Object.entries(order.ports ?? {}).map(([name, number]) => `${name}=${number}`);
  values["bind"] = Object.entries(order.bind ?? {}).map(([prefix, instance]) => ({ prefix, instance }));
  const parts = (type: string) => (order.pod ?? []).filter((part) => part.type === type).map((part) => part.with);
  values["probes"] = parts("probe").map((probe) => ({ ...probe, by: wayOf(probe) }));
  values["account"] = parts("serviceAccount")[0]?.["name"] ?? "";
  values["nodes"] = parts("nodeSelector")[0]?.["labels"] ?? "";
  for (const [list, type] of [
    ["tolerations", "toleration"],
    ["spread", "spread"],
    ["antiAffinity", "antiAffinity"],
  ] as const)
    values[list] = parts(type).map((part) => ({ ...part, required: part["required"] === "true" }));
  const termination = parts("termination")[0] ?? {};
  for (const [field, name] of Object.entries(TERMINATION)) values[field] = termination[name] ?? "";
  for (const addition of running.additions ?? []) values[addition.name] = addition.values;
  return values;
}

function wayOf(probe: Texts): string {
  if (probe["by"] !== undefined) return probe["by"];
  if (probe["path"] !== undefined) return "http";
  return probe["command"] === undefined ? "tcp" : "exec";
}

interface Placed {
  readonly part: PodPart;
  /** Where it stands in the form. */
  readonly field: string;
}

/** The parts of the pods, each with its place in the form. */
export function podParts(said: Said): readonly Placed[] {
  const placed: Placed[] = [];
  const add = (field: string, type: string, values: Record<string, string>) =>
    placed.push({ part: { type, with: values }, field });
  rows(said, "probes").forEach((row, index) => {
    const by = filled(row["by"]);
    const way = { http: ["path", "scheme"], exec: ["command"], grpc: ["by", "service"], tcp: [] }[by] ?? [];
    const port = by === "exec" ? [] : ["port"];
    add(`probes[${index}]`, "probe", texts(row, ["kind", ...way, ...port, ...PROBE_NUMBERS]));
  });
  if (filled(said["account"]) !== "") add("account", "serviceAccount", { name: filled(said["account"]) });
  if (filled(said["nodes"]) !== "") add("nodes", "nodeSelector", { labels: filled(said["nodes"]) });
  rows(said, "tolerations").forEach((row, index) =>
    add(`tolerations[${index}]`, "toleration", texts(row, ["key", "value", "effect", "seconds"])),
  );
  for (const list of ["spread", "antiAffinity"])
    rows(said, list).forEach((row, index) => {
      const required = row["required"] === true ? { required: "true" } : {};
      add(`${list}[${index}]`, list, { ...texts(row, ["over", "maxSkew"]), ...required });
    });
  const termination = Object.entries(TERMINATION)
    .map(([field, name]) => [name, filled(said[field])] as const)
    .filter(([, value]) => value !== "");
  if (termination.length > 0) add("grace", "termination", Object.fromEntries(termination));
  return placed;
}

function variables(said: unknown): Record<string, string> {
  const lines = Array.isArray(said) ? said.map(String) : filled(said).split("\n");
  return Object.fromEntries(
    lines
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const at = line.indexOf("=");
        return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1)];
      }),
  );
}

function volume(row: Row): Record<string, string | boolean> {
  const names = ["name", "mountPath", "size", "storageClass", "accessMode", "subPath", "claim", "group"];
  return {
    ...texts(row, names),
    ...(row["readOnly"] === true ? { readOnly: true } : {}),
    ...(row["keep"] === false && filled(row["claim"]) === "" ? { keep: false } : {}),
  };
}

interface Secrets {
  readonly secrets: Record<string, string>;
  readonly secretFiles: Record<string, string>;
  readonly keepSecrets: readonly string[];
}

/** A row without a credential keeps what is there. */
function secrets(running: Running, said: Said): Secrets {
  const made: Record<string, string> = {};
  const files: Record<string, string> = {};
  const kept: string[] = [];
  for (const row of rows(said, "secrets")) {
    const target = filled(row["target"]);
    const credential = filled(row["credential"]);
    const known = running.secrets.find((each) => each.target === target);
    if (credential === "" && known) kept.push(...known.keeps);
    else if (target.startsWith("/")) files[target] = credential;
    else if (target !== "" || credential !== "") made[target] = credential;
  }
  return { secrets: made, secretFiles: files, keepSecrets: kept };
}

function setting(row: Row): Record<string, string | boolean> {
  const said = Object.entries(row).filter(([, value]) => value === true || (value !== false && filled(value) !== ""));
  return Object.fromEntries(said.map(([name, value]) => [name, value === true ? true : filled(value)]));
}

/** The settings of an addition; undefined where they are as they were, so that nothing is said of them. */
export function added(addition: Addition, said: Said): readonly Record<string, string | boolean>[] | undefined {
  const now = rows(said, addition.name).map(setting);
  return JSON.stringify(now) === JSON.stringify(addition.values.map(setting)) ? undefined : now;
}

/** The order that a form says: what is not said in it goes away, and nothing is said of what neither was nor is. */
export function orderOf(running: Running, said: Said): Record<string, unknown> {
  const body: Record<string, unknown> = { environment: running.order.environment };
  for (const name of [...PLAIN, ...PACING, "override"]) {
    const value = filled(said[name]);
    if (value !== "") body[name] = WHOLE.includes(name) && /^\d+$/.test(value) ? Number(value) : value;
  }
  const lists: Record<string, object> = {
    env: variables(said["env"]),
    configFiles: Object.fromEntries(
      rows(said, "configFiles").map((row) => [filled(row["path"]), String(row["content"] ?? "")]),
    ),
    ...secrets(running, said),
    volumes: rows(said, "volumes").map(volume),
    bind: Object.fromEntries(rows(said, "bind").map((row) => [filled(row["prefix"]), filled(row["instance"])])),
    ports: variables(said["ports"]),
    pod: podParts(said).map((placed) => placed.part),
  };
  for (const [name, value] of Object.entries(lists)) {
    const was = running.order[name];
    const isThere = typeof was === "object" && was !== null && Object.keys(was).length > 0;
    if (Object.keys(value).length > 0 || isThere) body[name] = value;
  }
  for (const addition of running.additions ?? []) {
    const settings = added(addition, said);
    if (settings !== undefined) body[addition.name] = settings;
  }
  return body;
}
