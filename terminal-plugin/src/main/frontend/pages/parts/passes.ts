import { card, fill, getJson, h, postJson, problemNotice, text, when } from "@shera/kit";

interface Demand {
  readonly name: string;
  readonly reason: boolean;
  readonly approval: boolean;
  readonly letIn: boolean;
}

interface Pass {
  readonly id: string;
  readonly environment: string;
  readonly user: string;
  readonly reason: string;
  readonly waiting: boolean;
  readonly by: string;
  readonly until: string;
  readonly own: boolean;
}

interface Passing {
  readonly environments: readonly Demand[];
  readonly passes: readonly Pass[];
}

/** Where an environment demands a reason or a second person: asking to be let in, and agreeing to what others ask for. */
export class Passes {
  readonly element = h("div", {});
  private readonly said = h("div", {});
  private readonly rows = h("div", {});
  private readonly ask: HTMLElement;
  private readonly reason = h("input", {
    class: "jenkins-input",
    type: "text",
    name: "reason",
    placeholder: text("pass.reason.example"),
    autocomplete: "off",
  });
  private readonly why = h("p", {});
  private shown = "";

  constructor(
    private readonly url: string,
    private readonly environment: () => string,
    private readonly changed: () => void,
  ) {
    const button = action("pass.ask", () => void this.send("ask", this.asking()));
    button.classList.add("jenkins-button--primary");
    this.ask = h(
      "div",
      { class: "shera-terminal__bar" },
      h("label", { class: "shera-passes__reason" }, h("span", {}, text("pass.reason")), this.reason),
      button,
    );
  }

  /** Looks again at who is let in. */
  async look(): Promise<void> {
    const { environments, passes } = await getJson<Passing>(`${this.url}/passes/list`);
    const here = environments.find((one) => one.name === this.environment());
    const now = JSON.stringify([here, passes]);
    if (now === this.shown) return;
    this.shown = now;
    if (!environments.some((one) => one.reason) && passes.length === 0) {
      fill(this.element);
      return;
    }
    this.why.textContent =
      here === undefined || !here.reason
        ? text("pass.free")
        : text(here.letIn ? "pass.in" : here.approval ? "pass.approval" : "pass.needed");
    this.ask.hidden = here?.reason !== true || here.letIn;
    this.list(passes);
    if (this.element.childElementCount === 0) {
      fill(this.element, card(text("passes"), [this.why, this.ask, this.said, this.rows]));
    }
  }

  private asking(): Record<string, string> {
    return { environment: this.environment(), reason: this.reason.value };
  }

  private list(passes: readonly Pass[]): void {
    if (passes.length === 0) {
      fill(this.rows);
      return;
    }
    const heads = ["owner", "environment", "pass.reason", "state", "pass.until", "actions"];
    fill(
      this.rows,
      h(
        "table",
        { class: "jenkins-table" },
        h("thead", {}, h("tr", {}, ...heads.map((key) => h("th", {}, text(key))))),
        h("tbody", {}, ...passes.map((one) => this.row(one))),
      ),
    );
  }

  private row(one: Pass): HTMLElement {
    const state = one.waiting ? text("pass.waiting") : one.by === "" ? text("pass.open") : text("pass.by", one.by);
    return h(
      "tr",
      {},
      h("td", {}, one.user),
      h("td", {}, one.environment),
      h("td", {}, one.reason),
      h("td", {}, state),
      h("td", {}, when(one.until)),
      h(
        "td",
        {},
        one.waiting && !one.own && action("pass.approve", () => void this.send("approve", { pass: one.id })),
        action("pass.withdraw", () => void this.send("withdraw", { pass: one.id })),
      ),
    );
  }

  private async send(verb: string, body: Record<string, string>): Promise<void> {
    try {
      await postJson(`${this.url}/passes/${verb}`, body);
      fill(this.said);
      await this.look();
      this.changed();
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }
}

function action(key: string, act: () => void): HTMLButtonElement {
  const made = h("button", { type: "button", class: "jenkins-button" }, text(key));
  made.addEventListener("click", act);
  return made;
}
