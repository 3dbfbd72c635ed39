import {
  applicationFrame,
  card,
  confirm,
  curlPost,
  empty,
  fill,
  Form,
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
  whenChanged,
  type ApplicationHead,
  type Child,
  type Field,
  type Polling,
} from "@shera/kit";

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

interface Place {
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly mayChange: boolean;
  readonly trouble: string;
  readonly instances: readonly Instance[];
}

interface Offer {
  readonly template: string;
  readonly versions: readonly string[];
}

interface All {
  readonly application: string;
  readonly offers: readonly Offer[];
  readonly middleware: readonly Place[];
}

/** What is shown, and where forms and answers go. */
interface Stage {
  readonly base: string;
  readonly all: All;
  readonly form: HTMLElement;
  readonly done: () => void;
}

const LIVE_MILLIS = 5000;
const TONES: Readonly<Record<string, "ok" | "info" | "bad" | "idle">> = {
  Ready: "ok",
  Starting: "info",
  Failed: "bad",
  Deleting: "idle",
};

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const content = applicationFrame(page, head, "middleware");
  const said = h("div", {});
  const live = h("div", { class: "shera-stack" }, loading(3));
  const form = h("div", { class: "shera-stack" });
  fill(content, said, form, live);
  let polling: Polling | undefined;
  const done = () => void polling?.refresh();
  const show = whenChanged<All>((all) => {
    const stage = { base: page.url, all, form, done };
    fill(
      live,
      all.offers.length === 0 && remark("info", text("offers.none")),
      ...(all.middleware.length === 0
        ? [empty(text("none"), text("none.why"))]
        : all.middleware.map((place) => placeCard(stage, place))),
    );
  });
  polling = poll(async (signal) => {
    try {
      show(await getJson<All>(`${page.url}/api/json?depth=4`, signal));
      fill(said);
    } catch (thrown) {
      if (signal.aborted) return;
      fill(said, problemNotice(thrown));
      throw thrown;
    }
  }, LIVE_MILLIS);
});

function placeCard(stage: Stage, place: Place): HTMLElement {
  const where = h("span", { class: "shera-muted shera-small" }, `${place.cluster} / ${place.namespace}`);
  const body: Child[] = [];
  if (place.trouble !== "") body.push(remark("warning", place.trouble));
  else if (place.instances.length === 0) body.push(h("p", { class: "shera-muted" }, text("instances.none")));
  body.push(...place.instances.map((each) => instance(stage, place, each)));
  if (place.mayChange && stage.all.offers.length > 0)
    body.push(
      h(
        "div",
        { class: "shera-row" },
        button(text("verb.add"), () => ask(stage, place, undefined)),
      ),
    );
  return card(place.environment, body, where);
}

function button(label: string, act: () => void): HTMLElement {
  return h("button", { type: "button", class: "jenkins-button", onclick: act }, label);
}

function instance(stage: Stage, place: Place, each: Instance): HTMLElement {
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
    facts(each),
    binding(stage, place, each),
    saving(each),
  );
}

function facts(each: Instance): HTMLElement {
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
  return h(
    "dl",
    { class: "shera-facts" },
    ...rows.flatMap(([name, value]) => [h("dt", {}, text(`fact.${name}`)), h("dd", {}, value)]),
  );
}

function lines(label: string, ...said: readonly string[]): HTMLElement {
  return h("pre", { class: "shera-code", tabindex: 0, "aria-label": label }, said.join("\n"));
}

function binding(stage: Stage, place: Place, each: Instance): HTMLElement {
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

function verbs(stage: Stage, place: Place, each: Instance): HTMLElement[] {
  return [
    button(text("verb.edit"), () => ask(stage, place, each)),
    button(text("verb.rotate"), () => void rotate(stage, place, each)),
    button(text("verb.delete"), () => void remove(stage, place, each)),
  ];
}

function fields(stage: Stage, of: Instance | undefined): Field[] {
  const offers = stage.all.offers.map((offer) => ({ value: offer.template, label: offer.template }));
  const optional = ["size", "storageClass", "memory"].map((name) => ({
    name,
    label: text(`field.${name}`),
    kind: "text" as const,
    help: text(`field.${name}.help`),
  }));
  const versions = stage.all.offers.find((offer) => offer.template === of?.template)?.versions ?? [];
  const version: Field = {
    name: "version",
    label: text("field.version"),
    kind: "select",
    choices: versions.map((each) => ({ value: each, label: each })),
  };
  return [
    {
      name: "name",
      label: text("field.name"),
      kind: "text",
      required: true,
      fixed: of !== undefined,
      help: text("field.name.help"),
    },
    of === undefined
      ? { name: "template", label: text("field.template"), kind: "select", required: true, choices: offers }
      : version,
    ...optional,
  ];
}

/** What the server is told; what is empty is left out. */
type Order = Readonly<Record<string, string>>;

function order(place: Place, of: Instance | undefined, said: Record<string, unknown>): Order {
  const all: Record<string, unknown> = {
    environment: place.environment,
    ...(of === undefined ? {} : { name: of.name, template: of.template, cpu: of.cpu }),
    ...said,
  };
  return Object.fromEntries(
    Object.entries(all)
      .map(([name, value]) => [name, String(value ?? "")] as const)
      .filter(([, value]) => value !== ""),
  );
}

/** Parameters stay as they are: the form does not ask for them. */
function body(of: Instance | undefined, said: Order): Record<string, unknown> {
  return of === undefined ? { ...said } : { ...said, parameters: of.parameters };
}

function ask(stage: Stage, place: Place, of: Instance | undefined): void {
  const title = text("ask.deploy", place.environment);
  const first = stage.all.offers[0]?.template ?? "";
  const byHand = (said: Order) => ({
    curl: curlPost(`${stage.base}/deploy`, body(of, said)),
    jenkinsfile: stepCall("deployMiddleware", { application: stage.all.application, ...said }),
  });
  const drawn = new Form({
    label: title,
    fields: fields(stage, of),
    values: of ?? { name: `${stage.all.application}-db`, template: first, size: "8Gi", memory: "512Mi" },
    verb: text("verb.plan"),
    send: (said) => plan(stage, place, of, order(place, of, said)),
    cancel: () => fill(stage.form),
    byHand: (said) => byHand(order(place, of, said)),
  });
  fill(stage.form, card(title, [drawn.element]));
  stage.form.scrollIntoView({ block: "nearest" });
  drawn.focus();
}

/** Shows what the server would change, and does it when that is confirmed. */
async function plan(stage: Stage, place: Place, of: Instance | undefined, said: Order): Promise<void> {
  const wanted = body(of, said);
  const answer = await postJson<{ message: string }>(`${stage.base}/deploy`, { ...wanted, dryRun: true });
  const title = text("ask.plan", said["name"] ?? "", place.environment);
  const sure = await confirm({
    title,
    consequences: [],
    detail: lines(title, answer.message === "" ? text("unchanged") : answer.message),
    verb: text("verb.deploy"),
    byHand: () => ({ curl: curlPost(`${stage.base}/deploy`, wanted) }),
    act: async () => {
      await postJson(`${stage.base}/deploy`, wanted);
    },
  });
  if (sure) {
    fill(stage.form);
    stage.done();
  }
}

function rotate(stage: Stage, place: Place, each: Instance): Promise<boolean> {
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

function remove(stage: Stage, place: Place, each: Instance): Promise<boolean> {
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
