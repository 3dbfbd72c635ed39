import {
  applicationFrame,
  byHandToggle,
  card,
  confirm,
  curlPost,
  empty,
  fill,
  Form,
  getJson,
  h,
  loading,
  poll,
  postJson,
  problemNotice,
  remark,
  start,
  stepCall,
  text,
  toast,
  when,
  whenChanged,
  type ApplicationHead,
  type ByHand,
  type Field,
  type Polling,
} from "@shera/kit";
import { deploy } from "./parts/deploy";
import { podSquares, stepList, verdictChart, weightBar, wordPill } from "./parts/drawings";
import type { Releases, Rollout, Side } from "./parts/model";
import { byHand, verbButtons } from "./parts/verbs";

const LIVE_MILLIS = 2000;

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const content = applicationFrame(page, head, "releases");
  const said = h("div", {});
  const live = h("div", { class: "shera-stack" }, loading(4));
  const place = h("div", { class: "shera-stack" });
  fill(content, said, live, place);
  let polling: Polling | undefined;
  const done = () => void polling?.refresh();
  const show = whenChanged<Releases>((all) => fill(live, ...cards(page.url, all, place, done)));
  polling = poll(async (signal) => {
    try {
      show(await getJson<Releases>(`${page.url}/api/json?depth=3`, signal));
      fill(said);
    } catch (thrown) {
      if (signal.aborted) return;
      fill(said, problemNotice(thrown));
      throw thrown;
    }
  }, LIVE_MILLIS);
});

function cards(base: string, all: Releases, place: HTMLElement, done: () => void): HTMLElement[] {
  if (all.rollouts.length === 0) return [empty(text("none"), text("none.why"))];
  const moving = [...all.rollouts].sort((one, other) => Number(one.over) - Number(other.over));
  return moving.map((rollout) => rolloutCard(base, all, rollout, place, done));
}

function rolloutCard(base: string, all: Releases, rollout: Rollout, place: HTMLElement, done: () => void): HTMLElement {
  const where = h("span", { class: "shera-muted shera-small" }, `${rollout.cluster} / ${rollout.namespace}`);
  const controls = [...verbButtons(base, all, rollout, done), ...restButtons(base, all, rollout, place, done)];
  const verbs = h("div", { class: "shera-rollout__verbs" }, ...controls);
  const body: HTMLElement[] = [];
  if (rollout.trouble !== "") body.push(remark("warning", rollout.trouble));
  if (!rollout.known) {
    if (rollout.trouble === "") body.push(h("p", { class: "shera-muted" }, text("never")));
    body.push(verbs);
    return card(rollout.environment, body, where);
  }
  body.push(headLine(rollout));
  const said = [rollout.waitsFor !== "" && text(`waits.${rollout.waitsFor}`), rollout.reason];
  const why = said.filter((part): part is string => part !== false && part !== "" && part !== "waits for a person");
  if (why.length > 0) body.push(remark(rollout.phase === "Paused" ? "info" : "warning", ...why));
  if (!rollout.over) {
    if (rollout.weight !== null) body.push(weightBar(rollout.weight));
    body.push(sides(rollout));
  }
  if (rollout.steps.length > 0) body.push(stepList(rollout.steps));
  body.push(...verdicts(rollout), verbs);
  return card(rollout.environment, body, where);
}

function headLine(rollout: Rollout): HTMLElement {
  const started = [text("by", rollout.startedBy), rollout.build, rollout.router].filter((part) => part !== "");
  return h(
    "div",
    { class: "shera-rollout__head" },
    wordPill(rollout.phase),
    h("span", { class: "shera-rollout__image" }, `${rollout.imageBefore} → ${rollout.image}`),
    h("span", { class: "shera-muted shera-small" }, when(rollout.changedAt), ` · ${started.join(" · ")}`),
    rollout.approvedBy !== "" && h("span", { class: "shera-muted shera-small" }, text("approved", rollout.approvedBy)),
  );
}

function sides(rollout: Rollout): HTMLElement {
  const draw = (title: string, image: string, side: Side | null) =>
    h(
      "div",
      { class: "shera-rollout__side" },
      h("span", { class: "shera-muted shera-small" }, title),
      h("span", { class: "shera-rollout__image" }, image),
      side ? podSquares(side) : h("span", { class: "shera-muted" }, text("pods.none")),
      side !== null && side.trouble !== "" && h("span", { class: "shera-small" }, side.trouble),
    );
  const traffic = [rollout.traffic, ...rollout.matches].filter((part) => part !== "");
  return h(
    "div",
    { class: "shera-rollout__sides" },
    draw(text("stable"), rollout.phase === "Promoting" ? rollout.image : rollout.imageBefore, rollout.stable),
    draw(text("canary"), rollout.image, rollout.canary),
    h(
      "div",
      { class: "shera-rollout__side" },
      h("span", { class: "shera-muted shera-small" }, text("traffic")),
      rollout.weight === null ? text("traffic.unknown") : h("b", {}, text("traffic.canary", rollout.weight)),
      ...traffic.map((part) => h("span", { class: "shera-small" }, part)),
    ),
  );
}

function verdicts(rollout: Rollout): HTMLElement[] {
  return rollout.steps
    .filter((step) => step.measurements.length > 0)
    .map((step) =>
      h(
        "figure",
        { class: "shera-stack" },
        h(
          "figcaption",
          { class: "shera-row" },
          h("b", {}, step.text),
          step.verdict !== "" && wordPill(step.verdict),
          h("span", { class: "shera-muted shera-small" }, step.measurements.at(-1)?.text ?? ""),
        ),
        verdictChart(step),
      ),
    );
}

function restButtons(
  base: string,
  all: Releases,
  rollout: Rollout,
  place: HTMLElement,
  done: () => void,
): HTMLElement[] {
  const buttons: HTMLElement[] = [];
  const button = (key: string, look: string, act: () => void) =>
    buttons.push(h("button", { type: "button", class: `jenkins-button ${look}`, onclick: act }, text(key)));
  if (rollout.over && all.mayDeploy)
    button("verb.begin", "jenkins-button--primary", () => begin(base, rollout, place, done));
  if (rollout.over && all.mayDeploy) button("verb.deploy", "", () => deploy(base, all, rollout, wantedImage(), place));
  if (rollout.over && all.mayDeploy && all.rollouts.length > 1)
    button("verb.promoteImage", "", () => promoteImage(base, all, rollout, place, done));
  if (rollout.over && all.mayDeploy && rollout.phase !== "")
    button("verb.undo", "", () => void undo(base, all, rollout).then((yes) => yes && done()));
  if (rollout.phase === "Aborted" || rollout.phase === "RolledBack")
    button("verb.evidence", "", () => void evidence(base, rollout, place));
  return buttons;
}

function undo(base: string, all: Releases, rollout: Rollout): Promise<boolean> {
  return confirm({
    title: text("ask.undo", all.application, rollout.environment),
    consequences: [text("ask.undo.then")],
    verb: text("verb.undo"),
    destructive: true,
    byHand: () => byHand(base, all.application, rollout.environment, "undo"),
    act: async () => {
      await postJson(`${base}/undo`, { environment: rollout.environment });
      toast(text("said"));
    },
  });
}

/** The image a link to this page brings, as the page of a build does. */
function wantedImage(): string {
  return new URLSearchParams(location.search).get("image") ?? "";
}

function begin(base: string, rollout: Rollout, place: HTMLElement, done: () => void): void {
  release(base, place, done, {
    title: text("ask.begin", rollout.environment),
    verb: text("verb.begin"),
    first: {
      name: "image",
      label: text("field.image"),
      kind: "text",
      required: true,
      placeholder: "registry/shop@sha256:...",
    },
    values: { image: wantedImage() },
    body: (said) => ({ ...said, environment: rollout.environment }),
    byHand: (said) => byHand(base, "", rollout.environment, "begin", said),
  });
}

/** The image that serves here goes to another environment; which one it is the server reads at that moment. */
function promoteImage(base: string, all: Releases, rollout: Rollout, place: HTMLElement, done: () => void): void {
  const others = all.rollouts.map((each) => each.environment).filter((name) => name !== rollout.environment);
  const body = ({ to, ...rest }: Record<string, unknown>) => ({ environment: to, from: rollout.environment, ...rest });
  release(base, place, done, {
    title: text("ask.promoteImage", rollout.environment),
    verb: text("verb.promoteImage"),
    first: {
      name: "to",
      label: text("field.to"),
      kind: "select",
      required: true,
      choices: others.map((value) => ({ value, label: value })),
      help: text("field.to.help"),
    },
    values: { to: others[0] ?? "" },
    body,
    byHand: (said) => {
      const where = { application: all.application, environment: rollout.environment };
      const found = `image: findRunningImage(${stepCall("", where).trim()})`;
      const curl = curlPost(`${base}/begin`, body(said));
      if (said["router"] !== "replicas") return { curl };
      const begun = {
        application: all.application,
        environment: String(said["to"]),
        template: String(said["template"]),
        ...(said["override"] ? { override: String(said["override"]) } : {}),
      };
      return { curl, jenkinsfile: `canary(${stepCall("", begun).trim()}, ${found})` };
    },
  });
}

interface Release {
  readonly title: string;
  readonly verb: string;
  readonly first: Field;
  readonly values: Record<string, string>;
  readonly body: (said: Record<string, unknown>) => object;
  readonly byHand: (said: Record<string, unknown>) => ByHand;
}

function release(base: string, place: HTMLElement, done: () => void, what: Release): void {
  const choice = (value: string) => ({ value, label: value });
  const close = () => fill(place);
  const form = new Form({
    label: what.title,
    fields: [
      what.first,
      {
        name: "template",
        label: text("field.template"),
        kind: "select",
        required: true,
        choices: ["5-25-50-100", "1-pod-first", "blueGreen", "ab"].map(choice),
      },
      {
        name: "router",
        label: text("field.router"),
        kind: "select",
        required: true,
        choices: ["replicas", "gatewayApi", "ingress", "kubeng"].map(choice),
      },
      { name: "route", label: text("field.route"), kind: "text", help: text("field.route.help") },
      { name: "override", label: text("field.override"), kind: "text", help: text("field.override.help") },
    ],
    values: { template: "5-25-50-100", router: "replicas", ...what.values },
    verb: what.verb,
    send: async (said) => {
      await postJson(`${base}/begin`, what.body(said));
      toast(text("said"));
      close();
      done();
    },
    cancel: close,
    byHand: what.byHand,
  });
  fill(place, card(what.title, [form.element]));
  place.scrollIntoView({ block: "nearest" });
}

interface Evidence {
  readonly parts: readonly { readonly name: string; readonly text: string }[];
}

async function evidence(base: string, rollout: Rollout, place: HTMLElement): Promise<void> {
  const address = `${base}/evidence/${encodeURIComponent(rollout.environment)}/api/json`;
  try {
    const kept = await getJson<Evidence>(address);
    const parts = kept.parts.map((part) => h("div", {}, h("b", {}, part.name), h("pre", {}, part.text || "–")));
    const close = h("button", { type: "button", class: "jenkins-button", onclick: () => fill(place) }, text("close"));
    const hand = byHandToggle(() => ({ curl: `curl --user "$USER:$TOKEN" ${new URL(address, location.href).href}` }));
    const body = parts.length > 0 ? parts : [h("p", { class: "shera-muted" }, text("evidence.none"))];
    fill(
      place,
      card(
        text("verb.evidence"),
        [h("div", { class: "shera-evidence shera-stack" }, ...body), hand.panel],
        hand.button,
        close,
      ),
    );
    place.scrollIntoView({ block: "nearest" });
  } catch (thrown) {
    fill(place, problemNotice(thrown));
  }
}
