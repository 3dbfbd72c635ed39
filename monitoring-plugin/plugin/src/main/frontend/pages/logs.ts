import {
  applicationFrame,
  byHandToggle,
  card,
  empty,
  fill,
  getJson,
  h,
  poll,
  problemNotice,
  remark,
  shell,
  start,
  text,
  type ApplicationHead,
} from "@shera/kit";
import {
  matching,
  named,
  parts,
  query,
  earlier,
  joined,
  type Choice,
  type Container,
  type Lines,
  type LogLine,
  type Logs,
} from "./parts/model";
import { answeredBy, originRemarks } from "./parts/origins";
import { stepOf } from "./parts/step";
import { clock, instant, local } from "./parts/times";

const LIVE_MILLIS = 2000;
const MOST_LINES = 5000;
const LONGEST_SHOWN = 10_000;
const MINUTES: Readonly<Record<string, number>> = {
  "10m": 10,
  "1h": 60,
  "1d": 1440,
};

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const logs = await getJson<Logs>(`${page.url}/api/json`);
  const content = applicationFrame(page, head, "logs");
  const first = logs.environments[0];
  if (first === undefined) fill(content, empty(text("none"), text("none.why")));
  else new LogsView(content, page.url, logs);
});

/** The controls above and the lines below; reads again whenever a choice changes, and every two seconds while live. */
class LogsView {
  private readonly application: string;
  private readonly environment: HTMLSelectElement;
  private readonly container = select([["", text("container.all")]]);
  private readonly range = select(["live", "10m", "1h", "1d", "own"].map((one) => [one, text(`range.${one}`)]));
  private readonly since = moment();
  private readonly until = moment();
  private readonly search = h("input", {
    class: "jenkins-input",
    type: "search",
    placeholder: text("search.hint"),
  });
  private readonly regex = h("input", { type: "checkbox" });
  private readonly find = h("button", { type: "button", class: "jenkins-button" }, text("find"));
  private readonly wrap = h("input", { type: "checkbox" });
  private readonly previous = h("input", { type: "checkbox" });
  private readonly pause = h("button", { type: "button", class: "jenkins-button" }, text("pause"));
  private readonly elsewhere = h(
    "a",
    { hidden: true, rel: "noopener noreferrer", target: "_blank" },
    text("store.link"),
  );
  private readonly download = h("a", { class: "jenkins-button", download: "" }, text("download"));
  private readonly count = h("span", {
    class: "shera-muted shera-small",
    role: "status",
  });
  private readonly from = h("span", { class: "shera-muted shera-small" });
  private readonly said = h("div", { class: "shera-logs__said" });
  private readonly output = h("div", {
    class: "shera-logs__lines",
    role: "log",
    tabindex: 0,
    "aria-live": "off",
    "aria-label": text("lines"),
  });
  private readonly own: HTMLElement;
  private lines: readonly LogLine[] = [];
  private paused = false;
  private round = 0;
  private ready = false;
  private skip = 0;
  private grep = { grep: "", regex: false };

  constructor(
    content: HTMLElement,
    private readonly url: string,
    logs: Logs,
  ) {
    this.application = logs.application;
    this.environment = select(logs.environments.map((one) => [one, one]));
    this.own = h(
      "div",
      { class: "shera-logs__bar", hidden: true },
      field("since", this.since),
      field("until", this.until),
      h(
        "button",
        {
          type: "button",
          class: "jenkins-button",
          onclick: () => void this.restart(),
        },
        text("read"),
      ),
    );
    const bar = h(
      "div",
      { class: "shera-logs__bar" },
      field("environment", boxed(this.environment)),
      field("container", boxed(this.container)),
      field("range", boxed(this.range)),
      field("search", this.search),
      tick("find.regex", this.regex),
      this.find,
      tick("previous", this.previous),
      tick("wrap", this.wrap),
      this.pause,
      this.download,
    );
    const { button, panel } = byHandToggle(() => ({
      jenkinsfile: stepOf(this.application, this.choice(), this.range.value),
      curl: this.curl(),
    }));
    bar.append(button);
    // What comes and goes while lines arrive stands below them, so that nothing above them moves.
    const foot = h("div", { class: "shera-logs__bar" }, this.count, this.from, this.elsewhere);
    fill(content, card(text("LogsTab_title"), [bar, panel, this.own, this.output, foot, this.said]));
    this.listen();
    this.arrive();
    void this.offer();
    void this.restart();
    poll(async (signal) => {
      if (this.ready && this.isLive() && !this.paused) await this.more(signal);
    }, LIVE_MILLIS);
  }

  /** An alert leads here with its environment and the time around it. */
  private arrive(): void {
    const asked = new URLSearchParams(location.search);
    const environment = asked.get("environment");
    if ([...this.environment.options].some((one) => one.value === environment)) {
      this.environment.value = environment ?? "";
    }
    const since = asked.get("since");
    const until = asked.get("until");
    if (since === null || until === null) return;
    this.since.value = local(since);
    this.until.value = local(until);
    this.range.value = "own";
    this.own.hidden = false;
    this.pause.hidden = true;
  }

  private listen(): void {
    this.environment.addEventListener("change", () => {
      this.skip = 0;
      void this.offer();
      void this.restart();
    });
    this.range.addEventListener("change", () => {
      this.own.hidden = this.range.value !== "own";
      this.pause.hidden = !this.isLive();
      if (this.range.value !== "own") void this.restart();
    });
    for (const one of [this.container, this.previous]) {
      one.addEventListener("change", () => {
        this.skip = 0;
        void this.restart();
      });
    }
    this.search.addEventListener("input", () => this.draw());
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.look();
    });
    this.find.addEventListener("click", () => this.look());
    this.wrap.addEventListener("change", () =>
      this.output.classList.toggle("shera-logs__lines--wrap", this.wrap.checked),
    );
    this.pause.addEventListener("click", () => {
      this.paused = !this.paused;
      this.pause.textContent = text(this.paused ? "resume" : "pause");
    });
  }

  /** Has the server look for what is typed in the whole range. */
  private look(): void {
    this.grep = { grep: this.search.value.trim(), regex: this.regex.checked && this.search.value.trim() !== "" };
    this.skip = 0;
    void this.restart();
  }

  private curl(): string {
    const address = new URL(`${this.url}/lines?${query(this.choice(), { tail: "500" })}`, location.href);
    return `curl --fail-with-body --user "$USER:$TOKEN" \\\n  ${shell(address.href)}`;
  }

  private isLive(): boolean {
    return this.range.value === "live" && !this.previous.checked;
  }

  private choice(): Choice {
    const [pod = "", container = ""] = this.container.value.split("/");
    const minutes = MINUTES[this.range.value];
    const own = this.range.value === "own";
    const back = minutes === undefined ? "" : new Date(Date.now() - minutes * 60_000).toISOString();
    return {
      environment: this.environment.value,
      pod,
      container,
      since: own ? instant(this.since) : back,
      until: own ? instant(this.until) : "",
      previous: this.previous.checked,
      ...this.grep,
    };
  }

  private async offer(): Promise<void> {
    try {
      const address = `${this.url}/containers?${query({ ...this.choice(), pod: "", container: "", grep: "", regex: false })}`;
      const { containers } = await getJson<{
        containers: readonly Container[];
      }>(address);
      const chosen = this.container.value;
      const each = containers.map((one) => option(`${one.pod}/${one.container}`, `${one.pod} (${one.state})`));
      fill(this.container, option("", text("container.all")), ...each);
      if (containers.some((one) => `${one.pod}/${one.container}` === chosen)) this.container.value = chosen;
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }

  private async restart(): Promise<void> {
    const round = ++this.round;
    this.ready = false;
    const choice = this.choice();
    this.download.href = `${this.url}/download?${query(choice, this.passedOver())}`;
    try {
      const more = { tail: String(MOST_LINES), ...this.passedOver() };
      const read = await getJson<Lines>(`${this.url}/lines?${query(choice, more)}`);
      if (round !== this.round) return;
      this.lines = read.lines;
      this.ready = true;
      fill(this.said, ...this.missing(read));
      this.draw(true);
    } catch (thrown) {
      if (round === this.round) fill(this.said, problemNotice(thrown));
    }
  }

  private passedOver(): Record<string, string> {
    return this.skip === 0 ? {} : { skip: String(this.skip) };
  }

  /** What of the range is not shown, and the way to it. */
  private missing(read: Lines): HTMLElement[] {
    const { matching: all, skipped, read: some } = read.containers;
    const notes: HTMLElement[] = [];
    this.from.textContent = answeredBy(read);
    this.elsewhere.hidden = read.store.link === "";
    this.elsewhere.href = read.store.link;
    if (this.grep.grep !== "") {
      notes.push(
        offering("info", text("found", `\u201c${this.grep.grep}\u201d`), text("found.all"), () => {
          this.search.value = "";
          this.look();
        }),
      );
    }
    notes.push(...originRemarks(read));
    if (read.cut) notes.push(remark("info", text("cut")));
    if (some < all) {
      const shown = text("some", String(skipped + 1), String(skipped + some), String(all));
      const next = skipped + some < all ? skipped + some : 0;
      const label = text(next === 0 ? "some.first" : "some.next");
      notes.push(
        offering("info", shown, label, () => {
          this.skip = next;
          void this.restart();
        }),
      );
    }
    if (read.stopped !== "") {
      notes.push(
        offering("warning", text("stopped", read.stopped), text("stopped.on"), () => this.readFrom(read.stopped)),
      );
    }
    const unread = named(read.unread, false);
    const broken = named(read.unread, true);
    if (unread !== "") notes.push(remark("warning", text("unread", unread)));
    if (broken !== "") notes.push(remark("warning", text("broken", broken)));
    return notes;
  }

  /** Goes on where reading was given up; some seconds earlier, because pods do not write in one order. */
  private readFrom(time: string): void {
    this.since.value = local(new Date(new Date(time).getTime() - 5000).toISOString());
    if (this.range.value !== "own") this.until.value = "";
    this.range.value = "own";
    this.own.hidden = false;
    this.pause.hidden = true;
    void this.restart();
  }

  /** What came since; lines of another choice that arrive late are dropped. */
  private async more(signal: AbortSignal): Promise<void> {
    const round = this.round;
    const last = this.lines.at(-1);
    const after = last === undefined ? {} : { after: earlier(last.nanos) };
    const tail = { tail: String(MOST_LINES), ...this.passedOver() };
    const read = await getJson<Lines>(`${this.url}/lines?${query(this.choice(), { ...after, ...tail })}`, signal);
    if (round !== this.round || this.paused) return;
    if (read.cut || read.unread.length > 0) fill(this.said, ...this.missing(read));
    const merged = joined(this.lines, read.lines);
    if (merged.length === this.lines.length && merged.at(-1) === this.lines.at(-1)) return;
    this.lines = merged.slice(-MOST_LINES);
    this.draw();
  }

  private draw(toEnd = false): void {
    const { scrollTop, scrollHeight, clientHeight } = this.output;
    const atEnd = toEnd || scrollTop + clientHeight >= scrollHeight - 24;
    const wanted = this.grep.regex ? "" : this.search.value.trim();
    const shown = matching(this.lines, wanted);
    fill(
      this.output,
      ...(shown.length === 0
        ? [h("div", { class: "shera-logs__line shera-muted" }, text("nothing"))]
        : shown.map((one) => lineOf(one, wanted))),
    );
    this.count.textContent = text("shown", String(shown.length), String(this.lines.length));
    if (atEnd) this.output.scrollTop = this.output.scrollHeight;
  }
}

function lineOf(line: LogLine, wanted: string): HTMLElement {
  const left = line.text.length - LONGEST_SHOWN + (line.omitted ?? 0);
  const pieces = parts(line.text.slice(0, LONGEST_SHOWN), wanted).map((part, at) =>
    at % 2 === 1 ? h("mark", {}, part) : part,
  );
  return h(
    "div",
    { class: "shera-logs__line" },
    h("time", { datetime: line.time, title: line.time }, clock(line.time)),
    h("span", { class: "shera-logs__pod", title: `${line.pod}/${line.container}` }, line.pod.slice(-11)),
    h("span", {}, ...pieces),
    left > 0 && h("em", { class: "shera-muted" }, text("omitted", left)),
  );
}

/** A remark with the way on beside it. */
function offering(tone: "info" | "warning", said: string, label: string, onclick: () => void): HTMLElement {
  const note = remark(tone, said, " ");
  note.append(h("button", { type: "button", class: "jenkins-button", onclick }, label));
  return note;
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

function moment(): HTMLInputElement {
  return h("input", {
    class: "jenkins-input",
    type: "datetime-local",
    step: 1,
  });
}

function field(label: string, input: HTMLElement): HTMLElement {
  return h("label", {}, text(label), input);
}

function tick(label: string, input: HTMLInputElement): HTMLElement {
  return h("label", { class: "shera-logs__tick" }, input, text(label));
}
