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
  type Tone,
} from "@shera/kit";
import { podSquares, wordPill } from "./parts/drawings";
import type { Rollout } from "./parts/model";
import { button, facts, lines, openForm, placesTab, type Place, type Stage } from "./parts/places";

interface Agent {
  readonly name: string;
  readonly image: string;
  readonly collector: string;
  readonly sampling: string;
}

interface Apm extends Place {
  readonly mayChange: boolean;
  readonly deployed: boolean;
  readonly mode: string;
  readonly agent: string;
  /** Address in the APM; empty for none. */
  readonly page: string;
  readonly rollout: (Rollout & { readonly what: string }) | null;
}

interface All {
  readonly application: string;
  readonly agents: readonly Agent[];
  readonly apm: readonly Apm[];
}

const MODES = ["on", "canary", "off"] as const;
const TONES: Readonly<Record<string, Tone>> = { on: "ok", canary: "info", off: "idle" };

placesTab<All, Apm>({
  tab: "apm",
  millis: 3000,
  depth: 4,
  places: (all) => all.apm,
  above: (all) => all.agents.length === 0 && remark("info", text("agents.none")),
  nothing: (apm) => (apm.deployed ? "" : text("notDeployed")),
  content: (stage, apm, all) => (apm.deployed ? content(stage, apm, all.agents) : []),
});

function content(stage: Stage, apm: Apm, agents: readonly Agent[]): Child[] {
  const agent = agents.find((each) => each.name === apm.agent);
  const canSwitch = apm.mayChange && apm.rollout === null && (agents.length > 0 || apm.mode !== "off");
  return [
    h(
      "div",
      { class: "shera-row" },
      pill(TONES[apm.mode] ?? "idle", text(`mode.${apm.mode}`)),
      h("span", { class: "shera-muted" }, text(`mode.${apm.mode}.why`)),
    ),
    apm.agent !== "" && agent === undefined && remark("warning", text("gone", apm.agent)),
    apm.agent !== "" && agentFacts(apm.agent, agent),
    apm.rollout !== null && progress(stage, apm.rollout),
    h(
      "div",
      { class: "shera-row" },
      link(apm),
      canSwitch && button(text("verb.switch"), () => ask(stage, apm, agents)),
    ),
  ];
}

function agentFacts(name: string, agent: Agent | undefined): HTMLElement {
  const said: (readonly [string, Child])[] = [[text("fact.agent"), name]];
  if (agent !== undefined) {
    said.push([text("fact.image"), h("code", {}, agent.image)]);
    if (agent.collector !== "") said.push([text("fact.collector"), h("code", {}, agent.collector)]);
    said.push([text("fact.sampling"), text("sampling", agent.sampling)]);
  }
  return facts(said);
}

function link(apm: Apm): Child {
  if (!/^https?:\/\//.test(apm.page)) return false;
  const label = text("page", apm.agent);
  return h("a", { class: "jenkins-button", href: apm.page, target: "_blank", rel: "noopener noreferrer" }, label);
}

function progress(stage: Stage, rollout: Rollout & { readonly what: string }): HTMLElement {
  return h(
    "div",
    { class: "shera-row", role: "status" },
    h("b", {}, text("under")),
    wordPill(rollout.phase),
    h("span", {}, rollout.what),
    rollout.stable !== null && podSquares(rollout.stable),
    rollout.reason !== "" && h("span", { class: "shera-muted" }, rollout.reason),
    h("a", { href: stage.base.replace(/\/apm\/?$/, "/releases") }, text("follow")),
  );
}

/** What the server is told; what is empty is left out, and the agent when none is wanted. */
function order(apm: Apm, said: Record<string, unknown>): Record<string, string> {
  const mode = String(said["mode"]);
  const all = {
    environment: apm.environment,
    mode,
    agent: mode === "off" ? "" : String(said["agent"] ?? ""),
    override: String(said["override"] ?? "").trim(),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

function byHand(stage: Stage, wanted: Record<string, string>): ByHand {
  return {
    curl: curlPost(`${stage.base}/switch`, wanted),
    jenkinsfile: stepCall("switchApm", { application: stage.application, ...wanted }),
  };
}

function ask(stage: Stage, apm: Apm, agents: readonly Agent[]): void {
  const title = text("ask.form", stage.application, apm.environment);
  const fields: Field[] = [
    {
      name: "mode",
      label: text("field.mode"),
      kind: "select",
      required: true,
      help: text("field.mode.help"),
      choices: MODES.filter((mode) => mode === "off" || agents.length > 0).map((value) => ({
        value,
        label: text(`mode.${value}`),
      })),
    },
  ];
  if (agents.length > 0)
    fields.push({
      name: "agent",
      label: text("field.agent"),
      kind: "select",
      choices: agents.map((each) => ({ value: each.name, label: each.name })),
    });
  fields.push({
    name: "override",
    label: text("field.override"),
    kind: "text",
    help: text("field.override.help"),
  });
  const known = agents.some((each) => each.name === apm.agent);
  const form = new Form({
    label: title,
    fields,
    values: {
      mode: apm.mode === "off" ? "on" : "off",
      agent: known ? apm.agent : (agents[0]?.name ?? ""),
      override: "",
    },
    verb: text("verb.plan"),
    send: (said) => plan(stage, apm, order(apm, said)),
    cancel: () => fill(stage.form),
    byHand: (said) => byHand(stage, order(apm, said)),
  });
  openForm(stage, title, form);
}

/** Shows what the server would change and how many pods restart, and does it when that is confirmed. */
async function plan(stage: Stage, apm: Apm, wanted: Record<string, string>): Promise<void> {
  const url = `${stage.base}/switch`;
  const answer = await postJson<{ message: string; restarts: number }>(url, { ...wanted, dryRun: true });
  const title = text("ask.switch", stage.application, apm.environment, text(`mode.${wanted["mode"] ?? ""}`));
  const sure = await confirm({
    title,
    consequences: [restarts(answer.restarts)],
    detail: lines(title, answer.message === "" ? text("unchanged") : answer.message),
    verb: text("verb.switch"),
    byHand: () => byHand(stage, wanted),
    act: async () => {
      const done = await postJson<{ message: string }>(url, wanted);
      toast(done.message.split("\n").at(-1) ?? "");
    },
  });
  if (sure) {
    fill(stage.form);
    stage.done();
  }
}

function restarts(count: number): string {
  if (count === 0) return text("ask.restarts.none");
  return count === 1 ? text("ask.restarts.one") : text("ask.restarts", count);
}
