import {
  applicationFrame,
  byHandToggle,
  card,
  curlPost,
  empty,
  fill,
  getJson,
  h,
  pill,
  postJson,
  Problem,
  problemNotice,
  progress,
  remark,
  start,
  text,
  type ApplicationHead,
  type ProblemReport,
} from "@shera/kit";
import { Chosen, type Found } from "./parts/chosen";
import { madeCard, patchPart, type Made, type Patch } from "./parts/made";

interface Door {
  readonly name: string;
  readonly handMade: "taken" | "warned" | "refused";
}

interface Data {
  readonly environments: readonly Door[];
}

interface Run<T> {
  readonly state: "running" | "done" | "failed";
  readonly lines: readonly string[];
  readonly problem?: ProblemReport;
  readonly result?: T;
}

const ASK_MILLIS = 800;

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const data = await getJson<Data>(`${page.url}/api/json`);
  const content = applicationFrame(page, head, "package");
  if (data.environments.length === 0) fill(content, empty(text("none"), text("none.why")));
  else {
    const releases = head.tabs.find(({ id }) => id === "releases");
    new PackageView(content, page.url, data.environments, releases?.url ?? "");
  }
});

/** The choice of a container, what is changed in it, and the image made of that. */
class PackageView {
  private readonly environment = h("select", { class: "jenkins-select__input" });
  private readonly container = h("select", { class: "jenkins-select__input" });
  private readonly look = h(
    "button",
    { type: "button", class: "jenkins-button jenkins-button--primary", onclick: () => void this.list() },
    text("package.look"),
  );
  private readonly said = h("div", {});
  private readonly found = h("div", { class: "shera-stack" });
  private readonly made = h("div", { class: "shera-stack" });
  /** What was begun last. */
  private run = "";

  constructor(
    content: HTMLElement,
    private readonly url: string,
    private readonly doors: readonly Door[],
    /** Where images are deployed; empty where nobody does, or the caller may not. */
    private readonly releases: string,
  ) {
    fill(this.environment, ...doors.map(({ name }) => h("option", { value: name }, name)));
    const asked = new URLSearchParams(location.search);
    const environment = asked.get("environment");
    if (doors.some(({ name }) => name === environment)) this.environment.value = environment ?? "";
    const { button, panel } = byHandToggle(() => ({ curl: curlPost(`${this.url}/look`, this.where()) }));
    const bar = h(
      "div",
      { class: "shera-terminal__bar" },
      field(text("environment"), this.environment),
      field(text("container"), this.container),
      this.look,
      button,
    );
    fill(
      content,
      card(text("package.mark"), [h("p", {}, text("package.mark.why")), this.doorList()]),
      card(text("package.choose"), [bar, panel, this.said]),
      this.found,
      this.made,
    );
    this.environment.addEventListener("change", () => void this.offer(""));
    this.container.addEventListener("change", () => this.forget());
    void this.offer(`${asked.get("pod") ?? ""}/${asked.get("container") ?? ""}`);
  }

  private doorList(): HTMLElement {
    const tones = { taken: "ok", warned: "warn", refused: "bad" } as const;
    const doors = this.doors.map(({ name, handMade }) => pill(tones[handMade], text(`package.door.${handMade}`, name)));
    return h("div", { class: "shera-row" }, ...doors);
  }

  private where(): Record<string, string> {
    const [pod = "", container = ""] = this.container.value.split("/");
    return { environment: this.environment.value, pod, container };
  }

  private forget(): void {
    fill(this.said);
    fill(this.found);
    fill(this.made);
  }

  private async offer(wanted: string): Promise<void> {
    this.forget();
    try {
      const { containers, problems } = await getJson<{
        containers: readonly { pod: string; container: string }[];
        problems: readonly string[];
      }>(`${this.url}/containers?environment=${encodeURIComponent(this.environment.value)}`);
      const names = containers.map(({ pod, container }) => `${pod}/${container}`);
      fill(this.container, ...names.map((name) => h("option", { value: name }, name.replace("/", " / "))));
      if (names.includes(wanted)) this.container.value = wanted;
      this.look.disabled = names.length === 0;
      fill(
        this.said,
        names.length === 0 && h("p", { class: "shera-muted" }, text("package.none")),
        ...problems.map((problem) => remark("warning", problem)),
      );
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }

  private async list(): Promise<void> {
    this.forget();
    const where = this.where();
    const found = await this.wait<Found>("look", where, text("package.looking"), this.said);
    if (!found) return;
    const chosen = new Chosen(found, `${this.url}/make`, where, (order) => void this.make(order));
    fill(this.found, ...chosen.cards);
    if (chosen.nothing) fill(this.found, card(text("package.changes"), [chosen.nothing]));
  }

  private async make(order: Record<string, unknown>): Promise<void> {
    const made = await this.wait<Made>("make", order, text("package.making"), this.made);
    if (!made) return;
    const place = h("div", {});
    fill(this.made, madeCard(made, this.doorList(), place, this.releases));
    const patch = await this.wait<Patch>("patch", { run: this.run }, text("package.patching"), place);
    if (patch) fill(place, patchPart(patch, made.tag));
  }

  /** Begins what takes a while, shows how far it is, and gives what comes of it, or nothing after a problem. */
  private async wait<T>(verb: string, body: unknown, label: string, place: HTMLElement): Promise<T | undefined> {
    this.look.disabled = true;
    try {
      fill(place, progress(label, null));
      const { run } = await postJson<{ run: string }>(`${this.url}/${verb}`, body);
      this.run = run;
      for (;;) {
        const now = await getJson<Run<T>>(`${this.url}/progress?run=${encodeURIComponent(run)}`);
        if (now.state === "failed") throw new Problem(0, now.problem ?? { error: text("kit.problem.unexpected") });
        if (now.state === "done") {
          fill(place);
          return now.result;
        }
        const lines = now.lines.map((line) => h("div", { class: "shera-muted shera-small" }, line));
        fill(place, progress(label, null), h("div", { role: "status" }, ...lines));
        await new Promise((next) => setTimeout(next, ASK_MILLIS));
      }
    } catch (thrown) {
      fill(place, problemNotice(thrown));
      return undefined;
    } finally {
      this.look.disabled = false;
    }
  }
}

function field(label: string, inner: HTMLElement): HTMLElement {
  return h("label", {}, label, h("div", { class: "jenkins-select" }, inner));
}
