import { byHandToggle, confirm, curlPost, h, postJson, stepCall, text, toast, type ByHand } from "@shera/kit";
import type { Releases, Rollout } from "./model";

const STEPS: Readonly<Record<string, string>> = {
  promote: "promoteRollout",
  promoteFull: "promoteRollout",
  pause: "pauseRollout",
  resume: "resumeRollout",
  abort: "abortRollout",
  retry: "retryRollout",
  setWeight: "setRolloutWeight",
  undo: "undoRollout",
};

/** How a verb is given by hand. */
export function byHand(
  base: string,
  application: string,
  environment: string,
  verb: string,
  more: { readonly set?: boolean; readonly [name: string]: unknown } = {},
): ByHand {
  const curl = curlPost(`${base}/${verb}`, { environment, ...more });
  const step = STEPS[verb];
  if (step === undefined) return { curl };
  const values = {
    application,
    ...(verb === "setWeight" ? { weight: Number(more.weight) } : {}),
    environment,
    ...(verb === "promoteFull" ? { full: true } : {}),
    ...(more.set ? { set: true } : {}),
  };
  return { curl, jenkinsfile: stepCall(step, values) };
}

/** The verbs that fit now and that the reader may give; each asks first where it matters. */
export function verbButtons(base: string, all: Releases, rollout: Rollout, done: () => void): HTMLElement[] {
  const holds = (verb: string) => verb === "abort" || verb === "pause";
  const may = (verb: string) => all.mayPromote || (holds(verb) && all.mayDeploy);
  const order = ["promote", "promoteFull", "resume", "pause", "setWeight", "retry", "abort"];
  return order
    .filter((verb) => rollout.verbs.includes(verb) && may(verb))
    .map((verb) => verbButton(base, all, rollout, verb, done));
}

function verbButton(base: string, all: Releases, rollout: Rollout, verb: string, done: () => void): HTMLElement {
  const first = verb === "promote" || (verb === "resume" && !rollout.verbs.includes("promote"));
  const look = verb === "abort" ? "jenkins-!-destructive-color" : first ? "jenkins-button--primary" : "";
  const ask = () => void question(base, all, rollout, verb).then((yes) => yes && done());
  return h("button", { type: "button", class: `jenkins-button ${look}`, onclick: ask }, text(`verb.${verb}`));
}

function question(base: string, all: Releases, rollout: Rollout, verb: string): Promise<boolean> {
  if (verb === "setWeight") return weightQuestion(base, all, rollout);
  return confirm({
    title: text(`ask.${verb}`, all.application, rollout.environment),
    consequences: [text(`ask.${verb}.then`, rollout.image, rollout.imageBefore)],
    verb: text(`verb.${verb}`),
    destructive: verb === "abort",
    byHand: () => byHand(base, all.application, rollout.environment, verb),
    act: async () => {
      await postJson(`${base}/${verb}`, { environment: rollout.environment });
      toast(text("said"));
    },
  });
}

/** A row of weights instead of a free number: what one wants in a hurry. */
function weightQuestion(base: string, all: Releases, rollout: Rollout): Promise<boolean> {
  return new Promise((resolve) => {
    const input = h("input", {
      class: "jenkins-input",
      type: "number",
      "aria-label": text("verb.setWeight"),
    });
    input.min = "0";
    input.max = "100";
    input.value = String(rollout.weight ?? 0);
    const chosen = () => ({ weight: Number(input.value) });
    const dialog = h("dialog", { class: "jenkins-dialog" });
    const problem = h("div", {});
    const close = (yes: boolean) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    const hand = byHandToggle(() => byHand(base, all.application, rollout.environment, "setWeight", chosen()));
    const send = async (event: Event) => {
      event.preventDefault();
      try {
        await postJson(`${base}/setWeight`, {
          environment: rollout.environment,
          ...chosen(),
        });
        toast(text("said"));
        close(true);
      } catch (thrown) {
        problem.textContent = thrown instanceof Error ? thrown.message : String(thrown);
      }
    };
    const cancel = () => close(false);
    dialog.append(
      h(
        "form",
        {
          class: "jenkins-dialog__contents shera-stack",
          onsubmit: (event: Event) => void send(event),
        },
        h("h2", {}, text("ask.setWeight", all.application, rollout.environment)),
        h("p", {}, text("ask.setWeight.then")),
        input,
        problem,
        hand.panel,
        h(
          "div",
          { class: "shera-row" },
          h("button", { type: "submit", class: "jenkins-button jenkins-button--primary" }, text("verb.setWeight")),
          h("button", { type: "button", class: "jenkins-button", onclick: cancel }, text("kit.cancel")),
          hand.button,
        ),
      ),
    );
    dialog.addEventListener("cancel", cancel);
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}
