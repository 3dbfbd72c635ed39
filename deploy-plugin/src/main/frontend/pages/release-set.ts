import {
  applicationFrame,
  card,
  confirm,
  empty,
  fill,
  getJson,
  h,
  loading,
  poll,
  postJson,
  problemNotice,
  remark,
  start,
  text,
  toast,
  whenChanged,
  type ApplicationHead,
  type Child,
  type Polling,
} from "@shera/kit";
import { podSquares, stepList, weightBar, wordPill } from "./parts/drawings";
import type { ReleaseSet, SetMember } from "./parts/model";
import { button } from "./parts/places";
import { newSet } from "./parts/setform";
import { byHand } from "./parts/verbs";

const MILLIS = 2000;
/** A link to `#new` opens the form as soon as it is known what may be a member. */
let newWanted = location.hash === "#new";

const ORDER = ["promote", "promoteFull", "resume", "pause", "retry", "undo", "abort"] as const;

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const base = `${page.data["application"]}/releases`;
  const content = applicationFrame(page, head, "releases");
  const said = h("div", {});
  const live = h("div", { class: "shera-stack" }, loading(3));
  const form = h("div", { class: "shera-stack" });
  fill(content, said, form, live);
  let polling: Polling | undefined;
  const done = () => void polling?.refresh();
  const show = whenChanged<ReleaseSet>((set) => {
    const open = () => newSet({ base, ...set, form, done });
    fill(live, ...draw(base, head, set, done, open));
    if (newWanted && isFree(set)) open();
    newWanted = false;
  });
  polling = poll(async (signal) => {
    try {
      show(await getJson<ReleaseSet>(`${page.url}/api/json?depth=5`, signal));
      fill(said);
    } catch (thrown) {
      if (signal.aborted) return;
      fill(said, problemNotice(thrown));
      throw thrown;
    }
  }, MILLIS);
});

/** Whether a new set may begin here, and by the reader. */
function isFree(set: ReleaseSet): boolean {
  return set.mayDeploy && set.over && set.places.reduce((many, each) => many + each.environments.length, 0) > 1;
}

function draw(base: string, head: ApplicationHead, set: ReleaseSet, done: () => void, open: () => void): Child[] {
  const fresh = isFree(set) && button(text("set.new"), open, "jenkins-button--primary");
  if (set.trouble !== "") return [remark("warning", set.trouble)];
  if (!set.known) return [empty(text("set.none"), text("set.none.why", set.application, set.environment), fresh)];
  return [
    fresh && h("div", { class: "shera-row" }, fresh),
    overview(base, set, done),
    ...inOrder(set.members).map((member) => memberCard(head, member)),
  ];
}

/** Those that others wait for first. */
function inOrder(members: readonly SetMember[]): SetMember[] {
  const placed: SetMember[] = [];
  let left = [...members];
  while (left.length > 0) {
    const free = left.filter((each) => each.after.every((name) => placed.some((other) => other.name === name)));
    const next = free.length > 0 ? free : left;
    placed.push(...next);
    left = left.filter((each) => !next.includes(each));
  }
  return placed;
}

function overview(base: string, set: ReleaseSet, done: () => void): HTMLElement {
  const started = [text("by", set.startedBy), set.build].filter((part) => part !== "").join(" · ");
  const tone = set.phase === "Degraded" ? "warning" : "info";
  return card(text("set.title"), [
    h(
      "div",
      { class: "shera-rollout__head" },
      wordPill(set.phase),
      h("b", {}, set.members.map((each) => each.name).join(", ")),
      h("span", { class: "shera-muted shera-small" }, started),
    ),
    set.reason !== "" && remark(tone, set.reason),
    stepTable(set),
    h("div", { class: "shera-rollout__verbs" }, ...verbs(base, set, done)),
  ]);
}

/** One row a member, one square a step, so that one sees at once who is behind. */
function stepTable(set: ReleaseSet): HTMLElement {
  return h(
    "dl",
    { class: "shera-set" },
    ...inOrder(set.members).flatMap((member) => {
      const steps = member.rollout.steps;
      const squares = steps.map((step) => {
        const square = h("i", { title: step.text });
        square.dataset["state"] = step.state;
        square.dataset["word"] = step.word;
        return square;
      });
      const reached = steps.filter((step) => step.state === "done").length;
      return [
        h("dt", {}, member.name),
        h(
          "dd",
          {},
          h("span", { class: "shera-set__steps", "aria-hidden": "true" }, ...squares),
          h("span", { class: "shera-muted shera-small" }, text("set.reached", reached, steps.length)),
          member.decision !== "" && h("b", { class: "shera-small" }, text(`set.decided.${member.decision}`)),
        ),
      ];
    }),
  );
}

function memberCard(head: ApplicationHead, member: SetMember): HTMLElement {
  const rollout = member.rollout;
  const address = `${head.url.replace(/[^/]+\/?$/, "")}${encodeURIComponent(member.application)}/releases/`;
  const where = h(
    "span",
    { class: "shera-muted shera-small" },
    `${rollout.environment} · ${rollout.cluster} / ${rollout.namespace}`,
  );
  const image = rollout.known && rollout.imageBefore !== "" ? `${rollout.imageBefore} → ${member.image}` : member.image;
  const body: Child[] = [
    h(
      "div",
      { class: "shera-rollout__head" },
      rollout.known ? wordPill(rollout.phase) : wordPill(member.gone ? "Gone" : "Hidden"),
      h("span", { class: "shera-rollout__image" }, image),
      h("a", { href: address, class: "shera-small" }, text("set.alone")),
    ),
    member.after.length > 0 && h("p", { class: "shera-muted shera-small" }, text("set.after", member.after.join(", "))),
    member.approval &&
      h(
        "p",
        { class: "shera-muted shera-small" },
        rollout.approvedBy === "" ? text("set.approval") : text("approved", rollout.approvedBy),
      ),
    rollout.trouble !== "" && remark("warning", rollout.trouble),
    member.gone && remark("warning", text("set.gone")),
    rollout.waitsFor !== "" && h("p", { class: "shera-muted shera-small" }, text(`waits.${rollout.waitsFor}`)),
    rollout.reason !== "" && rollout.waitsFor === "" && remark("info", rollout.reason),
    !rollout.over && rollout.weight !== null && weightBar(rollout.weight),
    !rollout.over && sides(member),
    rollout.steps.length > 0 && stepList(rollout.steps),
  ];
  return card(member.name, body, where);
}

function sides(member: SetMember): Child {
  const { stable, canary } = member.rollout;
  if (stable === null && canary === null) return false;
  const one = (title: string, side: typeof stable) =>
    h(
      "div",
      { class: "shera-rollout__side" },
      h("span", { class: "shera-muted shera-small" }, title),
      side ? podSquares(side) : h("span", { class: "shera-muted" }, text("pods.none")),
    );
  return h("div", { class: "shera-rollout__sides" }, one(text("stable"), stable), one(text("canary"), canary));
}

function verbs(base: string, set: ReleaseSet, done: () => void): HTMLElement[] {
  const holds = (verb: string) => verb === "abort" || verb === "pause" || verb === "undo";
  const may = (verb: string) => set.mayPromote || (holds(verb) && set.mayDeploy);
  return ORDER.filter((verb) => set.verbs.includes(verb) && may(verb)).map((verb) => {
    const first = verb === "promote" || (verb === "resume" && !set.verbs.includes("promote"));
    const back = verb === "abort" || verb === "undo";
    const look = back ? "jenkins-!-destructive-color" : first ? "jenkins-button--primary" : "";
    const ask = () => void question(base, set, verb).then((yes) => yes && done());
    return h("button", { type: "button", class: `jenkins-button ${look}`, onclick: ask }, text(`verb.${verb}`));
  });
}

function question(base: string, set: ReleaseSet, verb: string): Promise<boolean> {
  return confirm({
    title: text(`set.ask.${verb}`),
    consequences: [text(`set.ask.${verb}.then`, set.members.map((each) => each.name).join(", "))],
    verb: text(`verb.${verb}`),
    destructive: verb === "abort" || verb === "undo",
    byHand: () => byHand(base, set.application, set.environment, verb, { set: true }),
    act: async () => {
      await postJson(`${base}/${verb}`, {
        environment: set.environment,
        set: true,
      });
      toast(text("said"));
    },
  });
}
