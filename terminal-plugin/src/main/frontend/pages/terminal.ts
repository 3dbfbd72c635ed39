import {
  applicationFrame,
  byHandToggle,
  card,
  curlPost,
  empty,
  fill,
  getJson,
  h,
  poll,
  postJson,
  Problem,
  problemNotice,
  remark,
  start,
  text,
  type ApplicationHead,
} from "@shera/kit";
import { Copies } from "./parts/copies";
import { addDebugger } from "./parts/debugger";
import { Desk, type Ended, type Listed } from "./parts/desk";
import { Files } from "./parts/files";
import { Passes } from "./parts/passes";
import { Sharing } from "./parts/sharing";
import type { Room } from "./parts/tabs";
import { watch } from "./parts/watch";

interface Session extends Listed {
  readonly owner: string;
  readonly own: boolean;
  readonly watched: boolean;
  readonly recorded: boolean;
  readonly shared: boolean;
  readonly link: string;
  readonly watchers: readonly string[];
}

interface Data {
  readonly environments: readonly string[];
  readonly sessions: readonly Session[];
  readonly ended: readonly Ended[];
}

interface Running {
  readonly pod: string;
  readonly container: string;
}

const SESSIONS_MILLIS = 4000;
/** Whoever is not signed in is refused, or gets the form to sign in instead of data. */
const SIGNED_OUT: readonly number[] = [200, 401, 403];

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const data = await getJson<Data>(`${page.url}/api/json`);
  const content = applicationFrame(page, head, "terminal");
  const link = new URLSearchParams(location.search).get("watch");
  if (link !== null) fill(content, watch(page.url, link));
  else if (data.environments.length === 0) fill(content, empty(text("none"), text("none.why")));
  else {
    const other = (id: string) => head.tabs.find((tab) => tab.id === id)?.url;
    new TerminalView(content, page.url, data.environments, other("package"), other("recordings"));
  }
});

/** The choice above, the terminals, and the sessions below. */
class TerminalView {
  private readonly environment: HTMLSelectElement;
  private readonly container = select([]);
  private readonly shell = select([
    ["", text("shell.auto")],
    ...["bash", "sh", "ash"].map((one) => [one, one] as const),
  ]);
  private readonly letters = select([12, 14, 16, 20].map((one) => [String(one), `${one} px`]));
  private readonly search = h("input", {
    class: "jenkins-input",
    type: "search",
    placeholder: text("search"),
  });
  private readonly beside = button("debug.add", () => void this.debug());
  private readonly said = h("div", {});
  private readonly state = h("span", { class: "shera-muted shera-small", role: "status" }, text("state.idle"));
  private readonly sessions = h("div", {});
  private readonly watchers = h("span", { class: "shera-small", role: "status" });
  private readonly sharing: Sharing;
  private readonly files: Files;
  private readonly copies: Copies;
  private readonly passes: Passes;
  private readonly desk: Desk;

  constructor(
    content: HTMLElement,
    private readonly url: string,
    environments: readonly string[],
    packaging: string | undefined,
    private readonly recordings: string | undefined,
  ) {
    this.sharing = new Sharing(url, () => this.look());
    this.files = new Files(url, () => this.room());
    this.passes = new Passes(
      url,
      () => this.environment.value,
      () => void this.offer(),
    );
    this.environment = select(environments.map((one) => [one, one]));
    this.copies = new Copies(url, {
      environment: () => this.environment.value,
      enter: (pod, container) => void this.enter(pod, container),
      ...(packaging !== undefined && {
        package: (pod: string, container: string) => this.package(packaging, { pod, container }),
      }),
    });
    this.letters.value = "14";
    this.desk = new Desk(url, {
      choice: () => this.choice(),
      tell: (state, watchers) => this.show(state, watchers),
    });
    const { button: byHand, panel } = byHandToggle(() => ({
      curl: curlPost(new URL(`${this.url}/open`, location.href).href, this.choice()),
    }));
    const connect = button("connect", () => void this.desk.connect());
    connect.classList.add("jenkins-button--primary");
    const bar = h(
      "div",
      { class: "shera-terminal__bar" },
      field("environment", boxed(this.environment)),
      field("container", boxed(this.container)),
      field("shell", boxed(this.shell)),
      connect,
      this.beside,
      packaging !== undefined && button("package.open", () => this.package(packaging, this.room())),
      byHand,
    );
    const tools = h(
      "div",
      { class: "shera-terminal__bar" },
      field("letters", boxed(this.letters)),
      field("search.label", this.search),
      button("full", () => void this.desk.element.requestFullscreen()),
      this.state,
      this.watchers,
    );
    fill(
      content,
      this.passes.element,
      card(text("TerminalTab_title"), [bar, panel, tools, this.said, this.desk.element]),
      this.copies.element,
      this.files.element,
      card(text("sessions"), [this.sharing.element, this.sessions]),
    );
    this.environment.addEventListener("change", () => {
      void this.offer();
      this.copies.refresh();
    });
    this.container.addEventListener("change", () => {
      this.files.rest();
      this.chosen();
    });
    this.letters.addEventListener("change", () => this.desk.letters(Number(this.letters.value)));
    this.search.addEventListener("input", () => this.desk.find(this.search.value));
    this.desk.restore();
    void this.offer();
    poll(() => this.passes.look(), SESSIONS_MILLIS);
    poll(() => this.look(), SESSIONS_MILLIS);
  }

  private room(): Room & Record<string, string> {
    const [pod = "", container = ""] = this.container.value.split("/");
    return { environment: this.environment.value, pod, container };
  }

  /** Only pods take a container beside another. */
  private chosen(): void {
    this.beside.disabled = this.room().pod.startsWith("docker:");
  }

  private choice(): Room & Record<string, string> {
    return { ...this.room(), shell: this.shell.value };
  }

  private package(url: string, room: Record<string, string>): void {
    const { environment = this.environment.value, pod = "", container = "" } = room;
    location.assign(`${url.replace(/\/$/, "")}/?${new URLSearchParams({ environment, pod, container }).toString()}`);
  }

  private async debug(): Promise<void> {
    const room = this.room();
    try {
      const name = await addDebugger(this.url, room, (key) => this.tell(key));
      if (name !== undefined) await this.enter(room["pod"] ?? "", name);
    } catch (thrown) {
      this.tell("state.idle");
      fill(this.said, problemNotice(thrown));
    }
  }

  private async enter(pod: string, container: string): Promise<void> {
    await this.offer();
    this.container.value = `${pod}/${container}`;
    this.desk.element.scrollIntoView({ block: "center" });
    await this.desk.connect();
  }

  private async offer(): Promise<void> {
    this.files.rest();
    try {
      await this.passes.look();
      const { containers, problems } = await getJson<{
        containers: readonly Running[];
        problems: readonly string[];
      }>(`${this.url}/containers?environment=${encodeURIComponent(this.environment.value)}`);
      fill(
        this.container,
        ...containers.map((one) => option(`${one.pod}/${one.container}`, `${one.pod} / ${one.container}`)),
      );
      this.chosen();
      fill(this.said, ...problems.map((problem) => remark("warning", problem)));
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }

  private tell(key: string, ...values: readonly string[]): void {
    this.state.textContent = text(key, ...values);
  }

  private show(state: string, watchers: readonly string[]): void {
    const by = watchers.length === 0 ? "" : text("share.watchers", watchers.join(", "));
    if (this.state.textContent !== state) this.state.textContent = state;
    if (this.watchers.textContent !== by) this.watchers.textContent = by;
  }

  private async look(): Promise<void> {
    try {
      const { sessions, ended } = await getJson<Data>(`${this.url}/api/json`);
      this.desk.known(sessions, ended);
      this.list(sessions);
    } catch (thrown) {
      if (thrown instanceof Problem && SIGNED_OUT.includes(thrown.status)) this.desk.signedOut();
      throw thrown;
    }
  }

  private list(sessions: readonly Session[]): void {
    if (sessions.length === 0) {
      this.sharing.show([]);
      fill(this.sessions, h("p", { class: "shera-muted" }, text("sessions.none")));
      return;
    }
    const rows = sessions.map((one) =>
      h(
        "tr",
        {},
        h("td", {}, one.owner),
        h("td", {}, one.environment),
        h("td", {}, `${one.pod} / ${one.container}`),
        h(
          "td",
          {},
          text(one.watched ? "watched" : "detached"),
          one.recorded && this.recording(one.id),
          ...watched(one),
        ),
        h(
          "td",
          {},
          h(
            "div",
            { class: "shera-row" },
            one.own && !this.desk.has(one.id) && button("attach", () => this.desk.attach(one)),
            one.own && !one.shared && button("share", () => void this.sharing.begin(one.id)),
            one.shared && button("share.end", () => void this.sharing.end(one.id)),
            button("kill", () => void this.kill(one.id)),
          ),
        ),
      ),
    );
    this.sharing.show(sessions.filter((one) => one.link !== "").map((one) => one.link));
    const heads = ["owner", "environment", "container", "state", "actions"].map((key) => h("th", {}, text(key)));
    fill(
      this.sessions,
      h("table", { class: "jenkins-table" }, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows)),
    );
  }

  private recording(session: string): HTMLElement {
    return h(
      "div",
      { class: "shera-small" },
      this.recordings === undefined
        ? text("recorded")
        : h("a", { href: `${this.recordings.replace(/\/$/, "")}/?recording=${session}` }, text("recorded")),
    );
  }

  private async kill(session: string): Promise<void> {
    try {
      await postJson(`${this.url}/kill`, { session });
      await this.look();
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }
}

function watched({ watchers }: Session): HTMLElement[] {
  return watchers.length === 0 ? [] : [h("div", { class: "shera-small" }, text("share.watchers", watchers.join(", ")))];
}

function button(key: string, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "jenkins-button", onclick }, text(key));
}

function select(choices: readonly (readonly [string, string])[]): HTMLSelectElement {
  return h("select", { class: "jenkins-select__input" }, ...choices.map(([value, label]) => option(value, label)));
}

function option(value: string, label: string): HTMLOptionElement {
  return h("option", { value }, label);
}

function boxed(inner: HTMLElement): HTMLElement {
  return h("div", { class: "jenkins-select" }, inner);
}

function field(label: string, input: HTMLElement): HTMLElement {
  return h("label", {}, text(label), input);
}
