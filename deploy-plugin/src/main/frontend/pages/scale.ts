import {
  confirm,
  curlPost,
  fill,
  Form,
  h,
  pill,
  postJson,
  remark,
  stepCall,
  text,
  toast,
  type ByHand,
  type Field,
  type Child,
} from "@shera/kit";
import { button, openForm, placesTab, type Place, type Stage } from "./parts/places";

interface Autoscaler {
  readonly name: string;
  readonly ours: boolean;
  readonly min: number;
  readonly max: number;
  readonly cpu: number;
  readonly memory: number;
  readonly cpuNow: number;
  readonly memoryNow: number;
  readonly metric: string;
  readonly metricKind: string;
  readonly metricTarget: string;
  readonly metricObject: string;
  readonly metricSelector: string;
  readonly metricNow: string;
  readonly trouble: string;
}

interface Scale extends Place {
  readonly mayScale: boolean;
  readonly deployed: boolean;
  readonly kind: string;
  readonly wanted: number;
  readonly ready: number;
  readonly asleepFrom: number;
  readonly autoscaler: Autoscaler | null;
}

interface Scales {
  readonly application: string;
  readonly scales: readonly Scale[];
}

placesTab<Scales, Scale>({
  tab: "scale",
  millis: 5000,
  depth: 3,
  places: (all) => all.scales,
  nothing: (scale) => (scale.deployed ? "" : text("notDeployed")),
  content: (stage, scale) => (scale.deployed ? content(stage, scale) : []),
});

function content(stage: Stage, scale: Scale): Child[] {
  if (scale.kind === "DaemonSet") return [podLine(scale), remark("info", text("daemon"))];
  return [
    podLine(scale),
    scale.autoscaler !== null && autoscalerLine(scale.autoscaler),
    scale.autoscaler?.trouble && remark("warning", scale.autoscaler.trouble),
    scale.mayScale && scale.autoscaler?.ours !== false && h("div", { class: "shera-row" }, ...buttons(stage, scale)),
  ];
}

function podLine(scale: Scale): HTMLElement {
  const squares = Array.from({ length: Math.min(Math.max(scale.wanted, scale.ready), 40) }, (_, index) =>
    h("i", { class: index < scale.ready ? undefined : "shera-pods__waiting" }),
  );
  const asleep = scale.wanted === 0 && scale.asleepFrom > 0;
  const fixed = scale.kind === "DaemonSet" ? text("everyNode") : text("fixed");
  const kind = scale.autoscaler ? pill("info", text("auto")) : pill("idle", fixed);
  return h(
    "div",
    { class: "shera-row" },
    asleep ? pill("idle", text("asleep", scale.asleepFrom)) : kind,
    squares.length > 0 && h("span", { class: "shera-pods", "aria-hidden": "true" }, ...squares),
    h("span", {}, text("pods", scale.ready, scale.wanted)),
    scale.kind !== "Deployment" && h("span", { class: "shera-muted" }, scale.kind),
  );
}

function autoscalerLine(scaler: Autoscaler): HTMLElement {
  const seen = (now: number) => (now < 0 ? text("auto.unseen") : `${now} %`);
  return h(
    "div",
    { class: "shera-row shera-muted" },
    h("span", {}, text("auto.bounds", scaler.min, scaler.max)),
    scaler.cpu > 0 && h("span", {}, text("auto.cpu", scaler.cpu, seen(scaler.cpuNow))),
    scaler.memory > 0 && h("span", {}, text("auto.memory", scaler.memory, seen(scaler.memoryNow))),
    scaler.metric !== "" &&
      h(
        "span",
        {},
        text(
          "auto.metric",
          [scaler.metricObject, scaler.metric, scaler.metricSelector].filter((part) => part !== "").join(" "),
          scaler.metricTarget,
          scaler.metricNow || text("auto.unseen"),
        ),
      ),
    !scaler.ours && h("span", {}, text("auto.foreign", scaler.name)),
  );
}

function buttons(stage: Stage, scale: Scale): HTMLElement[] {
  const verb = (key: string, look: string, act: () => void) => button(text(key), act, look);
  const asleep = scale.wanted === 0;
  const made = [
    verb("verb.number", asleep ? "" : "jenkins-button--primary", () =>
      form(stage, scale, [numberField("replicas", true, text("field.replicas.help"))], { replicas: scale.wanted }),
    ),
    verb("verb.auto", "", () =>
      form(
        stage,
        scale,
        [
          numberField("min", true),
          numberField("max", true),
          numberField("cpu", false, text("field.cpu.help")),
          numberField("memory", false, text("field.memory.help")),
          textField("metric"),
          {
            name: "metricKind",
            label: text("field.metricKind"),
            kind: "select",
            choices: ["pods", "object", "external"].map((value) => ({ value, label: text(`kind.${value}`) })),
          },
          textField("metricTarget"),
          textField("metricObject"),
          textField("metricSelector"),
        ],
        autoscalerValues(scale),
      ),
    ),
  ];
  return asleep
    ? [verb("verb.wake", "jenkins-button--primary", () => void ask(stage, scale, "wake")), ...made]
    : [...made, verb("verb.sleep", "", () => void ask(stage, scale, "sleep"))];
}

function autoscalerValues(scale: Scale): object {
  const now = scale.autoscaler;
  if (now === null)
    return { min: Math.max(1, scale.wanted), max: Math.max(2, scale.wanted * 2), cpu: 70, metricKind: "pods" };
  return {
    min: now.min,
    max: now.max,
    cpu: now.cpu || "",
    memory: now.memory || "",
    metric: now.metric,
    metricKind: now.metricKind || "pods",
    metricTarget: now.metricTarget,
    metricObject: now.metricObject,
    metricSelector: now.metricSelector,
  };
}

function numberField(name: string, required: boolean, help?: string): Field {
  const rule = (value: string) => (value === "" || /^\d{1,4}$/.test(value) ? null : text("rule.number"));
  return { name, label: text(`field.${name}`), kind: "text", required, rule, ...(help ? { help } : {}) };
}

function textField(name: string): Field {
  return { name, label: text(`field.${name}`), kind: "text", help: text(`field.${name}.help`) };
}

type Order = Record<string, number | string | boolean>;

/** The fields that were filled in; where a metric comes from is left out where there is none. */
function filled(said: Record<string, unknown>): Order {
  return Object.fromEntries(
    Object.entries(said)
      .filter(([name, value]) => String(value) !== "" && (name !== "metricKind" || said["metric"]))
      .map(([name, value]) => [name, name.startsWith("metric") ? String(value) : Number(value)]),
  );
}

function byHand(stage: Stage, environment: string, order: Order): ByHand {
  return {
    curl: curlPost(`${stage.base}/scale`, { environment, ...order }),
    jenkinsfile: stepCall("scaleApplication", { application: stage.application, environment, ...order }),
  };
}

async function send(stage: Stage, environment: string, order: Order): Promise<void> {
  const answer = await postJson<{ message: string }>(`${stage.base}/scale`, { environment, ...order });
  toast(answer.message);
  fill(stage.form);
  stage.done();
}

function form(stage: Stage, scale: Scale, fields: readonly Field[], values: object): void {
  const title = text("ask.number", stage.application, scale.environment);
  const drawn = new Form({
    label: title,
    fields,
    values,
    verb: text(fields.length === 1 ? "verb.number" : "verb.auto"),
    send: (said) => send(stage, scale.environment, filled(said)),
    cancel: () => fill(stage.form),
    byHand: (said) => byHand(stage, scale.environment, filled(said)),
  });
  openForm(stage, title, drawn);
}

function ask(stage: Stage, scale: Scale, what: "sleep" | "wake"): Promise<boolean> {
  const order = what === "wake" ? { wake: true } : { replicas: 0 };
  const pods = what === "wake" ? Math.max(1, scale.asleepFrom) : scale.wanted;
  return confirm({
    title: text(`ask.${what}`, stage.application, scale.environment),
    consequences: [text(`ask.${what}.then`, pods)],
    verb: text(`verb.${what}`),
    destructive: what === "sleep",
    byHand: () => byHand(stage, scale.environment, order),
    act: () => send(stage, scale.environment, order),
  });
}
