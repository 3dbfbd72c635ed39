import {
  card,
  confirm,
  curlPost,
  fill,
  Form,
  getJson,
  h,
  loading,
  poll,
  postJson,
  Problem,
  problemNotice,
  remark,
  text,
  type ByHand,
  type Polling,
} from "@shera/kit";
import { jenkinsfile } from "./jenkinsfile";
import type { Releases, Rollout } from "./model";
import { orderOf, podParts, valuesOf, type Running, type Said } from "./order";
import { firstFields, lastFields, sections } from "./orderfields";

const LIVE_MILLIS = 2000;

interface Deployed {
  readonly phase: "PROGRESSING" | "COMPLETE" | "FAILED" | "ABSENT";
  readonly revision: string;
  readonly summary: string;
  readonly trouble: string;
  readonly pods: readonly string[];
}

/** Begins with what runs now, shows what would change, and deploys it when that is confirmed. */
export function deploy(base: string, all: Releases, rollout: Rollout, image: string, place: HTMLElement): void {
  const title = text("ask.deploy", rollout.environment);
  fill(place, card(title, [loading(3)]));
  place.scrollIntoView({ block: "nearest" });
  const address = `${base}/running?environment=${encodeURIComponent(rollout.environment)}`;
  getJson<Running>(address).then(
    (running) => ask(base, all.application, running, image, place),
    (thrown: unknown) => fill(place, card(title, [problemNotice(thrown)])),
  );
}

function ask(base: string, application: string, running: Running, image: string, place: HTMLElement): void {
  const { environment, was } = running.order;
  const title = text("ask.deploy", environment);
  const order = (said: Said) => orderOf(running, said);
  const guarded = (said: Said) => (was === undefined ? order(said) : { ...order(said), was });
  const hand = (said: Said): ByHand => {
    const line = jenkinsfile(application, running, order(said));
    const curl = curlPost(`${base}/deploy`, order(said));
    return line === undefined ? { curl } : { curl, jenkinsfile: line };
  };
  const form = new Form({
    label: title,
    fields: firstFields(),
    sections: sections(running),
    last: lastFields(),
    values: valuesOf(running, image),
    verb: text("verb.plan"),
    check: (said, signal) =>
      placed(said, async () => {
        await postJson(`${base}/deploy?check=true`, order(said), signal);
        return [];
      }),
    send: (said) => placed(said, () => plan(base, environment, guarded(said), () => hand(said), place)),
    cancel: () => fill(place),
    byHand: hand,
  });
  const lost = running.unsaid.length > 0 && remark("warning", text("unsaid", running.unsaid.join(", ")));
  const from = running.deployed && h("p", { class: "shera-muted" }, text("prefilled"));
  fill(place, card(title, [lost, from, form.element]));
  place.scrollIntoView({ block: "nearest" });
  form.focus();
}

/** The server counts the parts of the pods; the form has them by what they are about. */
async function placed<V>(said: Said, work: () => Promise<V>): Promise<V> {
  try {
    return await work();
  } catch (thrown) {
    const where = thrown instanceof Problem ? (thrown.report.where ?? "") : "";
    const index = /^pod\[(\d+)\]/.exec(where)?.[1];
    const field = where.replace(/^(secretFiles|keepSecrets)\b.*/, "secrets");
    const place = index === undefined ? field : podParts(said)[Number(index)]?.field;
    if (!(thrown instanceof Problem) || place === undefined || place === where) throw thrown;
    throw new Problem(thrown.status, { ...thrown.report, where: place });
  }
}

async function plan(
  base: string,
  environment: string,
  wanted: Record<string, unknown>,
  hand: () => ByHand,
  place: HTMLElement,
): Promise<void> {
  const answer = await postJson<{ message: string }>(`${base}/deploy`, {
    ...wanted,
    dryRun: true,
  });
  const title = text("ask.plan", environment);
  const lines = answer.message === "" ? text("unchanged") : answer.message;
  const sure = await confirm({
    title,
    consequences: [text("ask.deploy.then")],
    detail: h("pre", { class: "shera-code", tabindex: 0, "aria-label": title }, lines),
    verb: text("verb.deploy"),
    byHand: hand,
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
