import { kubernetesQuantity, text, type Choice, type Field, type Section } from "@shera/kit";
import type { Running } from "./order";

type Body = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

const AT_MOST_SHOWN = 4;

function line(name: string, more: Partial<Field> = {}): Field {
  return { name, label: text(`field.${name}`), kind: "text", help: text(`field.${name}.help`), ...more };
}

/** A question of a row, which has no room for help. */
function cell(name: string, more: Partial<Field> = {}): Field {
  return { name, label: text(`cell.${name}`), kind: "text", ...more };
}

function choices(...values: readonly string[]): readonly Choice[] {
  return values.map((value) => ({ value, label: value }));
}

function whole(least: number, most: number): (value: string) => string | null {
  return (value) =>
    /^\d{1,7}$/.test(value) && Number(value) >= least && Number(value) <= most ? null : text("rule.whole", least, most);
}

function filePath(value: string): string | null {
  return /^\/[\w.@+-]+(\/[\w.@+-]+)*$/.test(value) ? null : text("rule.path");
}

function httpPath(value: string): string | null {
  return /^\/[\x21-\x7e]*$/.test(value) ? null : text("rule.httpPath");
}

function share(value: string): string | null {
  return /^(\d{1,3}|\d{1,2}%|100%)$/.test(value) ? null : text("rule.share");
}

const SECONDS = whole(1, 86_400);

/** The questions nearly everybody answers. */
export function firstFields(): readonly Field[] {
  return [
    {
      name: "image",
      label: text("field.image"),
      kind: "text",
      required: true,
      placeholder: "registry/shop@sha256:...",
    },
    line("port", { rule: whole(0, 65_535) }),
    line("ports", { kind: "lines" }),
    line("replicas", { rule: whole(0, 1000) }),
    line("cpu", { rule: kubernetesQuantity }),
    line("memory", { rule: kubernetesQuantity }),
    line("env", { kind: "lines" }),
  ];
}

/** What comes last, and is seldom needed. */
export function lastFields(): readonly Field[] {
  return [line("override")];
}

/** Everything else, by what it is about. */
export function sections(running: Running): readonly Section[] {
  return [files(), secrets(running), volumes(running), middleware(running), health(), places(), replacing()].concat(
    (running.additions ?? []).map((addition) => ({
      title: addition.title,
      help: addition.help,
      fields: [
        {
          name: addition.name,
          label: addition.title,
          kind: "rows",
          fields: addition.fields,
        },
      ],
      said: (body) => list(rows(body, addition.name), (row) => String(Object.values(row)[0] ?? "")),
    })),
  );
}

function rows(body: Body, name: string): readonly Row[] {
  const found = body[name];
  return Array.isArray(found) ? (found as Row[]) : [];
}

/** The first few by name, and how many more there are. */
function list(all: readonly Row[], name: (row: Row) => string): string {
  const shown = all.slice(0, AT_MOST_SHOWN).map(name);
  return all.length > shown.length ? text("said.more", shown.join(", "), all.length - shown.length) : shown.join(", ");
}

function filled(body: Body, ...names: readonly string[]): string {
  return names
    .map((name) => String(body[name] ?? "").trim())
    .filter((value) => value !== "")
    .join(", ");
}

function section(name: string, fields: readonly Field[], said: (body: Body) => string): Section {
  return { title: text(`section.${name}`), help: text(`section.${name}.help`), fields, said };
}

function grid(name: string, fields: readonly Field[], fresh: object = {}): Field {
  return {
    name,
    label: text(`rows.${name}`),
    kind: "rows",
    fields,
    addLabel: text(`rows.${name}.add`),
    fresh,
  };
}

function files(): Section {
  const fields = [
    cell("path", { required: true, wide: true, placeholder: "/etc/shop/shop.properties", rule: filePath }),
    cell("content", { kind: "longtext" }),
  ];
  return section("files", [grid("configFiles", fields)], (body) =>
    list(rows(body, "configFiles"), (row) => String(row["path"])),
  );
}

function secrets(running: Running): Section {
  const offered = running.credentials.map(({ id, name }) => ({
    value: id,
    label: name === id ? id : `${id} (${name})`,
  }));
  const keep = { value: "", label: text("secret.keep") };
  const fields = [
    cell("target", { required: true, placeholder: "DB_PASSWORD" }),
    cell("credential", { kind: "select", choices: [keep, ...offered] }),
  ];
  const first = { credential: running.credentials[0]?.id ?? "" };
  const drawn = section("secrets", [grid("secrets", fields, first)], (body) =>
    list(rows(body, "secrets"), (row) => String(row["target"])),
  );
  return offered.length > 0 ? drawn : { ...drawn, help: text("section.secrets.keepOnly") };
}

function volumes(running: Running): Section {
  const usual = { value: "", label: text("class.usual") };
  const classes = running.storageClasses.map(({ name, label }) => ({
    value: name,
    label: label === name ? name : `${name} (${label})`,
  }));
  const fields = [
    cell("name", { required: true, placeholder: "data" }),
    cell("mountPath", { required: true, placeholder: "/data", rule: filePath }),
    cell("size", { placeholder: "10Gi" }),
    cell("storageClass", { kind: "select", choices: [usual, ...classes] }),
    cell("accessMode", {
      kind: "select",
      choices: choices("ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany", "ReadOnlyMany"),
    }),
    cell("subPath"),
    cell("claim"),
    cell("group", { rule: whole(1, 65_535) }),
    cell("readOnly", { kind: "switch" }),
    cell("keep", { kind: "switch" }),
  ];
  const fresh = { keep: true, accessMode: "ReadWriteOnce" };
  return section("volumes", [grid("volumes", fields, fresh)], (body) =>
    list(rows(body, "volumes"), (row) => `${row["name"]} → ${row["mountPath"]}`),
  );
}

function middleware(running: Running): Section {
  const fields = [
    cell("prefix", { required: true, placeholder: "DB" }),
    running.middleware.length > 0
      ? cell("instance", { kind: "select", required: true, choices: choices(...running.middleware) })
      : cell("instance", { required: true, placeholder: "shop-db" }),
  ];
  const fresh = { instance: running.middleware[0] ?? "" };
  return section("middleware", [grid("bind", fields, fresh)], (body) =>
    list(rows(body, "bind"), (row) => `${row["prefix"]} = ${row["instance"]}`),
  );
}

function health(): Section {
  const fields = [
    cell("kind", { kind: "select", required: true, choices: choices("readiness", "liveness", "startup") }),
    cell("by", { kind: "select", required: true, choices: choices("http", "tcp", "exec", "grpc") }),
    cell("path", { rule: httpPath, placeholder: "/healthz", label: text("cell.probePath") }),
    cell("port", { rule: whole(1, 65_535) }),
    cell("scheme", { kind: "select", choices: [{ value: "", label: "HTTP" }, ...choices("HTTPS")] }),
    cell("command", { placeholder: "test -f /tmp/ready" }),
    cell("service"),
    ...["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "graceSeconds"].map((name) =>
      cell(name, { rule: SECONDS }),
    ),
    ...["failureThreshold", "successThreshold"].map((name) => cell(name, { rule: whole(1, 10_000) })),
  ];
  return section(
    "health",
    [line("probePath", { rule: httpPath }), grid("probes", fields, { kind: "liveness", by: "http" })],
    (body) => {
      const first = filled(body, "probePath");
      const others = list(rows(body, "probes"), (row) => `${row["kind"]} ${row["path"] || row["by"]}`);
      return [first, others].filter((part) => part !== "").join(", ");
    },
  );
}

function places(): Section {
  const effects = [{ value: "", label: text("effect.all") }, ...choices("NoSchedule", "PreferNoSchedule", "NoExecute")];
  const over = cell("over", { placeholder: "host" });
  const required = cell("required", { kind: "switch" });
  return section(
    "places",
    [
      line("account"),
      line("nodes"),
      grid("tolerations", [
        cell("key", { required: true }),
        cell("value"),
        cell("effect", { kind: "select", choices: effects }),
        cell("seconds", { rule: SECONDS }),
      ]),
      grid("spread", [over, cell("maxSkew", { rule: whole(1, 1000), placeholder: "1" }), required], { over: "zone" }),
      grid("antiAffinity", [over, required], { over: "host" }),
    ],
    (body) =>
      [
        filled(body, "account", "nodes"),
        list(rows(body, "tolerations"), (row) => String(row["key"])),
        list([...rows(body, "spread"), ...rows(body, "antiAffinity")], (row) => String(row["over"])),
      ]
        .filter((part) => part !== "")
        .join(", "),
  );
}

function replacing(): Section {
  const apm = [{ value: "", label: text("apm.asIs") }, ...choices("on", "off", "canary")];
  return section(
    "replacing",
    [
      line("maxSurge", { rule: share, placeholder: "25%" }),
      line("maxUnavailable", { rule: share, placeholder: "0" }),
      line("minReadySeconds", { rule: whole(0, 3600) }),
      line("timeout", { rule: SECONDS, placeholder: "600" }),
      line("grace", { rule: SECONDS, placeholder: "30" }),
      line("sleep", { rule: SECONDS }),
      line("stopCommand"),
      line("stopPath", { rule: httpPath }),
      line("apm", { kind: "select", choices: apm }),
    ],
    (body) =>
      ["maxSurge", "maxUnavailable", "minReadySeconds", "timeout", "grace", "sleep", "apm"]
        .filter((name) => filled(body, name) !== "")
        .map((name) => `${text(`field.${name}`)}: ${filled(body, name)}`)
        .join(", "),
  );
}
