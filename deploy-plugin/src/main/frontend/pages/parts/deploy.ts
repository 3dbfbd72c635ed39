import {
  card,
  confirm,
  curlPost,
  fill,
  Form,
  getJson,
  h,
  poll,
  postJson,
  problemNotice,
  remark,
  text,
  type ByHand,
  type Field,
  type Polling,
} from "@shera/kit";
import type { Releases, Rollout } from "./model";

const LIVE_MILLIS = 2000;
const NUMBERS = ["port", "replicas"] as const;

interface Deployed {
  readonly phase: "PROGRESSING" | "COMPLETE" | "FAILED" | "ABSENT";
  readonly revision: string;
  readonly summary: string;
  readonly trouble: string;
  readonly pods: readonly string[];
}

interface PodPart {
  readonly type: string;
  readonly with: Readonly<Record<string, string>>;
}

/** Asks for an image and what its pods need, shows what would change, and deploys it when that is confirmed. */
export function deploy(base: string, all: Releases, rollout: Rollout, image: string, place: HTMLElement): void {
  const title = text("ask.deploy", rollout.environment);
  const form = new Form({
    label: title,
    fields: fields(),
    values: { image },
    verb: text("verb.plan"),
    send: (said) => plan(base, rollout.environment, order(rollout.environment, said), place),
    cancel: () => fill(place),
    byHand: (said) => byHand(base, all.application, rollout.environment, said),
  });
  fill(place, card(title, [form.element]));
  place.scrollIntoView({ block: "nearest" });
  form.focus();
}

function fields(): Field[] {
  const line = (name: string): Field => ({
    name,
    label: text(`field.${name}`),
    kind: "text",
    help: text(`field.${name}.help`),
  });
  return [
    {
      name: "image",
      label: text("field.image"),
      kind: "text",
      required: true,
      placeholder: "registry/shop@sha256:...",
    },
    ...["port", "readiness", "liveness", "replicas", "cpu", "memory"].map(line),
    { ...line("env"), kind: "lines" },
    ...["account", "nodes", "grace"].map(line),
    line("override"),
  ];
}

/** The parts of a pod that were filled in, as REST and Jenkinsfiles call them. */
function parts(said: Record<string, unknown>): PodPart[] {
  const filled = (name: string) => String(said[name] ?? "").trim();
  const all: (readonly [string, string, Record<string, string>])[] = [
    ["readiness", "probe", { kind: "readiness", path: filled("readiness") }],
    ["liveness", "probe", { kind: "liveness", path: filled("liveness") }],
    ["account", "serviceAccount", { name: filled("account") }],
    ["nodes", "nodeSelector", { labels: filled("nodes") }],
    ["grace", "termination", { graceSeconds: filled("grace") }],
  ];
  return all.filter(([name]) => filled(name) !== "").map(([, type, values]) => ({ type, with: values }));
}

function variables(said: unknown): Record<string, string> {
  const lines = Array.isArray(said) ? said.map(String) : String(said ?? "").split("\n");
  return Object.fromEntries(
    lines
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const at = line.indexOf("=");
        return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1)];
      }),
  );
}

function order(environment: string, said: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = { environment };
  for (const name of ["image", ...NUMBERS, "cpu", "memory", "override"]) {
    const value = String(said[name] ?? "").trim();
    if (value !== "") body[name] = value;
  }
  const env = variables(said["env"]);
  if (Object.keys(env).length > 0) body["env"] = env;
  const pod = parts(said);
  if (pod.length > 0) body["pod"] = pod;
  return body;
}

function quoted(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function named(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${/^[0-9]+$/.test(value) ? value : quoted(value)}`)
    .join(", ");
}

function byHand(base: string, application: string, environment: string, said: Record<string, unknown>): ByHand {
  const body = order(environment, said);
  const plain: Record<string, string> = { application, environment };
  for (const [name, value] of Object.entries(body)) if (typeof value === "string") plain[name] = value;
  const env = Object.entries((body["env"] ?? {}) as Record<string, string>);
  const pod = (body["pod"] ?? []) as readonly PodPart[];
  const more = [
    env.length > 0 && `env: [${env.map(([name, value]) => `${quoted(name)}: ${quoted(value)}`).join(", ")}]`,
    pod.length > 0 && `pod: [${pod.map((part) => `${part.type}(${named(part.with)})`).join(", ")}]`,
  ].filter((each) => each !== false);
  return {
    curl: curlPost(`${base}/deploy`, body),
    jenkinsfile: `deployApplication(${[named(plain), ...more].join(", ")})`,
  };
}

async function plan(
  base: string,
  environment: string,
  wanted: Record<string, unknown>,
  place: HTMLElement,
): Promise<void> {
  const answer = await postJson<{ message: string }>(`${base}/deploy`, { ...wanted, dryRun: true });
  const title = text("ask.plan", environment);
  const lines = answer.message === "" ? text("unchanged") : answer.message;
  const sure = await confirm({
    title,
    consequences: [text("ask.deploy.then")],
    detail: h("pre", { class: "shera-code", tabindex: 0, "aria-label": title }, lines),
    verb: text("verb.deploy"),
    byHand: () => ({ curl: curlPost(`${base}/deploy`, wanted) }),
    act: async () => {
      await postJson(`${base}/deploy`, wanted);
    },
  });
  if (sure) follow(base, environment, place);
}

/** Shows every pod until all serve or it failed, with the pod's own reason. */
function follow(base: string, environment: string, place: HTMLElement): void {
  const live = h("div", { class: "shera-stack", "aria-live": "polite" });
  let polling: Polling | undefined;
  const stop = () => polling?.stop();
  const close = () => {
    stop();
    fill(place);
  };
  const button = h("button", { type: "button", class: "jenkins-button", onclick: close }, text("close"));
  fill(place, card(text("deploying", environment), [live], button));
  place.scrollIntoView({ block: "nearest" });
  polling = poll(async (signal) => {
    try {
      const now = await getJson<Deployed>(`${base}/deployment/${encodeURIComponent(environment)}/api/json`, signal);
      const tone = now.phase === "COMPLETE" ? "success" : now.phase === "FAILED" ? "warning" : "info";
      fill(
        live,
        remark(tone, `${text(`deploy.${now.phase}`)}: ${now.trouble === "" ? now.summary : now.trouble}`),
        ...now.pods.map((pod) => h("div", { class: "shera-small" }, h("code", {}, pod))),
      );
      if (now.phase === "COMPLETE" || now.phase === "FAILED") stop();
    } catch (thrown) {
      if (signal.aborted) return;
      fill(live, problemNotice(thrown));
      throw thrown;
    }
  }, LIVE_MILLIS);
}
