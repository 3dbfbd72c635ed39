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
  type Child,
  type Field,
} from "@shera/kit";
import { button, facts, lines, openForm, placesTab, type Place, type Stage } from "./parts/places";

interface Instance {
  readonly name: string;
  readonly template: string;
  readonly version: string;
  readonly image: string;
  readonly state: string;
  readonly trouble: string;
  readonly service: string;
  readonly secret: string;
  readonly claim: string;
  readonly size: string;
  readonly storageClass: string;
  readonly cpu: string;
  readonly memory: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly boundBy: readonly string[];
  readonly prefix: string;
  readonly variables: readonly string[];
  readonly backup: string;
  readonly restore: string;
}

interface Environment extends Place {
  readonly mayChange: boolean;
  readonly instances: readonly Instance[];
}

interface Offer {
  readonly template: string;
  readonly versions: readonly string[];
  /** Names of what may be chosen of it. */
  readonly parameters: readonly string[];
}

interface All {
  readonly application: string;
  readonly offers: readonly Offer[];
  readonly middleware: readonly Environment[];
}

/** What is shown, and where forms and answers go. */
interface Here extends Stage {
  readonly all: All;
}

/** What its name ends with when nobody says another. */
const SHORT: Readonly<Record<string, string>> = { mysql: "db", redis: "cache", rabbitmq: "queue" };
const TONES: Readonly<Record<string, "ok" | "info" | "bad" | "idle">> = {
  Ready: "ok",
  Starting: "info",
  Failed: "bad",
  Deleting: "idle",
};

placesTab<All, Environment>({
  tab: "middleware",
  millis: 5000,
  depth: 4,
  places: (all) => all.middleware,
  above: (all) => all.offers.length === 0 && remark("info", text("offers.none")),
  nothing: (place) => (place.instances.length === 0 ? text("instances.none") : ""),
  content: (stage, place, all) => content({ ...stage, all }, place),
});

function content(stage: Here, place: Environment): Child[] {
  const add = stage.all.offers.map((offer) =>
    button(text("verb.add", offer.template), () => ask(stage, place, offer, undefined)),
  );
  return [
    ...place.instances.map((each) => instance(stage, place, each)),
    place.mayChange && add.length > 0 && h("div", { class: "shera-row" }, ...add),
  ];
}

function instance(stage: Here, place: Environment, each: Instance): HTMLElement {
  return h(
    "section",
    { class: "shera-stack", "aria-label": each.name },
    h(
      "div",
      { class: "shera-row" },
      h("strong", {}, each.name),
      h("span", { class: "shera-muted" }, `${each.template} ${each.version}`),
      pill(TONES[each.state] ?? "idle", text(`state.${each.state}`)),
      ...(place.mayChange && each.state !== "Deleting" ? verbs(stage, place, each) : []),
    ),
    each.trouble !== "" && remark("warning", each.trouble),
    factsOf(each),
    binding(stage, place, each),
    saving(each),
  );
}

function factsOf(each: Instance): HTMLElement {
  const parameters = Object.entries(each.parameters).map(([name, value]) => `${name} ${value}`);
  const rows: readonly (readonly [string, Child])[] = [
    ["service", h("code", {}, each.service)],
    ["secret", h("code", {}, each.secret)],
    ["volume", h("span", {}, h("code", {}, each.claim), ` ${each.size} ${each.storageClass}`)],
    ["memory", each.memory],
    ["image", h("code", {}, each.image)],
    ["parameters", parameters.length === 0 ? "–" : parameters.join(", ")],
    ["bound", each.boundBy.length === 0 ? text("fact.unbound") : each.boundBy.join(", ")],
  ];
  return facts(rows.map(([name, value]) => [text(`fact.${name}`), value]));
}

function binding(stage: Here, place: Environment, each: Instance): HTMLElement {
  const step =
    `deployApplication(application: '${stage.all.application}', environment: '${place.environment}', ` +
    `image: ..., bind: [${each.prefix}: '${each.name}'])`;
  return h(
    "details",
    {},
    h("summary", {}, text("bind")),
    h("p", { class: "shera-muted" }, text("bind.why", each.variables.join(", "))),
    lines(text("bind"), step),
  );
}

function saving(each: Instance): Child {
  if (each.backup === "") return false;
  return h(
    "details",
    {},
    h("summary", {}, text("backup")),
    h("p", { class: "shera-muted" }, text(`backup.${each.template}`)),
    lines(text("backup"), each.backup, each.restore),
  );
}

function verbs(stage: Here, place: Environment, each: Instance): HTMLElement[] {
  const offer = stage.all.offers.find((one) => one.template === each.template);
  return [
    ...(offer === undefined ? [] : [button(text("verb.edit"), () => ask(stage, place, offer, each))]),
    button(text("verb.rotate"), () => void rotate(stage, place, each)),
    button(text("verb.delete"), () => void remove(stage, place, each)),
  ];
}

function fields(offer: Offer, of: Instance | undefined): Field[] {
  const plain = (name: string, label: string, help: string): Field => ({ name, label, kind: "text", help });
  return [
    { ...plain("name", text("field.name"), text("field.name.help")), required: true, fixed: of !== undefined },
    {
      name: "version",
      label: text("field.version"),
      kind: "select",
      choices: offer.versions.map((each) => ({ value: each, label: each })),
    },
    ...["size", "storageClass", "memory"].map((name) => plain(name, text(`field.${name}`), text(`field.${name}.help`))),
    ...offer.parameters.map((name) => plain(`parameters.${name}`, name, text(`parameter.${name}.help`))),
    plain("override", text("field.override"), text("field.override.help")),
  ];
}

/** What the server is told; what is empty is left out. */
type Order = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

function filled(said: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said)
      .map(([name, value]) => [name, String(value ?? "").trim()] as const)
      .filter(([, value]) => value !== ""),
  );
}

function order(place: Environment, offer: Offer, of: Instance | undefined, said: Record<string, unknown>): Order {
  const { parameters, ...rest } = said;
  const chosen = filled((parameters ?? {}) as Record<string, unknown>);
  return {
    ...filled({ environment: place.environment, template: offer.template, cpu: of?.cpu, ...rest }),
    ...(Object.keys(chosen).length === 0 ? {} : { parameters: chosen }),
  };
}

function ask(stage: Here, place: Environment, offer: Offer, of: Instance | undefined): void {
  const title = text("ask.deploy", offer.template, place.environment);
  const short = SHORT[offer.template] ?? offer.template;
  const drawn = new Form({
    label: title,
    fields: fields(offer, of),
    values: of ?? {
      name: `${stage.all.application}-${short}`,
      version: offer.versions[0],
      size: "8Gi",
      memory: "512Mi",
    },
    verb: text("verb.plan"),
    send: (said) => plan(stage, place, order(place, offer, of, said)),
    cancel: () => fill(stage.form),
    byHand: (said) => byHand(stage, order(place, offer, of, said)),
  });
  openForm(stage, title, drawn);
}

function byHand(stage: Here, wanted: Order): ByHand {
  return {
    curl: curlPost(`${stage.base}/deploy`, wanted),
    jenkinsfile: stepCall("deployMiddleware", { application: stage.all.application, ...wanted }),
  };
}

/** Shows what the server would change, and does it when that is confirmed. */
async function plan(stage: Here, place: Environment, wanted: Order): Promise<void> {
  const answer = await postJson<{ message: string }>(`${stage.base}/deploy`, { ...wanted, dryRun: true });
  const title = text("ask.plan", String(wanted["name"]), place.environment);
  const sure = await confirm({
    title,
    consequences: [],
    detail: lines(title, answer.message === "" ? text("unchanged") : answer.message),
    verb: text("verb.deploy"),
    byHand: () => byHand(stage, wanted),
    act: async () => {
      await postJson(`${stage.base}/deploy`, wanted);
    },
  });
  if (sure) {
    fill(stage.form);
    stage.done();
  }
}

function rotate(stage: Here, place: Environment, each: Instance): Promise<boolean> {
  const wanted = { environment: place.environment, name: each.name };
  return confirm({
    title: text("ask.rotate", each.name, place.environment),
    consequences: [
      text("ask.rotate.then"),
      ...(each.boundBy.length > 0 ? [text("ask.rotate.bound", each.boundBy.join(", "))] : []),
    ],
    verb: text("verb.rotate"),
    byHand: () => ({
      curl: curlPost(`${stage.base}/rotate`, wanted),
      jenkinsfile: stepCall("rotateMiddleware", { application: stage.all.application, ...wanted }),
    }),
    act: async () => {
      await postJson(`${stage.base}/rotate`, wanted);
      stage.done();
    },
  });
}

function remove(stage: Here, place: Environment, each: Instance): Promise<boolean> {
  const wanted = { environment: place.environment, name: each.name, confirm: each.name };
  return confirm({
    title: text("ask.delete", each.name, place.environment),
    consequences: [text("ask.delete.then", each.claim)],
    verb: text("verb.delete"),
    destructive: true,
    typed: each.name,
    byHand: () => ({ curl: curlPost(`${stage.base}/delete`, wanted) }),
    act: async () => {
      const answer = await postJson<{ message: string }>(`${stage.base}/delete`, wanted);
      toast(answer.message);
      stage.done();
    },
  });
}
