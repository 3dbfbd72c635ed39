import {
  byHandToggle,
  card,
  confirm,
  curlPost,
  fill,
  getJson,
  h,
  pill,
  poll,
  postJson,
  problemNotice,
  remark,
  text,
  when,
  type Polling,
  type Tone,
} from "@shera/kit";

interface Copy {
  readonly copy: string;
  readonly of: string;
  readonly container: string;
  readonly image: string;
  readonly user: string;
  readonly ends: string;
  readonly state: "starting" | "running" | "noshell" | "failed" | "over" | "going";
  readonly why: string;
  readonly notes: readonly string[];
  readonly command: readonly string[];
}

interface Pod {
  readonly pod: string;
  readonly container: string;
  readonly state: string;
  readonly restarts: number;
}

interface Answer {
  readonly most: number;
  readonly copies: readonly Copy[];
  readonly pods: readonly Pod[];
}

/** What the card needs of the page. */
export interface Doors {
  environment(): string;
  enter(pod: string, container: string): void;
  package?(pod: string, container: string): void;
}

const LOOK_MILLIS = 5000;
const MINUTES = [30, 60, 120, 240, 480];
const TONES: Record<Copy["state"], Tone> = {
  starting: "info",
  running: "ok",
  noshell: "bad",
  failed: "bad",
  over: "idle",
  going: "idle",
};

/** Debug copies: make one of a pod that crashes, see how long it lives, go in, package it, remove it. */
export class Copies {
  readonly element: HTMLElement;
  private readonly pod = h("select", { class: "jenkins-select__input" });
  private readonly minutes = h(
    "select",
    { class: "jenkins-select__input" },
    ...MINUTES.map((one) => h("option", { value: String(one) }, text("copies.minutes.of", one))),
  );
  private readonly claims = h(
    "select",
    { class: "jenkins-select__input" },
    ...["", "readonly", "empty", "shared"].map((one) =>
      h("option", { value: one }, text(`copies.claims.${one || "refuse"}`)),
    ),
  );
  private readonly skipInit = h("input", { type: "checkbox" });
  private readonly said = h("div", {});
  private readonly rows = h("div", { class: "shera-copies__rows" });
  private readonly polling: Polling;
  private shown = "";

  constructor(
    private readonly url: string,
    private readonly doors: Doors,
  ) {
    this.minutes.value = "120";
    const { button: byHand, panel } = byHandToggle(() => ({
      curl: curlPost(new URL(`${this.url}/copies/start`, location.href).href, this.order()),
    }));
    const start = h(
      "button",
      { type: "button", class: "jenkins-button shera-copies__start", onclick: () => void this.start() },
      text("copies.start"),
    );
    const bar = h(
      "div",
      { class: "shera-terminal__bar" },
      field("copies.pod", boxed(this.pod)),
      field("copies.minutes", boxed(this.minutes)),
      field("copies.claims", boxed(this.claims)),
      start,
      byHand,
    );
    const init = h("label", { class: "shera-copies__init" }, this.skipInit, " ", text("copies.skipInit"));
    this.element = card(text("copies"), [
      h("p", { class: "shera-muted" }, text("copies.why")),
      bar,
      init,
      panel,
      this.said,
      this.rows,
    ]);
    this.polling = poll(() => this.look(), LOOK_MILLIS);
  }

  /** Looks again, since it is another environment now. */
  refresh(): void {
    this.shown = "";
    void this.polling.refresh();
  }

  private order(): Record<string, string | number | boolean> {
    const [pod = "", container = ""] = this.pod.value.split("/");
    return {
      environment: this.doors.environment(),
      pod,
      container,
      minutes: Number(this.minutes.value),
      claims: this.claims.value,
      skipInit: this.skipInit.checked,
    };
  }

  private async look(): Promise<void> {
    const answer = await getJson<Answer>(
      `${this.url}/copies/list?environment=${encodeURIComponent(this.doors.environment())}`,
    );
    const now = JSON.stringify(answer);
    if (now === this.shown) return;
    this.shown = now;
    const chosen = this.pod.value;
    fill(this.pod, ...answer.pods.map((one) => h("option", { value: `${one.pod}/${one.container}` }, podText(one))));
    if (answer.pods.some((one) => `${one.pod}/${one.container}` === chosen)) this.pod.value = chosen;
    fill(this.rows, ...answer.copies.map((one) => this.row(one)));
  }

  private row(copy: Copy): HTMLElement {
    const running = copy.state === "running";
    const { package: pack } = this.doors;
    return h(
      "section",
      { class: "shera-copies__row", "aria-label": copy.copy },
      h(
        "div",
        { class: "shera-row" },
        h("strong", {}, copy.copy),
        pill(TONES[copy.state], text(`copies.state.${copy.state}`)),
        running && h("span", { class: "shera-muted" }, text("copies.ends"), " ", when(copy.ends)),
      ),
      h("p", { class: "shera-muted shera-small" }, text("copies.of", copy.of, copy.container, copy.user)),
      copy.state === "noshell" && remark("warning", text("copies.noshell")),
      copy.why !== "" && copy.state !== "noshell" && remark("warning", copy.why),
      copy.notes.length > 0 && remark("info", ...copy.notes.map((note) => text(`copies.note.${note}`))),
      copy.command.length > 0 && h("p", {}, text("copies.command"), " ", h("code", {}, copy.command.join(" "))),
      h(
        "div",
        { class: "shera-row" },
        running && this.button("connect", copy, () => this.doors.enter(copy.copy, copy.container)),
        running && pack && this.button("package.open", copy, () => pack(copy.copy, copy.container)),
        copy.state !== "going" && this.button("copies.delete", copy, () => void this.remove(copy)),
      ),
    );
  }

  private button(key: string, copy: Copy, onclick: () => void): HTMLButtonElement {
    return h(
      "button",
      { type: "button", class: "jenkins-button", onclick, "aria-label": `${text(key)}: ${copy.copy}` },
      text(key),
    );
  }

  private async start(): Promise<void> {
    try {
      await postJson(`${this.url}/copies/start`, this.order());
      fill(this.said);
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
    await this.polling.refresh();
  }

  private async remove(copy: Copy): Promise<void> {
    await confirm({
      title: text("copies.delete.sure", copy.copy),
      consequences: [text("copies.delete.then")],
      verb: text("copies.delete"),
      destructive: true,
      act: async () =>
        void (await postJson(`${this.url}/copies/delete`, { environment: this.doors.environment(), copy: copy.copy })),
    });
    await this.polling.refresh();
  }
}

function podText({ pod, container, state, restarts }: Pod): string {
  const again = restarts > 0 ? `, ${text("copies.restarts", restarts)}` : "";
  return `${pod} / ${container} (${state === "running" ? text("copies.state.running") : state}${again})`;
}

function boxed(inner: HTMLElement): HTMLElement {
  return h("div", { class: "jenkins-select" }, inner);
}

function field(label: string, input: HTMLElement): HTMLElement {
  return h("label", {}, text(label), input);
}
