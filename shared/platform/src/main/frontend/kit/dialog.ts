import { byHandToggle, type ByHand } from "./byhand";
import { freshId, h, fill } from "./dom";
import { problemNotice } from "./notice";
import { text } from "./texts";

/** A question before something that matters is done. */
export interface Confirmation {
  readonly title: string;
  /** What will happen, one sentence each, worst first. */
  readonly consequences: readonly string[];
  /** What would change, to be looked at first. */
  readonly detail?: HTMLElement;
  /** The verb on the button, never "OK". */
  readonly verb: string;
  readonly destructive?: boolean;
  /** A name to be typed first, for what cannot be undone. */
  readonly typed?: string;
  /** The same by script, to be opened in the dialog. */
  readonly byHand?: () => ByHand;
  /** Does it; the dialog stays open and shows the problem when this rejects. */
  readonly act: () => Promise<void>;
}

/** Asks, acts and closes; true when it was done. */
export function confirm(question: Confirmation): Promise<boolean> {
  const titleId = freshId("dialog");
  const problem = h("div", {});
  const kind = question.destructive ? "jenkins-button--primary jenkins-!-destructive-color" : "jenkins-button--primary";
  const go = h(
    "button",
    { type: "submit", class: `jenkins-button ${kind}`, disabled: question.typed !== undefined },
    question.verb,
  );
  const cancel = h("button", { type: "button", class: "jenkins-button" }, text("kit.cancel"));
  const byHand = question.byHand && byHandToggle(question.byHand);
  const form = h(
    "form",
    { method: "dialog", class: "jenkins-dialog__contents" },
    consequencesOf(question.consequences),
    question.detail,
    question.typed !== undefined && typedField(question.typed, go),
    problem,
    h(
      "div",
      { class: "jenkins-buttons-row jenkins-buttons-row--equal-width jenkins-dialog__buttons" },
      go,
      cancel,
      byHand?.button,
    ),
    byHand?.panel,
  );
  const dialog = h(
    "dialog",
    { class: "jenkins-dialog shera-dialog", "aria-labelledby": titleId },
    h("div", { class: "jenkins-dialog__title", id: titleId }, question.title),
    form,
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    let done = false;
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go.disabled = true;
      fill(problem);
      question.act().then(
        () => {
          done = true;
          dialog.close();
        },
        (thrown: unknown) => {
          go.disabled = false;
          fill(problem, problemNotice(thrown));
        },
      );
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(done);
    });
    dialog.showModal();
    if (question.destructive && question.typed === undefined) cancel.focus();
  });
}

function consequencesOf(sentences: readonly string[]): HTMLElement {
  if (sentences.length === 1) return h("p", {}, sentences[0]);
  return h("ul", { class: "shera-dialog__consequences" }, ...sentences.map((sentence) => h("li", {}, sentence)));
}

function typedField(name: string, go: HTMLButtonElement): HTMLElement {
  const input = h("input", { class: "jenkins-input", type: "text", autocomplete: "off", spellcheck: "false" });
  input.addEventListener("input", () => (go.disabled = input.value !== name));
  return h("label", { class: "shera-dialog__typed" }, text("kit.dialog.type", name), input);
}
