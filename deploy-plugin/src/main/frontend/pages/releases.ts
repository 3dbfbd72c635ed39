import {
  byHandToggle,
  card,
  confirm,
  curlPost,
  fill,
  Form,
  getJson,
  h,
  postJson,
  problemNotice,
  remark,
  stepCall,
  text,
  toast,
  when,
  type ByHand,
  type ApplicationHead,
  type Field,
  type Child,
} from "@shera/kit";
import { FiringAlerts } from "./parts/alerts";
import { deploy } from "./parts/deploy";
import { podSquares, stepList, verdictChart, weightBar, wordPill } from "./parts/drawings";
import type { Releases, Rollout, Side } from "./parts/model";
import { button, openForm, placesTab, type Stage } from "./parts/places";
import { routerField, templateField } from "./parts/planfields";
import { byHand, verbButtons } from "./parts/verbs";

/** A link to `#deploy` opens the form at the first environment that can take one. */
let deployWanted = location.hash === "#deploy";

placesTab<Releases, Rollout>({
  tab: "releases",
  millis: 2000,
  depth: 3,
  places: (all) => [...all.rollouts].sort((one, other) => Number(one.over) - Number(other.over)),
  nothing: (rollout) => (rollout.known ? "" : text("never")),
  beside: alertsBeside,
  content,
});

function alertsBeside(head: ApplicationHead): (rollout: Rollout, all: Releases) => Child {
  let application = "";
  const alerts = new FiringAlerts(head, () => application);
  return (rollout, all) => {
    application = all.application;
    return alerts.in(rollout.environment);
  };
}

function content(stage: Stage, rollout: Rollout, all: Releases): Child[] {
  const controls = [...verbButtons(stage.base, all, rollout, stage.done), ...restButtons(stage, all, rollout)];
  const verbs = h("div", { class: "shera-rollout__verbs" }, ...controls);
  if (!rollout.known) return [verbs];
  const body: HTMLElement[] = [headLine(rollout), ...setLine(stage, rollout)];
  if (rollout.driver !== "") body.push(remark("info", text("driver", rollout.driver)));
  const said = [rollout.waitsFor !== "" && text(`waits.${rollout.waitsFor}`), rollout.reason];
  const why = said.filter((part): part is string => part !== false && part !== "" && part !== "waits for a person");
  if (why.length > 0) body.push(remark(rollout.phase === "Paused" ? "info" : "warning", ...why));
  if (!rollout.over) {
    if (rollout.weight !== null) body.push(weightBar(rollout.weight));
    body.push(sides(rollout));
  }
  if (rollout.steps.length > 0) body.push(stepList(rollout.steps));
  return [...body, ...verdicts(rollout), verbs];
}

/** Where the members that move together are seen together. */
function setLine(stage: Stage, rollout: Rollout): HTMLElement[] {
  if (rollout.set.length === 0) return [];
  const address = `${stage.base}/set/${encodeURIComponent(rollout.environment)}/`;
  return [h("p", {}, h("a", { href: address }, text("set.link", rollout.set.join(", "))))];
}

function headLine(rollout: Rollout): HTMLElement {
  const started = [rollout.startedBy !== "" && text("by", rollout.startedBy), rollout.build, rollout.router].filter(
    (part) => part !== false && part !== "",
  );
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

function restButtons(stage: Stage, all: Releases, rollout: Rollout): HTMLElement[] {
  const buttons: HTMLElement[] = [];
  const verb = (key: string, look: string, act: () => void) => buttons.push(button(text(key), act, look));
  const ours = rollout.driver === "";
  if (ours && rollout.over && all.mayDeploy) verb("verb.begin", "jenkins-button--primary", () => begin(stage, rollout));
  if (ours && rollout.over && all.mayDeploy) {
    const open = () => deploy(stage.base, all, rollout, wantedImage(), stage.form);
    verb("verb.deploy", "", open);
    if (deployWanted) setTimeout(open);
    deployWanted = false;
  }
  if (rollout.over && all.mayDeploy && all.rollouts.length > 1)
    verb("verb.promoteImage", "", () => promoteImage(stage, all, rollout));
  if (ours && rollout.over && all.mayDeploy) buttons.push(together(stage, rollout));
  if (rollout.over && all.mayDeploy && rollout.phase !== "")
    verb("verb.undo", "", () => void undo(stage.base, all, rollout).then((yes) => yes && stage.done()));
  if (ours && (rollout.phase === "Aborted" || rollout.phase === "RolledBack"))
    verb("verb.evidence", "", () => void evidence(stage, rollout));
  return buttons;
}

/** A release set has a page of its own. */
function together(stage: Stage, rollout: Rollout): HTMLElement {
  const address = `${stage.base}/set/${encodeURIComponent(rollout.environment)}/#new`;
  return h("a", { href: address, class: "jenkins-button" }, text("set.new.link"));
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

function begin(stage: Stage, rollout: Rollout): void {
  release(stage, {
    title: text("ask.begin", rollout.environment),
    verb: text("verb.begin"),
    first: {
      name: "image",
      label: text("field.image"),
      kind: "text",
      required: true,
      placeholder: "registry/shop@sha256:...",
    },
    values: { image: wantedImage(), router: "" },
    body: (said) => ({ ...said, environment: rollout.environment }),
    byHand: (said) => byHand(stage.base, "", rollout.environment, "begin", said),
  });
}

/** The image that serves here goes to another environment; which one it is the server reads at that moment. */
function promoteImage(stage: Stage, all: Releases, rollout: Rollout): void {
  const others = all.rollouts.map((each) => each.environment).filter((name) => name !== rollout.environment);
  const body = ({ to, ...rest }: Record<string, unknown>) => ({ environment: to, from: rollout.environment, ...rest });
  release(stage, {
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
      const curl = curlPost(`${stage.base}/begin`, body(said));
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

function release(stage: Stage, what: Release): void {
  const close = () => fill(stage.form);
  const form = new Form({
    label: what.title,
    fields: [
      what.first,
      templateField(),
      routerField(),
      { name: "route", label: text("field.route"), kind: "text", help: text("field.route.help") },
      { name: "override", label: text("field.override"), kind: "text", help: text("field.override.help") },
    ],
    values: { template: "5-25-50-100", router: "replicas", ...what.values },
    verb: what.verb,
    send: async (said) => {
      await postJson(`${stage.base}/begin`, what.body(said));
      toast(text("said"));
      close();
      stage.done();
    },
    cancel: close,
    byHand: what.byHand,
  });
  openForm(stage, what.title, form);
}

interface Evidence {
  readonly parts: readonly { readonly name: string; readonly text: string }[];
}

async function evidence(stage: Stage, rollout: Rollout): Promise<void> {
  const address = `${stage.base}/evidence/${encodeURIComponent(rollout.environment)}/api/json`;
  try {
    const kept = await getJson<Evidence>(address);
    const parts = kept.parts.map((part) => h("div", {}, h("b", {}, part.name), h("pre", {}, part.text || "–")));
    const close = h(
      "button",
      { type: "button", class: "jenkins-button", onclick: () => fill(stage.form) },
      text("close"),
    );
    const hand = byHandToggle(() => ({ curl: `curl --user "$USER:$TOKEN" ${new URL(address, location.href).href}` }));
    const body = parts.length > 0 ? parts : [h("p", { class: "shera-muted" }, text("evidence.none"))];
    fill(
      stage.form,
      card(
        text("verb.evidence"),
        [h("div", { class: "shera-evidence shera-stack" }, ...body), hand.panel],
        hand.button,
        close,
      ),
    );
    stage.form.scrollIntoView({ block: "nearest" });
  } catch (thrown) {
    fill(stage.form, problemNotice(thrown));
  }
}
